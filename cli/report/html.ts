import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { buildSync } from "esbuild";
import { projectFolder } from "../options";
import type { Report } from "./model";

/** Folder of the page's own code, below that of the project: a command runs as one bundle, and is not beside it. */
const page = "cli/report/page";

/** Browsers since 2023: they inflate by themselves (`DecompressionStream`). */
const target = ["chrome109", "firefox115", "safari16.4"];

/** Characters of HTML that are not text. */
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** `text` as HTML, without what nobody would see or what turns the order of letters round. */
const escaped = (text: string) =>
    text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").replace(/[&<>"]/g, character => entities[character]);

/** As a policy of content names a text that may run, or style: all others may not. */
const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * A page that shows `report`, complete in itself: the same report gives the same bytes. What the stack file says is in it as deflated
 * base64, so that none of it can be taken for HTML or for code; and the policy of content lets run and style what stands here alone.
 */
export function htmlOf(report: Report): string {
    const { code, style } = pageFiles();
    const data = deflateRawSync(JSON.stringify(report), { level: 9 }).toString("base64");
    const policy = [
        "default-src 'none'",
        `script-src ${hashOf(code)}`,
        `style-src ${hashOf(style)}`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${report.fleet?.prefix ?? report.file}, stack ${report.stack}: pipelines`)}</title>
<style>${style}</style>
</head>
<body>
<noscript><p>This report is drawn by a script that stands in this file. Without scripts, <code>npm start</code> prints the same as text.</p></noscript>
<script type="text/plain" id="report">${data}</script>
<script>${code}</script>
</body>
</html>
`;
}

/** The page's code and style, each as one text; the terms of what stands in it beside its own code ask for their own words. */
function pageFiles() {
    const licence = readFileSync(join(projectFolder, "node_modules/@dagrejs/dagre/LICENSE"), "utf8");
    const [script, style] = ["main.ts", "style.css"].map(file => built(`${page}/${file}`));
    const code = `/* Drawings are laid out by dagre:\n\n${licence}*/\n${script}`;
    // A text in the code that ends a script would end it: esbuild writes `<\\/script`, and this holds it to that.
    if (/<\/(script|style)/i.test(code + style)) {
        throw new Error(`${page}: expected no end of a script or style in it`);
    }
    return { code, style };
}

function built(file: string): string {
    const { outputFiles } = buildSync({
        absWorkingDir: projectFolder,
        entryPoints: [file],
        bundle: true,
        write: false,
        minify: true,
        format: "iife",
        target,
        // ASCII alone: the text does not depend on how a file is read.
        charset: "ascii",
        legalComments: "none",
        // What a file around the program says must not change the text.
        tsconfigRaw: "{}",
        logLevel: "silent",
    });
    return outputFiles[0].text.trim();
}
