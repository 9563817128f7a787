import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cloudformationAction } from "../catalog/cloudformation/change-set";
import { happenings } from "../functions/notify/settings";
import { refusals } from "../functions/rollback/settings";

const folder = join(__dirname, "../docs");
const page = readFileSync(join(folder, "runbook.md"), "utf8");

/** What GitHub makes of a heading for links. */
const anchor = (heading: string) =>
    heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .trim()
        .replace(/\s/g, "-");

const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading));

/** The text under the heading `word`, up to the next one. */
const section = (word: string) => new RegExp(`^#+ ${word}\\n([^]*?)(?=^#|(?![^]))`, "m").exec(page)?.[1].trim() ?? "";

/** Commands of the AWS CLI in the page: service, operation and options. */
const commands = [...page.matchAll(/\baws ([a-z]+) ([a-z-]+)([^`\n]*)/g)].map(([, service, operation, rest]) => ({
    service,
    operation,
    options: [...rest.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option),
}));

/** The package of the SDK for each service of the CLI; `aws logs tail` is the CLI's own. */
const clients: Readonly<Record<string, string>> = {
    codepipeline: "client-codepipeline",
    secretsmanager: "client-secrets-manager",
    sqs: "client-sqs",
};

const squeezed = (name: string) => name.toLowerCase().replace(/-/g, "");

/** What `operation` is asked with, as the SDK's own types have it. */
function inputsOf(service: string, operation: string): string[] {
    const root = dirname(require.resolve(`@aws-sdk/${clients[service]}/package.json`));
    const types = readFileSync(join(root, "dist-types/models/models_0.d.ts"), "utf8");
    const name = operation.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    const [, body] = new RegExp(`^export interface ${name}(?:Input|Request) \\{\\n([^]*?)^\\}`, "m").exec(types) ?? [];
    assert.ok(body, `no operation ${operation} of ${service}`);
    return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, key]) => squeezed(key));
}

describe("docs/runbook.md", () => {
    for (const happening of happenings) {
        it(`says under #${happening} what it means`, () => {
            assert.ok(anchors.includes(happening));
            assert.ok(section(happening).length > 60, section(happening));
        });
    }

    for (const refusal of refusals) {
        it(`says under #rollback-refused-${refusal} why nothing went back, and what to do`, () => {
            assert.ok(section(`rollback-refused-${refusal}`).length > 60, section(`rollback-refused-${refusal}`));
        });
    }

    it("tells of no refusal that there is not", () => {
        assert.deepEqual(
            anchors.flatMap(word => /^rollback-refused-(.*)/.exec(word)?.[1] ?? []),
            [...refusals],
        );
    });

    it("has each heading once, and leads to nothing that is not there", () => {
        assert.equal(new Set(anchors).size, anchors.length);
        const links = [...page.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link]) => link);
        assert.ok(links.length > 30);
        assert.deepEqual(
            links.filter(link =>
                link.startsWith("#") ? !anchors.includes(link.slice(1)) : !existsSync(join(folder, link)),
            ),
            [],
        );
    });

    it("shows commands that there are, with options that they take", () => {
        const checked = commands.filter(({ service, operation }) => service !== "logs" || operation !== "tail");
        assert.ok(checked.length >= 12, `${checked.length} commands`);
        for (const { service, operation, options } of checked) {
            const known = inputsOf(service, operation);
            const unknown = options.filter(
                option => option !== "query" && !known.includes(squeezed(option.replace(/^no-/, ""))),
            );
            assert.deepEqual(unknown, [], `aws ${service} ${operation}`);
        }
    });

    it("names the keys of the CloudFormation action, of which none is a rollback trigger", () => {
        const { required, optional } = cloudformationAction.configuration;
        const keys = [...required, ...optional];
        const [, sentence] = /the action's keys\]\([^)]*\) are ([^]*?), none of them/.exec(page) ?? [];
        assert.deepEqual([...sentence.matchAll(/`(\w+)`/g)].map(([, key]) => key).sort(), [...keys].sort());
        assert.deepEqual(
            keys.filter(key => /rollback|trigger|monitor/i.test(key)),
            [],
        );
    });
});
