import type { Paint } from "../paint";
import type {
    Deployed,
    Disabled,
    EnvironmentStatus,
    Failed,
    FleetStatus,
    PipelineStatus,
    Revision,
    Run,
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
        ...(problems.length === 0 ? [] : ["", ...problems.flatMap(problem => line("unread", problem, paint.problem))]),
    ].join("\n");
}

/** `text` behind a label, on as many lines as it needs. */
function line(label: string, text: string, paint: (text: string) => string = same): string[] {
    // A name that is longer than the column has a line of its own.
    const [first, ...further] = wrapped(text, width - labels - 2);
    const own = label.length < labels ? [] : [`  ${paint(label)}`];
    const head = own.length === 0 ? `${paint(label)}${" ".repeat(labels - label.length)}` : " ".repeat(labels);
    return [...own, `  ${head}${first}`, ...further.map(more => `${" ".repeat(labels + 2)}${more}`)];
}

const same = (text: string) => text;

function serviceLines(service: ServiceStatus, at: Date, paint: Paint): string[] {
    const head = [
        paint.heading(service.service),
        ...wrapped(`pipeline ${service.pipeline}`, width - 2).map(text => `  ${paint.quiet(text)}`),
    ];
    switch (service.state) {
        case "absent":
            return [...head, ...line("absent", "the pipeline does not exist yet: run `pulumi up`", paint.warning)];
        case "unreadable":
            return [...head, ...line("unread", service.reason, paint.problem)];
        case "read":
            return [...head, ...pipelineLines(service, at, paint)];
    }
}

const pipelineLines = (pipeline: PipelineStatus, at: Date, paint: Paint): string[] => [
    ...pipeline.environments.flatMap(environment => environmentLines(environment, at, paint)),
    ...pipeline.waiting.flatMap(one => line("waits", waitingText(one, at), paint.warning)),
    ...pipeline.running.flatMap(one => line("runs", runningText(one, at))),
    ...pipeline.failed.flatMap(one => line(endings[one.status] ?? "failed", failedText(one, at), paint.problem)),
    ...pipeline.disabled.flatMap(one => line("disabled", disabledText(one, at), paint.warning)),
];

const endings: Readonly<Record<string, string>> = { Stopped: "stopped", Cancelled: "cancelled" };

function environmentLines(status: EnvironmentStatus, at: Date, paint: Paint): string[] {
    const { environment, exists, deployed, unknown, rollbackTarget: target, frozen } = status;
    const freezes = frozen.flatMap(({ what, since, reason }) =>
        line("frozen", `${what}${sinceText(since, at)}: ${reason || "no reason was given"}`, paint.warning),
    );
    if (!exists) {
        return [...line(environment, "the pipeline does not have this stage yet: run `pulumi up`"), ...freezes];
    }
    if (deployed === undefined) {
        return [...line(environment, unknown ?? "nothing has been deployed"), ...freezes];
    }
    const back = target.possible
        ? [`back to ${runText({ revisions: [], ...target })}`, ...target.notes].join("; ")
        : `no way back: ${target.why}`;
    return [...line(environment, deployedText(deployed, at)), ...line("", back), ...freezes];
}

function deployedText({ since, passed, rollback, ...run }: Deployed, at: Date): string {
    const how = rollback?.automatic === true ? "AWS, as the stage had failed" : (rollback?.by ?? "hand or by an alarm");
    const to = rollback?.to === undefined ? "" : ` to ${shortId(rollback.to)}`;
    const back = rollback === undefined ? "" : `; rolled back${to} by ${how}`;
    return `${runText(run)}${sinceText(since, at)}${back}${passed ? "" : "; its stage has not succeeded"}`;
}

function waitingText({ for: what, stage, names, since, asked, expires, ...run }: Waiting, at: Date): string {
    const reasons: Readonly<Record<Waiting["for"], string>> = {
        approval: `for a yes in ${stage}`,
        gate: `for ${names.join(" and ")} of ${stage}`,
        transition: `before ${stage}, which lets nothing in`,
        turn: `for its turn in ${stage}`,
    };
    const who = asked === undefined ? "" : `; asked: ${asked.length === 0 ? "nobody" : asked.join(", ")}`;
    const until = expires === undefined ? "" : `; expires ${moment(expires)} (${ahead(expires, at)})`;
    return `${runText(run)} ${reasons[what]}${sinceText(since, at)}${who}${until}`;
}

const runningText = ({ stage, action, since, ...run }: Running, at: Date) =>
    `${runText(run)} in ${stage}${action === undefined ? "" : ` at ${action}`}${sinceText(since, at)}`;

function failedText({ stage, at: action, since, error, by, done, ...run }: Failed, now: Date): string {
    const where = action === undefined ? "" : ` at ${action}`;
    const who = by === undefined ? "" : `, by ${by}`;
    const why = error === undefined ? "" : `: ${oneLine(error)}`;
    const before = done.length === 0 ? "" : `; before that ${done.join(", ")} was done`;
    return `${runText(run)} in ${stage}${where}${whenText(since, now)}${who}${why}${before}`;
}

function disabledText({ stage, by, since, reason }: Disabled, at: Date): string {
    const who = by === undefined ? "" : ` by ${by}`;
    return `the transition to ${stage}${who}${sinceText(since, at)}: ${reason ?? "no reason was given"}`;
}

/** Errors may be pages of a log: their beginning. */
const longestError = 300;

const oneLine = (text: string) => cut(text.replace(/\s+/g, " ").trim(), longestError);

/** `9b1c0de “Fix the rounding”, execution 1a2b3c4d`. */
const runText = ({ execution, revisions: [main] }: Run) => `${commit(main)}, ${shortId(execution)}`;

function commit(main?: Revision): string {
    if (main === undefined) {
        return "revision not known";
    }
    return `${revision(main.id)}${main.summary ? ` “${cut(main.summary, 50)}”` : ""}`;
}

/** A commit's id is cut as git does; a version of S3 or a digest means nothing to the eye either. */
const revision = (id: string) => (/^[0-9a-f]{40,64}$/.test(id) ? id.slice(0, 7) : cut(id, 20));

function cut(text: string, length: number): string {
    // Not in the middle of a character that is two code units long.
    const characters = [...text];
    return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

/** Enough of an execution's id to find it in the console. */
const shortId = (execution: string) => `execution ${execution.slice(0, 8)}`;

const sinceText = (since: Date | undefined, at: Date) =>
    since === undefined ? "" : `, since ${moment(since)} (${age(since, at)})`;

const whenText = (when: Date | undefined, at: Date) =>
    when === undefined ? "" : `, ${moment(when)} (${age(when, at)})`;
