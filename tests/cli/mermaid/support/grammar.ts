import * as assert from "node:assert/strict";

/**
 * What a flowchart of ours may say, a strict part of Mermaid's grammar: each line is one of these forms. Mermaid itself is too large to
 * be a dependency of tests, and the parser that it publishes alone (`@mermaid-js/parser`) knows no flowcharts.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
const id = "p\\d+(?:s\\d+(?:[abzj]\\d+|r)?)?";
const ids = `${id}(?: & ${id})*`;
const text = String.raw`"((?:[\p{L}\p{N} ,./()'?!=+@:;…-]|#\d+;)+)"`;
const forms = {
    node: new RegExp(
        String.raw`^(${id})(?:\(\[${text}\]\)|\[${text}\]|\[/${text}/\]|\{${text}\}:::gate|\{\{${text}\}\}:::approval|\(\( \)\))$`,
        "u",
    ),
    edge: new RegExp(`^(${ids}) (?:-->|-\\. ${text} \\.->) (${ids})$`, "u"),
    subgraph: new RegExp(`^subgraph (${id})\\[${text}\\]$`, "u"),
} as const;

/** A flowchart, read. */
export interface Drawing {
    /** Labels by id, as they are seen. */
    readonly labels: ReadonlyMap<string, string>;
    readonly edges: readonly { readonly from: string; readonly to: string; readonly label?: string }[];
    /** Ids in each subgraph. */
    readonly inside: ReadonlyMap<string, readonly string[]>;
}

/** Reads `drawing`; fails on whatever is not in the grammar, on an id that is made twice, and on an edge to what is not there. */
export function read(drawing: string): Drawing {
    const lines = drawing.split("\n").map(line => line.trim());
    assert.equal(lines.shift(), "flowchart LR");
    assert.deepEqual(lines.splice(-3), [
        "classDef approval stroke-width:3px",
        "classDef gate stroke-dasharray:4 3",
        "",
    ]);
    const labels = new Map<string, string>();
    const inside = new Map<string, string[]>();
    const edges: { from: string; to: string; label?: string }[] = [];
    let open: string | undefined;
    const made = (name: string, label: string) => {
        assert.ok(!labels.has(name), `${name} is made twice`);
        labels.set(name, seen(label));
    };
    for (const line of lines) {
        const subgraph = forms.subgraph.exec(line);
        const edge = forms.edge.exec(line);
        const node = forms.node.exec(line);
        if (subgraph !== null) {
            assert.equal(open, undefined, "a subgraph in another");
            open = subgraph[1];
            made(open, subgraph[2]);
            inside.set(open, []);
        } else if (line === "end") {
            assert.notEqual(open, undefined);
            open = undefined;
        } else if (edge !== null) {
            for (const from of edge[1].split(" & ")) {
                edges.push(...edge[3].split(" & ").map(to => ({ from, to, ...(edge[2] && { label: seen(edge[2]) }) })));
            }
        } else if (node !== null) {
            made(node[1], node.slice(2).find(one => one !== undefined) ?? "");
            inside.get(open ?? "")?.push(node[1]);
        } else {
            assert.equal(line, "direction TB");
        }
    }
    assert.equal(open, undefined, "a subgraph has no end");
    for (const { from, to } of edges) {
        assert.ok(labels.has(from) && labels.has(to), `${from} --> ${to}`);
    }
    return { labels, edges, inside };
}

const seen = (label: string) => label.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
