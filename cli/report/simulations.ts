import type { ExecutionStatus, Simulation, TimelineEvent } from "../../blueprint/simulation/simulation";
import { dateText, durationText } from "../../blueprint/simulation/times";
import type { Played } from "../simulate/play";
import { environmentLines, executionName, executionText, toneOf, withoutTwice } from "../simulate/text";
import type { Expectation, PlayedEvent, PlayedExecution, PlayedScript } from "./simulation-model";
import { aroundOf, visitsOf } from "./timeline";

/** A played script as the page of its pipeline shows it. */
export function playedScript(played: Played): PlayedScript {
    const { script, simulation, yaml } = played;
    const { start, end, executions } = simulation;
    return {
        ...(yaml && { script: yaml.file }),
        start: dateText(start),
        length: durationText(end),
        end,
        visits: visitsOf(simulation),
        around: aroundOf(script, simulation),
        events: eventsOf(simulation),
        executions: executions.map((one): PlayedExecution => ({
            execution: executionName(one),
            status: one.status,
            text: executionText(one),
            tone: tones[one.status],
        })),
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
    InProgress: "plain",
};

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
