import { isDeepStrictEqual } from "node:util";
import type { ComponentPlan, Patterns, PullRequestTrigger, PushFilter, PushTrigger } from "../../catalog/plan";
import type { FleetPlan, PipelinePlan } from "../plan";
import { factChanges, orderFact, weakens, type Fact, type SettingChange } from "./fact";
import { stageFact } from "./stages";

/** A pipeline in its stack. */
export interface Placed {
    readonly pipeline: PipelinePlan;
    readonly fleet: FleetPlan;
}

/** What is different of one pipeline of two stacks, in words: what is weaker comes first. */
export function pipelineSettings(was: Placed, now: Placed): SettingChange[] {
    const changes = factChanges("pipeline", pipelineFacts(was, now), pipelineFacts(now, was));
    return [...changes.filter(({ weaker }) => weaker), ...changes.filter(({ weaker }) => !weaker)];
}

function pipelineFacts({ pipeline, fleet }: Placed, { pipeline: other }: Placed): Fact[] {
    const { executionMode, starts, triggers, variables, tags, stages, components } = pipeline;
    const stageNames = ({ stages: all }: PipelinePlan) => all.map(({ name }) => name);
    return [
        { what: "execution mode", text: executionMode.toLowerCase() },
        { what: "starts", text: starts.join("; ") || "when its sources change" },
        { what: "pushes that start it", text: triggers.map(triggerText).join("; ") || "all" },
        ...variables.map((variable): Fact => ({
            what: "variable",
            name: variable.name,
            text: `${variable.default || "no default"}`,
        })),
        ...tagFacts(tags),
        ...pipeline.weakens.map(weaknessFact),
        orderFact("order of stages", stageNames(pipeline), stageNames(other)),
        ...stages.map(stage => stageFact(stage, { pipeline, fleet, other })),
        ...components.flatMap(componentFact),
    ];
}

export const tagFacts = (tags: Readonly<Record<string, string>>): Fact[] =>
    Object.entries(tags).map(([name, text]) => ({ what: "tag", name, text }));

/** What weakens something, by the words in which it is said. */
export const weaknessFact = (text: string): Fact => ({
    what: "weakness",
    name: text,
    nameless: true,
    text: "",
    summary: text,
    weaker: weakens,
});

/** What a trigger starts for, in words. */
function triggerText(trigger: PushTrigger | PullRequestTrigger): string {
    if ("pushes" in trigger) {
        return trigger.pushes.map(pushText).join(" or ");
    }
    const { branches, paths = {}, events } = trigger.pullRequests;
    return `pull requests (${events.join(", ").toLowerCase()}) to ${patternText(branches)}${pathText(paths)}`;
}

const pushText = (push: PushFilter) =>
    "tags" in push
        ? `tags ${patternText(push.tags)}`
        : `branches ${patternText(push.branches)}${pathText(push.paths ?? {})}`;

const pathText = (paths: Patterns) => (isDeepStrictEqual(paths, {}) ? "" : `, files ${patternText(paths)}`);

const patternText = ({ includes = [], excludes = [] }: Patterns) =>
    [includes.join(", "), ...(excludes.length === 0 ? [] : [`not ${excludes.join(", ")}`])]
        .filter(text => text !== "")
        .join(", ");

/** What of a component no stage tells: names are those of the pipeline's own parts. */
function componentFact(component: ComponentPlan): Fact[] {
    switch (component.component) {
        case "BuildProject":
        case "RollbackAlarm":
            return [];
        case "EventTrigger":
            return [
                { what: "event that starts", name: component.logicalName, text: JSON.stringify(component.pattern) },
            ];
        case "ScheduleTrigger":
            return [
                { what: "schedule", name: component.logicalName, text: `${component.cron} (${component.timeZone})` },
            ];
        case "ImageRepository": {
            const { mutableTag, keepImages, untaggedDays, pullAccounts } = component;
            return [
                {
                    what: "image repository",
                    name: component.physicalName,
                    text: [
                        `${keepImages} images kept`,
                        `untagged ones ${untaggedDays} days`,
                        `tag ${mutableTag} may be moved`,
                        ...(pullAccounts.length === 0 ? [] : [`pulled by ${pullAccounts.join(", ")}`]),
                    ].join(", "),
                },
            ];
        }
    }
}
