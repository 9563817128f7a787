import type { ActionPlan, FleetPlan, PipelinePlan, StagePlan } from "../../blueprint/plan";
import { startsOf } from "../starts";
import { label } from "./label";

/**
 * The pipelines of `service` as a flowchart of Mermaid, for a README or a pull request: stages from left to right, what runs at the same
 * time side by side, approvals as hexagons, gates as rhombs, what starts a pipeline in round ends, rollbacks as dotted lines.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaidText({ pipelines }: FleetPlan, service: string): string {
    const drawn = pipelines.filter(pipeline => pipeline.service === service);
    return [
        "flowchart LR",
        ...drawn.flatMap((pipeline, index) => pipelineLines(pipeline, `p${index + 1}`)),
        "    classDef approval stroke-width:3px",
        "    classDef gate stroke-dasharray:4 3",
        "",
    ].join("\n");
}

/** One pipeline. Ids are counted, never taken from names: `end` is a word of Mermaid, and a name can be any. */
function pipelineLines(pipeline: PipelinePlan, id: string): string[] {
    const stages = pipeline.stages.map((stage, index) => ({ stage, id: `${id}s${index + 1}` }));
    const starts = startsOf(pipeline);
    return [
        `    ${id}([${label(`${pipeline.logicalName}${starts.length === 0 ? "" : `: ${starts.join("; or ")}`}`)}])`,
        ...stages.flatMap(({ stage, id: of }) => stageLines(stage, of)),
        // Between stages, and not between what is in them: else Mermaid would not keep the direction in which a stage runs.
        ...stages.map(({ id: of }, index) => `    ${index === 0 ? id : stages[index - 1].id} --> ${of}`),
    ];
}

/** A step of a stage: what runs at the same time. */
type Group = readonly string[];

function stageLines(stage: StagePlan, id: string): string[] {
    const indent = "        ";
    const before = stage.before.map((rule, index) => ({ id: `${id}b${index + 1}`, text: rule.summary }));
    const after = stage.after.map((rule, index) => ({ id: `${id}z${index + 1}`, text: rule.summary }));
    const actions = stage.actions.map((action, index) => ({ id: `${id}a${index + 1}`, action }));
    const orders = [...new Set(stage.actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
    const groups: Group[] = [
        before.map(gate => gate.id),
        ...orders.map(order => actions.filter(({ action }) => action.runOrder === order).map(one => one.id)),
        after.map(gate => gate.id),
    ].filter(group => group.length > 0);
    const gates = [...before, ...after];
    return [
        `    subgraph ${id}[${label(titleOf(stage))}]`,
        `${indent}direction TB`,
        ...gates.map(gate => `${indent}${gate.id}{${label(gate.text)}}:::gate`),
        ...actions.map(({ id: of, action }) => `${indent}${of}${node(action)}`),
        ...joined(groups, id).map(line => `${indent}${line}`),
        ...rollback(stage, groups, id).map(line => `${indent}${line}`),
        "    end",
    ];
}

const titleOf = ({ name, onFailure }: StagePlan) =>
    onFailure === "retry"
        ? `${name}: failed actions once more`
        : onFailure === "retry-all"
          ? `${name}: once more if it fails`
          : name;

const node = ({ name, summary, action: { category } }: ActionPlan) =>
    category === "Approval"
        ? `{{${label(`a person's yes: ${summary}`)}}}:::approval`
        : `[${label(`${name}: ${summary}`)}]`;

/** Arrows from each group to the next; of several to several through a point, as else each would have an arrow to each. */
const joined = (groups: readonly Group[], id: string): string[] =>
    groups.slice(1).flatMap((group, index) => {
        const from = groups[index];
        const point = `${id}j${index + 1}`;
        return from.length > 1 && group.length > 1
            ? [`${point}(( ))`, `${from.join(" & ")} --> ${point}`, `${point} --> ${group.join(" & ")}`]
            : [`${from.join(" & ")} --> ${group.join(" & ")}`];
    });

/** Where a stage goes when it fails and is rolled back: it runs again, with what the last release that succeeded had. */
function rollback({ onFailure, rollbackOn = [] }: StagePlan, groups: readonly Group[], id: string): string[] {
    const first = groups.at(0);
    const last = groups.at(-1);
    if ((onFailure !== "rollback" && rollbackOn.length === 0) || first === undefined || last === undefined) {
        return [];
    }
    const on = [
        ...(onFailure === "rollback" ? ["the stage fails"] : []),
        ...rollbackOn.map(alarm => `alarm ${alarm} rises`),
    ];
    return [
        `${id}r[/${label("the release that succeeded here last")}/]`,
        `${last.join(" & ")} -. ${label(on.join(", or "))} .-> ${id}r`,
        `${id}r -. ${label("again, with its artifacts")} .-> ${first.join(" & ")}`,
    ];
}
