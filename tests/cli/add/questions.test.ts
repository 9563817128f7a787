import * as assert from "node:assert/strict";
import { needsOf } from "../../../cli/add/needed";
import type { Given } from "../../../cli/add/parts";
import { answered, type Answer, type Ask } from "../../../cli/add/questions";

const orders = { build: { commands: ["npm ci", "make"] }, deploy: { type: "s3", bucket: "orders-{environment}" } };

/** What `answers` come to for the word `path` of a service that is deployed by `type`, and what was asked. */
async function asking(path: string, type: string, answers: readonly string[], earlier?: Answer, services = {}) {
    const given: Given = { source: {}, build: {}, deploy: { type } };
    const need = needsOf("coupons", given, { defaults: {}, services }).find(
        one => `${one.part}.${one.keys[0]}` === path,
    );
    assert.ok(need);
    const left = [...answers];
    const asked: string[] = [];
    const ask: Ask = question => {
        asked.push(question);
        const answer = left.shift();
        assert.ok(answer !== undefined, `nobody answers ${question}`);
        return Promise.resolve(answer);
    };
    const answer = await answered(need, ask, earlier);
    assert.deepEqual(left, []);
    return { answer, asked };
}

describe("a question of `npm run add`", () => {
    it("is one line with an example, and says how several are said", async () => {
        const { asked } = await asking("build.commands", "s3", ["make", ""]);
        assert.deepEqual(asked, [
            "build.commands (shell commands of the build phase, such as npm ci; one a line, or as [a, b]; or buildspec=…): ",
            "  and (an empty line ends them): ",
        ]);
        const { asked: names } = await asking("deploy.function", "lambda", ["a"]);
        assert.deepEqual(names, ["deploy.function (name of the function, such as coupons-{environment}): "]);
        const { asked: roles } = await asking("deploy.taskRoles", "ecs", ["[]"]);
        assert.match(roles[0], /such as arn:aws:iam::\{account\}:role\/coupons-task; .*; \[\] for none\): $/);
    });

    it("offers what a service alike says", async () => {
        const { answer, asked } = await asking("deploy.bucket", "s3", [""], undefined, { orders });
        assert.equal(answer, "follow");
        assert.deepEqual(asked, ["deploy.bucket (the bucket) [Enter: coupons-{environment}, as orders]: "]);
        const { asked: build } = await asking("build.commands", "s3", [""], undefined, { orders });
        assert.match(build[0], / \[Enter: npm ci, make, as orders\]: $/);
        const read = { ...orders, build: { buildspec: "b.yml" } };
        const { asked: file } = await asking("build.commands", "s3", [""], undefined, { read });
        assert.match(file[0], / \[Enter: buildspec=b\.yml, as read\]: $/);
    });

    for (const [title, path, type, answers, key, value] of [
        ["one command", "build.commands", "s3", ["npm ci", ""], "commands", ["npm ci"]],
        [
            "commands one a line",
            "build.commands",
            "s3",
            ["npm ci", "echo a, b", ""],
            "commands",
            ["npm ci", "echo a, b"],
        ],
        ["commands as in YAML", "build.commands", "s3", ["[npm ci, make]"], "commands", ["npm ci", "make"]],
        ["a test of the shell", "build.commands", "s3", ["[ -f x ] && make", ""], "commands", ["[ -f x ] && make"]],
        ["a command that is a word of YAML", "build.commands", "s3", ["true", ""], "commands", ["true"]],
        ["another word", "build.commands", "s3", ["buildspec=b.yml"], "buildspec", "b.yml"],
        [
            "a list by another word",
            "deploy.helm",
            "eks",
            ["manifests=a.yaml", "b.yaml", ""],
            "manifests",
            ["a.yaml", "b.yaml"],
        ],
        ["a map", "deploy.helm", "eks", ["{ release: a, chart: b }"], "helm", { release: "a", chart: "b" }],
        ["none of a list", "deploy.taskRoles", "ecs", ["[]"], "taskRoles", []],
        [
            "a placeholder",
            "deploy.deploymentGroup",
            "codedeploy",
            ["{environment}"],
            "deploymentGroup",
            "{environment}",
        ],
        ["digits where a text is wanted", "deploy.tagValue", "ec2", ["7"], "tagValue", "7"],
    ] as const) {
        it(`takes ${title}`, async () => {
            const { answer } = await asking(path, type, answers);
            assert.deepEqual(answer, { key, value });
        });
    }

    for (const [title, path, type, wrong, right, message] of [
        [
            "a value that cannot be",
            "deploy.bucket",
            "s3",
            "A b",
            ["ab-c"],
            /^deploy\.bucket: expected the name of a bucket/,
        ],
        [
            "what is no YAML",
            "build.commands",
            "s3",
            "[npm ci",
            ["make", ""],
            /^build\.commands: expected a value as in YAML/,
        ],
        ["a wrong entry", "deploy.taskRoles", "ecs", "arn:x", ["[]"], /^deploy\.taskRoles: expected the ARN of a role/],
        ["half a map", "deploy.helm", "eks", "{ release: a }", ["manifests=[a]"], /^deploy\.helm\.chart: missing/],
        [
            "a list where one is wanted",
            "deploy.bucket",
            "s3",
            "[a, b]",
            ["ab-c"],
            /^deploy\.bucket: expected a text, found a list/,
        ],
    ] as const) {
        it(`asks again after ${title}`, async () => {
            const { asked } = await asking(path, type, [wrong, ...right]);
            const [question, again] = asked;
            assert.match(again, message);
            assert.equal(again.split("\n")[1], question);
        });
    }

    it("keeps the lines before a wrong one", async () => {
        const one = "arn:aws:iam::111111111111:role/one";
        const { answer, asked } = await asking("deploy.taskRoles", "ecs", [one, "two", `${one}-more`, ""]);
        assert.deepEqual(answer, { key: "taskRoles", value: [one, `${one}-more`] });
        assert.match(asked[2], /^deploy\.taskRoles: expected .*\n {2}and \(/);
    });

    it("asks again where nothing is said and nothing is offered", async () => {
        const { asked } = await asking("deploy.bucket", "s3", ["", " ", "ab-c"]);
        assert.equal(asked.length, 3);
        assert.equal(asked[2], asked[0]);
    });

    it("offers what was said before", async () => {
        const before = { key: "bucket", value: "one-{environment}" };
        const { answer, asked } = await asking("deploy.bucket", "s3", [""], before, { orders });
        assert.deepEqual(answer, before);
        assert.match(asked[0], / \[Enter: one-\{environment\}, as before\]: $/);
    });
});
