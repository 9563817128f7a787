import * as assert from "node:assert/strict";

/** The lines of `lines` from the one that matches `from` to the line before the one that matches `to`. */
export function between(lines: readonly string[], from: RegExp, to: RegExp): string[] {
    const start = lines.findIndex(line => from.test(line));
    const length = lines.slice(start + 1).findIndex(line => to.test(line));
    assert.ok(start >= 0 && length >= 0, `${from.source} … ${to.source} in\n${lines.join("\n")}`);
    return lines.slice(start, start + 1 + length);
}
