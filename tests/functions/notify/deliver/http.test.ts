import * as assert from "node:assert/strict";
import { Later, Misconfigured } from "../../../../functions/lib/errors";
import { deliver, type World } from "../../../../functions/notify/deliver";
import { pagerEvent } from "../../../../functions/notify/deliver/pager";
import { slackMessage } from "../../../../functions/notify/deliver/slack";
import type { Notice } from "../../../../functions/notify/notice";
import type { Delivery } from "../../../../functions/notify/settings";
import { cut, Receiver, says, silent } from "../../support/receiver";
import { hostile, notices } from "./support/notices";
import { StubbedWorld } from "./support/world";

const { failed } = notices;
const slack: Delivery = { type: "slack", webhook: { secret: "slack", field: "webhook" } };
const pager = (url: string): Delivery => ({ type: "pager", url: `${url}v2/enqueue`, key: { secret: "pager" } });
const webhook: Delivery = {
    type: "webhook",
    url: { secret: "hook", field: "url" },
    headers: { "X-Token": { secret: "hook", field: "token" } },
};

describe("a delivery by HTTP", () => {
    let receiver: Receiver;
    let root: string;
    let stubbed: StubbedWorld;
    let world: World;

    beforeEach(async () => {
        receiver = new Receiver();
        root = await receiver.start();
        stubbed = new StubbedWorld();
        stubbed.secrets({
            slack: JSON.stringify({ webhook: `${root}services/T0/B0/OLD` }),
            pager: "0123456789abcdef0123456789abcdef",
            hook: JSON.stringify({ url: `${root}hook?key=k3y`, token: "t0ken" }),
        });
        world = stubbed.container();
    });
    afterEach(() => receiver.stop());

    const sent = () => receiver.requests.map(({ path, body }) => [path, JSON.parse(body) as unknown] as const);
    const paths = () => receiver.requests.map(({ path }) => path);

    it("posts a message to Slack's webhook", async () => {
        await deliver(failed, "team", slack, world);
        assert.deepEqual(sent(), [["/services/T0/B0/OLD", slackMessage(failed)]]);
    });

    it("posts an event to a pager, with its key", async () => {
        receiver.replies = [says(202, {}, '{"status":"success"}')];
        await deliver(failed, "on-call", pager(root), world);
        assert.deepEqual(sent(), [
            ["/v2/enqueue", { routing_key: "0123456789abcdef0123456789abcdef", ...pagerEvent(failed) }],
        ]);
    });

    it("posts nothing to a pager of what is no trouble, and reads no secret for it", async () => {
        await deliver(notices.started, "on-call", pager(root), world);
        assert.deepEqual([sent(), stubbed.asked], [[], 0]);
    });

    const actions = () => sent().map(([, body]) => (body as { event_action: string }).event_action);
    const page = (notice: Notice, clock: string, target = "on-call") =>
        deliver({ ...notice, time: `2026-11-27T${clock}.000Z` }, target, pager(root), world);

    it("opens no alert of a pager after what closes it", async () => {
        await page(notices.recovered, "08:20:00");
        await page(failed, "08:15:30");
        await page(failed, "08:20:00");
        assert.deepEqual(actions(), ["resolve", "resolve", "resolve"]);
        await page({ ...failed, environment: "dev" }, "08:15:30");
        await page(failed, "08:15:30", "others");
        assert.deepEqual(actions().slice(3), ["trigger", "trigger"]);
    });

    it("closes no alert of a pager that is newer", async () => {
        await page(failed, "08:25:00");
        await page(notices.recovered, "08:24:59");
        await page(failed, "08:24:00");
        assert.deepEqual(actions(), ["trigger"]);
        await page(notices.recovered, "08:25:00");
        assert.deepEqual(actions(), ["trigger", "resolve"]);
    });

    it("says all that opens an alert of a pager, in whichever order", async () => {
        await page(failed, "08:25:00");
        await page(failed, "08:24:00");
        await page(failed, "08:25:00");
        assert.deepEqual(actions(), ["trigger", "trigger", "trigger"]);
    });

    it("closes an alert of a pager whose end came while it was opened", async () => {
        receiver.onRequest = () => {
            receiver.onRequest = () => undefined;
            const pk = { S: "alert#on-call#shop--orders/prod/failure" };
            const closed = { S: "2026-11-27T08:16:00.000Z" };
            stubbed.memory.put({ pk, sk: { S: "newest" }, closed });
        };
        await page(failed, "08:15:30");
        assert.deepEqual(actions(), ["trigger", "resolve"]);
    });

    it("opens an alert of a pager once, though nobody can say then whether it is over", async () => {
        receiver.onRequest = () =>
            void (stubbed.memory.before = command => {
                if (command === "UpdateItemCommand") {
                    throw new Error("no");
                }
            });
        const { error } = console;
        console.error = () => undefined;
        try {
            await page(failed, "08:15:30");
        } finally {
            console.error = error;
        }
        assert.deepEqual(actions(), ["trigger"]);
    });

    it("posts an event to a pager again that it has not taken", async () => {
        receiver.replies = [says(500), says(202)];
        await assert.rejects(deliver(failed, "on-call", pager(root), world));
        await deliver(failed, "on-call", pager(root), world);
        assert.equal(receiver.requests.length, 2);
    });

    it("posts the notice itself to a webhook, with headers from secrets and a key that tells duplicates", async () => {
        await deliver(failed, "chatops", webhook, world);
        assert.deepEqual(sent(), [["/hook?key=k3y", failed]]);
        const [{ headers }] = receiver.requests;
        assert.deepEqual([headers["x-token"], headers["idempotency-key"]], ["t0ken", failed.id]);
        assert.equal(stubbed.asked, 1);
    });

    it("posts what every receiver takes of what others have written", async () => {
        await deliver(hostile, "chatops", webhook, world);
        const [{ body }] = receiver.requests;
        assert.ok(Buffer.byteLength(body) < 256 * 1024);
        assert.ok(!/\\u(00[01]|d[89a-f])/i.test(body));
    });

    it("reads a secret once for many messages", async () => {
        await Promise.all([1, 2, 3].map(() => deliver(failed, "team", slack, world)));
        assert.deepEqual([receiver.requests.length, stubbed.asked], [3, 1]);
    });

    for (const status of [401, 403, 404, 410]) {
        it(`reads the secret anew on ${status}, and sends once more what it then says`, async () => {
            await deliver(failed, "team", slack, world);
            stubbed.secrets({ slack: JSON.stringify({ webhook: `${root}services/T0/B0/NEW` }) });
            stubbed.now += 1;
            receiver.replies = [says(status), says(200, {}, "ok")];
            await deliver(failed, "team", slack, world);
            assert.deepEqual(paths().slice(1), ["/services/T0/B0/OLD", "/services/T0/B0/NEW"]);
            await deliver(failed, "team", slack, world);
            assert.deepEqual([paths().at(-1), stubbed.asked], ["/services/T0/B0/NEW", 2]);
        });
    }

    it("sends a rotated key of a pager, and a rotated header of a webhook", async () => {
        receiver.replies = [says(400), says(202), says(401), says(204)];
        stubbed.secrets({ pager: "old", hook: JSON.stringify({ url: `${root}hook`, token: "old" }) });
        const rotate = (token: string) => () =>
            stubbed.secrets({ pager: token, hook: JSON.stringify({ url: `${root}hook`, token }) });
        receiver.onRequest = rotate("new");
        await deliver(failed, "on-call", pager(root), world);
        receiver.onRequest = rotate("newer");
        await deliver(failed, "chatops", webhook, world);
        assert.deepEqual(
            receiver.requests.map(
                ({ headers, body }) => headers["x-token"] ?? (JSON.parse(body) as { routing_key: string }).routing_key,
            ),
            ["old", "new", "new", "newer"],
        );
    });

    /** The error of a delivery, in which no secret stands. */
    async function failure(target: string, delivery: Delivery, where = world): Promise<Error> {
        const error: unknown = await deliver(failed, target, delivery, where).then(
            () => assert.fail("it was taken"),
            (reason: unknown) => reason,
        );
        assert.ok(error instanceof Error);
        assert.ok(
            !/services|OLD|k3y|t0ken|0123456789abcdef|127\.0\.0\.1/.test(`${error.stack} ${String(error.cause)}`),
        );
        return error;
    }

    for (const [target, delivery] of [
        ["team", () => slack],
        ["on-call", () => pager(root)],
        ["chatops", () => webhook],
    ] as const) {
        it(`fails for good where ${target} refuses and its secret is the same`, async () => {
            receiver.replies = [says(404, {}, "no_service")];
            const error = await failure(target, delivery());
            assert.ok(error instanceof Misconfigured);
            assert.deepEqual([error.message, receiver.requests.length], [`${target} answered 404 (no_service)`, 1]);
        });

        it(`fails for now where ${target} cuts the connection`, async () => {
            receiver.replies = [cut];
            const error = await failure(target, delivery());
            assert.deepEqual([error.constructor, receiver.requests.length], [Error, 1]);
            assert.equal(error.message, `${target} gave no answer: UND_ERR_SOCKET`);
        });

        it(`fails for now where ${target} answers nothing`, async () => {
            receiver.replies = [silent];
            const error = await failure(target, delivery(), stubbed.container(50));
            assert.equal(error.message, `${target} gave no answer: none within 0.05 s`);
        });
    }

    it("fails for good on a secret that holds no address, unless it has been mended", async () => {
        stubbed.secrets({ slack: '{"webhook":"T0/B0/OLD"}' });
        const error = await failure("team", slack);
        assert.ok(error instanceof Misconfigured);
        assert.equal(error.message, "expected the address of team to be an https URL");
        stubbed.secrets({ slack: JSON.stringify({ webhook: `${root}x` }) });
        stubbed.now += 1;
        await deliver(failed, "team", slack, world);
        assert.deepEqual(paths(), ["/x"]);
    });

    it("fails for now on a secret that is not there", async () => {
        stubbed.secrets({});
        const error = await failure("team", slack);
        assert.equal(error.constructor, Error);
        assert.equal(error.message, "the secret slack cannot be read: ResourceNotFoundException: it is not there");
    });

    for (const [title, reply, seconds] of [
        ["429 with seconds", says(429, { "retry-after": "30" }), 30],
        ["429 with a date", says(429, { "retry-after": "Fri, 27 Nov 2026 08:17:00 GMT" }), 90],
        ["503 with seconds", says(503, { "retry-after": "30" }), 30],
    ] as const) {
        it(`fails with the wait, and asks the target no more before it is over, after ${title}`, async () => {
            receiver.replies = [reply, says(200, {}, "ok")];
            const error = await failure("team", slack);
            assert.ok(error instanceof Later && error.seconds === seconds);
            stubbed.now += seconds * 1000 - 500;
            const other = stubbed.container();
            for (const where of [world, world, other]) {
                const again = await failure("team", slack, where);
                assert.ok(again instanceof Later && again.seconds === 1);
            }
            assert.equal(receiver.requests.length, 1);
            await deliver(failed, "chatops", webhook, world);
            stubbed.now += 1000;
            await deliver(failed, "team", slack, world);
            await deliver(failed, "team", slack, other);
            assert.equal(receiver.requests.length, 4);
        });
    }

    it("fails with the wait also when the rotated secret is told to wait", async () => {
        receiver.replies = [says(404), says(429, { "retry-after": "9" })];
        receiver.onRequest = () => stubbed.secrets({ slack: JSON.stringify({ webhook: `${root}NEW` }) });
        assert.ok((await failure("team", slack)) instanceof Later);
        assert.ok((await failure("team", slack, stubbed.container())) instanceof Later);
        assert.equal(receiver.requests.length, 2);
    });
});
