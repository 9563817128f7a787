import * as assert from "node:assert/strict";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import * as fc from "fast-check";
import type { Event } from "../../../../functions/lib/event";
import { eventOf } from "../../../../functions/lib/parse";
import { setStatuses, type StatusWorld } from "../../../../functions/notify/statuses";
import { changed, type Sample } from "../../fixtures/events";
import { MemoryTable } from "../../support/table";
import { commit, connection, executionOf, hostOf, revisionUrl, worldOf } from "./support/world";

const secrets = mockClient(SecretsManagerClient);

const happens = (name: Sample, detail: object = {}, time = "2026-01-02T03:04:05Z"): Event =>
    eventOf(changed(name, { pipeline: "shop--orders", stage: "prod", ...detail }, { time }));

describe("setting statuses", () => {
    let memory: MemoryTable;
    /** States that the host was told of, each with its context, in their order. */
    let told: string[];
    /** Executions that CodePipeline was asked of. */
    let asked: string[];

    /** A host that takes everything, and a CodePipeline that knows the commit of every execution. */
    const world = (more: Partial<StatusWorld> = {}, revision = revisionUrl()): StatusWorld =>
        worldOf(memory, hostOf("GitHub", "https://api.github.com"), {
            fetch: (_, init) => {
                const { context, state } = JSON.parse(init?.body as string) as Record<string, string>;
                told.push(`${context}: ${state}`);
                return Promise.resolve(new Response(null, { status: 201 }));
            },
            facts: {
                execution: (pipeline, execution) => {
                    asked.push(`${pipeline} ${execution}`);
                    return Promise.resolve(executionOf(revision));
                },
            },
            ...more,
        });

    beforeEach(() => {
        memory = new MemoryTable();
        told = [];
        asked = [];
        secrets.reset();
        secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify({ token: "t" }) });
    });

    it("asks for the execution and tells its host", async () => {
        await setStatuses(happens("stage-started", { "execution-id": "12ab" }), world());
        assert.deepEqual([asked, told], [["shop--orders 12ab"], ["shop/orders in prod: pending"]]);
    });

    it("costs nothing where nobody wants statuses, or nothing is said", async () => {
        const { settings } = world();
        await setStatuses(happens("stage-started"), world({ settings: { ...settings, statuses: [] } }));
        await setStatuses(happens("pipeline-started"), world());
        assert.deepEqual([asked, told, memory.sent, secrets.calls().length], [[], [], [], 0]);
    });

    for (const [title, revision] of [
        ["a connection without statuses", revisionUrl({ connectionArn: connection.replace("0f5b", "1111") })],
        ["a connection of another account", revisionUrl({ connectionArn: connection.replaceAll("1111", "2222") })],
        ["no connection", "https://eu-west-1.console.aws.amazon.com/s3/object/a"],
    ] as const) {
        it(`says nothing of a commit that comes through ${title}`, async () => {
            await setStatuses(happens("stage-started"), world({}, revision));
            assert.deepEqual([told, memory.sent], [[], []]);
        });
    }

    it("knows a connection by both names of its service", async () => {
        const old = connection.replace("codeconnections", "codestar-connections");
        await setStatuses(happens("stage-started"), world({}, revisionUrl({ connectionArn: old })));
        assert.equal(told.length, 1);
    });

    it("takes the commit of an event that names it", async () => {
        const trigger = { "connection-arn": connection, "full-repository-name": "acme/orders", "commit-id": commit };
        const event = happens("pipeline-succeeded", {
            pipeline: "shop--orders--check",
            "execution-trigger": trigger,
        });
        await setStatuses(event, world());
        assert.deepEqual([asked, told], [[], ["shop/orders/check: success"]]);
    });

    it("says of what a rollback went back from that it is not there any more", async () => {
        const event = eventOf(changed("rollback-started", { from: "12ab" }));
        await setStatuses(event, world());
        assert.deepEqual([asked, told], [["shop--orders 12ab"], ["shop/orders in prod: failure"]]);
    });

    it("says nothing twice, and nothing that is older", async () => {
        const began = happens("stage-started", {}, "2026-01-02T03:04:05Z");
        const done = happens("stage-succeeded", {}, "2026-01-02T03:09:00Z");
        for (const event of [done, began, done]) {
            await setStatuses(event, world());
        }
        assert.deepEqual(told, ["shop/orders in prod: success"]);
    });

    it("says of another commit, and under another name, what is older", async () => {
        await setStatuses(happens("stage-succeeded", {}, "2026-01-02T03:09:00Z"), world());
        const other = revisionUrl({ Commit: commit.replace("da", "ad") });
        await setStatuses(happens("stage-started"), world({}, other));
        await setStatuses(happens("stage-started", { stage: "Build" }), world());
        assert.deepEqual(told, [
            "shop/orders in prod: success",
            "shop/orders in prod: pending",
            "shop/orders/build: pending",
        ]);
    });

    it("says it again when the host did not answer", async () => {
        const cut = () => Promise.reject(new TypeError("fetch failed"));
        await assert.rejects(setStatuses(happens("stage-started"), world({ fetch: cut })), { name: "Error" });
        await setStatuses(happens("stage-started"), world());
        assert.deepEqual(told, ["shop/orders in prod: pending"]);
    });

    it("fails when CodePipeline does not say which commit it is", async () => {
        const facts = { execution: () => Promise.reject(new Error("no answer")) };
        await assert.rejects(setStatuses(happens("stage-started"), world({ facts })), { message: "no answer" });
    });

    it("fails without the token", async () => {
        secrets.on(GetSecretValueCommand).resolves({ SecretString: "{}" });
        await assert.rejects(setStatuses(happens("stage-started"), world()), {
            message: 'expected the secret status to be a JSON object with the text "token"',
        });
        assert.deepEqual(told, []);
    });

    it("ends with the last of what has happened, in whichever order it is heard of, and however often", async () => {
        const history = [
            happens("stage-started", {}, "2026-01-02T03:00:00Z"),
            happens("stage-failed", {}, "2026-01-02T03:05:00Z"),
            happens("stage-resumed", {}, "2026-01-02T03:06:00Z"),
            happens("stage-stopping", {}, "2026-01-02T03:07:00Z"),
            happens("stage-succeeded", {}, "2026-01-02T03:09:00Z"),
        ];
        const heard = fc
            .shuffledSubarray([...history, ...history], { minLength: 2 * history.length })
            .map(events => [...events]);
        await fc.assert(
            fc.asyncProperty(heard, async events => {
                memory = new MemoryTable();
                told = [];
                for (const event of events) {
                    await setStatuses(event, world());
                }
                assert.equal(told.at(-1), "shop/orders in prod: success");
                assert.equal(told.filter(state => state.endsWith("success")).length, 1);
            }),
            { numRuns: 30 },
        );
    });
});
