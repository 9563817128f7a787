import type { Path } from "../../catalog/problem";
import { momentOf } from "./read-script";
import type { ExpectationWords } from "./schema";
import type { ExecutionResult, Simulation, TimelineEvent } from "./simulation";
import { durationText } from "./times";

/** What came of one expectation. */
export interface Judgement {
    /** In the script. */
    readonly path: Path;
    readonly met: boolean;
    /** In words. */
    readonly expected: string;
    /** In words: what happened instead, or as well. */
    readonly found: string;
}

type Verdict = Omit<Judgement, "path">;

/**
 * Holds `expectations` against what has happened, one after the other.
 *
 * @param until - the same simulation, as far as it had come by a moment
 */
export function judge(
    expectations: readonly ExpectationWords[],
    simulation: Simulation,
    until: (end: number) => Simulation,
): Judgement[] {
    const past = new Past(simulation);
    return expectations.map((words, index) => {
        const [key] = Object.keys(words);
        const { at } = words.status ?? words.stage ?? {};
        const then = at === undefined ? past : new Past(until(past.until(at)));
        return { path: ["expect", index, key], ...verdictOf(words, then) };
    });
}

const unless = (text: string, condition: boolean) => (condition ? text : "");

function verdictOf(words: ExpectationWords, past: Past): Verdict {
    const { reaches, deployed, status, stage, never } = words;
    if (reaches !== undefined) {
        const { commit, environment } = reaches;
        const at = past.arrival(commit, environment);
        const by = past.until(reaches.by);
        return {
            met: at !== undefined && at <= by,
            expected: `${commit} reaches ${environment}${past.byText(reaches.by)}`,
            found: at === undefined ? past.story(commit) : `${commit} is in ${environment} after ${durationText(at)}`,
        };
    }
    if (deployed !== undefined) {
        const { environment, commit } = deployed;
        const there = past.thereAt(environment, past.until(deployed.at));
        return {
            met: there === commit,
            expected: `${commit} is in ${environment}${past.byText(deployed.at, "at")}`,
            found:
                there === undefined ? `nothing has been deployed to ${environment}` : `${there} is in ${environment}`,
        };
    }
    if (status !== undefined) {
        const is = past.release(status.commit)?.status ?? "NotStarted";
        return {
            met: is === status.is,
            expected: `${status.commit} is ${status.is}${past.byText(status.at, "at")}`,
            found: `${status.commit} is ${is}; ${past.story(status.commit)}`,
        };
    }
    if (stage !== undefined) {
        const is = past.release(stage.commit)?.stages[stage.stage] ?? "NotReached";
        return {
            met: is === stage.is,
            expected: `${stage.commit} is ${stage.is} in ${stage.stage}${past.byText(stage.at, "at")}`,
            found: `${stage.commit} is ${is} there; ${past.story(stage.commit)}`,
        };
    }
    if (never !== undefined) {
        return neverOf(never, past);
    }
    const { what, found, wanted } = factsOf(words, past);
    return {
        met: wanted === undefined ? found.length > 0 : found.length === wanted,
        expected: `${what}${unless(`, ${String(wanted)} times`, wanted !== undefined)}`,
        found: foundText(found, what),
    };
}

const foundText = (found: readonly TimelineEvent[], what: string) =>
    found.length === 0
        ? `it did not happen: ${what}`
        : found
              .slice(0, 3)
              .map(event => `${durationText(event.at)}: ${event.what}`)
              .join("; ") + unless(`, and ${found.length - 3} more`, found.length > 3);

function neverOf({ commit, reaches, ...facts }: NonNullable<ExpectationWords["never"]>, past: Past): Verdict {
    if (commit !== undefined && reaches !== undefined) {
        const touched = past.touched(commit, reaches);
        return {
            met: touched.length === 0,
            expected: `${commit} never reaches ${reaches}`,
            found: touched.length === 0 ? past.story(commit) : foundText(touched.slice(0, 1), ""),
        };
    }
    const { what, found, wanted } = factsOf(facts, past);
    const often = wanted !== undefined && found.length !== wanted;
    return { met: found.length === 0 || often, expected: `never: ${what}`, found: foundText(found, what) };
}

interface Facts {
    readonly what: string;
    readonly found: readonly TimelineEvent[];
    /** How often. @default at least once */
    readonly wanted?: number;
}

/** The events that are meant, of which there are some or none. */
function factsOf(words: Omit<ExpectationWords, "never">, past: Past): Facts {
    const { rolledBack, told, asked, waits, overridden } = words;
    if (rolledBack !== undefined) {
        const { environment, to } = rolledBack;
        return {
            what: `${environment} is rolled back${unless(` to ${to ?? ""}`, to !== undefined)}${past.byText(rolledBack.by)}`,
            found: past
                .events(rolledBack.by)
                .filter(
                    event =>
                        event.environment === environment &&
                        (to ?? event.commit) === event.commit &&
                        past.isRolledBack(event),
                ),
        };
    }
    if (told !== undefined) {
        const { target, happening, environment, commit, times } = told;
        const about = [commit, environment].filter(word => word !== undefined).join(" in ");
        return {
            what: `${target} is told${unless(` of ${happening ?? ""}`, happening !== undefined)}${unless(` about ${about}`, about !== "")}${past.byText(told.by)}`,
            ...(times !== undefined && { wanted: times }),
            found: past
                .events(told.by)
                .filter(
                    event =>
                        (environment ?? event.environment) === event.environment &&
                        (commit ?? event.commit) === event.commit &&
                        event.told.some(one => one.target === target && (happening ?? one.happening) === one.happening),
                ),
        };
    }
    if (asked !== undefined) {
        const { environment, commit } = asked;
        return {
            what: `somebody is asked whether ${commit} may go to ${environment}${past.byText(asked.by)}`,
            found: past
                .events(asked.by)
                .filter(
                    ({ kind, ...event }) =>
                        kind === "approval-asked" && event.environment === environment && event.commit === commit,
                ),
        };
    }
    if (waits !== undefined) {
        const { stage, commit } = waits;
        return {
            what: `${commit} waits in front of ${stage}`,
            found: past
                .events()
                .filter(
                    ({ kind, ...event }) =>
                        kind === "stage-waited-for" && event.stage === stage && event.commit === commit,
                ),
        };
    }
    const { stage, commit, condition } = overridden ?? { stage: "", commit: "" };
    return {
        what: `the condition ${condition === undefined ? "of" : condition} ${stage} is overridden for ${commit}`,
        found: past
            .events()
            .filter(
                ({ kind, ...event }) =>
                    kind === "condition-overridden" &&
                    event.stage === stage &&
                    event.commit === commit &&
                    (condition ?? event.condition) === event.condition,
            ),
    };
}

/** What has happened, as expectations ask for it. */
class Past {
    constructor(private readonly simulation: Simulation) {}

    public until = (word: unknown): number => (word === undefined ? Infinity : momentOf(word, this.simulation.start));

    public byText = (word: unknown, preposition = "by"): string =>
        typeof word === "string" || word === 0 ? ` ${preposition} ${word}` : "";

    public events = (by?: unknown): readonly TimelineEvent[] =>
        this.simulation.events.filter(({ at }) => at <= this.until(by));

    /** The last, where a schedule or another service has started more than one. */
    public release = (commit: string): ExecutionResult | undefined =>
        this.simulation.executions.filter(one => one.commit === commit && one.type === "STANDARD").at(-1);

    /** When a stage has first succeeded with `commit`, by its release or by a rollback. */
    public arrival(commit: string, environment: string): number | undefined {
        return this.deployments(environment).find(one => one.commit === commit)?.at;
    }

    public thereAt(environment: string, time: number): string | undefined {
        return this.deployments(environment)
            .filter(({ at }) => at <= time)
            .at(-1)?.commit;
    }

    private readonly deployments = (name: string) =>
        this.simulation.environments.find(({ environment }) => environment === name)?.deployments ?? [];

    public isRolledBack({ kind, execution }: TimelineEvent): boolean {
        return (
            kind === "stage-succeeded" &&
            this.simulation.executions.some(one => one.execution === execution && one.type === "ROLLBACK")
        );
    }

    /** All that has begun in an environment with `commit`, but for actions that deploy nothing and only look. */
    public touched(commit: string, name: string): TimelineEvent[] {
        const there = this.deployments(name).some(one => one.commit === commit);
        const began = this.simulation.events.filter(
            ({ kind, environment, ...event }) =>
                kind === "action-started" && event.deploys === true && environment === name && event.commit === commit,
        );
        return there && began.length === 0
            ? [{ at: 0, kind: "stage-succeeded", what: `${commit} was in ${name} before`, told: [] }]
            : began;
    }

    /** What became of a commit's release, in words. */
    public story(commit: string): string {
        const ignored = this.simulation.events.find(
            event => event.commit === commit && ["commit-ignored", "execution-refused"].includes(event.kind),
        );
        const execution = this.release(commit);
        if (execution === undefined) {
            return ignored === undefined ? `${commit} was not released` : `${ignored.what}: ${ignored.why ?? ""}`;
        }
        const last = this.simulation.events
            .filter(event => event.execution === execution.execution && event.why !== undefined)
            .at(-1);
        return last === undefined
            ? `${commit} ended as ${execution.status}`
            : `${commit} ended as ${execution.status}; at ${durationText(last.at)} ${last.what}: ${last.why ?? ""}`;
    }
}
