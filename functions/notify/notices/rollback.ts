import type { RollbackEvent, StageEvent } from "../../lib/event";
import { given } from "../../lib/fields";
import { shortId } from "../deliver/words";
import type { Draft, Words } from "../draft";
import type { Outcome } from "../kept/history";
import { alarmOf, noteAlarm } from "../kept/remarks";
import { placeOf } from "../place";
import type { World } from "../world";
import { commitOf } from "./commit";
import { personOf, placed, secondsBetween } from "./words";

/** What is said of a stage that has gone back to an old release. */
export async function rolledBack(
    { pipeline, execution, stage, time }: StageEvent,
    service: string,
    { before, brokenSince }: Outcome,
    world: World,
): Promise<Words> {
    const { environment } = placeOf(stage, world.settings);
    const [known, alarm, previous] = await Promise.all([
        world.facts.execution(pipeline, execution),
        alarmOf(world.table, pipeline, execution),
        before === undefined ? undefined : world.facts.execution(pipeline, before.execution),
    ]);
    const [commit, from] = await Promise.all([commitOf(world, pipeline, known), commitOf(world, pipeline, previous)]);
    const way = `${from === undefined ? "" : ` from ${shortId(from)}`}${commit === undefined ? "" : ` to ${shortId(commit)}`}`;
    const automatic = known?.trigger?.triggerType === "AutomatedRollback";
    const by = alarm === undefined ? personOf(known?.trigger?.triggerDetail) : `alarm ${alarm}`;
    return {
        title: `${service} was rolled back${placed(environment, stage)}${way}`,
        reason:
            alarm !== undefined
                ? `the alarm ${alarm} was raised`
                : automatic
                  ? "a deploy has failed"
                  : `somebody has rolled back${by === undefined ? "" : `: ${by}`}`,
        advice: "The next release goes out as usual: mend the cause before it does.",
        ...given("by", by),
        ...given("commit", commit),
        ...given("from", from),
        ...(brokenSince !== undefined && { durationSeconds: secondsBetween(brokenSince, time) }),
    };
}

const helps = "Whether it helps, the end of the stage and the alarm tell.";

/** What is said where nothing was begun: not always does anybody have to do something. */
function refused(
    service: string,
    where: string,
    { alarm, refusal }: RollbackEvent,
): Pick<Words, "advice" | "settled" | "title"> {
    switch (refusal) {
        case "already":
            return {
                title: `${service} is being rolled back${where} already: the alarm ${alarm} rose too`,
                advice: helps,
                settled: true,
            };
        case "over":
            return {
                title: `${service} was NOT rolled back${where}: the alarm ${alarm} is over`,
                advice: "Look why the alarm came and went.",
                settled: true,
            };
        default:
            return {
                title: `${service} was NOT rolled back${where}, although the alarm ${alarm} is raised`,
                advice: "Look at the alarm. Roll back by hand in the console (stage, Start rollback), or release a fix.",
            };
    }
}

/** What the function `rollback` has done about an alarm: it has begun to go back, or has not. */
export async function ofRollback(event: RollbackEvent, world: World): Promise<Draft[]> {
    const { pipeline, stage, started, from, alarm, reason, refusal } = event;
    if (started !== undefined) {
        await noteAlarm(world.table, pipeline, started.execution, alarm);
    }
    const { environment } = placeOf(stage, world.settings);
    const execution = started?.execution ?? from;
    return [
        {
            id: `${event.id}#rolled-back`,
            happenings: ["rolled-back"],
            time: event.time,
            pipeline,
            ...given("execution", execution),
            ...given("environment", environment),
            stage,
            ...(started === undefined && {
                place: refusal === undefined ? "rollback-refused" : `rollback-refused-${refusal}`,
            }),
            write: async (_, service) => {
                const commitIn = async (id: string | undefined) =>
                    id === undefined ? undefined : commitOf(world, pipeline, await world.facts.execution(pipeline, id));
                const [back, current] = await Promise.all([commitIn(started?.target), commitIn(from)]);
                const where = placed(environment, stage);
                const to = back === undefined ? "" : ` to ${shortId(back)}`;
                return {
                    ...(started === undefined
                        ? refused(service, where, event)
                        : {
                              title: `${service} is being rolled back${where}${to}: the alarm ${alarm} is raised`,
                              advice: helps,
                          }),
                    reason,
                    by: `alarm ${alarm}`,
                    ...given("commit", started === undefined ? current : back),
                    ...(started !== undefined && given("from", current)),
                };
            },
        },
    ];
}
