import * as assert from "node:assert/strict";
import { Later, Misconfigured } from "../../../functions/lib/errors";
import { post, Refused, secondsOf } from "../../../functions/lib/http";
import { cut, cutAfter, Receiver, says, silent, type Reply } from "../support/receiver";

const secret = "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
const token = "Bearer 6CGtmAa3lzWtV7a";

/** Half a second past a full one, so that a date, which has only seconds, is not ahead of it by whole ones. */
const now = Date.parse("2026-11-27T08:00:00.500Z");

describe("post", () => {
    let receiver: Receiver;
    let url: string;

    beforeEach(async () => {
        receiver = new Receiver();
        url = `${await receiver.start()}services/${secret}?key=${token}`;
    });
    afterEach(() => receiver.stop());

    const message = () => ({ target: "team", url, headers: { authorization: token }, body: '{"title":"❌ größer"}' });
    const sent = (timeout = 10_000) => post(message(), { timeout, now: () => now });

    /** The error of a message to a receiver that answers by `reply`, and what it says. */
    async function failure(reply: Reply, timeout?: number): Promise<Error> {
        receiver.replies = [reply];
        const error: unknown = await sent(timeout).then(
            () => assert.fail("it was taken"),
            (reason: unknown) => reason,
        );
        assert.ok(error instanceof Error);
        for (const hidden of [secret, "XXXX", token, "6CGtm", url, "127.0.0.1"]) {
            assert.ok(!JSON.stringify([error.message, error.stack, error.cause]).includes(hidden), error.message);
        }
        return error;
    }

    it("sends JSON with its headers by POST", async () => {
        await sent();
        const [{ method, path, headers, body }, ...more] = receiver.requests;
        assert.deepEqual(more, []);
        assert.deepEqual(
            [method, path, headers.authorization, headers["content-type"], body],
            [
                "POST",
                `/services/${secret}?key=${encodeURI(token)}`,
                token,
                "application/json; charset=utf-8",
                '{"title":"❌ größer"}',
            ],
        );
    });

    for (const [title, reply] of [
        ["200", says(200, {}, "ok")],
        ["202 with a body", says(202, { "content-type": "application/json" }, '{"status":"success"}')],
        ["204", says(204)],
        ["200, and is cut in the middle of the answer", cutAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegi")],
        [
            "200, and never ends the answer",
            response => void response.writeHead(200, { "content-length": "100" }).write("o"),
        ],
    ] as const satisfies readonly (readonly [string, Reply])[]) {
        it(`takes a message as taken whose receiver says ${title}`, async () => {
            receiver.replies = [reply];
            await sent();
            assert.equal(receiver.requests.length, 1);
        });
    }

    for (const [title, headers, status, seconds] of [
        ["429 with seconds", { "retry-after": "30" }, 429, 30],
        ["429 with a date", { "retry-after": "Fri, 27 Nov 2026 08:02:00 GMT" }, 429, 120],
        ["429 with a date that is over", { "retry-after": "Fri, 27 Nov 2026 07:00:00 GMT" }, 429, 1],
        ["429 with zero seconds", { "retry-after": "0" }, 429, 1],
        ["429 with parts of a second", { "retry-after": "1.5" }, 429, 2],
        ["429 with nothing", {}, 429, 60],
        ["429 with nonsense", { "retry-after": "soon" }, 429, 60],
        ["429 with a thousand years", { "retry-after": "31536000000" }, 429, 86_400],
        ["503 with seconds", { "retry-after": "7" }, 503, 7],
    ] as const) {
        it(`fails with the wait that the receiver wants: ${title}`, async () => {
            const error = await failure(says(status, headers));
            assert.ok(error instanceof Later);
            assert.deepEqual([error.seconds, error.message], [seconds, `team answered ${status}`]);
        });
    }

    for (const status of [500, 502, 503, 504, 408, 409, 425]) {
        it(`fails for now on ${status}`, async () => {
            const error = await failure(says(status));
            assert.deepEqual([error.constructor, error.message], [Error, `team answered ${status}`]);
        });
    }

    for (const [status, word] of [
        [400, "invalid_payload"],
        [401, ""],
        [403, "action_prohibited"],
        [404, "channel_not_found"],
        [410, "channel_is_archived"],
        [413, ""],
        [302, ""],
    ] as const) {
        it(`fails for good on ${status} ${word}`, async () => {
            const error = await failure(says(status, { location: "/login" }, word));
            assert.ok(error instanceof Refused && error instanceof Misconfigured);
            assert.equal(error.message, `team answered ${status}${word === "" ? "" : ` (${word})`}`);
            assert.equal(receiver.requests.length, 1, "it follows no redirection");
        });
    }

    for (const [title, body] of [
        ["the address", `no such hook: ${secret}`],
        ["a page", "<html>".repeat(1000)],
        ["a word of the message", "title"],
        ["a token in small letters", "services"],
    ] as const) {
        it(`fails without what the answer says when that is ${title}`, async () => {
            assert.equal((await failure(says(403, {}, body))).message, "team answered 403");
        });
    }

    for (const [title, reply, message, timeout] of [
        ["is silent", silent, /^team gave no answer: none within 0.05 s$/, 50],
        ["cuts the connection", cut, /^team gave no answer: UND_ERR_SOCKET$/],
        ["cuts it within the status", cutAfter("HTTP/1.1 20"), /^team gave no answer: UND_ERR_SOCKET$/],
        ["cuts it within the headers", cutAfter("HTTP/1.1 200 OK\r\nConte"), /^team gave no answer: UND_ERR_SOCKET$/],
        ["speaks no HTTP", cutAfter("220 smtp ready\r\n"), /^team gave no answer: [A-Z_]+$/],
    ] as const) {
        it(`fails for now on a receiver that ${title}`, async () => {
            const error = await failure(reply, timeout);
            assert.equal(error.constructor, Error);
            assert.match(error.message, message);
        });
    }

    it("fails for now where nobody listens", async () => {
        await receiver.stop();
        const error = await failure(silent);
        assert.deepEqual([error.constructor, error.message], [Error, "team gave no answer: ECONNREFUSED"]);
    });

    it("fails for now on a header that cannot be sent, without the header", async () => {
        await assert.rejects(post({ ...message(), headers: { authorization: `${token}\nx` } }), {
            name: "Error",
            message: "team gave no answer: the request failed",
        });
    });

    for (const wrong of ["", "hooks", `http://example.com/${secret}`, "ftp://127.0.0.1/", "javascript:alert(1)"]) {
        it(`fails for good on the address ${JSON.stringify(wrong)}`, async () => {
            await assert.rejects(post({ ...message(), url: wrong }), {
                name: "Refused",
                message: "expected the address of team to be an https URL",
            });
        });
    }
});

describe("the seconds of Retry-After", () => {
    for (const [value, seconds] of [
        [null, undefined],
        ["", undefined],
        [" 12 ", 12],
        ["-3", undefined],
        ["2026-11-27", undefined],
        ["Fri, 27 Nov 2026 08:00:01 GMT", 1],
    ] as const) {
        it(`are ${seconds} of ${JSON.stringify(value)}`, () => assert.equal(secondsOf(value, now), seconds));
    }
});
