import { placed, readFleet } from "../config/read";
import type { LocatedProblem, StackSource } from "../config/source";
import { planFleet } from "./fleet";
import type { FleetPlan } from "./plan";
import { checkFleet } from "./rules";

/** What a stack file comes to: with a problem there is no plan. */
export interface StackPlan {
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];
}

/** Reads, plans and checks a whole stack; all problems come out at once, whether of the words or of what they lead to. */
export function planStack(source: StackSource): StackPlan {
    const { fleet, problems } = readFleet(source);
    if (fleet === undefined) {
        return { problems, warnings: [] };
    }
    const plan = planFleet(fleet);
    const { errors, warnings } = checkFleet(plan);
    const all = placed([...problems, ...errors], source);
    return { ...(all.length === 0 && { plan }), problems: all, warnings: placed(warnings, source) };
}
