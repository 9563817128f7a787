import type { Judgement } from "../../blueprint/simulation/expectations";
import type { EventKind, ExecutionResult, Simulation, TimelineEvent } from "../../blueprint/simulation/simulation";
import { dateText, durationText } from "../../blueprint/simulation/times";
import type { Paint } from "../paint";
import { plural } from "../plural";

/** What in a timeline is trouble, and what is to be looked at. */
const troubles: readonly EventKind[] = [
    "action-failed",
    "condition-failed",
    "stage-failed",
    "execution-failed",
    "approval-refused",
    "approval-expired",
];
const remarkable: readonly EventKind[] = [
    "condition-overridden",
    "deed-refused",
    "execution-cancelled",
    "execution-refused",
    "nothing-started",
    "execution-stopped",
    "execution-stuck",
    "execution-superseded",
    "pipeline-edited",
    "rollback-refused",
    "rollback-started",
    "stage-retried",
    "stage-skipped",
];

/** How much attention an event asks for. */
export const toneOf = (kind: EventKind): "trouble" | "remarkable" | "plain" =>
    troubles.includes(kind) ? "trouble" : remarkable.includes(kind) ? "remarkable" : "plain";

/** What a script or a stack file says is shown as text, and moves no cursor. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");

/** A simulation as people read it: the timeline in columns, and what has become of everything. */
export function simulationText(simulation: Simulation, paint: Paint): string {
    const { service, pipeline, executionMode, start, end, executions } = simulation;
    const events = withoutTwice(simulation.events);
    const byId = new Map(executions.map(one => [one.execution, one]));
    const rows = events.map(event => columns(event, byId));
    const widths = [0, 1, 2].map(index => rows.reduce((most, row) => Math.max(most, row[index].length), 0));
    return [
        paint.heading(`${service}, pipeline ${pipeline}, ${executionMode.toLowerCase()}`),
        paint.quiet(`from ${dateText(start)} UTC, ${durationText(end)} long`),
        "",
        ...events.map((event, index) => line(event, rows[index], widths, paint)),
        "",
        ...executions.map(execution => plain(`${executionName(execution)}: ${executionText(execution)}`)),
        ...environmentLines(simulation).map(plain),
    ].join("\n");
}

const actionOf = ({ stage = "", action = "" }: TimelineEvent) => JSON.stringify([stage, action]);

/** Of an approval the question and the answer are told; that its action begins and succeeds says the same. */
export function withoutTwice(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
    const approvals = new Set(events.filter(({ kind }) => kind === "approval-asked").map(actionOf));
    return events.filter(
        event => !["action-started", "action-succeeded"].includes(event.kind) || !approvals.has(actionOf(event)),
    );
}

type Row = readonly [time: string, whose: string, where: string];

function columns(
    { at, execution, stage, environment }: TimelineEvent,
    executions: ReadonlyMap<string, ExecutionResult>,
): Row {
    const found = execution === undefined ? undefined : executions.get(execution);
    return [
        durationText(at),
        found === undefined ? "" : plain(executionName(found)),
        plain(stage ?? environment ?? ""),
    ];
}

/** What people call an execution: `#2 back to a`. */
export const executionName = ({ execution, commit, type }: ExecutionResult) =>
    `#${execution} ${type === "ROLLBACK" ? "back to " : ""}${commit}`;

function line(event: TimelineEvent, row: Row, [time, whose, where]: readonly number[], paint: Paint): string {
    const { kind, what, why, told } = event;
    const mark = { trouble: paint.problem, remarkable: paint.warning, plain: same }[toneOf(kind)];
    const targets = told.map(({ target, happening }) => `${target} (${happening})`).join(", ");
    return [
        row[0].padStart(time),
        row[1].padEnd(whose),
        row[2].padEnd(where),
        `${mark(plain(what))}${why === undefined ? "" : paint.quiet(`: ${plain(why)}`)}${targets === "" ? "" : plain(` → ${targets}`)}`,
    ].join("  ");
}

const same = (text: string) => text;

const executionText = (execution: ExecutionResult) => `${execution.status}, ${courseText(execution)}`;

/** How long an execution took, and what for, beside its status. */
export const courseText = ({ started, ended, rollback }: ExecutionResult): string =>
    [
        ...(rollback === undefined ? [] : [`rollback of ${rollback.stage}`]),
        ended === undefined ? `since ${durationText(started)}` : `after ${durationText(ended - started)}`,
    ].join(", ");

/** What is in each environment at the end, in words. */
export const environmentLines = ({ environments }: Simulation): string[] =>
    environments.map(({ environment, deployments, halfway }) => {
        const last = deployments.at(-1);
        const is = last === undefined ? "nothing is there" : `${last.commit} since ${durationText(last.at)}`;
        return `${environment}: ${is}${halfway === undefined ? "" : `; ${halfway} has begun there, and has not succeeded`}`;
    });

/** What has come of the expectations; those that were not met are told as problems, too. */
export function judgementText(judgements: readonly Judgement[], paint: Paint): string {
    const missed = judgements.filter(({ met }) => !met).length;
    return [
        "",
        ...judgements.map(({ met, expected }) =>
            met ? `  met      ${plain(expected)}` : `  ${paint.problem("not met")}  ${plain(expected)}`,
        ),
        missed === 0
            ? `${plural(judgements.length, "expectation")} met`
            : paint.problem(`${missed} of ${plural(judgements.length, "expectation")} not met`),
    ].join("\n");
}
