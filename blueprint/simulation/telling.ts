import type { Happening } from "../../functions/lib/happenings";
import { environmentOf, type Execution, type StageState, type State } from "./state";
import type { EventKind, TimelineEvent, Told } from "./simulation";

/** What people may hear of an event. */
export interface News {
    /** Of these a target is told the first that it wants to hear of. */
    readonly happenings: readonly Happening[];
    /** Who hears of one of these is told by another event. */
    readonly unless?: readonly Happening[];
}

/** Who is told of `news` in `environment`, by the routes of the stack file. */
export function toldOf(
    { plan: { told, purpose } }: Pick<State, "plan">,
    environment: string | undefined,
    { happenings, unless = [] }: News,
): Told[] {
    // Pull requests are told of by statuses of their commits.
    const routes =
        purpose === "check"
            ? {}
            : environment !== undefined && Object.hasOwn(told.environments, environment)
              ? told.environments[environment]
              : told.everywhere;
    return Object.entries(routes).flatMap(([target, wanted]) => {
        const happening = happenings.find(one => wanted.includes(one));
        return happening === undefined || unless.some(one => wanted.includes(one)) ? [] : [{ target, happening }];
    });
}

/** What an event says beside what is known of its execution and stage. */
type Words = Pick<TimelineEvent, "what"> &
    Partial<Omit<TimelineEvent, "at" | "kind" | "told">> & { readonly news?: News };

/** Writes down that something has happened to `execution`, perhaps in `stage`. */
export function note(
    state: State,
    kind: EventKind,
    { execution, stage }: { readonly execution?: Execution; readonly stage?: StageState },
    { news, ...words }: Words,
): void {
    const environment = words.environment ?? (stage === undefined ? undefined : environmentOf(stage.plan));
    state.events.push({
        at: state.clock.now,
        kind,
        ...(execution !== undefined && { execution: execution.id, commit: execution.commit.id }),
        ...(stage !== undefined && { stage: stage.plan.name }),
        ...(environment !== undefined && { environment }),
        ...words,
        told: news === undefined ? [] : toldOf(state, environment, news),
    });
}
