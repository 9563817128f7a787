import type { ActionExecutionDetail, PipelineExecution } from "@aws-sdk/client-codepipeline";
import type { PipelineEvent, Trigger } from "../../lib/event";
import { given, textOf } from "../../lib/fields";
import type { Draft } from "../draft";
import { noteMoment } from "../kept/moments";
import { noteAuthor } from "../kept/remarks";
import { placeOf } from "../place";
import type { World } from "../world";
import { commitOf } from "./commit";
import { causeOf, personOf, placed, releaseOf, secondsBetween } from "./words";

const hour = 60 * 60 * 1000;

/**
 * What is told of a whole execution: that it has started, or that somebody has stopped it. How it went its stages tell. One
 * that a newer has overtaken, or that an update of its pipeline has canceled, nobody has to do anything about.
 */
export async function ofExecution(event: PipelineEvent, world: World): Promise<Draft[]> {
    const { pipeline, execution, revision } = event;
    if (revision?.commit !== undefined && revision.author !== undefined) {
        await noteAuthor(world.table, pipeline, revision.commit, revision.author);
    }
    switch (event.state) {
        case "STARTED":
        case "RESUMED": {
            const due = new Date(event.time.getTime() + world.settings.stuckHours * hour).toISOString();
            await noteMoment(world.table, { kind: "stuck", pipeline, execution, due });
            return event.state === "STARTED" ? [started(event, world)] : [];
        }
        case "STOPPED":
            return [await stopped(event, world)];
        default:
            return [];
    }
}

function started(event: PipelineEvent, world: World): Draft {
    const { pipeline, execution, revision } = event;
    return {
        id: `${event.id}#started`,
        happenings: ["started"],
        time: event.time,
        pipeline,
        execution,
        write: async (_, service) => {
            const known = event.trigger === undefined ? await world.facts.execution(pipeline, execution) : undefined;
            const trigger = event.trigger ?? triggerOf(known);
            const commit =
                revision?.commit === undefined
                    ? undefined
                    : {
                          id: revision.commit,
                          ...given("message", revision.message?.split(/\r?\n/)[0]),
                          ...given("author", revision.author),
                          ...given("repository", revision.repository),
                      };
            const rollback = event.type === "ROLLBACK" || known?.executionType === "ROLLBACK";
            const cause = causeOf(trigger);
            return {
                title: rollback
                    ? `A rollback of ${service} has started`
                    : `A release of ${releaseOf(service, commit)} has started`,
                ...cause,
                ...(commit !== undefined && cause.reason === undefined && { reason: "a push has started it" }),
                ...given("commit", commit),
            };
        },
    };
}

const triggerOf = (execution: PipelineExecution | undefined): Trigger | undefined => {
    const { triggerType: type, triggerDetail } = execution?.trigger ?? {};
    return type === undefined ? undefined : { type, ...given("detail", textOf(triggerDetail)) };
};

const began = ({ startTime }: ActionExecutionDetail) => startTime?.getTime() ?? 0;

/** Told as a failure: what was on its way does not arrive. AWS's event does not say where, so its actions are asked. */
async function stopped(event: PipelineEvent, world: World): Promise<Draft> {
    const { pipeline, execution } = event;
    const actions = await world.facts.actions(pipeline, execution);
    const last = [...actions].sort((a, b) => began(b) - began(a)).at(0);
    const stopper = actions.find(({ status, updatedBy }) => status === "Abandoned" && updatedBy !== undefined);
    const stage = last?.stageName;
    const { environment } = placeOf(stage, world.settings);
    return {
        id: `${event.id}#failed`,
        happenings: ["failed"],
        time: event.time,
        pipeline,
        execution,
        ...given("environment", environment),
        ...given("stage", stage),
        write: async (_, service) => {
            const commit = await commitOf(world, pipeline, await world.facts.execution(pipeline, execution), actions);
            const by = personOf(stopper?.updatedBy);
            return {
                title: `${releaseOf(service, commit)} was stopped${placed(environment, stage)}${by === undefined ? "" : ` by ${by}`}`,
                reason: event.stopReason ?? "somebody has stopped it, and has not said why",
                advice: "Retry the stage to go on, or start a new release.",
                ...given("by", by),
                settled: true,
                ...given("commit", commit),
                ...given("durationSeconds", durationOf(actions, event.time)),
            };
        },
    };
}

/** Seconds since the first action of an execution has begun. */
export function durationOf(actions: readonly ActionExecutionDetail[], time: Date): number | undefined {
    const starts = actions.map(began).filter(start => start > 0);
    return starts.length === 0 ? undefined : secondsBetween(new Date(Math.min(...starts)), time);
}
