import type { StageMetric } from "../../../functions/metrics/metric";
import { approvalStageName } from "../../approval-stage";
import { first, named, percent, type Search } from "./search";
import { day, type Show } from "./show";
import type { Row } from "./widgets";

/** Whether services are delivered, and how: all of them, and the worst ones by name. */
export function health(show: Show, search: Search): Row {
    const failed = search.of(["FailedDeployments"], "Sum", day);
    const slow = `${search.of(["ExecutionTime"], "Average", day)} / 60`;
    return {
        height: 6,
        widgets: [
            show.graph(
                "Deployments",
                "a day",
                [show.line("deployed", search.of(["Deployments"], "Sum", day), named("Service"))],
                true,
            ),
            show.graph(
                "Failed deployments: the worst services",
                "a day",
                [show.line("failed", first(failed, "SUM"), named("Service"))],
                true,
            ),
            show.graph("Error rate", "% of all deployments", [
                show.line("rate", percent(failed, deployments(search)), "failed"),
            ]),
            show.graph("Execution time: the slowest services", "minutes", [
                show.line("slowest", first(slow, "AVG"), named("Service")),
            ]),
        ],
    };
}

/** All deployments, whether they succeeded or not. */
const deployments = (search: Search) => search.of(["Deployments", "FailedDeployments"], "Sum", day);

/** The four of DORA, of the fleet as a whole; docs/metrics.md defines them. */
export const dora = (show: Show, search: Search): Row => ({
    height: 6,
    widgets: [
        show.graph("Deployment frequency", "a day", [
            show.line("frequency", `SUM(${search.of(["Deployments"], "Sum", day)})`, "deployments"),
        ]),
        show.graph("Lead time for changes", "hours", [
            show.line("lead", search.mean("LeadTime", day, 3600), "from commit to production"),
        ]),
        show.graph("Change failure rate", "% of all deployments", [
            show.line(
                "changes",
                percent(search.of(["FailedChanges"], "Sum", day), deployments(search)),
                "failed or rolled back",
            ),
        ]),
        show.graph("Time to restore", "hours", [
            show.line("restore", search.mean("TimeToRestore", day, 3600), "from failure to success"),
        ]),
    ],
});

/** The word that the names of approval stages begin with: how long people wait is no stage's fault. */
export const approvalWord = approvalStageName("").replace("-", "");

/** Stages by their metrics, where these are kept. */
export function stages(show: Show, search: Search): Row {
    const worst = (title: string, unit: string, id: string, metric: StageMetric, times: string) =>
        show.graph(title, unit, [
            show.line(
                id,
                first(
                    `${search.of([metric], "Average", day, ["Service", "Environment", "Stage"], `NOT Stage=${approvalWord}`)}${times}`,
                    "AVG",
                ),
                named("Service", "Stage"),
            ),
        ]);
    return {
        height: 6,
        widgets: [
            worst("Slowest stages", "minutes", "stages", "StageDuration", " / 60"),
            worst("Stages that fail most", "% of their runs", "errors", "ErrorRate", " * 100"),
            worst("Stages that are waited for longest", "minutes", "queue", "QueueTime", " / 60"),
        ],
    };
}
