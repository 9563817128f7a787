import { durationText } from "../../../blueprint/simulation/times";
import type { Around, PlayedScript, Segment, Visit } from "../simulation-model";
import { fitted, type Measure } from "./layout";

/** A bar with its label above it; what is placed in pixels, from the top left of the timeline. */
export interface Bar {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly label: string;
    /** All of it in words. */
    readonly title: string;
    readonly of: { readonly visit: Visit; readonly parts: readonly BarPart[] } | { readonly around: Around };
}

export interface BarPart {
    readonly kind: Segment["kind"];
    readonly x: number;
    readonly width: number;
}

/** A row with its name: a stage, or what happens around the pipeline. */
export interface Lane {
    readonly name: string;
    readonly y: number;
    readonly height: number;
}

/** A time on the axis. */
export interface Tick {
    readonly x: number;
    readonly text: string;
}

export interface Timeline {
    readonly width: number;
    readonly height: number;
    /** Width of the names of lanes. */
    readonly names: number;
    readonly axis: number;
    readonly lanes: readonly Lane[];
    readonly bars: readonly Bar[];
    readonly ticks: readonly Tick[];
    /** Where the axis leaves something out, and how much. */
    readonly breaks: readonly Tick[];
}

/** Height of a bar with its label, and of the bar alone. */
export const sizes = { row: 36, label: 16, bar: 14 } as const;

const padding = 6;
const narrowest = 26;
/** Room of a usual time between two events, and of one that is too long to be drawn. */
const usual = 110;
const broken = 150;
const widestLabel = 130;
const widestNews = 340;
/** Room behind the last event. */
const tail = 60;

export const marks: Readonly<Record<Visit["end"], string>> = {
    succeeded: "✓",
    failed: "✕",
    stopped: "■",
    superseded: "»",
    cancelled: "∅",
    skipped: "↷",
    unfinished: "…",
};

/** Where times are: as long as they are in proportion, but for what takes no time, and for what takes very long. */
function scaleOf(times: readonly number[], left: number) {
    const sorted = [...new Set(times)].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((time, at) => time - sorted[at]);
    const usualGap = [...gaps].sort((a, b) => a - b).at(Math.floor(gaps.length * 0.75)) ?? 1;
    const at = new Map<number, number>();
    const breaks: Tick[] = [];
    let x = left;
    sorted.forEach((time, index) => {
        const gap = index === 0 ? 0 : gaps[index - 1];
        const long = gap > 2 * usualGap;
        const room = index === 0 ? 0 : long ? broken : Math.max(narrowest, Math.round((gap / usualGap) * usual));
        if (long) {
            breaks.push({ x: x + room / 2, text: durationText(gap) });
        }
        x += room;
        at.set(time, x);
    });
    return { xOf: (time: number) => at.get(time) ?? left, sorted, breaks, end: x };
}

type Placeless = Omit<Bar, "y">;

/** `bars` one under the other as far as they would cover each other; returns how many rows they take. */
function packed(bars: readonly { readonly bar: Placeless; readonly room: number }[], y: number) {
    const ends: number[] = [];
    const placed = [...bars]
        .sort((a, b) => a.bar.x - b.bar.x)
        .map(({ bar, room }): Bar => {
            const free = ends.findIndex(end => end <= bar.x);
            const row = free < 0 ? ends.length : free;
            ends[row] = bar.x + room;
            return { ...bar, y: y + row * sizes.row };
        });
    return { placed, rows: Math.max(1, ends.length) };
}

/** A timeline of `played`, with a row for each of `stages`. */
export function timelineOf(played: PlayedScript, stages: readonly string[], measure: Measure): Timeline {
    const { visits, around, end } = played;
    const commits = around.filter(({ kind }) => kind === "commit");
    const others = around.filter(({ kind }) => kind !== "commit");
    const laneNames = [
        ...(commits.length > 0 ? ["Commits"] : []),
        ...(others.length > 0 ? ["Around it"] : []),
        ...stages,
    ];
    const names = Math.ceil(Math.min(widestLabel, Math.max(...laneNames.map(name => measure(name, true))))) + 16;
    const scale = scaleOf(
        [
            0,
            end,
            ...visits.flatMap(({ segments }) => segments.flatMap(({ from, to }) => [from, to])),
            ...around.flatMap(({ from, to = from }) => [from, to]),
        ],
        names + 12,
    );
    const withRoom = (bar: Placeless) => ({ bar, room: Math.max(bar.width, measure(bar.label, true)) + 6 });
    const ofAround = (one: Around): Placeless => {
        const x = scale.xOf(one.from);
        const until = one.to === undefined ? "" : ` to ${durationText(one.to)}`;
        return {
            x,
            width: one.to === undefined ? sizes.bar : Math.max(narrowest, scale.xOf(one.to) - x),
            label:
                one.name === undefined
                    ? fitted(one.what, widestNews, measure, true)
                    : fitted(one.name, widestLabel, measure, true),
            title: `${one.what}: ${durationText(one.from)}${until}`,
            of: { around: one },
        };
    };
    const ofVisit = (visit: Visit): Placeless => {
        const { segments, commit, execution, stage, end: how } = visit;
        const [first, last] = [segments[0], segments[segments.length - 1]];
        const x = scale.xOf(first.from);
        const width = Math.max(narrowest, scale.xOf(last.to) - x, how === "unfinished" ? tail / 2 : 0);
        const back = segments.some(({ kind }) => kind === "rollback") ? "↶ " : "";
        return {
            x,
            width,
            label: `${back}${fitted(commit, widestLabel, measure, true)} ${marks[how]}`,
            title: `${execution} in ${stage}: ${segments.map(part => `${words[part.kind]} ${durationText(part.from)} to ${durationText(part.to)}`).join(", ")}: ${how}`,
            of: {
                visit,
                parts: segments.map((part, at) => {
                    const from = scale.xOf(part.from);
                    const to = at === segments.length - 1 ? x + width : scale.xOf(part.to);
                    return { kind: part.kind, x: from, width: to - from };
                }),
            },
        };
    };
    const lanes: Lane[] = [];
    const bars: Bar[] = [];
    const axis = scale.breaks.length > 0 ? 40 : 24;
    let y = axis;
    const add = (name: string, all: readonly Placeless[]) => {
        const { placed, rows } = packed(all.map(withRoom), y + padding);
        const height = rows * sizes.row + 2 * padding;
        lanes.push({ name: fitted(name, widestLabel, measure, true), y, height });
        bars.push(...placed);
        y += height;
    };
    if (commits.length > 0) {
        add("Commits", commits.map(ofAround));
    }
    if (others.length > 0) {
        add("Around it", others.map(ofAround));
    }
    stages.forEach(stage => add(stage, visits.filter(visit => visit.stage === stage).map(ofVisit)));
    const reach = bars.map(bar => bar.x + Math.max(bar.width, measure(bar.label, true)));
    return {
        width: Math.ceil(Math.max(scale.end + tail, ...reach)) + 8,
        height: y,
        names,
        axis,
        lanes,
        bars,
        ticks: ticksOf(scale.sorted, scale.xOf, measure),
        breaks: scale.breaks,
    };
}

/** As many times as have room. */
function ticksOf(times: readonly number[], xOf: (time: number) => number, measure: Measure): Tick[] {
    const ticks: Tick[] = [];
    let free = -Infinity;
    for (const time of times) {
        const tick = { x: xOf(time), text: durationText(time) };
        const half = measure(tick.text, false) / 2 + 5;
        if (tick.x - half >= free) {
            ticks.push(tick);
            free = tick.x + half;
        }
    }
    return ticks;
}

/** What an execution does, in words. */
export const words: Readonly<Record<Segment["kind"], string>> = {
    waiting: "waits for its turn",
    gate: "waits at a gate",
    approval: "waits for an approval",
    running: "runs",
    failed: "runs and fails",
    rollback: "rolls back",
};
