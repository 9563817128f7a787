import type { Script } from "../../blueprint/simulation/script";
import type { EventKind, Simulation, TimelineEvent } from "../../blueprint/simulation/simulation";
import { executionName } from "../simulate/text";
import type { Around, Segment, SegmentKind, Visit, VisitEnd } from "./simulation-model";

/** What an execution does in a stage after an event. */
const begins: Partial<Record<EventKind, SegmentKind>> = {
    "stage-waited-for": "waiting",
    "stage-entered": "running",
    "rollback-started": "running",
    "stage-retried": "running",
    "condition-waits": "gate",
    "condition-passed": "running",
    "condition-overridden": "running",
    "approval-asked": "approval",
    "approval-given": "running",
};

/** How an execution's time in a stage is over after an event. */
const ends: Partial<Record<EventKind, VisitEnd>> = {
    "stage-succeeded": "succeeded",
    "stage-failed": "failed",
    "stage-skipped": "skipped",
    "execution-stopped": "stopped",
    "execution-superseded": "superseded",
    "execution-cancelled": "cancelled",
};

/** A visit that is not over yet. */
interface Open {
    readonly event: TimelineEvent;
    readonly segments: Segment[];
    kind: SegmentKind;
    since: number;
}

/** The time of each execution in each stage, in the order in which it begins. */
export function visitsOf({ events, executions, end }: Simulation): Visit[] {
    const byId = new Map(executions.map(one => [one.execution, one]));
    const open = new Map<string, Open>();
    const visits: { readonly begun: number; readonly visit: Visit }[] = [];
    const close = (key: string, at: number, how: VisitEnd) => {
        const found = open.get(key);
        const execution = byId.get(found?.event.execution ?? "");
        if (found === undefined || execution === undefined) {
            return;
        }
        open.delete(key);
        const { stage = "" } = found.event;
        const segments = inWords(whole(found, at), execution.type === "ROLLBACK", how);
        const visit = { stage, commit: execution.commit, execution: executionName(execution), segments, end: how };
        visits.push({ begun: segments[0].from, visit });
    };
    for (const event of events.filter(({ execution, stage }) => execution !== undefined && stage !== undefined)) {
        const key = JSON.stringify([event.execution, event.stage]);
        const kind = begins[event.kind];
        const how = ends[event.kind];
        const before = open.get(key);
        if (how !== undefined) {
            close(key, event.at, how);
        } else if (kind !== undefined && before === undefined) {
            open.set(key, { event, segments: [], kind, since: event.at });
        } else if (kind !== undefined && before !== undefined) {
            before.segments.push({ kind: before.kind, from: before.since, to: event.at });
            Object.assign(before, { kind, since: event.at });
        }
    }
    [...open.keys()].forEach(key => close(key, end, "unfinished"));
    return visits.sort((a, b) => a.begun - b.begun).map(({ visit }) => visit);
}

/** The parts of a visit, without those that take no time, unless nothing does. */
function whole({ segments, kind, since }: Open, to: number): Segment[] {
    const all = [...segments, { kind, from: since, to }];
    const long = all.filter(one => one.to > one.from);
    return long.length > 0 ? long : all.slice(-1);
}

/** What runs in a rollback is one, and what runs last before a stage fails has failed. */
const inWords = (segments: readonly Segment[], isRollback: boolean, how: VisitEnd): Segment[] =>
    segments.map((segment, index) =>
        segment.kind !== "running"
            ? segment
            : isRollback
              ? { ...segment, kind: "rollback" }
              : how === "failed" && index === segments.length - 1
                ? { ...segment, kind: "failed" }
                : segment,
    );

/** Events by which a commit comes to the pipeline. */
const pushes: readonly EventKind[] = ["execution-started", "commit-ignored", "execution-refused"];

/** What happens around the pipeline until the end of `simulation`, in its order. */
export function aroundOf({ alarms, freezes, transitions }: Script, { events, end }: Simulation): Around[] {
    const commits = events
        .filter(({ kind }) => pushes.includes(kind))
        .map(({ at, commit = "", what }): Around => ({ kind: "commit", name: commit, what, from: at }));
    const spans: Around[] = [
        ...alarms.map(({ name, state, from, to }): Around => {
            const is = state === "ALARM" ? "raised" : "without data";
            return { kind: "alarm", what: `the alarm ${name} is ${is}`, from, to };
        }),
        ...freezes.map(({ environment, from, to }): Around => {
            return { kind: "freeze", what: `${environment} is frozen`, from, to };
        }),
        ...transitions.map(({ stage, from, to }): Around => {
            return { kind: "transition", what: `nothing enters ${stage}`, from, to };
        }),
    ];
    return [...commits, ...spans]
        .filter(({ from }) => from <= end)
        .map(one => (one.to === undefined ? one : { ...one, to: Math.min(one.to, end) }))
        .sort((a, b) => a.from - b.from);
}
