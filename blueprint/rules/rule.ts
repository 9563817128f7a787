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

    check(fleet: FleetPlan): readonly Problem[];
}
