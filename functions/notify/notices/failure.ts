import type { ActionExecutionDetail, RuleExecutionDetail } from "@aws-sdk/client-codepipeline";
import type { StageEvent } from "../../lib/event";
import { given } from "../../lib/fields";
import type { World } from "../world";

/** Something that has failed: an action, or a gate of the stage. */
export interface Failure {
    readonly name: string;
    /** In its own words. */
    readonly text?: string;
    readonly log?: string;
}

/** Everything that has failed in the stage of `event`; gates only where no action has, as those alone cannot be seen in actions. */
export async function failuresOf(
    event: StageEvent,
    actions: readonly ActionExecutionDetail[],
    { facts }: Pick<World, "facts">,
): Promise<Failure[]> {
    const told = new Map(
        event.failedActions.map(({ action, additionalInformation }) => [action, additionalInformation]),
    );
    const failed = failedOf(
        event,
        actions,
        ({ actionName }) => actionName,
        ({ status, actionName }) => status === "Failed" || told.has(actionName ?? ""),
    ).map(({ actionName = "", output }) => ({
        name: actionName,
        ...given("text", told.get(actionName) ?? textOf(output?.executionResult)),
        ...given("log", output?.executionResult?.externalExecutionUrl),
    }));
    const others = [...told]
        .filter(([name]) => failed.every(failure => failure.name !== name))
        .map(([name, text]) => ({ name, ...given("text", text) }));
    const all = [...failed, ...others];
    return all.length > 0 ? all : gates(event, await facts.rules(event.pipeline, event.execution));
}

const gates = (event: StageEvent, rules: readonly RuleExecutionDetail[]): Failure[] =>
    failedOf(
        event,
        rules,
        ({ ruleName }) => ruleName,
        ({ status }) => status === "Failed",
    ).map(({ ruleName = "", output }) => ({
        name: ruleName,
        ...given("text", textOf(output?.executionResult)),
        ...given("log", output?.executionResult?.externalExecutionUrl),
    }));

/** EventBridge's times are whole seconds. */
const second = 1000;

/** A run of an action or of a gate. */
interface Run {
    readonly stageName?: string | undefined;
    readonly startTime?: Date | undefined;
    readonly status?: string | undefined;
}

/**
 * The runs that `event` tells of: the last of each in its stage, if it has failed. A retry that has begun since, as
 * `onFailure: retry` does at once, hides nothing of it; only where nothing has failed before it counts too.
 */
function failedOf<T extends Run>(
    event: StageEvent,
    runs: readonly T[],
    name: (run: T) => string | undefined,
    hasFailed: (run: T) => boolean,
): T[] {
    const all = runs.filter(({ stageName }) => stageName === event.stage);
    const failed = newest(all.filter(isBefore(event)), name).filter(hasFailed);
    return failed.length > 0 ? failed : newest(all, name).filter(hasFailed);
}

/** Whether a run had begun when `event` happened. What has begun in its second, and is not over, is a retry. */
const isBefore =
    ({ time }: StageEvent) =>
    ({ startTime, status }: Run): boolean => {
        const start = startTime?.getTime() ?? 0;
        return start < time.getTime() || (start < time.getTime() + second && status !== "InProgress");
    };

/** The last run of each: what a retry has made good has not failed. */
function newest<T extends { readonly startTime?: Date | undefined }>(
    runs: readonly T[],
    name: (run: T) => string | undefined,
): T[] {
    const last = new Map<string | undefined, T>();
    for (const run of [...runs].sort((a, b) => (a.startTime?.getTime() ?? 0) - (b.startTime?.getTime() ?? 0))) {
        last.set(name(run), run);
    }
    return [...last.values()];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionResult.html */
function textOf(result?: {
    readonly errorDetails?: { readonly code?: string | undefined; readonly message?: string | undefined } | undefined;
    readonly externalExecutionSummary?: string | undefined;
}): string | undefined {
    const { code, message } = result?.errorDetails ?? {};
    return message ?? result?.externalExecutionSummary ?? code;
}

/** What all of them say; each under its name where there are several. */
export function reasonOf(failures: readonly Failure[]): string | undefined {
    const texts = failures.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
    return texts.length === 0
        ? undefined
        : failures.length === 1
          ? texts[0].text
          : texts.map(({ name, text }) => `${name}: ${text}`).join("\n");
}
