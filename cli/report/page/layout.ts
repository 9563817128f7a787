import { Graph, layout } from "@dagrejs/dagre";
import type { Action, Gate, Pipeline, Stage } from "../model";

/** A point or a box: where its middle is, in pixels. */
export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface Box extends Point {
    readonly width: number;
    readonly height: number;
}

/** One thing in a stage. */
export interface Part extends Box {
    readonly kind: "action" | "gate";
    readonly lines: readonly [string, string];
    readonly stage: Stage;
    readonly action?: Action;
    readonly gate?: Gate;
    /** Of a gate: on which side of the stage it stands. */
    readonly side?: "before" | "after";
}

/** A stage with its parts, which stand where the drawing has them. */
export interface StageBox extends Box {
    readonly stage: Stage;
    readonly parts: readonly Part[];
    readonly edges: readonly (readonly Point[])[];
}

/** What leads from one box to another. */
export interface Edge {
    readonly kind: "start" | "next" | "rollback" | "retry" | "alarm";
    readonly points: readonly Point[];
    readonly label?: string;
    readonly at?: Point;
}

/** What is beside the stages: what starts the pipeline, and alarms that roll it back. */
export interface Side extends Box {
    readonly kind: "start" | "alarm";
    readonly lines: readonly [string, string];
    readonly title: string;
}

/** A drawing: everything has its place. */
export interface Drawing {
    readonly width: number;
    readonly height: number;
    readonly stages: readonly StageBox[];
    readonly sides: readonly Side[];
    readonly edges: readonly Edge[];
}

/** How wide a text is, in pixels. */
export type Measure = (text: string, bold: boolean) => number;

const padding = { x: 14, top: 46, bottom: 14 };
const heights = { action: 46, gate: 40, side: 40 };
const widest = { action: 164, gate: 190, side: 150 };
const narrowest = 84;

/** `text` cut to what has room. */
export function fitted(text: string, most: number, measure: Measure, bold = false): string {
    const line = text.replace(/\s+/g, " ");
    if (measure(line, bold) <= most) {
        return line;
    }
    let [low, high] = [0, line.length];
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (measure(`${line.slice(0, middle)}…`, bold) <= most) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return `${line.slice(0, low)}…`;
}

/** Two lines, and how wide a box they need with `room` around them; what is longer than `most` is cut. */
function sized(first: string, second: string, measure: Measure, room: number, most: number) {
    const lines = [fitted(first, most - room, measure, true), fitted(second, most - room, measure)] as const;
    const width = Math.max(measure(lines[0], true), measure(lines[1], false)) + room;
    return { lines, width: Math.ceil(Math.max(narrowest, width)) };
}

type Placeless<T> = Omit<T, "x" | "y">;

/** Lines of a gate: what it is, and what it asks. */
const gateWords = ({ provider, summary, open }: Gate) => [gateNames[provider] ?? provider, open ?? summary] as const;

/** Short words for providers whose names are longer than what they do. */
const providerNames: Readonly<Record<string, string>> = {
    CodeStarSourceConnection: "connection",
    Manual: "by hand",
    CodeDeployToECS: "ECS blue/green",
};

const gateNames: Readonly<Record<string, string>> = {
    DeploymentWindow: "Window",
    CloudWatchAlarm: "Alarm",
    LambdaInvoke: "Check",
    VariableCheck: "Variable",
};

/** Parts of a stage by the column in which they stand: gates before, actions by their run order, gates after. */
function columns(stage: Stage, measure: Measure): Placeless<Part>[][] {
    const gates = (side: "before" | "after") =>
        stage[side].map((gate): Placeless<Part> => {
            const { lines, width } = sized(...gateWords(gate), measure, 30, widest.gate);
            return { kind: "gate", stage, gate, side, lines, width, height: heights.gate };
        });
    const orders = [...new Set(stage.actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
    const actions = orders.map(order =>
        stage.actions
            .filter(({ runOrder }) => runOrder === order)
            .map((action): Placeless<Part> => {
                const { lines, width } = sized(
                    action.name,
                    providerNames[action.provider] ?? action.provider,
                    measure,
                    34,
                    widest.action,
                );
                return { kind: "action", stage, action, lines, width, height: heights.action };
            }),
    );
    return [gates("before"), ...actions, gates("after")].filter(column => column.length > 0);
}

const graph = (settings: object) =>
    new Graph().setGraph({ rankdir: "LR", ...settings }).setDefaultEdgeLabel(() => ({}));

type Placed = Box & { readonly points?: readonly Point[] };

/** A stage with its parts around its own upper left corner. */
function stageBox(stage: Stage, measure: Measure): Placeless<StageBox> {
    const all = columns(stage, measure);
    const inner = graph({ nodesep: 10, ranksep: 20, marginx: 0, marginy: 0 });
    const parts = all.flatMap((column, at) => column.map((part, index) => ({ id: `${at}/${index}`, part })));
    parts.forEach(({ id, part: { width, height } }) => inner.setNode(id, { width, height }));
    const edges = all
        .slice(1)
        .flatMap((column, at) =>
            column.flatMap((_, to) => all[at].map((__, from) => [`${at}/${from}`, `${at + 1}/${to}`] as const)),
        );
    edges.forEach(([from, to]) => inner.setEdge(from, to));
    layout(inner);
    const { width = 0, height = 0 } = inner.graph() as { width?: number; height?: number };
    const moved = ({ x, y }: Point) => ({ x: x + padding.x, y: y + padding.top });
    const name = measure(fitted(stage.name, widest.gate, measure, true), true);
    const label = loopOf(stage);
    const title = Math.max(
        name,
        measure(stageNote(stage), false),
        label === undefined ? 0 : measure(label.label, false) + 44,
    );
    const full = Math.max(width, title) + 2 * padding.x;
    // Where the title is wider than the parts, they stand in the middle.
    const shift = (full - 2 * padding.x - width) / 2;
    const placed = (point: Point) => ({ x: moved(point).x + shift, y: moved(point).y });
    return {
        stage,
        width: full,
        height: height + padding.top + padding.bottom,
        parts: parts.map(({ id, part }) => ({ ...part, ...placed(inner.node(id) as Placed) })),
        edges: edges.map(([from, to]) => ((inner.edge(from, to) as Placed).points ?? []).map(placed)),
    };
}

/** What a stage is, in the line below its name. */
export function stageNote({ purpose, approval, otherwise, before, freezes }: Stage): string {
    const frozen = freezes.length > 0 ? ", can be frozen" : "";
    return purpose === "environment"
        ? `environment${before.length > 0 && otherwise === "skip" ? ", skipped unless open" : ""}${frozen}`
        : purpose === "approval" && approval !== undefined
          ? `waits up to ${approval.timeoutHours} h`
          : purpose;
}

const loops: Readonly<Record<Stage["onFailure"], { readonly kind: Edge["kind"]; readonly label: string } | undefined>> =
    {
        stop: undefined,
        rollback: { kind: "rollback", label: "rolls back on failure" },
        retry: { kind: "retry", label: "retries what failed" },
        "retry-all": { kind: "retry", label: "retries all of it" },
    };

/** Where a failure of a stage leads, if anywhere. */
const loopOf = ({ purpose, onFailure }: Stage) => (purpose === "environment" ? loops[onFailure] : undefined);

/** Where everything of a pipeline stands: stages from left to right, what runs in parallel one under the other. */
export function drawingOf(pipeline: Pipeline, measure: Measure): Drawing {
    const outer = graph({ nodesep: 22, ranksep: 34, marginx: 6, marginy: 8 });
    const boxes = pipeline.stages.map(stage => stageBox(stage, measure));
    const side = (kind: Side["kind"], first: string, text: string): Placeless<Side> => ({
        kind,
        ...sized(first, text, measure, 24, widest.side),
        height: heights.side,
        title: text,
    });
    const starts = pipeline.starts.map(start => side("start", startNames[start.kind], start.text));
    const alarms = pipeline.stages.flatMap(({ rollbackOn }, at) =>
        rollbackOn.map(alarm => ({ at, side: side("alarm", "Alarm rises", alarm) })),
    );
    boxes.forEach(({ width, height }, at) => outer.setNode(`stage/${at}`, { width, height }));
    starts.forEach(({ width, height }, at) => outer.setNode(`start/${at}`, { width, height }));
    alarms.forEach(({ side: { width, height } }, at) => outer.setNode(`alarm/${at}`, { width, height }));
    const links: (readonly [string, string, Omit<Edge, "points" | "at">, number])[] = [
        ...starts.map((_, at) => [`start/${at}`, "stage/0", { kind: "start" }, 1] as const),
        ...boxes.slice(1).map((_, at) => [`stage/${at}`, `stage/${at + 1}`, { kind: "next" }, 20] as const),
        ...boxes.flatMap(({ stage }, at) => {
            const label = loopOf(stage);
            return label === undefined ? [] : [[`stage/${at}`, `stage/${at}`, label, 1] as const];
        }),
        ...alarms.map(({ at }, index) => [`alarm/${index}`, `stage/${at}`, { kind: "alarm" }, 1] as const),
    ];
    for (const [from, to, { label }, weight] of links) {
        // The box is wider than the label: dagre leaves room below it alone.
        const size = label === undefined ? {} : { width: 30, height: 30, labelpos: "c" };
        outer.setEdge(from, to, { weight, ...size });
    }
    layout(outer);
    const { width = 0, height = 0 } = outer.graph() as { width?: number; height?: number };
    const at = (id: string) => {
        const { x, y } = outer.node(id) as Placed;
        return { x, y };
    };
    return {
        width: Math.ceil(width),
        height: Math.ceil(height),
        stages: boxes.map((box, index) => inPlace(box, at(`stage/${index}`))),
        sides: [
            ...starts.map((one, index) => ({ ...one, ...at(`start/${index}`) })),
            ...alarms.map(({ side: one }, index) => ({ ...one, ...at(`alarm/${index}`) })),
        ],
        edges: links.map(([from, to, edge]) => {
            const { points = [], x, y } = outer.edge(from, to) as Placed;
            return edge.label === undefined
                ? { ...edge, points }
                : { ...edge, points: loop(outer.node(from) as Placed, y), at: { x, y } };
        }),
    };
}

/** A line from the right of a box, below it, and back to its left, through the room at `y` that the layout has left for it. */
function loop({ x, y, width, height }: Box, below: number): Point[] {
    const [reach, bottom] = [width / 2 - 18, y + height / 2];
    return [
        { x: x + reach, y: bottom },
        { x: x + reach, y: below },
        { x: x - reach, y: below },
        { x: x - reach, y: bottom },
    ];
}

const startNames: Readonly<Record<Pipeline["starts"][number]["kind"], string>> = {
    commit: "Commit",
    "pull request": "Pull request",
    schedule: "Schedule",
    release: "Other release",
    manual: "By hand",
    other: "Starts",
};

/** A stage with its parts moved to where it stands. */
function inPlace(box: Placeless<StageBox>, middle: Point): StageBox {
    const [left, top] = [middle.x - box.width / 2, middle.y - box.height / 2];
    const moved = ({ x, y }: Point) => ({ x: x + left, y: y + top });
    return {
        ...box,
        ...middle,
        parts: box.parts.map(part => ({ ...part, ...moved(part) })),
        edges: box.edges.map(points => points.map(moved)),
    };
}
