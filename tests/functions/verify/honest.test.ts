import * as assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { Aws, settings } from "../support/aws";
import { answered, built, executionId, once, eventOf, zip } from "../support/seals";

const orders = () => zip({ "app.js": "console.log('orders')", "lib/": "", "lib/a.txt": "a".repeat(100_000) });

const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

describe("seals of honest releases", () => {
    it("are made after a build, and found right before a deploy", async () => {
        const aws = new Aws();
        const archive = await orders();
        const artifacts = built(aws, { orders: archive });
        assert.deepEqual(await answered(aws, "seal", { artifacts }), {
            verdict: "yes",
            message: "sealed orders (2 files)",
        });
        assert.deepEqual(await answered(aws, "verify", { artifacts }), {
            verdict: "yes",
            message: "orders: as sealed",
        });
    });

    it("are statements of in-toto in an envelope that anybody can check", async () => {
        const aws = new Aws();
        const archive = await orders();
        const artifacts = built(aws, { orders: archive });
        await answered(aws, "seal", { artifacts });
        const envelope = JSON.parse(aws.bucket.read(`seals/shop--orders/${executionId(1)}/orders.json`).toString());
        const payload = Buffer.from(envelope.payload as string, "base64");
        assert.equal(envelope.payloadType, "application/vnd.in-toto+json");
        assert.deepEqual(
            (envelope.signatures as { keyid: string }[]).map(({ keyid }) => keyid),
            [settings.signingKey],
        );
        const signed = Buffer.concat([
            Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `),
            payload,
        ]);
        const signature = Buffer.from(envelope.signatures[0].sig as string, "base64");
        assert.ok(
            verify(
                "sha256",
                signed,
                createPublicKey(aws.publicKey().export({ format: "pem", type: "spki" })),
                signature,
            ),
        );
        const { sealedAt, etag, ...predicate } = JSON.parse(payload.toString()).predicate;
        assert.ok(Date.now() - Date.parse(sealedAt as string) < 60_000 && etag !== undefined);
        assert.deepEqual(predicate, {
            pipeline: "shop--orders",
            execution: executionId(1),
            artifact: "orders",
            archive: true,
            bucket: settings.bucket,
            key: artifacts[0].key,
            version: "v1",
            size: archive.length,
            partSize: 64 * 1024 * 1024,
            parts: [sha256(archive)],
            revisions: [{ name: "source", id: "f00d", url: "https://example.com/f00d" }],
        });
        assert.deepEqual(JSON.parse(payload.toString()).subject, [
            { name: `s3://${settings.bucket}/${artifacts[0].key}`, digest: { sha256: sha256(archive) } },
            { name: "app.js", digest: { sha256: sha256("console.log('orders')") }, annotations: { size: 21 } },
            { name: "lib/a.txt", digest: { sha256: sha256("a".repeat(100_000)) }, annotations: { size: 100_000 } },
        ]);
    });

    it("hold for a rollback, and for one of a rollback", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await orders() });
        await answered(aws, "seal", { artifacts });
        built(aws, {}, { execution: executionId(2), rollbackOf: executionId(1) });
        built(aws, {}, { execution: executionId(3), rollbackOf: executionId(2) });
        for (const execution of [2, 3].map(executionId)) {
            assert.equal((await answered(aws, "verify", { artifacts, execution })).verdict, "yes");
        }
    });

    it("hold for what a rollback builds itself, beside what it takes from the old release", async () => {
        const aws = new Aws();
        const old = built(aws, { orders: await orders(), site: await zip({ a: "old" }) });
        await answered(aws, "seal", { artifacts: old });
        const execution = executionId(2);
        const fresh = built(aws, { site: await zip({ a: "new" }) }, { execution, rollbackOf: executionId(1) });
        await answered(aws, "seal", { artifacts: fresh, execution });
        const artifacts = [old[0], fresh[0]];
        assert.equal((await answered(aws, "verify", { artifacts, execution })).verdict, "yes");
    });

    it("hold for a copy of the old release that a rollback takes, as long as its bytes are the same", async () => {
        const aws = new Aws();
        const [{ name, key }] = built(aws, { orders: await orders() });
        await answered(aws, "seal", { artifacts: [{ name, key }] });
        const execution = executionId(2);
        built(aws, {}, { execution, rollbackOf: executionId(1) });
        const [copy, elsewhere] = ["shop--orders/orders/copied", "shop--orders/site/copied"];
        [copy, elsewhere].forEach(place => aws.bucket.put(place, aws.bucket.read(key)));
        const asked = (at: string) => answered(aws, "verify", { artifacts: [{ name, key: at }], execution });
        assert.equal((await asked(copy)).verdict, "yes");
        assert.match((await asked(elsewhere)).message, /expected a seal of/);
        aws.bucket.put(copy, await zip({ evil: "" }));
        assert.match((await asked(copy)).message, /is not what was sealed/);
    });

    it("are no seals of a copy in the execution that has made the artifact", async () => {
        const aws = new Aws();
        const [{ name, key }] = built(aws, { orders: await orders() });
        await answered(aws, "seal", { artifacts: [{ name, key }] });
        aws.bucket.put("shop--orders/orders/copied", aws.bucket.read(key));
        const artifacts = [{ name, key: "shop--orders/orders/copied" }];
        assert.match((await answered(aws, "verify", { artifacts })).message, /expected a seal of/);
    });

    it("are made anew when a stage that is retried puts its artifact elsewhere", async () => {
        const aws = new Aws();
        const first = built(aws, { orders: await orders() });
        await answered(aws, "seal", { artifacts: first });
        const artifacts = [{ name: "orders", key: "shop--orders/orders/again" }];
        aws.bucket.put(artifacts[0].key, await zip({ "app.js": "built again" }));
        aws.actions.push({
            ...aws.actions[1],
            output: {
                outputArtifacts: [{ name: "orders", s3location: { bucket: settings.bucket, key: artifacts[0].key } }],
            },
        });
        assert.match((await answered(aws, "verify", { artifacts })).message, /expected a seal of/);
        assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
        assert.match((await answered(aws, "verify", { artifacts: first })).message, /expected a seal of/);
    });

    it("are written over when a stage that builds is retried", async () => {
        const aws = new Aws();
        await answered(aws, "seal", { artifacts: built(aws, { orders: await orders() }) });
        const artifacts = built(aws, { orders: await zip({ "app.js": "built again" }) });
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "no");
        await answered(aws, "seal", { artifacts });
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });

    it("need no versions of the bucket", async () => {
        const aws = new Aws({ versioned: false });
        const artifacts = built(aws, { orders: await orders() });
        assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });

    it("are made of what is no archive, and of five artifacts at once", async () => {
        const aws = new Aws();
        const made = { a: "text", b: await zip({}), c: await orders(), d: "", e: JSON.stringify({ clone: true }) };
        const artifacts = built(aws, made);
        assert.equal(
            (await answered(aws, "seal", { artifacts })).message,
            "sealed a (one file), b (0 files), c (2 files), d (one file), e (one file)",
        );
        assert.equal((await answered(aws, "verify", { artifacts })).message, "a, b, c, d, e: as sealed");
    });

    it("do not mind that Lambda hands over an event twice, or that the job is over", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await orders() });
        const event = eventOf("seal", { artifacts });
        assert.equal((await once(aws, "seal", event)).verdict, "yes");
        aws.failing.set("PutJobSuccessResultCommand", {
            error: Object.assign(new Error("the job is over"), { name: "InvalidJobStateException" }),
        });
        assert.equal((await once(aws, "seal", event)).verdict, "yes");
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });

    it("survive a connection that breaks off", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: Buffer.alloc(1_000_000, 7) });
        await answered(aws, "seal", { artifacts });
        aws.bucket.breaks.push(100, 0, 3);
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });
});
