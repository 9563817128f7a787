import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../cli/options";
import type { Registration } from "../support/recordings";
import { known, stackFiles } from "../support/stacks";
import { openFindings } from "./open-findings";

const page = readFileSync(join(projectFolder, "docs/security.md"), "utf8");
const code = (texts: readonly string[]) => texts.map(text => `\`${text}\``).join(", ");

describe("docs/security.md", function () {
    this.timeout(60_000);
    let registrations: readonly Registration[];
    before(async () => {
        const all: Registration[] = [];
        for (const file of Object.keys(stackFiles)) {
            all.push(...(await known(file)).registrations);
        }
        registrations = all;
    });

    it("tells each finding that stays, with the resources and the reason, and no other", () => {
        const rows = [...page.matchAll(/^\| `(?:CKV|[EWI]\d)[^]*?\|$/gm)].map(([row]) => row.replace(/ +/g, " "));
        assert.deepEqual(
            rows,
            openFindings.map(
                ({ check, asks, types, names, why }) =>
                    `| \`${check}\` | ${asks} | ${code(types)}${names ? `: ${code(names)}` : ""} | ${why} |`,
            ),
        );
    });

    it("names no check twice, and no check that no tool has", () => {
        const checks = openFindings.map(({ check }) => check);
        assert.equal(new Set(checks).size, checks.length);
        for (const check of checks) {
            assert.match(check, /^CKV2?_AWS_\d+$/);
        }
    });

    it("names resources that the stacks have", () => {
        const missing = openFindings.flatMap(({ check, types, names }) =>
            types.flatMap(type => {
                const there = new Set(registrations.filter(one => one.type === type).map(({ name }) => name));
                const absent = (names ?? []).filter(name => !there.has(name));
                return there.size === 0 ? [`${check} ${type}`] : absent.map(name => `${check} ${name}`);
            }),
        );
        assert.deepEqual(missing, []);
    });

    it("says of queues that they have dead letters of their own, where functions have none", () => {
        const { names = [] } = openFindings.find(({ check }) => check === "CKV_AWS_116") ?? assert.fail();
        for (const name of names) {
            const queue = registrations.find(one => one.name === name.replace(/-function$/, "-queue"));
            assert.match(String(queue?.inputs.redrivePolicy), /deadLetterTargetArn/, name);
        }
    });
});
