import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as aws from "@pulumi/aws/getRegion";
import * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import { record } from "../../cli/recorder";

type Program = Parameters<typeof record>[0];

class Part extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions, problem?: Error) {
        super("service-pipelines:index:Part", name, {}, opts);
        if (problem !== undefined) {
            throw problem;
        }
    }
}

const topic = (name: string, args?: sns.TopicArgs, opts?: pulumi.CustomResourceOptions) =>
    new sns.Topic(name, args, opts);

const works: Program = () => void topic("t");

/** The error of a recording; it fails when there is none. */
async function failure(program: Program): Promise<Error> {
    try {
        await record(program, { stack: "test" });
    } catch (error) {
        return error as Error;
    }
    return assert.fail("recorded without an error");
}

/** What of the SDK is another while a recording runs. */
const patched = (): unknown[] => [
    Reflect.get(debuggable, "debuggablePromise"),
    Reflect.get(pulumi.Resource, "callsites"),
];
const original = patched();

const boom = new pulumi.RunError("boom");
const throwing = (): never => {
    throw boom;
};

describe("record, when a program fails", () => {
    const later = () => new Promise(resolve => setTimeout(resolve, 5));
    for (const [title, program] of [
        ["throws", throwing],
        ["throws after a registration", () => void (topic("t"), throwing())],
        ["throws late", async () => void (await later(), throwing())],
        ["throws between two services", async settle => void (topic("a"), await settle(), throwing())],
        ["throws in a component's constructor", () => void new Part("orders", {}, boom)],
        ["throws in an apply", () => void topic("t").arn.apply(throwing)],
        ["throws in an apply of an apply", () => void topic("t").arn.apply(arn => pulumi.output(arn).apply(throwing))],
        ["throws in an output", () => ({ outer: [topic("t").arn.apply(throwing)] })],
        ["rejects a promise that nobody awaits", () => void Promise.reject(boom)],
        ["rejects a promise while it waits", () => (void Promise.reject(boom), new Promise(() => undefined))],
    ] as [string, Program][]) {
        it(`fails with the same error that a program ${title}`, async () => {
            assert.equal(await failure(program), boom);
            assert.equal(boom.message, "boom");
        });
    }

    it("passes on a ResourceError with its resource", async () => {
        let part: Part | undefined;
        const error = await failure(() => {
            part = new Part("orders");
            throw new pulumi.ResourceError("no", part, true);
        });
        assert.ok(pulumi.ResourceError.isInstance(error));
        assert.deepEqual([error.message, error.resource === part, error.hideStack], ["no", true, true]);
    });

    it("gives the message as it was thrown, without the inputs that wait for the value", async () => {
        const error = await failure(() => {
            const first = topic("first", { displayName: pulumi.output(1).apply(() => assert.fail("boom")) });
            const second = topic("second", { name: first.arn });
            topic("third", { tags: { a: second.arn } }, { parent: first });
        });
        assert.equal(error.message, "boom");
        assert.match(String(error.stack), /recorder-failures\.test\.ts:\d+/);
    });

    it("fails on two resources of one URN, and names both parents", async () => {
        const error = await failure(() => {
            for (const name of ["orders", "billing"]) {
                const role = new iam.Role("role", { assumeRolePolicy: "{}" }, { parent: new Part(name) });
                new iam.RolePolicy(`${name}-policy`, { role: role.id, policy: "{}" });
            }
        });
        const part = "urn:pulumi:test::service-pipelines::service-pipelines:index:Part";
        assert.equal(
            error.message,
            `duplicate URN ${part}$aws:iam/role:Role::role: ` +
                `a child of ${part}::orders and a child of ${part}::billing`,
        );
        assert.match(
            (await failure(() => void (topic("t"), topic("t")))).message,
            /child of the stack and .* the stack$/,
        );
    });

    for (const [title, program, message] of [
        ["a function", () => void aws.getRegionOutput(), /^no function .* aws:index\/getRegion:getRegion$/],
        ["a function's promise", () => aws.getRegion({}), /^no function .* aws:index\/getRegion:getRegion$/],
        [
            "a stack",
            () => void new pulumi.StackReference("acme/platform/prod"),
            /^no stack reference .* "acme\/platform\/prod"$/,
        ],
        ["a resource", () => void sns.Topic.get("t", "arn:x"), /^no aws:sns\/topic:Topic .* "arn:x"$/],
        ["a method", () => void pulumi.runtime.call("aws:x:y/z", {}, topic("t")), /^no method .* aws:x:y\/z$/],
        ["transforms", () => void topic("t", {}, { transforms: [() => undefined] }), /does not support transforms/],
    ] as [string, Program, RegExp][]) {
        it(`fails on a program that needs ${title}`, async () => {
            assert.match((await failure(program)).message, message);
        });
    }

    it("fails on what is refused, even where the program handles it", async () => {
        const error = await failure(async () => aws.getRegion({}).catch(() => "eu-west-1"));
        assert.match(error.message, /getRegion$/);
    });

    it("is not hindered by what came before, be it a failure, a configuration or a preview", async () => {
        const read = () => ({
            region: new pulumi.Config("aws").get("region"),
            project: pulumi.getProject(),
            arn: topic("t").arn,
        });
        const config = { "aws:region": "eu-west-1" };
        const first = await record(read, { stack: "prod", project: "other", preview: true, config });
        assert.deepEqual(first.outputs, { region: "eu-west-1", project: "other", arn: "[unknown]" });
        assert.deepEqual(first.registrations[0].urn, "urn:pulumi:prod::other::aws:sns/topic:Topic::t");
        await failure(() => void (topic("t"), topic("t"), throwing()));
        const { registrations, outputs } = await record(read, { stack: "test" });
        const arn = "arn:aws:sns:us-east-1:123456789012:t";
        assert.deepEqual(outputs, { project: "service-pipelines", arn });
        assert.deepEqual(
            registrations.map(({ urn }) => urn),
            ["urn:pulumi:test::service-pipelines::aws:sns/topic:Topic::t"],
        );
    });

    it("ends with the program: a resource that is made later is no concern of it", async () => {
        await record(works, { stack: "test", config: { "aws:region": "eu-west-1" } });
        topic("t");
        assert.equal(new pulumi.Config("aws").get("region"), undefined);
        await later();
    });

    it("fails on a second recording at the same time, and on a configuration that is none, and on no later one", async () => {
        const [first, second] = await Promise.allSettled([1, 2].map(() => record(works, { stack: "test" })));
        assert.equal(first.status, "fulfilled");
        assert.match(String((second as PromiseRejectedResult).reason), /another recording is under way/);
        await assert.rejects(
            record(works, { stack: "test", config: { "aws:allowedAccountIds": "oops" } }),
            SyntaxError,
        );
        assert.equal((await record(works, { stack: "test" })).registrations.length, 1);
    });

    it("leaves listeners and the SDK as they were", async () => {
        const listeners = () => ["unhandledRejection", "beforeExit"].map(event => process.rawListeners(event));
        const mine = () => undefined;
        process.on("unhandledRejection", mine);
        try {
            const before = listeners();
            assert.ok(before[0].includes(mine));
            await record(works, { stack: "test" });
            await failure(() => Promise.reject(new Error("boom")));
            await failure(throwing);
            assert.deepEqual(listeners(), before);
            assert.deepEqual(patched(), original);
        } finally {
            process.off("unhandledRejection", mine);
        }
    });

    it("takes no stack trace of its own", async () => {
        const restored = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
        let traces = 0;
        Error.prepareStackTrace = () => String(traces++);
        try {
            await record(works, { stack: "test" });
        } finally {
            Object.defineProperty(Error, "prepareStackTrace", restored ?? { value: undefined });
        }
        assert.equal(traces, 0);
    });

    it("fails on a program that waits for what never comes, rather than end without a word", () => {
        const script = `
            const { record } = require("./cli/recorder");
            const { Topic } = require("@pulumi/aws/sns");
            record(() => { new Topic("t", { name: new Promise(() => {}) }); }, { stack: "test" })
                .catch(error => console.error("caught:", error.message));`;
        const { stdout, stderr, status } = spawnSync(process.execPath, ["-r", "ts-node/register", "-e", script], {
            cwd: `${__dirname}/../..`,
            encoding: "utf8",
        });
        assert.deepEqual([stdout, stderr, status], ["", "caught: the program waits for a value that never comes\n", 0]);
    });
});
