import type { StageEvent } from "../../lib/event";
import { given, textOf } from "../../lib/fields";
import { spanOf } from "../deliver/words";
import type { Draft, Words } from "../draft";
import type { Outcome } from "../kept/history";
import { noteFailure, noteSuccess } from "../kept/stages";
import { placeOf } from "../place";
import type { World } from "../world";
import { commitOf } from "./commit";
import { durationOf } from "./execution";
import { failuresOf, reasonOf } from "./failure";
import { expectKnown } from "./known";
import { rolledBack } from "./rollback";
import { placed, releaseOf, secondsBetween } from "./words";

/** What is told of a stage: that it has failed, and where something is deployed that it has succeeded. */
export async function ofStage(event: StageEvent, world: World): Promise<Draft[]> {
    switch (event.state) {
        case "FAILED":
            return [await failed(event, world)];
        case "SUCCEEDED":
            return succeeded(event, world);
        default:
            return [];
    }
}

async function failed(event: StageEvent, world: World): Promise<Draft> {
    const { pipeline, execution, stage } = event;
    const { environment, approval } = placeOf(stage, world.settings);
    // A no breaks nothing: what runs goes on running.
    const since = approval ? undefined : await noteFailure(world.table, event);
    return {
        id: `${event.id}#failed`,
        happenings: ["failed"],
        ...(approval && { unless: ["approval-answered"] }),
        time: event.time,
        pipeline,
        execution,
        ...given("environment", environment),
        stage,
        write: async (_, service) => {
            const actions = await world.facts.actions(pipeline, execution);
            const known = await world.facts.execution(pipeline, execution);
            const [commit, failures] = await Promise.all([
                commitOf(world, pipeline, known, actions),
                failuresOf(event, actions, world),
            ]);
            expectKnown(failures.length > 0, event.time, world);
            const names = failures.map(({ name }) => name).join(", ");
            const what = releaseOf(service, commit);
            const rollback = event.type === "ROLLBACK" || known?.executionType === "ROLLBACK";
            const where = `${placed(environment, stage)}${names === "" ? "" : `: ${names}`}`;
            return {
                title: approval
                    ? `${what} does not go to ${environment ?? stage}`
                    : rollback
                      ? `The rollback of ${service} has failed${where}`
                      : `${what} has failed${where}`,
                ...given("action", textOf(names)),
                ...(approval && { settled: true as const }),
                ...given("reason", reasonOf(failures)),
                advice:
                    since !== undefined
                        ? `The stage has succeeded since, at ${since}.`
                        : "Retry the stage when the cause is gone, or release a fix.",
                ...given("commit", commit),
                ...given("durationSeconds", durationOf(actions, event.time)),
                ...withLog(failures.find(({ log }) => log !== undefined)?.log),
            };
        },
    };
}

const withLog = (log: string | undefined): Pick<Words, "links"> => (log === undefined ? {} : { links: { log } });

async function succeeded(event: StageEvent, world: World): Promise<Draft[]> {
    const { pipeline, execution, stage } = event;
    const { environment, approval } = placeOf(stage, world.settings);
    if (approval) {
        return [];
    }
    const outcome = await noteSuccess(world.table, event);
    const recovered = outcome.brokenSince === undefined ? [] : (["recovered"] as const);
    const rollback = environment !== undefined && (await isRollback(event, world));
    const deployed = environment === undefined ? [] : ([rollback ? "rolled-back" : "succeeded"] as const);
    const happenings = rollback ? [...deployed, ...recovered] : [...recovered, ...deployed];
    return happenings.length === 0
        ? []
        : [
              {
                  // One thing, whatever a target hears of it.
                  id: `${event.id}#succeeded`,
                  happenings,
                  time: event.time,
                  pipeline,
                  execution,
                  ...given("environment", environment),
                  stage,
                  write: (happening, service) =>
                      happening === "rolled-back"
                          ? rolledBack(event, service, outcome, world)
                          : success(event, service, happening === "recovered" ? outcome : undefined, world),
              },
          ];
}

/** AWS's events do not say it of every execution. */
const isRollback = async ({ type, pipeline, execution }: StageEvent, { facts }: World) =>
    type === undefined
        ? (await facts.execution(pipeline, execution))?.executionType === "ROLLBACK"
        : type === "ROLLBACK";

async function success(
    event: StageEvent,
    service: string,
    recovery: Outcome | undefined,
    world: World,
): Promise<Words> {
    const { pipeline, execution, stage, time } = event;
    const { environment } = placeOf(stage, world.settings);
    const actions = await world.facts.actions(pipeline, execution);
    const commit = await commitOf(world, pipeline, await world.facts.execution(pipeline, execution), actions);
    const what = releaseOf(service, commit);
    const broken = recovery?.brokenSince === undefined ? undefined : secondsBetween(recovery.brokenSince, time);
    const duration = broken ?? durationOf(actions, time);
    return {
        title:
            broken === undefined
                ? `${what} is in ${environment ?? stage}`
                : `${what} works again${placed(environment, stage)}, after ${spanOf(broken)}`,
        ...given("commit", commit),
        ...given("durationSeconds", duration),
    };
}
