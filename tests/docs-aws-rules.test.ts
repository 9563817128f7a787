import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules as rulesOfOne } from "../blueprint/rules";
import { stacksRules } from "../blueprint/stacks/rules";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/aws-rules.md"), "utf8");

/** What the page writes as the name of a rule. */
const mentioned = new Set(
    [...page.matchAll(/\*\*`([^`]+)`\*\*/g)].map(([, name]) => name).filter(name => name !== "in-bold"),
);

/** Those of one stack, and those of all stacks together. */
const rules = [...rulesOfOne, ...stacksRules];

describe("docs/aws-rules.md", () => {
    const names = rules.map(({ name }) => name);

    it("mentions every rule", () => {
        assert.deepEqual(
            names.filter(name => !mentioned.has(name)),
            [],
        );
    });

    it("mentions no rule that there is not", () => {
        assert.deepEqual(
            [...mentioned].filter(name => !names.includes(name)),
            [],
        );
    });

    it("says of every warning in some row that it warns", () => {
        const rows = page.split("\n").filter(line => line.startsWith("|") && /_warns?_/.test(line));
        assert.deepEqual(
            rules
                .filter(({ severity }) => severity === "warning")
                .filter(({ name }) => !rows.some(row => row.includes(`**\`${name}\`**`)))
                .map(({ name }) => name),
            [],
        );
    });

    it("mentions no file that there is not", () => {
        const files = [...page.matchAll(/`((?:blueprint|catalog|components|config|functions|cli)\/[\w./-]+\.ts)`/g)];
        assert.ok(files.length > 10);
        assert.deepEqual(
            files.map(([, file]) => file).filter(file => !existsSync(join(root, file))),
            [],
        );
    });

    it("has a source for each of its short names, and no other", () => {
        const [table, ...sources] = page.split(/^(?=\[[a-z]+\]: https:\/\/)/m);
        const short = new Set(sources.map(line => /^\[([a-z]+)\]/.exec(line)?.[1]));
        const used = new Set(
            [...table.matchAll(/\]\[([a-z]+)\]|\[([a-z]+)\](?![[(:])/g)].map(([, behind, alone]) => behind ?? alone),
        );
        assert.deepEqual([...used].sort(), [...short].sort());
    });
});
