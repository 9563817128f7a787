import type { Paint } from "../paint";
import type {
    Deployed,
    Disabled,
    EnvironmentStatus,
    Failed,
    FleetStatus,
    PipelineStatus,
    Revision,
    Running,
    ServiceStatus,
    Waiting,
} from "./fleet-status";
import { age, ahead, moment, wrapped } from "./words";

/** Columns of a line, and of the words that it begins with. */
const width = 100;
const labels = 10;

/** The state of a fleet as people read it; no line is longer than 100 columns. */
export function statusText(status: FleetStatus, paint: Paint): string {
    const { prefix, stack, account, region, at, services, problems } = status;
    return [
        paint.heading(`${prefix}, stack ${stack}`),
        paint.quiet(`account ${account}, region ${region}, ${moment(at)} UTC`),
        ...services.flatMap(service => ["", ...serviceLines(service, at, paint)]),
        ...(problems.length === 0
            ? []
            : ["", ...problems.flatMap(problem => entry("unread", [problem], paint.problem))]),
    ].join("\n");
}

/** Paragraphs behind a label, each on as many lines as it needs. */
function entry(label: string, [text, ...further]: readonly string[], paint: (text: string) => string = same): string[] {
    const [first, ...rest] = [text, ...further].flatMap(one => wrapped(one, width - labels - 2));
    const indent = " ".repeat(labels + 2);
    const own = label.length < labels;
    // A name that is longer than the column has a line of its own.
    const head = own
        ? [`  ${paint(label)}${" ".repeat(labels - label.length)}${first}`]
        : [`  ${paint(label)}`, `${indent}${first}`];
    return [...head, ...rest.map(more => `${indent}${more}`)];
}

const same = (text: string) => text;

function serviceLines(service: ServiceStatus, at: Date, paint: Paint): string[] {
    const head = [
        paint.heading(service.service),
        ...wrapped(`pipeline ${service.pipeline}`, width - 2).map(text => `  ${paint.quiet(text)}`),
    ];
    switch (service.state) {
        case "absent":
            return [...head, ...entry("absent", ["the pipeline does not exist yet: run `pulumi up`"], paint.warning)];
        case "unreadable":
            return [...head, ...entry("unread", [service.reason], paint.problem)];
        case "read":
            return [...head, ...pipelineLines(service, at, paint)];
    }
}

const pipelineLines = (pipeline: PipelineStatus, at: Date, paint: Paint): string[] => [
    ...pipeline.environments.flatMap(environment => environmentLines(environment, at, paint)),
    ...pipeline.waiting.flatMap(one => entry("waits", waitingText(one, at), paint.warning)),
    ...pipeline.running.flatMap(one => entry("runs", runningText(one, at))),
    ...pipeline.failed.flatMap(one => entry(endings[one.status] ?? "failed", failedText(one, at), paint.problem)),
    ...pipeline.disabled.flatMap(one => entry("disabled", disabledText(one, at), paint.warning)),
];

const endings: Readonly<Record<string, string>> = { Stopped: "stopped", Cancelled: "cancelled" };

function environmentLines(status: EnvironmentStatus, at: Date, paint: Paint): string[] {
    const { environment, exists, deployed, unknown, rollbackTarget: target, frozen } = status;
    const freezes = frozen.flatMap(({ what, since, reason }) =>
        entry("frozen", [`${what}: ${reason || "no reason was given"}`, ...sinceText(since, at)], paint.warning),
    );
    if (!exists) {
        return [...entry(environment, ["the pipeline does not have this stage yet: run `pulumi up`"]), ...freezes];
    }
    if (deployed === undefined) {
        return [...entry(environment, [unknown ?? "nothing has been deployed"]), ...freezes];
    }
    const back = target.possible
        ? [`can go back to ${commit(target.revisions)}, ${execution(target)}`, ...target.notes].join("; ")
        : `cannot go back: ${target.why}`;
    return [...entry(environment, [...deployedText(deployed, at), back]), ...freezes];
}

function deployedText({ since, passed, rollback, ...run }: Deployed, at: Date): string[] {
    const how = rollback?.automatic === true ? "AWS, as the stage had failed" : (rollback?.by ?? "hand or by an alarm");
    const to = rollback?.to === undefined ? "" : ` to ${execution({ execution: rollback.to })}`;
    return [
        commit(run.revisions),
        facts([...sinceText(since, at), execution(run)], passed ? "" : "its stage has not succeeded"),
        ...(rollback === undefined ? [] : [`rolled back${to} by ${how}`]),
    ];
}

function waitingText({ for: what, stage, names, since, asked, expires, ...run }: Waiting, at: Date): string[] {
    const reasons: Readonly<Record<Waiting["for"], string>> = {
        approval: `for a yes in ${stage}`,
        gate: `for ${names.join(" and ")} of ${stage}`,
        transition: `before ${stage}, which lets nothing in`,
        turn: `for its turn in ${stage}`,
    };
    const who = asked === undefined ? [] : [`asked: ${asked.length === 0 ? "nobody" : asked.join(", ")}`];
    const until = expires === undefined ? [] : [`expires ${moment(expires)} (${ahead(expires, at)})`];
    return [
        `${commit(run.revisions)} ${reasons[what]}`,
        facts([...sinceText(since, at), execution(run)]),
        ...(who.length + until.length === 0 ? [] : [[...who, ...until].join("; ")]),
    ];
}

const runningText = ({ stage, action, since, ...run }: Running, at: Date): string[] => [
    `${commit(run.revisions)} in ${stage}${action === undefined ? "" : ` at ${action}`}`,
    facts([...sinceText(since, at), execution(run)]),
];

function failedText({ stage, at: action, since, error, by, done, ...run }: Failed, now: Date): string[] {
    const when = since === undefined ? [] : [`${moment(since)} (${age(since, now)})`];
    const who = by === undefined ? [] : [`by ${by}`];
    return [
        `${commit(run.revisions)} in ${stage}${action === undefined ? "" : ` at ${action}`}`,
        facts([...when, ...who, execution(run)], done.length === 0 ? "" : `before that ${done.join(", ")} was done`),
        ...(error === undefined ? [] : [oneLine(error)]),
    ];
}

const disabledText = ({ stage, by, since, reason }: Disabled, at: Date): string[] => [
    `the transition to ${stage}: ${reason ?? "no reason was given"}`,
    ...(by === undefined && since === undefined
        ? []
        : [facts([...sinceText(since, at), ...(by === undefined ? [] : [`by ${by}`])])]),
];

const facts = (all: readonly string[], note = "") => `${all.join(", ")}${note === "" ? "" : `; ${note}`}`;

/** Errors may be pages of a log: their beginning. */
const longestError = 300;

const oneLine = (text: string) => cut(text.replace(/\s+/g, " ").trim(), longestError);

/** `9b1c0de “Fix the rounding”`. */
function commit([main]: readonly Revision[] = []): string {
    if (main === undefined) {
        return "revision not known";
    }
    return `${revision(main.id)}${main.summary ? ` “${cut(main.summary, 60)}”` : ""}`;
}

/** A commit's id is cut as git does; a version of S3 or a digest means nothing to the eye either. */
const revision = (id: string) => (/^[0-9a-f]{40,64}$/.test(id) ? id.slice(0, 7) : cut(id, 20));

function cut(text: string, length: number): string {
    // Not in the middle of a character that is two code units long.
    const characters = [...text];
    return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

/** Enough of an execution's id to find it in the console. */
const execution = (run: { readonly execution: string }) => `execution ${run.execution.slice(0, 8)}`;

const sinceText = (since: Date | undefined, at: Date): string[] =>
    since === undefined ? [] : [`since ${moment(since)} (${age(since, at)})`];
