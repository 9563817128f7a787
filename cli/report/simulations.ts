import type {
    ExecutionResult,
    ExecutionStatus,
    Simulation,
    TimelineEvent,
} from "../../blueprint/simulation/simulation";
import { dateText, durationText } from "../../blueprint/simulation/times";
import type { Played } from "../simulate/play";
import { environmentLines, executionName, courseText, toneOf, withoutTwice } from "../simulate/text";
import type { Expectation, PlayedEvent, PlayedExecution, PlayedScript } from "./simulation-model";
import { aroundOf, visitsOf } from "./timeline";

/** More executions than these nobody follows in one drawing, and more events nobody reads in a page. */
const mostDrawn = 50;
const mostEvents = 1000;

/** A played script as the page of its pipeline shows it. */
export function playedScript(played: Played): PlayedScript {
    const { script, simulation, yaml } = played;
    const { start, end, executions } = simulation;
    const events = eventsOf(simulation);
    const drawn = new Set(executions.slice(0, mostDrawn).map(executionName));
    const last = executions.at(mostDrawn - 1)?.started ?? Infinity;
    return {
        ...(yaml && { script: yaml.file }),
        start: dateText(start),
        length: durationText(end),
        end,
        visits: visitsOf(simulation).filter(({ execution }) => drawn.has(execution)),
        around: aroundOf(script, simulation).filter(one => one.kind !== "commit" || one.from <= last),
        undrawn: Math.max(0, executions.length - mostDrawn),
        events: events.slice(0, mostEvents),
        untold: Math.max(0, events.length - mostEvents),
        executions: [...executions.map(courseOf), ...simulation.events.flatMap(notStarted)],
        environments: environmentLines(simulation),
        expectations: expectationsOf(played),
    };
}

const tones: Readonly<Record<ExecutionStatus, PlayedExecution["tone"]>> = {
    Succeeded: "good",
    Failed: "bad",
    Stopped: "warn",
    Stopping: "warn",
    Superseded: "plain",
    Cancelled: "warn",
    InProgress: "plain",
};

const courseOf = (one: ExecutionResult): PlayedExecution => ({
    execution: executionName(one),
    status: one.status,
    text: courseText(one),
    tone: tones[one.status],
});

/** A commit that starts nothing, in the place of an execution. */
const notStarted = ({ kind, commit = "", why = "" }: TimelineEvent): PlayedExecution[] =>
    kind === "commit-ignored" || kind === "execution-refused"
        ? [{ execution: commit, status: "NotStarted", text: why, tone: "plain" }]
        : [];

function eventsOf({ events, executions }: Simulation): PlayedEvent[] {
    const byId = new Map(executions.map(one => [one.execution, one]));
    const nameOf = ({ execution }: TimelineEvent) => {
        const found = byId.get(execution ?? "");
        return found === undefined ? "" : executionName(found);
    };
    return withoutTwice(events).map(event => {
        const { at, kind, stage, environment, what, why, told } = event;
        return {
            time: durationText(at),
            execution: nameOf(event),
            where: stage ?? environment ?? "",
            what,
            ...(why !== undefined && { why }),
            tone: toneOf(kind),
            told: told.map(({ target, happening }) => ({ target, happening })),
        };
    });
}

const expectationsOf = ({ judgements, yaml }: Played): Expectation[] =>
    judgements.map(({ met, expected, found, path }) => {
        const position = yaml?.locate(path);
        return {
            met,
            expected,
            found,
            ...(position && { place: `${position.file}:${position.line}:${position.column}` }),
        };
    });
