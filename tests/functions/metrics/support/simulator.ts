import { stages, type Action } from "./pipeline";

/** How an attempt of a stage goes, and what is done about it. */
export interface Try {
    /** `blocked`: a condition on entry says no; `refused`: one on success does. */
    readonly result: "blocked" | "fail" | "ok" | "refused" | "stop";
    /** Which of the stage's actions fails, or during which it is stopped; taken modulo their number. */
    readonly action: number;
    /** Milliseconds that each action takes; over and over. */
    readonly durations: readonly number[];
    /** Milliseconds that a condition on success takes. */
    readonly condition: number;
    /** What follows when it has failed or was stopped. */
    readonly then: { readonly does: "nothing" | "retry-all" | "retry-failed" | "rollback"; readonly after: number };
}

/** An execution as it is going to be. */
export interface Script {
    /** Milliseconds after the one before. */
    readonly gap: number;
    /** Number of its commit: several may have the same. */
    readonly commit: number;
    /** Milliseconds before the first execution at which its commit was made; undefined where the source does not tell. */
    readonly age?: number;
    /** Its attempts, in order, whichever stages they are of; those after them are good. */
    readonly tries: readonly Try[];
}

/** Somebody who rolls a stage back. */
export interface Undoing {
    readonly after: number;
    readonly stage: string;
    /** Which of the successes there, from the last. */
    readonly back: number;
    /** Attempts of the rollback; those after them are good. */
    readonly tries: readonly Try[];
}

export interface Scenario {
    readonly mode: "PARALLEL" | "QUEUED" | "SUPERSEDED";
    readonly scripts: readonly Script[];
    readonly undoings: readonly Undoing[];
}

/** A run of an action, as it was. */
export interface SimulatedRun {
    readonly id: string;
    readonly stage: string;
    readonly action: Action;
    readonly start: number;
    readonly end: number;
    readonly status: "Abandoned" | "Failed" | "Succeeded";
}

/** An execution, as it was. */
export interface Simulated {
    readonly id: string;
    readonly start: number;
    readonly target?: Simulated;
    readonly commit: number;
    readonly committed?: number;
    readonly runs: SimulatedRun[];
    /** Its states, each with the moment from which it was in it. */
    readonly states: { readonly at: number; readonly status: string }[];
    readonly tries: Try[];
    /** Attempts of each stage so far, and when it was last retried. */
    readonly attempts: Map<string, { count: number; retried?: number }>;
}

/** Something that was over, as AWS tells of it. */
export interface Told {
    readonly id: string;
    /** To the millisecond; the event has seconds. */
    readonly at: number;
    readonly kind: "action" | "pipeline" | "stage";
    readonly state: string;
    readonly execution: Simulated;
    readonly stage?: string;
    readonly run?: SimulatedRun;
    /** Of a stage: the runs of the attempt that was over; how many attempts with runs there were before. */
    readonly runs?: readonly SimulatedRun[];
    readonly attempt?: number;
    readonly retried?: number;
}

export interface World {
    readonly mode: Scenario["mode"];
    readonly executions: readonly Simulated[];
    /** In the order in which it was. */
    readonly told: readonly Told[];
}

/** When a simulation begins. */
export const epoch = Date.UTC(2026, 8, 1, 9, 0, 0, 250);

/** All goes well. */
export const fine: Try = {
    result: "ok",
    action: 0,
    durations: [60_000],
    condition: 0,
    then: { does: "nothing", after: 0 },
};

/** Plays `scenario` by AWS's rules: stages are locked, executions wait, are superseded, fail, are retried and rolled back. */
export function simulate({ mode, scripts, undoings }: Scenario): World {
    const agenda: { at: number; order: number; act: (now: number) => void }[] = [];
    const executions: Simulated[] = [];
    const told: Told[] = [];
    const busy = new Map<string, Simulated>();
    const waiting = new Map<string, Simulated[]>();
    /** Who was in a stage last, and who has succeeded there. */
    const latest = new Map<string, Simulated>();
    const succeeded = new Map<string, Simulated[]>();
    let events = 0;

    const plan = (at: number, act: (now: number) => void) => agenda.push({ at, order: agenda.length, act });
    const tell = (at: number, event: Omit<Told, "at" | "id">) => told.push({ id: `event-${events++}`, at, ...event });
    const turn = (execution: Simulated, at: number, status: string) => execution.states.push({ at, status });

    function arrive(execution: Simulated, stage: string, now: number): void {
        const queue = waiting.get(stage) ?? [];
        if (mode === "PARALLEL" || !busy.has(stage)) {
            enter(execution, stage, now);
            return;
        }
        if (mode === "SUPERSEDED") {
            for (const older of queue.splice(0)) {
                turn(older, now, "Superseded");
                tell(now, { kind: "pipeline", state: "SUPERSEDED", execution: older });
            }
        }
        waiting.set(stage, [...queue, execution]);
    }

    function enter(execution: Simulated, stage: string, now: number): void {
        busy.set(stage, execution);
        latest.set(stage, execution);
        attempt(execution, stage, now, new Set());
    }

    /** One attempt of `stage`, without the actions `done`. */
    function attempt(execution: Simulated, stage: string, now: number, done: ReadonlySet<string>): void {
        const mine = execution.tries.shift() ?? fine;
        const counted = execution.attempts.get(stage) ?? { count: 0 };
        execution.attempts.set(stage, counted);
        const about = { execution, stage, attempt: counted.count, retried: counted.retried };
        if (mine.result === "blocked" && stage !== "Source") {
            end(execution, stage, now + 500, "FAILED", mine, { ...about, runs: [] });
            return;
        }
        counted.count += 1;
        const actions = (stages.find(({ name }) => name === stage)?.actions ?? []).filter(
            ({ name }) => !done.has(name),
        );
        const victim = actions[mine.action % actions.length];
        const runs: SimulatedRun[] = [];
        let time = now;
        let over: "FAILED" | "STOPPED" | undefined;
        for (const order of new Set(actions.map(action => action.order))) {
            if (over !== undefined) {
                break;
            }
            for (const action of actions.filter(each => each.order === order)) {
                const hit = action === victim && (mine.result === "fail" || mine.result === "stop");
                const duration = mine.durations[(runs.length + execution.runs.length) % mine.durations.length];
                const status = !hit ? "Succeeded" : mine.result === "fail" ? "Failed" : "Abandoned";
                runs.push({
                    id: `${execution.id}/${execution.runs.length + runs.length}`,
                    stage,
                    action,
                    start: time,
                    end: time + duration,
                    status,
                });
                over = hit ? (mine.result === "fail" ? "FAILED" : "STOPPED") : over;
            }
            time = Math.max(...runs.map(run => run.end));
        }
        execution.runs.push(...runs);
        for (const run of runs) {
            plan(run.end, at => tell(at, { kind: "action", state: run.status.toUpperCase(), execution, stage, run }));
        }
        const refused = over === undefined && mine.result === "refused";
        const state = over ?? (refused ? "FAILED" : "SUCCEEDED");
        end(execution, stage, time + (over === undefined ? mine.condition : 0), state, mine, { ...about, runs });
    }

    function end(
        execution: Simulated,
        stage: string,
        at: number,
        state: "FAILED" | "STOPPED" | "SUCCEEDED",
        { then }: Try,
        about: Pick<Told, "attempt" | "execution" | "retried" | "runs" | "stage">,
    ): void {
        plan(at, now => {
            tell(now, { kind: "stage", state, ...about });
            const next = stages[stages.findIndex(({ name }) => name === stage) + 1] as
                (typeof stages)[number] | undefined;
            if (state !== "SUCCEEDED") {
                turn(execution, now, state === "FAILED" ? "Failed" : "Stopped");
                tell(now, { kind: "pipeline", state, execution });
            } else if (execution.target !== undefined || next === undefined) {
                turn(execution, now, "Succeeded");
                tell(now, { kind: "pipeline", state, execution });
            }
            if (state === "SUCCEEDED" && execution.target === undefined) {
                succeeded.set(stage, [...(succeeded.get(stage) ?? []), execution]);
            }
            leave(stage, now);
            if (state === "SUCCEEDED") {
                if (execution.target === undefined && next !== undefined) {
                    arrive(execution, next.name, now);
                }
            } else if (then.does === "rollback") {
                plan(now + then.after, later => undo(stage, 0, execution.tries.splice(0), later));
            } else if (then.does !== "nothing") {
                plan(now + then.after, later => retry(execution, stage, then.does === "retry-all", later));
            }
        });
    }

    function leave(stage: string, now: number): void {
        busy.delete(stage);
        const [first, ...rest] = waiting.get(stage) ?? [];
        waiting.set(stage, rest);
        if (first !== undefined) {
            enter(first, stage, now);
        }
    }

    /** Only while nobody has come after it. */
    function retry(execution: Simulated, stage: string, whole: boolean, now: number): void {
        if (mode !== "PARALLEL" && (busy.has(stage) || latest.get(stage) !== execution)) {
            return;
        }
        const counted = execution.attempts.get(stage) ?? { count: 0 };
        counted.retried = now;
        turn(execution, now, "InProgress");
        busy.set(stage, execution);
        const done = execution.runs.filter(run => run.stage === stage && run.status === "Succeeded");
        const names = new Set(done.map(({ action }) => action.name));
        const all =
            whole || (stages.find(({ name }) => name === stage)?.actions ?? []).every(({ name }) => names.has(name));
        attempt(execution, stage, now, all ? new Set() : names);
    }

    function undo(stage: string, back: number, tries: readonly Try[], now: number): void {
        const target = (succeeded.get(stage) ?? []).at(-1 - back);
        if (mode === "PARALLEL" || target === undefined || busy.has(stage) || stage === "Source") {
            return;
        }
        const rollback = begin(now, { target, commit: target.commit, tries: [...tries] });
        plan(now + 1000, later => arrive(rollback, stage, later));
    }

    function begin(start: number, rest: Pick<Simulated, "commit" | "committed" | "target" | "tries">): Simulated {
        const id = `00000000-0000-4000-8000-${String(executions.length).padStart(12, "0")}`;
        const execution = { id, start, runs: [], states: [], attempts: new Map<string, { count: number }>(), ...rest };
        executions.push(execution);
        turn(execution, start, "InProgress");
        return execution;
    }

    let start = epoch;
    for (const { gap, commit, age, tries } of scripts) {
        start += gap;
        plan(start, now => {
            const committed = age === undefined ? undefined : epoch - age;
            const execution = begin(now, { commit, tries: [...tries], ...(committed !== undefined && { committed }) });
            arrive(execution, "Source", now);
        });
    }
    for (const { after, stage, back, tries } of undoings) {
        plan(epoch + after, now => undo(stage, back, tries, now));
    }
    while (agenda.length > 0) {
        agenda.sort((a, b) => a.at - b.at || a.order - b.order);
        const next = agenda.shift();
        next?.act(next.at);
    }
    return { mode, executions, told };
}
