import type { ActionEvent, Event, PipelineEvent, RollbackEvent, StageEvent } from "../../lib/event";
import { inLine } from "../../lib/text";
import { executionLink } from "../console";
import { placeOf } from "../place";
import type { NotifySettings } from "../settings";
import type { Status } from "./status";
import { subjectOf, type Subject } from "../../lib/subject";

/** A status of the commit of one execution, and when it holds. */
export interface DatedStatus {
    readonly pipeline: string;
    readonly execution: string;
    readonly status: Status;
    /** Of two statuses with one context the greater one is the later one. */
    readonly order: string;
}

/** What of the settings names and links statuses. */
export type Naming = Pick<NotifySettings, "environments" | "prefix" | "region">;

/** Stages that every pipeline has before those of environments. */
const buildStage = "Build";
const suitesStage = "Suites";
const sourceStage = "Source";

/**
 * What `event` says of a commit: of its build, of each suite, of each environment, and of a pull request's check as a whole.
 * A commit of a repository with several services has statuses of each, so the service stands in their names.
 */
export function statusOf(event: Event, naming: Naming): DatedStatus | undefined {
    if (event.kind === "alarm" || event.kind === "tick") {
        return undefined;
    }
    const subject = subjectOf(event.pipeline, naming.prefix);
    const execution = event.kind === "rollback" ? event.from : event.execution;
    const said = subject === undefined ? undefined : saidBy(event, subject, naming);
    if (subject === undefined || execution === undefined || said === undefined) {
        return undefined;
    }
    const { name, state, rank, description } = said;
    return {
        pipeline: event.pipeline,
        execution,
        status: {
            context: `${naming.prefix}/${subject.service}${name}`,
            state,
            description: inLine(description),
            url: executionLink(naming.region, event.pipeline, execution),
        },
        order: [
            event.time.toISOString(),
            String("attempt" in event ? (event.attempt ?? 0) : 0).padStart(4, "0"),
            rank,
        ].join("#"),
    };
}

/** A status under a name behind the service's. */
interface Said extends Pick<Status, "description" | "state"> {
    readonly name: string;
    /** Events have whole seconds: of those of one second, what is later has the greater rank. */
    readonly rank: number;
}

function saidBy(
    event: ActionEvent | PipelineEvent | RollbackEvent | StageEvent,
    { check }: Subject,
    naming: Naming,
): Said | undefined {
    const before = check ? "/check" : "";
    switch (event.kind) {
        case "pipeline":
            return check ? ended("/check", event.state, checkWords) : undefined;
        case "stage":
            return check && event.stage === sourceStage
                ? checkBegan(event)
                : event.stage === buildStage
                  ? whole(`${before}/build`, event.state, buildWords)
                  : environmentSaid(event, naming);
        case "action":
            return isSuite(event, naming) ? suiteSaid(event, before, naming) : approvalSaid(event, naming);
        case "rollback":
            return rollbackSaid(event, naming);
    }
}

/** What is said at the beginning, after success, after a failure, and after an end for another reason. */
type Words = readonly [pending: string, success: string, failure: string];

const buildWords: Words = ["is being built", "is built", "could not be built"];
const checkWords: Words = ["is being checked", "passed the check", "did not pass the check"];

/** Why something ended that neither passed nor failed. */
const ends = {
    ABANDONED: "was stopped",
    CANCELED: "was canceled: the pipeline was changed",
    STOPPED: "was stopped",
    SUPERSEDED: "was overtaken by a newer commit",
} as const;

type State = ActionEvent["state"] | PipelineEvent["state"] | StageEvent["state"];

const started = 0;
const waiting = 1;
const over = 2;

/** What is said of the end of something; nothing while it goes on. */
function ended(name: string, state: State, [, success, failure]: Words): Said | undefined {
    switch (state) {
        case "SUCCEEDED":
            return { name, state: "success", rank: over, description: success };
        case "FAILED":
            return { name, state: "failure", rank: over, description: failure };
        case "ABANDONED":
        case "CANCELED":
        case "STOPPED":
        case "SUPERSEDED":
            return { name, state: "error", rank: over, description: ends[state] };
        case "RESUMED":
        case "STARTED":
        case "STOPPING":
            return undefined;
    }
}

/** What is said of something from its beginning to its end. */
const whole = (name: string, state: State, words: Words): Said | undefined =>
    state === "STARTED" || state === "RESUMED"
        ? { name, state: "pending", rank: started, description: words[0] }
        : ended(name, state, words);

/** A check is told of once its commit is known: when the sources have been fetched. */
const checkBegan = ({ state }: StageEvent): Said | undefined =>
    state === "SUCCEEDED" ? { name: "/check", state: "pending", rank: started, description: checkWords[0] } : undefined;

function environmentSaid({ stage, state }: StageEvent, naming: Naming): Said | undefined {
    const { environment, approval } = placeOf(stage, naming);
    if (environment === undefined) {
        return undefined;
    }
    const name = ` in ${environment}`;
    if (!approval) {
        return whole(name, state, [
            `is being brought to ${environment}`,
            `is in ${environment}`,
            `failed in ${environment}`,
        ]);
    }
    // The action that asks says the rest; an approval that is given is no release yet.
    return state === "STOPPED" || state === "CANCELED" ? ended(name, state, ["", "", ""]) : undefined;
}

function approvalSaid({ category, state, stage }: ActionEvent, naming: Naming): Said | undefined {
    const { environment, approval } = placeOf(stage, naming);
    if (environment === undefined || !approval || category !== "Approval") {
        return undefined;
    }
    const name = ` in ${environment}`;
    return state === "STARTED"
        ? { name, state: "pending", rank: waiting, description: `waits for a yes before ${environment}` }
        : state === "FAILED"
          ? { name, state: "failure", rank: over, description: `got no yes for ${environment}` }
          : undefined;
}

/** Suites are all actions of their own stage; in an environment they test, or scan. */
const isSuite = ({ stage, category, provider }: ActionEvent, naming: Naming): boolean =>
    stage === suitesStage ||
    (placeOf(stage, naming).environment !== undefined && (category === "Test" || provider === "InspectorScan"));

function suiteSaid({ stage, action, state, result }: ActionEvent, before: string, naming: Naming): Said | undefined {
    const { environment } = placeOf(stage, naming);
    const place = environment === undefined ? "" : ` in ${environment}`;
    const why = result?.summary === undefined ? "" : `: ${result.summary}`;
    return whole(`${before}/${action}${place}`, state, [
        `${action} runs${place}`,
        `${action} passed${place}`,
        `${action} failed${place}${why}`,
    ]);
}

/** The commit that was taken back is not there any more, however well it came there. */
function rollbackSaid({ stage, started: rollback, reason }: RollbackEvent, naming: Naming): Said | undefined {
    const { environment } = placeOf(stage, naming);
    return environment === undefined || rollback === undefined
        ? undefined
        : {
              name: ` in ${environment}`,
              state: "failure",
              rank: over,
              description: `was rolled back in ${environment}: ${reason}`,
          };
}
