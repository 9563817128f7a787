/** The end of a stage: when, and in which execution. */
export interface End {
    /** As ISO 8601 in UTC, so that texts compare as times do. */
    readonly time: string;
    readonly execution: string;
}

/** The end of a stage, as an event tells it. */
export interface Told extends End {
    /** Id of the event. */
    readonly event: string;
}

/** What a success made of the stage's history. It is decided once, so that a second try says the same. */
export interface Outcome {
    readonly event: string;
    /** When what it made good had first failed; absent where nothing was broken. */
    readonly brokenSince?: string;
    /** What was in the stage before. */
    readonly before?: End;
}

/** What is remembered of a stage of a pipeline. */
export interface History {
    /** First failure that no later success has made good. */
    readonly brokenSince?: string;
    readonly lastFailure?: End;
    readonly lastSuccess?: End;
    /** Of the last successes, newest last. */
    readonly outcomes: readonly Outcome[];
}

export const noHistory: History = { outcomes: [] };

/** Successes whose outcome is remembered: more than can be on their way at once. */
const remembered = 20;

const later = (a: End | undefined, b: End | undefined): End | undefined =>
    a === undefined || (b !== undefined && b.time > a.time) ? b : a;

const endOf = ({ time, execution }: Told): End => ({ time, execution });

/** `history` after a failure; the same where it is known already, or a later success has made it good. */
export function afterFailure(history: History, told: Told): History {
    const { brokenSince, lastFailure, lastSuccess } = history;
    if (lastSuccess !== undefined && lastSuccess.time >= told.time) {
        return history;
    }
    const since = brokenSince !== undefined && brokenSince <= told.time ? brokenSince : told.time;
    const last = lastFailure !== undefined && lastFailure.time >= told.time ? lastFailure : endOf(told);
    return since === brokenSince && last === lastFailure
        ? history
        : { ...history, brokenSince: since, lastFailure: last };
}

/** `history` after a success; the same where its outcome is known already. */
export function afterSuccess(history: History, told: Told): History {
    if (outcomeOf(history, told.event) !== undefined) {
        return history;
    }
    const { brokenSince, lastFailure, lastSuccess, ...rest } = history;
    const good = brokenSince !== undefined && brokenSince <= told.time;
    // Events come in any order: a failure that was after this success still stands.
    const standing = good
        ? lastFailure !== undefined && lastFailure.time > told.time
            ? lastFailure.time
            : undefined
        : brokenSince;
    const before = [lastFailure, lastSuccess]
        .filter(end => end !== undefined && end.time <= told.time && end.execution !== told.execution)
        .reduce(later, undefined);
    const outcome: Outcome = {
        event: told.event,
        ...(good && { brokenSince }),
        ...(before && { before }),
    };
    return {
        ...rest,
        ...(standing !== undefined && { brokenSince: standing }),
        ...(lastFailure && { lastFailure }),
        lastSuccess: lastSuccess !== undefined && lastSuccess.time > told.time ? lastSuccess : endOf(told),
        outcomes: [...history.outcomes, outcome].slice(-remembered),
    };
}

/** What the success that `event` told made of the stage. */
export const outcomeOf = ({ outcomes }: History, event: string): Outcome | undefined =>
    outcomes.find(outcome => outcome.event === event);
