import type { BasicMetric, LineFields, StageMetric } from "../../../functions/metrics/metric";
import { approvalWord } from "./services";
import type { Show } from "./show";
import type { Row } from "./widgets";

/** Fields of a line that `metrics` writes. */
type Field = keyof LineFields | BasicMetric | StageMetric;

/** A step of a query; what it names in the log are fields that there are. */
const step = (texts: TemplateStringsArray, ...fields: readonly Field[]) => String.raw({ raw: texts }, ...fields);

/** Most lines of a table. */
const limit = "limit 25";

/**
 * Stages by the log, which says how long each took also where no metric of it is kept.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const stagesByLog = (show: Show, group: string): Row => ({
    height: 7,
    widgets: [
        show.logs("Slowest stages, in minutes", "table", group, [
            `${step`filter ispresent(${"StageDuration"}) and ${"Stage"}`} not like /^${approvalWord}-/`,
            step`stats avg(${"StageDuration"}) / 60 as mean, max(${"StageDuration"}) / 60 as longest, count(*) as runs by ${"Service"}, ${"Stage"}`,
            "sort mean desc",
            limit,
        ]),
    ],
});

/** Every action that failed, and every stage that a condition failed: stages and executions say the cause of their action again. */
const failed = step`filter ispresent(${"cause"}) and (${"kind"} = "action" or (${"kind"} = "stage" and ${"cause"} = "Condition"))`;

export const failures = (show: Show, group: string): Row => ({
    height: 7,
    widgets: [
        show.logs("Failures by cause", "pie", group, [
            failed,
            step`stats count(*) as failures by ${"cause"}`,
            "sort failures desc",
            limit,
        ]),
        show.logs("Last failures", "table", group, [
            failed,
            step`fields @timestamp, ${"Service"}, ${"Environment"}, ${"Stage"}, ${"action"}, ${"cause"}, ${"execution"}`,
            "sort @timestamp desc",
            limit,
        ]),
    ],
});
