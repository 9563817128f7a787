import { madePipelines } from "../../blueprint/part";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import { costAtRest } from "../../blueprint/cost";
import { releaseCost } from "../../blueprint/release-cost";
import type { LocatedProblem } from "../../config/source";
import { problemLines } from "../../config/read";
import type { Previous } from "../baseline";
import { dollars } from "../cost";
import { mermaidText } from "../mermaid/drawing";
import { plural } from "../plural";
import { cents, changeBlocks } from "./change";
import { code, codes, hidden, htmlCode } from "./escape";
import { fitted, type Block } from "./fit";

/** Most characters of a comment on GitHub, which says so where there are more. */
const longest = 65_536;

/** What a summary is made of. */
export interface Summary {
    readonly stack: string;
    /** Absent where there are problems. */
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];
    /** What the plan is compared with. @default nothing */
    readonly previous?: Previous;
}

/** A stack as a comment on a pull request: problems, what changes, and all pipelines, in at most 65,536 characters. */
export function summaryText({ stack, plan, problems, warnings, previous }: Summary): string {
    const change = plan === undefined || previous === undefined ? undefined : changeBlocks(previous, plan);
    const blocks: Block[] = [
        // By it the comment is found again that is to be replaced.
        { lines: [hidden(`service-pipelines: ${stack}`), `## Stack ${code(stack)}`, "", verdict(problems, warnings)] },
        ...listed("Problems", problems),
        ...listed("Warnings", warnings),
        ...(change?.blocks ?? []),
        ...(plan === undefined ? [] : [pipelinesBlock(plan)]),
        ...(plan === undefined ? [] : (change?.services ?? []).map(service => drawing(plan, service))),
    ];
    return fitted(blocks, longest).trimEnd() + "\n";
}

const verdict = (problems: readonly LocatedProblem[], warnings: readonly LocatedProblem[]) =>
    problems.length > 0
        ? `**${plural(problems.length, "problem")}: nothing can be brought up.**`
        : `No problem, ${warnings.length === 0 ? "no warning" : plural(warnings.length, "warning")}.`;

const listed = (title: string, problems: readonly LocatedProblem[]): Block[] =>
    problems.length === 0
        ? []
        : [{ lines: [`### ${title}`, "", ...problemLines(problems).map(line => `- ${code(line)}`)], head: 3 }];

function pipelinesBlock(plan: FleetPlan): Block {
    const pipelines = madePipelines(plan);
    return {
        lines: [
            `### ${plural(pipelines.length, "pipeline")}, ${dollars(costAtRest(plan).monthlyIdle)} a month at rest`,
            "",
            "| Pipeline | Stages | Environments | Approvals | A release costs |",
            "| --- | ---: | --- | --- | ---: |",
            ...pipelines.map(pipeline => row(pipeline, plan)),
        ],
        head: 4,
    };
}

function row(pipeline: PipelinePlan, plan: FleetPlan): string {
    const { logicalName, stages } = pipeline;
    const environments = stages.flatMap(({ purpose, environment }) =>
        purpose === "environment" && environment !== undefined ? [environment] : [],
    );
    const approvals = stages.flatMap(({ approval }) => approval ?? []);
    return `| ${[
        code(logicalName),
        String(stages.length),
        environments.length === 0 ? "none" : environments.map(code).join(" → "),
        approvals.length === 0
            ? "none"
            : approvals
                  .map(
                      ({ environment, notify, timeoutHours }) =>
                          `${code(environment)}: ${notify.length === 0 ? "no address" : codes(notify)}, ${timeoutHours} h`,
                  )
                  .join("; "),
        cents(releaseCost(plan, pipeline).usd),
    ].join(" | ")} |`;
}

/** The pipelines of a service, folded. */
const drawing = (plan: FleetPlan, service: string): Block => ({
    lines: [
        "<details>",
        `<summary>Pipelines of ${htmlCode(service)}</summary>`,
        "",
        "```mermaid",
        mermaidText(plan, service).trimEnd(),
        "```",
        "",
        "</details>",
    ],
});
