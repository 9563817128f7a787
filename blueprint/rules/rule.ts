import type { Problem } from "../../catalog/problem";
import type { FleetPlan } from "../plan";

/** Something that AWS would reject, or that somebody would regret, said before AWS is asked. */
export interface FleetRule {
    /** Short and stable: `config-value-length`. */
    readonly name: string;

    /** An error stops; a warning is printed. */
    readonly severity: "error" | "warning";

    /** Where the rule is written: a documentation page, or the service's API model. */
    readonly source: string;

    /**
     * Whether it speaks of all services together: what nobody uses, how many share something. Of a plan of some services alone it
     * then tells what it finds at these, and nothing of the stack.
     */
    readonly together?: true;

    check(fleet: FleetPlan): readonly Problem[];
}
