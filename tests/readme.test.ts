import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { ownKeys } from "../config/schema";
import { planOf, stackFile } from "./support/plans";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");
const dev = readFileSync(join(__dirname, "../Pulumi.dev.yaml"), "utf8");

/** The code blocks of the README in `language`. */
const blocks = (language: string) =>
    [...readme.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, of, text]) => (of === language ? [text] : []));

describe("README", () => {
    it("shows a service that a stack file takes as it stands", () => {
        const [service] = blocks("yaml");
        const plan = planOf(
            stackFile(
                `{ environments: [{ name: dev }, { name: staging }], services: ${JSON.stringify(parse(service))} }`,
            ),
        );
        assert.deepEqual(
            plan.pipelines.map(pipeline => pipeline.stages.map(stage => stage.name)),
            [["Source", "Build", "dev", "staging"]],
        );
    });

    it("shows who is told of what as a stack file says it", () => {
        const [, told] = blocks("yaml");
        const [{ stages, told: who }] = planOf(stackFile(told)).pipelines;
        assert.deepEqual(stages.at(-1)?.rollbackOn, ["web-5xx"]);
        assert.deepEqual(who.environments.prod.releases?.includes("succeeded"), true);
    });

    it("shows the message that its own mistake leads to", () => {
        const folder = mkdtempSync(join(tmpdir(), "readme-"));
        try {
            const file = join(folder, "Pulumi.dev.yaml");
            writeFileSync(file, dev.replace("cluster:", "clutser:"));
            const lines = problemLines(planStack(fromFile(file, "dev")).problems);
            assert.deepEqual(lines, [
                blocks("")
                    .map(block => block.trim())
                    .find(block => block.startsWith("Pulumi.dev.yaml:")),
            ]);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("names every key of the stack file, in its table", () => {
        const [, table] = /^\| key [^]*?\n\| -[^\n]*\n([^]*?)\n\n/m.exec(readme) ?? [];
        assert.ok(table);
        assert.deepEqual([...table.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key).sort(), [...ownKeys].sort());
    });

    it("names only scripts that there are", () => {
        const { scripts } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const named = [
            ...`${readme}${readFileSync(join(__dirname, "../CONTRIBUTING.md"), "utf8")}`.matchAll(
                /`npm run ([a-z:]+)/g,
            ),
        ].map(([, script]) => script);
        assert.ok(named.length > 0);
        assert.deepEqual(
            named.filter(script => !(script in scripts)),
            [],
        );
    });
});
