import { Names } from "./names";
import type { ActionPlan, FleetPlan } from "./plan";

/** Functions of the fleet that an action may ask, by the last word of their names. */
export type Asked = "seal" | "verify" | "check";

/** Which function of the fleet's own `action` asks. */
export function askedOf(
    { action, configuration }: ActionPlan,
    { prefix }: Pick<FleetPlan, "prefix">,
): Asked | undefined {
    const names = new Names(prefix);
    const asked = (["seal", "verify", "check"] as const).find(
        key => configuration.FunctionName === names.shared(64, key),
    );
    return action.category === "Invoke" ? asked : undefined;
}
