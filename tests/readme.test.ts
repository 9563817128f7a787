import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { ownKeys } from "../config/schema";
import { planOf, stackFile } from "./support/plans";
import { inFolder } from "./support/stack-files";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");
const dev = readFileSync(join(__dirname, "../Pulumi.dev.yaml"), "utf8");

/** The code blocks of the README in `language`. */
const blocks = (language: string) =>
    [...readme.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, of, text]) => (of === language ? [text] : []));

describe("README", () => {
    it("shows a service that the stack file of dev takes as it stands", () => {
        const [service] = blocks("yaml");
        const heading = "  service-pipelines:services:\n";
        assert.ok(dev.includes(heading));
        inFolder({ dev: dev.replace(heading, () => heading + service.replace(/^/gm, "    ")) }, folder => {
            const { plan, problems, warnings } = planStack(fromFile(join(folder, "Pulumi.dev.yaml"), "dev"));
            assert.deepEqual([...problemLines(problems), ...problemLines(warnings)], []);
            assert.deepEqual(
                plan?.pipelines.find(pipeline => pipeline.service === "coupons")?.stages.map(stage => stage.name),
                ["Source", "Build", "dev", "qa"],
            );
        });
    });

    it("shows who is told of what as a stack file says it", () => {
        const [, told] = blocks("yaml");
        const [{ stages, told: who }] = planOf(stackFile(told)).pipelines;
        assert.deepEqual(stages.at(-1)?.rollbackOn, ["web-5xx"]);
        assert.deepEqual(who.environments.prod.releases?.includes("succeeded"), true);
    });

    it("shows the message that its own mistake leads to", () => {
        inFolder({ dev: dev.replace("cluster:", "clutser:") }, folder => {
            const lines = problemLines(planStack(fromFile(join(folder, "Pulumi.dev.yaml"), "dev")).problems);
            assert.deepEqual(lines, [
                blocks("")
                    .map(block => block.trim())
                    .find(block => block.startsWith("Pulumi.dev.yaml:")),
            ]);
        });
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
