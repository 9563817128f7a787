import type { ActionExecutionDetail, PipelineDeclaration } from "@aws-sdk/client-codepipeline";
import type { ActionEvent } from "../../lib/event";
import { given, textOf } from "../../lib/fields";
import type { Happening } from "../../lib/happenings";
import { executionLink, pipelineLink } from "../console";
import { spanOf } from "../deliver/words";
import type { Draft, Words } from "../draft";
import { forgetWaiting, noteWaiting } from "../kept/approvals";
import { noteMoment, type ExpiryMoment } from "../kept/moments";
import { placeOf } from "../place";
import type { World } from "../world";
import { commitOf } from "./commit";
import { expectKnown } from "./known";
import { commitsSinceRelease } from "./since-release";
import { personOf, releaseOf, secondsBetween } from "./words";

const minute = 60 * 1000;
const hour = 60 * minute;

/**
 * How long an approval waits that does not say it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html approval timeout
 */
const usualMinutes = 7 * 24 * 60;

/** What is told of an approval: that it waits, and how it was answered, or that nobody has to answer it any more. */
export async function ofApproval(event: ActionEvent, world: World): Promise<Draft[]> {
    if (event.category !== "Approval") {
        return [];
    }
    switch (event.state) {
        case "STARTED":
            return [await asked(event, world)];
        case "SUCCEEDED":
        case "FAILED":
            await forgetWaiting(world.table, event);
            return [answered(event, world)];
        default:
            await forgetWaiting(world.table, event);
            return [withdrawn(event, world)];
    }
}

/** When the approval of `event` began to wait, and when it will have waited long enough. */
function timesOf({ stage, action, startTime, time }: ActionEvent, structure: PipelineDeclaration | undefined) {
    const declared = structure?.stages
        ?.find(({ name }) => name === stage)
        ?.actions?.find(({ name }) => name === action)?.timeoutInMinutes;
    const since = startTime ?? time;
    return { since, expires: new Date(since.getTime() + (declared ?? usualMinutes) * minute) };
}

async function asked(event: ActionEvent, world: World): Promise<Draft> {
    const { pipeline, execution, stage, action, actionExecution } = event;
    const { environment } = placeOf(stage, world.settings);
    const structure = await world.facts.structure(pipeline);
    const { since, expires } = timesOf(event, structure);
    const waiting = {
        pipeline,
        execution,
        stage,
        action,
        ...given("actionExecution", actionExecution),
        since: since.toISOString(),
    };
    // Of one that waits a few hours only there is no reminder before half of them are over.
    const due = Math.max(
        expires.getTime() - world.settings.approvalReminderHours * hour,
        (since.getTime() + expires.getTime()) / 2,
    );
    await noteWaiting(world.table, {
        ...waiting,
        ...given("environment", environment),
    });
    await noteMoment(world.table, {
        kind: "approval-expiring",
        ...waiting,
        expires: expires.toISOString(),
        due: new Date(due).toISOString(),
    });
    return {
        ...draftOf(event, "approval-needed", world),
        id: `${event.id}#approval-needed`,
        time: event.time,
        write: async (_, service) => {
            const [question, news] = await Promise.all([
                questionOf(waiting, structure, world),
                commitsSinceRelease(pipeline, execution, structure, world),
            ]);
            return {
                title: `${releaseOf(service, question.commit)} waits for a yes to go to ${environment ?? stage}`,
                ...question,
                advice,
                expires: expires.toISOString(),
                ...(news !== undefined && { commitsSinceRelease: news.commits }),
                ...(news !== undefined && news.further > 0 && { furtherCommits: news.further }),
            };
        },
    };
}

/** What everything that is told of one approval has in common. */
function draftOf(
    { pipeline, execution, stage, action }: Pick<ActionEvent, "action" | "execution" | "pipeline" | "stage">,
    happening: Happening,
    { settings }: World,
): Omit<Draft, "id" | "time" | "write"> {
    const { environment } = placeOf(stage, settings);
    return { happenings: [happening], pipeline, execution, ...given("environment", environment), stage, action };
}

/** The approval that `moment` is about, and that still waits although it soon expires. */
export function expiring(moment: ExpiryMoment, id: string, now: number, world: World): Draft {
    const { pipeline, stage, expires, since } = moment;
    const { environment } = placeOf(stage, world.settings);
    return {
        ...draftOf(moment, "approval-expiring", world),
        id,
        time: new Date(moment.due),
        write: async (_, service) => {
            const question = await questionOf(moment, await world.facts.structure(pipeline), world);
            const left = spanOf(secondsBetween(new Date(now), expires));
            return {
                title: `${releaseOf(service, question.commit)} still waits for a yes to go to ${environment ?? stage}: ${left} left`,
                ...question,
                advice,
                expires,
                durationSeconds: secondsBetween(since, new Date(now)),
            };
        },
    };
}

const advice = "What nobody answers in time counts as refused.";

/** What an approver needs to know of what he is asked. */
async function questionOf(
    approval: Omit<ExpiryMoment, "kind" | "due" | "expires">,
    structure: PipelineDeclaration | undefined,
    world: World,
): Promise<Pick<Words, "commit" | "instructions" | "links">> {
    const { pipeline, execution } = approval;
    const { region } = world.settings;
    const [actions, known] = await Promise.all([
        world.facts.actions(pipeline, execution),
        world.facts.execution(pipeline, execution),
    ]);
    const run = runOf(approval, actions);
    expectKnown(run !== undefined, new Date(approval.since), world);
    const { resolvedConfiguration, configuration } = run?.input ?? {};
    const { CustomData, ExternalEntityLink } = { ...configuration, ...resolvedConfiguration };
    return {
        ...given("commit", await commitOf(world, pipeline, known, actions)),
        ...given("instructions", textOf(CustomData)),
        links: {
            // Of executions that run at the same time the pipeline's page shows none.
            approval:
                structure?.executionMode === "PARALLEL"
                    ? executionLink(region, pipeline, execution)
                    : pipelineLink(region, pipeline),
            ...given("review", textOf(ExternalEntityLink)),
        },
    };
}

/** The run of an approval among all that has run in its execution: its own, or where no id is known the last. */
export const runOf = (
    { stage, action, actionExecution }: Pick<ExpiryMoment, "stage" | "action" | "actionExecution">,
    actions: readonly ActionExecutionDetail[],
): ActionExecutionDetail | undefined =>
    actions.find(({ actionExecutionId }) => actionExecution !== undefined && actionExecutionId === actionExecution) ??
    actions
        .filter(({ stageName, actionName }) => stageName === stage && actionName === action)
        .sort((a, b) => (b.startTime?.getTime() ?? 0) - (a.startTime?.getTime() ?? 0))
        .at(0);

function answered(event: ActionEvent, world: World): Draft {
    const { pipeline, execution, stage, state, time } = event;
    const { environment } = placeOf(stage, world.settings);
    return {
        ...draftOf(event, "approval-answered", world),
        id: `${event.id}#approval-answered`,
        time,
        write: async (_, service) => {
            const [actions, known, structure] = await Promise.all([
                world.facts.actions(pipeline, execution),
                world.facts.execution(pipeline, execution),
                world.facts.structure(pipeline),
            ]);
            const run = runOf(event, actions);
            const started = run?.startTime ?? event.startTime;
            const { expires } = timesOf({ ...event, ...given("startTime", started) }, structure);
            const commit = await commitOf(world, pipeline, known, actions);
            const what = releaseOf(service, commit);
            const where = environment ?? stage;
            const { by, comment } = await answerOf(event, run, world);
            // Nowhere is written how AWS marks what nobody has answered in time: the time itself tells.
            const expired = state === "FAILED" && time.getTime() >= expires.getTime() - minute;
            return {
                title:
                    state === "SUCCEEDED"
                        ? `${what} may go to ${where}`
                        : expired
                          ? `${what} does not go to ${where}: the approval has expired`
                          : `${what} may not go to ${where}: refused`,
                ...given("reason", expired ? "nobody has answered in time" : comment),
                ...given("advice", expired ? "Retry the stage to ask again." : undefined),
                ...given("by", expired ? undefined : by),
                ...given("commit", commit),
                ...(started !== undefined && { durationSeconds: secondsBetween(started, time) }),
            };
        },
    };
}

/** What had waited for an answer waits no more: told like an answer, so that whoever was asked, or was paged, hears of the end. */
function withdrawn(event: ActionEvent, world: World): Draft {
    const { id, pipeline, execution, stage, state, time, startTime } = event;
    const { environment } = placeOf(stage, world.settings);
    return {
        ...draftOf(event, "approval-answered", world),
        id: `${id}#approval-answered`,
        time,
        write: async (_, service) => {
            const commit = await commitOf(world, pipeline, await world.facts.execution(pipeline, execution));
            return {
                title: `${releaseOf(service, commit)} waits no more for a yes to go to ${environment ?? stage}: it was ${state === "CANCELED" ? "canceled, because the pipeline was changed" : "stopped"}`,
                ...given("commit", commit),
                ...(startTime !== undefined && { durationSeconds: secondsBetween(startTime, time) }),
            };
        },
    };
}

/**
 * Who has answered, and with what words. AWS documents them as part of a pipeline's state; executions that run at the same
 * time have none there, so the history is looked at first.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-approve-or-reject.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionDetail.html updatedBy
 */
async function answerOf(
    { pipeline, stage, action, actionExecution }: ActionEvent,
    run: ActionExecutionDetail | undefined,
    { facts }: World,
): Promise<{ readonly by?: string; readonly comment?: string }> {
    const comment = textOf(run?.output?.executionResult?.externalExecutionSummary);
    if (run?.updatedBy !== undefined && comment !== undefined) {
        return { ...given("by", personOf(run.updatedBy) ?? run.updatedBy), ...given("comment", comment) };
    }
    const states = (await facts.stages(pipeline)).find(({ stageName }) => stageName === stage)?.actionStates;
    const last = states?.find(({ actionName }) => actionName === action)?.latestExecution;
    // Another execution may have come to the approval since.
    const own = last?.actionExecutionId !== undefined && last.actionExecutionId === actionExecution ? last : undefined;
    const who = run?.updatedBy ?? own?.lastUpdatedBy;
    return { ...given("by", personOf(who) ?? who), ...given("comment", comment ?? textOf(own?.summary)) };
}
