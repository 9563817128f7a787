import type { Problem } from "../../catalog/problem";
import { shown } from "../../catalog/reference";
import type { FleetPlan, PipelinePlan } from "../plan";
import type { FleetRule } from "./rule";

/** What the pipelines that check pull requests are for. */
export const checkRules: readonly FleetRule[] = [
    {
        name: "check-nobody-sees",
        severity: "warning",
        source: "a check that nobody hears of stops nobody from merging",
        check: fleet =>
            fleet.pipelines.filter(({ purpose }) => purpose === "check").flatMap(check => unseen(check, fleet)),
    },
];

/** A check is told of at the pull request alone, and there only where statuses are set. */
function unseen({ service, stages, triggers }: PipelinePlan, { shared }: FleetPlan): Problem[] {
    const told = shared.operations.statuses.map(({ host }) => shown(host.connection));
    const starting = stages
        .flatMap(({ actions }) => actions)
        .filter(({ name }) => triggers.some(({ action }) => action === name));
    return starting
        .filter(({ configuration: { ConnectionArn } }) => ConnectionArn && !told.includes(shown(ConnectionArn)))
        .map(() => ({
            path: ["services", service, "pullRequests"],
            message: `nobody sees what the check of a pull request of ${service} says: give its connection a \`statusToken\``,
        }));
}
