import * as assert from "node:assert/strict";
import { Readable } from "node:stream";
import { Aws } from "../support/aws";
import { answered, built, eventOf, executionId, once, zip, type Input } from "../support/seals";

const files = { "app.js": "console.log('orders')", "lib/a.txt": "a".repeat(5000), "lib/b.txt": "b" };

const placeOf = (pipeline = "shop--orders") => `seals/${pipeline}/${executionId(1)}/orders.json`;

async function sealed(content: Buffer) {
    const aws = new Aws();
    const artifacts = built(aws, { orders: content });
    assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
    return { aws, artifacts, key: artifacts[0].key };
}

async function refuses(aws: Aws, artifacts: readonly Input[], message: RegExp) {
    const { verdict, message: found } = await answered(aws, "verify", { artifacts });
    assert.equal(verdict, "no");
    assert.match(found, message);
}

describe("attacks by names, by bodies, and between two runs", () => {
    it("fails on an object that is replaced between two runs", async () => {
        const aws = new Aws();
        const [a, b] = [Buffer.alloc(1000, 1), Buffer.alloc(1000, 2)];
        const artifacts = built(aws, { a, b });
        await answered(aws, "seal", { artifacts });
        const { now } = Date;
        let clock = 0;
        const place = artifacts[1].key;
        aws.bucket.beforeRead = key => void (clock += key === place ? 30_000 : 0);
        Date.now = () => clock;
        try {
            const runOf = (token?: string) =>
                once(aws, "verify", eventOf("verify", { artifacts, ...(token !== undefined && { token }) }), {
                    getRemainingTimeInMillis: () => 80_000,
                });
            const first = await runOf();
            assert.equal(first.verdict, "on", first.message);
            aws.bucket.put(artifacts[0].key, Buffer.alloc(1000, 3));
            aws.bucket.beforeRead = () => undefined;
            const second = await runOf(first.token);
            assert.equal(second.verdict, "no");
            assert.match(second.message, /the artifact a: .* was replaced while it was looked at/);
        } finally {
            Date.now = now;
        }
    });

    it("fails on bodies that end early, after it has asked for the rest a few times", async () => {
        const { aws, artifacts, key } = await sealed(Buffer.alloc(10_000, 7));
        const answer = aws.bucket.answer.bind(aws.bucket);
        let asked = 0;
        aws.bucket.answer = (operation, input) => {
            const found = answer(operation, input);
            if (operation !== "GetObjectCommand" || input.Key !== key) {
                return found;
            }
            asked++;
            return { ...found, Body: Readable.from([Buffer.alloc(asked < 3 ? 100 : 0, 7)]) };
        };
        const { verdict, message } = await answered(aws, "verify", { artifacts });
        assert.equal(verdict, "no");
        assert.match(message, /could not read .* to its end/);
        assert.equal(asked, 4);
    });

    it("fails on bodies that are longer than was asked for", async () => {
        const { aws, artifacts, key } = await sealed(Buffer.alloc(100, 7));
        const answer = aws.bucket.answer.bind(aws.bucket);
        aws.bucket.answer = (operation, input) => {
            const found = answer(operation, input);
            return operation === "GetObjectCommand" && input.Key === key
                ? { ...found, Body: Readable.from([Buffer.alloc(100, 7), Buffer.from("x")]) }
                : found;
        };
        assert.match((await answered(aws, "verify", { artifacts })).message, /expected bytes 0 to 100 .*, found more/);
    });

    it("fails on artifacts with names that objects of JavaScript have themselves, as on any other", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { ["__proto__"]: await zip(files), constructor: await zip(files) });
        assert.equal(
            (await answered(aws, "seal", { artifacts })).message,
            "sealed __proto__ (3 files), constructor (3 files)",
        );
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
        for (const { key } of artifacts) {
            const before = aws.bucket.read(key);
            aws.bucket.put(key, await zip({ ...files, ["__proto__"]: "evil" }));
            await refuses(aws, artifacts, /added: "__proto__"/);
            aws.bucket.put(key, before);
        }
    });

    it("fails on a release of a service whose name begins like this one's", async () => {
        const aws = new Aws();
        const theirs = { pipeline: "shop--orders-2", execution: executionId(1) };
        const artifacts = built(aws, { orders: await zip(files) }, theirs);
        await answered(aws, "seal", { artifacts, ...theirs });
        const mine = built(aws, { orders: await zip(files) });
        await refuses(aws, mine, /expected a seal of/);
        aws.bucket.put(placeOf(), aws.bucket.read(placeOf("shop--orders-2")));
        await refuses(aws, mine, /expected pipeline shop--orders, found/);
    });
});
