import type { Pipeline } from "../model";
import { plural, svg, visible } from "./dom";
import {
    drawingOf,
    fitted,
    stageNote,
    type Edge,
    type Measure,
    type Part,
    type Point,
    type Side,
    type StageBox,
} from "./layout";
import { addressOf } from "./route";

let canvas: CanvasRenderingContext2D | null | undefined;

/** How wide texts of the drawing are; they are as wide as what is seen of them. */
export const measure: Measure = (text, bold) => {
    canvas ??= document.createElement("canvas").getContext("2d");
    if (canvas === null) {
        return text.length * 7.5;
    }
    canvas.font = `${bold ? "600 13px" : "12px"} system-ui, sans-serif`;
    return canvas.measureText(visible(text)).width;
};

/** A line through `points`, with the corners taken round. */
function path(points: readonly Point[]): string {
    const [first, ...rest] = points;
    const last = rest.at(-1);
    if (last === undefined) {
        return "";
    }
    const n = (value: number) => Math.round(value * 10) / 10;
    const middle = (a: Point, b: Point) => `${n((a.x + b.x) / 2)} ${n((a.y + b.y) / 2)}`;
    const curves = rest.slice(0, -1).map((point, at) => `Q${n(point.x)} ${n(point.y)} ${middle(point, rest[at + 1])}`);
    return `M${n(first.x)} ${n(first.y)}${curves.join("")}L${n(last.x)} ${n(last.y)}`;
}

const arrow = (id: string, kind: string) =>
    svg(
        "marker",
        {
            id,
            class: `arrow ${kind}`,
            viewBox: "0 0 8 8",
            refX: 7,
            refY: 4,
            markerWidth: 8,
            markerHeight: 8,
            orient: "auto",
        },
        svg("path", { d: "M0 0.5 7.5 4 0 7.5Z" }),
    );

const kinds: readonly Edge["kind"][] = ["start", "next", "rollback", "retry", "alarm"];

/** The drawing of a pipeline: its actions and gates are links to what they are; stages of `changed` are marked. */
export function drawing(pipeline: Pipeline, changed: ReadonlySet<string>): SVGSVGElement {
    const { width, height, stages, sides, edges } = drawingOf(pipeline, measure);
    const title = svg("title", { id: "drawing-title" }, `Pipeline ${pipeline.key}: ${plural(stages.length, "stage")}`);
    return svg(
        "svg",
        {
            class: "drawing",
            role: "group",
            "aria-labelledby": "drawing-title",
            "aria-describedby": "drawing-text",
            viewBox: `0 0 ${width} ${height}`,
            width,
            height,
        },
        title,
        svg("desc", { id: "drawing-text" }, "Stages from left to right; the list of stages and actions says the same."),
        svg("defs", {}, ...kinds.map(kind => arrow(`arrow-${kind}`, kind))),
        ...edges.map(edge => edgeOf(edge)),
        ...stages.map(box => stageOf(box, pipeline, changed.has(box.stage.name))),
        ...sides.map(sideOf),
    );
}

function edgeOf({ kind, points, label, at }: Edge) {
    return svg(
        "g",
        { class: `edge ${kind}` },
        svg("path", { d: label === undefined ? path(points) : corners(points), "marker-end": `url(#arrow-${kind})` }),
        label !== undefined && at !== undefined && svg("text", { x: at.x, y: at.y + 4, class: "note" }, label),
    );
}

/** A line that goes round a box. */
function corners([start, down, back, end]: readonly Point[]): string {
    const round = Math.min(10, Math.abs(down.y - start.y));
    return `M${start.x} ${start.y}V${down.y - round}q0 ${round} ${-round} ${round}H${back.x + round}q${-round} 0 ${-round} ${-round}V${end.y}`;
}

function stageOf(box: StageBox, pipeline: Pipeline, isChanged: boolean) {
    const { x, y, width, height, stage, parts, edges } = box;
    const [left, top] = [x - width / 2, y - height / 2];
    return svg(
        "g",
        { class: `stage ${stage.purpose}${isChanged ? " changed" : ""}` },
        svg("rect", { x: left, y: top, width, height, rx: 10 }),
        svg("text", { x: left + 14, y: top + 20, class: "name" }, fitted(stage.name, width - 28, measure, true)),
        svg("text", { x: left + 14, y: top + 36, class: "note" }, isChanged ? "changed" : stageNote(stage)),
        ...edges.map(points => svg("path", { class: "inner", d: path(points) })),
        ...parts.map(part => partOf(part, pipeline)),
    );
}

/** What an action or a gate is called, by a voice too. */
const partName = ({ action, gate, side, stage }: Pick<Part, "action" | "gate" | "side" | "stage">) =>
    action === undefined
        ? `Gate ${side === "after" ? "after" : "before"} ${stage.name}: ${gate?.open ?? gate?.summary ?? ""}`
        : `Action ${action.name} (${action.provider}) in ${stage.name}: ${action.summary}`;

function partOf(part: Part, pipeline: Pipeline) {
    const { kind, x, y, width, height, lines, stage, action, side } = part;
    const [left, top] = [x - width / 2, y - height / 2];
    const category = action?.category.toLowerCase() ?? "gate";
    const link = svg(
        "a",
        {
            class: `part ${kind} ${category}`,
            href: addressOf(pipeline.key, stage.name, action?.name ?? side ?? "before"),
            "data-part": action?.name ?? side,
            "data-stage": stage.name,
        },
        svg("title", {}, partName(part)),
        svg("rect", { class: "body", x: left, y: top, width, height, rx: kind === "gate" ? height / 2 : 7 }),
        kind === "action" &&
            svg("rect", { class: "bar", x: left + 8, y: top + 9, width: 4, height: height - 18, rx: 2 }),
        svg("text", { x: left + (kind === "gate" ? 15 : 21), y: y - 4, class: "name" }, lines[0]),
        svg("text", { x: left + (kind === "gate" ? 15 : 21), y: y + 13, class: "note" }, lines[1]),
    );
    return link;
}

function sideOf({ kind, x, y, width, height, lines, title }: Side) {
    const [left, top] = [x - width / 2, y - height / 2];
    return svg(
        "g",
        { class: `side ${kind}` },
        svg("title", {}, title),
        svg("rect", { x: left, y: top, width, height, rx: 7 }),
        svg("text", { x: left + 12, y: y - 3, class: "name" }, lines[0]),
        svg("text", { x: left + 12, y: y + 13, class: "note" }, lines[1]),
    );
}
