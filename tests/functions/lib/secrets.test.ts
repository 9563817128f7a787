import * as assert from "node:assert/strict";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { secretText } from "../../../functions/lib/secrets";

describe("a secret text", () => {
    const manager = mockClient(SecretsManagerClient);
    let client: SecretsManagerClient;
    let now: number;

    beforeEach(() => {
        manager.reset();
        client = new SecretsManagerClient({});
        now = 1_000_000;
    });

    const holds = (value: string) => manager.on(GetSecretValueCommand).resolves({ SecretString: value });
    const read = (field?: string, since?: number, secret = "slack") =>
        secretText(
            client,
            { secret, ...(field !== undefined && { field }) },
            { now: () => now, ...(since !== undefined && { since }) },
        );
    const asked = () => manager.commandCalls(GetSecretValueCommand).map(({ args: [{ input }] }) => input);

    it("is the whole value, or a field of it", async () => {
        holds('{ "webhook": "https://hooks", "other": "x" }');
        assert.deepEqual(
            [await read(), await read("webhook"), await read("other")],
            ['{ "webhook": "https://hooks", "other": "x" }', "https://hooks", "x"],
        );
        assert.deepEqual(asked(), [{ SecretId: "slack" }]);
    });

    it("comes without the line break at the end of a file", async () => {
        holds(" https://hooks\r\n");
        assert.equal(await read(), "https://hooks");
    });

    it("is asked for once by all who need it at the same time, and by secret", async () => {
        holds('{ "a": "1", "b": "2" }');
        assert.deepEqual(await Promise.all([read("a"), read("b"), read("a")]), ["1", "2", "1"]);
        await read("a", undefined, "pager");
        assert.deepEqual(asked(), [{ SecretId: "slack" }, { SecretId: "pager" }]);
    });

    it("is kept for five minutes", async () => {
        holds("old");
        await read();
        holds("new");
        now += 5 * 60 * 1000 - 1;
        assert.equal(await read(), "old");
        now += 1;
        assert.equal(await read(), "new");
    });

    it("is asked for again by who wants it fresh, once for all of them", async () => {
        holds("old");
        await read();
        const refused = now;
        holds("new");
        now += 1;
        assert.deepEqual(
            [await read(undefined, refused), await read(undefined, refused), await read()],
            ["new", "new", "new"],
        );
        assert.equal(asked().length, 2);
    });

    const hidden = "6CGtmAa3lzWtV7a";
    for (const [title, value, field, message] of [
        ["is empty", " \n", undefined, "expected the secret slack to hold a text, found none"],
        ["is no JSON", hidden, "webhook", 'expected the secret slack to be a JSON object with the text "webhook"'],
        ["is null", "null", "webhook", 'expected the secret slack to be a JSON object with the text "webhook"'],
        [
            "is a list",
            `["${hidden}"]`,
            "length",
            'expected the secret slack to be a JSON object with the text "length"',
        ],
        [
            "lacks the field",
            `{"key":"${hidden}"}`,
            "webhook",
            'expected the secret slack to be a JSON object with the text "webhook"',
        ],
        [
            "has a number there",
            `{"webhook":12}`,
            "webhook",
            'expected the secret slack to be a JSON object with the text "webhook"',
        ],
        [
            "has nothing of its own there",
            `{"key":"${hidden}"}`,
            "constructor",
            'expected the secret slack to be a JSON object with the text "constructor"',
        ],
    ] as const) {
        it(`fails without its value when it ${title}`, async () => {
            holds(value);
            const error: unknown = await read(field).catch((reason: unknown) => reason);
            assert.ok(error instanceof Error);
            assert.equal(error.message, message);
            assert.ok(![error.stack, String(error.cause)].join().includes(hidden));
        });
    }

    it("fails on bytes", async () => {
        manager.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array([1]) });
        await assert.rejects(read(), { message: "expected the secret slack to be a text, found bytes" });
    });

    it("fails with AWS's reason, and asks again the next time", async () => {
        manager.on(GetSecretValueCommand).rejectsOnce(Object.assign(new Error("no grant"), { name: "AccessDenied" }));
        await assert.rejects(read(), { message: "the secret slack cannot be read: AccessDenied: no grant" });
        holds("mended");
        assert.equal(await read(), "mended");
    });

    it("fails on a value that was wrong, and asks again the next time", async () => {
        holds("{}");
        await assert.rejects(read("webhook"));
        holds('{"webhook":"mended"}');
        assert.equal(await read("webhook"), "mended");
    });
});
