import type { Text } from "../catalog/reference";
import { Names } from "./names";
import type { ActionPlan, FleetPlan } from "./plan";

/** Functions of the fleet that an action may ask, by the last word of their names. */
export type Asked = "seal" | "verify" | "check";

type Fleet = Pick<FleetPlan, "prefix">;

/** Which function of the fleet's own is called `name`. */
export function ownFunction(name: Text | undefined, { prefix }: Fleet): Asked | undefined {
    const names = new Names(prefix);
    return (["seal", "verify", "check"] as const).find(key => name === names.shared(64, key));
}

/** Which function of the fleet's own `action` asks. */
export const askedOf = ({ action, configuration }: ActionPlan, fleet: Fleet): Asked | undefined =>
    action.category === "Invoke" ? ownFunction(configuration.FunctionName, fleet) : undefined;
