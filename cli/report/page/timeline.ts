import type { PlayedScript, Segment, Visit } from "../simulation-model";
import { el, svg } from "./dom";
import { measure } from "./drawing";
import { marks, sizes, timelineOf, words, type Bar, type BarPart, type Lane } from "./timeline-layout";
import { scrollBox } from "./scroll";

const kinds: readonly Segment["kind"][] = ["waiting", "gate", "approval", "running", "failed", "rollback"];

/** What is wider, in pixels, nobody could read on a page of A4. */
const widestInPrint = 2400;

/** How thick each part of a bar is: who waits is thinner than who works. */
const thickness: Readonly<Record<Segment["kind"], number>> = {
    waiting: 4,
    gate: 8,
    approval: 11,
    running: sizes.bar,
    failed: sizes.bar,
    rollback: sizes.bar,
};

/** Lines of each pattern, on a square of eight. */
const patterns: Partial<Record<Segment["kind"], string>> = {
    gate: "M0 4H3",
    approval: "M2 0V8M6 0V8",
    failed: "M0 0L8 8M8 0L0 8",
    rollback: "M5 0L1 4L5 8",
};

/** Which timeline of a page it is. */
export interface TimelineName {
    /** Tells it from others. */
    readonly id: string;
    readonly title: string;
}

/** The timeline of `played`, in a box of its own that it may be wider than; names of rows stay where they are. */
export function timeline(played: PlayedScript, stages: readonly string[], { id, title }: TimelineName): HTMLElement {
    const { width, height, names, axis, lanes, bars, ticks, breaks } = timelineOf(played, stages, measure);
    const labels = svg(
        "g",
        { class: "lane-names" },
        svg("rect", { x: 0, y: 0, width: names, height }),
        ...lanes.map(lane => svg("text", { x: 4, y: lane.y + lane.height / 2 + 4, class: "name" }, lane.name)),
        ...lanes.map(lane => line(lane, names)),
    );
    const drawn = svg(
        "svg",
        {
            class: "timeline",
            role: "img",
            "aria-label": "Timeline; the table of events below says the same in words",
            viewBox: `0 0 ${width} ${height}`,
            width,
            height,
        },
        svg("defs", {}, ...kinds.map(kind => pattern(kind, id))),
        ...lanes.map(lane => line(lane, width)),
        ...ticks.map(({ x, text }) =>
            svg(
                "g",
                { class: "tick" },
                svg("path", { d: `M${x} ${axis - 4}V${height}` }),
                svg("text", { x, y: 14, class: "note" }, text),
            ),
        ),
        ...bars.map(bar => barOf(bar, id)),
        ...breaks.map(({ x, text }) =>
            svg(
                "g",
                { class: "break" },
                svg("rect", { x: x - 4, y: axis - 6, width: 8, height: height - axis + 6 }),
                svg("path", { d: `M${x - 4} ${axis - 6}V${height}M${x + 4} ${axis - 6}V${height}` }),
                svg("text", { x, y: 30, class: "note" }, text),
            ),
        ),
        labels,
    );
    const box = scrollBox(`Timeline of ${title}`, drawn);
    box.addEventListener("scroll", () => labels.setAttribute("transform", `translate(${box.scrollLeft} 0)`));
    return el(
        "div",
        { class: width > widestInPrint ? "wide" : "" },
        box,
        key(played, breaks.length > 0, id),
        width > widestInPrint &&
            el(
                "p",
                { class: "print-only" },
                "The timeline is too wide for paper; open everything to print the events.",
            ),
    );
}

const line = ({ y }: Lane, width: number) => svg("path", { class: "lane", d: `M0 ${y}H${width}` });

function pattern(kind: Segment["kind"], id: string) {
    const d = patterns[kind];
    return (
        d !== undefined &&
        svg(
            "pattern",
            {
                id: `${id}-${kind}`,
                class: `pattern ${kind}`,
                width: 8,
                height: 8,
                patternUnits: "userSpaceOnUse",
            },
            svg("rect", { width: 8, height: 8 }),
            svg("path", { d }),
        )
    );
}

function barOf({ x, y, width, label, title, of }: Bar, id: string) {
    const middle = y + sizes.label + sizes.bar / 2;
    const text = svg("text", { x, y: y + 12, class: "name" }, label);
    if ("visit" in of) {
        const parts = of.parts.map(part => partOf(part, middle, id));
        return svg("g", { class: `bar ${of.visit.end}` }, svg("title", {}, title), text, ...parts);
    }
    const { kind, to } = of.around;
    return svg(
        "g",
        { class: `bar around ${kind}` },
        svg("title", {}, title),
        text,
        to === undefined
            ? svg("path", { class: "moment", d: `M${x} ${middle - 6}l6 6 -6 6 -6 -6Z` })
            : svg("rect", { class: "span", x, y: middle - 4, width, height: 8, rx: 2 }),
    );
}

function partOf({ kind, x, width }: BarPart, middle: number, id: string) {
    const thick = thickness[kind];
    return svg("rect", {
        class: `part-of-bar ${kind}`,
        x,
        y: middle - thick / 2,
        width,
        height: thick,
        ...(patterns[kind] !== undefined && { fill: `url(#${id}-${kind})` }),
    });
}

/** What bars and marks mean, of those that are there. */
function key({ visits }: PlayedScript, isBroken: boolean, id: string): HTMLElement {
    const used = kinds.filter(kind => visits.some(({ segments }) => segments.some(part => part.kind === kind)));
    const ends = (Object.keys(marks) as Visit["end"][]).filter(end => visits.some(visit => visit.end === end));
    return el(
        "ul",
        { class: "key quiet" },
        ...used.map(kind =>
            el(
                "li",
                {},
                svg(
                    "svg",
                    { class: "timeline", width: 30, height: 16, viewBox: "0 0 30 16", "aria-hidden": "true" },
                    partOf({ kind, x: 1, width: 28 }, 8, id),
                ),
                words[kind],
            ),
        ),
        ...ends.map(end => el("li", {}, el("span", { class: "strong" }, marks[end]), ` ${end}`)),
        isBroken && el("li", {}, "Between double lines time is left out: as much as stands above them."),
    );
}
