import type { Execution, Run, Stage } from "../../../../functions/metrics/history";

/** Seconds of an hour that is as good as any, in milliseconds. */
export const at = (seconds: number): number => Date.UTC(2026, 8, 1, 9) + seconds * 1000;

/** A run of `action` in `stage`, between two seconds; one that still runs has no end. */
export const run = (stage: string, action: string, start: number, end?: number, more: Partial<Run> = {}): Run => ({
    id: `${stage}/${action}/${start}`,
    stage,
    action,
    start: at(start),
    status: end === undefined ? "InProgress" : "Succeeded",
    category: "Deploy",
    provider: "ECS",
    ...(end !== undefined && { end: at(end) }),
    ...more,
});

/** A stage with actions of these names and categories, one after the other. */
export const stage = (name: string, actions: Readonly<Record<string, string>>): Stage => ({
    name,
    actions: Object.entries(actions).map(([own, category], index) => ({ name: own, category, order: index + 1 })),
});

/** An execution that has succeeded. */
export const execution = (more: Partial<Execution> = {}): Execution => ({
    id: "own",
    start: at(0),
    changed: at(1000),
    status: "Succeeded",
    rollback: false,
    parallel: false,
    stages: [stage("Source", { source: "Source" }), stage("prod", { deploy: "Deploy", smoke: "Test" })],
    runs: [],
    ...more,
});
