import * as assert from "node:assert/strict";
import { Aws, settings } from "../support/aws";
import { answered, built, executionId, zip, type Input } from "../support/seals";

const files = { "app.js": "console.log('orders')", "lib/a.txt": "a".repeat(5000), "lib/b.txt": "b" };

const placeOf = (artifact = "orders", execution = executionId(1), pipeline = "shop--orders") =>
    `seals/${pipeline}/${execution}/${artifact}.json`;

/** A sealed release of orders, which an attack changes. */
async function released(content?: Buffer) {
    const aws = new Aws();
    const archive = content ?? (await zip(files));
    const artifacts = built(aws, { orders: archive });
    assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
    return { aws, archive, artifacts, key: artifacts[0].key };
}

type Released = Awaited<ReturnType<typeof released>>;

const changed = (archive: Buffer, at: number) => {
    const copy = Buffer.from(archive);
    copy[at] ^= 1;
    return copy;
};

describe("attacks on what is deployed", () => {
    const refuses = async ({ aws, artifacts }: Released, message: RegExp) => {
        const { verdict, message: found } = await answered(aws, "verify", { artifacts });
        assert.equal(verdict, "no");
        assert.match(found, message);
    };

    const onBytes: readonly (readonly [string, (archive: Buffer) => Buffer | Promise<Buffer>, RegExp])[] = [
        ["a byte of a file", archive => changed(archive, archive.indexOf("app.js") + 10), /changed: "app.js"\. Do not/],
        [
            "a file, with all sums right",
            () => zip({ ...files, "app.js": "console.log('0rders')" }),
            /changed: "app.js"/,
        ],
        [
            "a file that is longer",
            () => zip({ ...files, "lib/b.txt": "bb" }),
            /bytes were sealed, found \d+; changed: "lib\/b.txt"/,
        ],
        ["a byte of a header", archive => changed(archive, 10), /no file has changed, but what is around/],
        ["a name in a header", archive => changed(archive, 31), /changed: "app.js"/],
        ["a comment", archive => Buffer.concat([archive.subarray(0, -2), Buffer.of(2, 0, 65, 65)]), /around the files/],
        ["something behind", archive => Buffer.concat([archive, Buffer.from("more")]), /can no longer be opened/],
        ["less", archive => archive.subarray(0, -5), /can no longer be opened/],
        ["nothing", () => Buffer.alloc(0), /no ZIP archive any more/],
        ["another file", () => Buffer.from("#!/bin/sh"), /no ZIP archive any more/],
        ["a file more", () => zip({ ...files, "evil.sh": "rm" }), /added: "evil.sh"/],
        [
            "a file less",
            () => zip({ "app.js": files["app.js"], "lib/a.txt": files["lib/a.txt"] }),
            /removed: "lib\/b.txt"/,
        ],
        ["a folder more", () => zip({ ...files, "evil/": "" }), /around the files/],
        [
            "a file under another name",
            () => zip({ "App.js": files["app.js"], "lib/a.txt": files["lib/a.txt"], "lib/b.txt": "b" }),
            /added: "App.js"; removed: "app.js"/,
        ],
        [
            "very many files more",
            () =>
                zip({ ...files, ...Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`evil\u202e${i}`, ""])) }),
            /added: "evil\\u\{202e\}0".* and 295 more/,
        ],
        ["the same, packed otherwise", () => zip(files, false), /around the files/],
        [
            "a bomb in the place of a file",
            () => zip({ ...files, "app.js": Buffer.alloc(300 * 1024 * 1024) }),
            /changed: "app.js"/,
        ],
    ];
    for (const [title, attack, message] of onBytes) {
        it(`fails on ${title} in the artifact`, async function () {
            this.timeout(30_000);
            const release = await released();
            release.aws.bucket.put(release.key, await attack(release.archive));
            await refuses(release, message);
        });
    }

    it("fails on a changed file that is no archive", async () => {
        const release = await released(Buffer.from("text"));
        release.aws.bucket.put(release.key, "test");
        await refuses(release, /is not what was sealed: the file has changed/);
    });

    it("fails on an artifact that is gone", async () => {
        const release = await released();
        release.aws.bucket.delete(release.key);
        await refuses(release, /expected the artifact at .*, found nothing there/);
    });

    it("fails on an artifact in another bucket, sealed as it is", async () => {
        const release = await released();
        const artifacts = release.artifacts.map(artifact => ({ ...artifact, bucket: "somebody-elses" }));
        await refuses({ ...release, artifacts }, /expected it in the bucket shop-artifacts/);
    });

    it("fails on an artifact that is not sealed, and says where its seal was looked for", async () => {
        const release = await released();
        release.aws.bucket.delete(placeOf());
        await refuses(
            release,
            new RegExp(`expected a seal of .*looked at s3://${settings.bucket}/${placeOf()}.*Release`),
        );
    });

    it("fails on the artifact of an older release of the same service, and on its seal in the new one's place", async () => {
        const release = await released();
        const { aws } = release;
        const execution = executionId(2);
        const artifacts = built(aws, { orders: await zip({ "app.js": "new" }) }, { execution });
        await answered(aws, "seal", { artifacts, execution });
        const old = await answered(aws, "verify", { artifacts: release.artifacts, execution });
        assert.match(old.message, /expected a seal of .*found none that may be read/);
        aws.bucket.put(placeOf("orders", execution), aws.bucket.read(placeOf()));
        for (const asked of [artifacts, release.artifacts]) {
            const replayed = await answered(aws, "verify", { artifacts: asked, execution });
            assert.match(replayed.message, /is of something else: expected execution 00000002.*found 00000001/);
        }
        aws.bucket.put(artifacts[0].key, release.archive);
        const both = await answered(aws, "verify", { artifacts, execution });
        assert.match(both.message, /is of something else/);
        await answered(aws, "seal", { artifacts: built(aws, { orders: "new" }, { execution }), execution });
        aws.bucket.put(artifacts[0].key, release.archive);
        const again = await answered(aws, "verify", { artifacts, execution });
        assert.match(again.message, /is not what was sealed/);
    });

    it("fails on another artifact of the same execution, and on its seal", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await zip(files), site: await zip({ a: "b" }) });
        await answered(aws, "seal", { artifacts });
        const [orders, site] = artifacts;
        const swapped: Input[] = [{ name: "orders", key: site.key }];
        assert.match((await answered(aws, "verify", { artifacts: swapped })).message, /expected a seal of .*site/);
        aws.bucket.put(placeOf("orders"), aws.bucket.read(placeOf("site")));
        for (const asked of [swapped, [orders]]) {
            assert.match(
                (await answered(aws, "verify", { artifacts: asked })).message,
                /expected artifact orders, found site/,
            );
        }
    });

    it("fails on the artifact of another service, and on its seal", async () => {
        const release = await released();
        const { aws } = release;
        const other = { pipeline: "shop--billing", execution: executionId(2) };
        const artifacts = built(aws, { orders: await zip({ evil: "b" }) }, other);
        await answered(aws, "seal", { artifacts, ...other });
        await refuses({ ...release, artifacts }, /expected a seal of/);
        aws.bucket.put(placeOf(), aws.bucket.read(placeOf("orders", executionId(2), "shop--billing")));
        await refuses({ ...release, artifacts }, /expected pipeline shop--orders, found shop--billing/);
        await refuses(release, /expected pipeline shop--orders, found shop--billing/);
    });

    it("fails on an execution of another pipeline, and on one that is not there", async () => {
        const { aws, artifacts } = await released();
        built(aws, {}, { pipeline: "shop--billing", execution: executionId(2) });
        for (const asked of [
            { pipeline: "shop--billing" },
            { execution: executionId(2) },
            { execution: executionId(9) },
        ]) {
            const { verdict, message } = await answered(aws, "verify", { artifacts, ...asked });
            assert.equal(verdict, "no");
            assert.match(message, /could not look at the execution/);
        }
    });

    it("does not take the seals of a release that a standard execution does not go back to", async () => {
        const { aws, artifacts } = await released();
        built(aws, {}, { execution: executionId(2) });
        aws.executions.set(executionId(2), {
            ...aws.executions.get(executionId(2)),
            rollbackMetadata: { rollbackTargetPipelineExecutionId: executionId(1) },
        });
        assert.equal((await answered(aws, "verify", { artifacts, execution: executionId(2) })).verdict, "no");
    });

    it("ends where rollbacks go in a circle, or on and on", async () => {
        const { aws, artifacts } = await released();
        built(aws, {}, { execution: executionId(2), rollbackOf: executionId(3) });
        built(aws, {}, { execution: executionId(3), rollbackOf: executionId(2) });
        assert.match(
            (await answered(aws, "verify", { artifacts, execution: executionId(2) })).message,
            /expected a seal/,
        );
        for (let index = 10; index < 30; index++) {
            built(aws, {}, { execution: executionId(index), rollbackOf: executionId(index + 1) });
        }
        assert.match(
            (await answered(aws, "verify", { artifacts, execution: executionId(10) })).message,
            /rollbacks to rollbacks/,
        );
    });

    it("fails on an object that is replaced while it is read, whenever that is", async () => {
        for (const versioned of [true, false]) {
            for (let read = 1; read <= 3; read++) {
                const aws = new Aws({ versioned });
                const artifacts = built(aws, { orders: await zip(files) });
                await answered(aws, "seal", { artifacts });
                const other = await zip({ evil: "b" });
                let reads = 0;
                aws.bucket.beforeRead = key => {
                    if (key === artifacts[0].key && ++reads === read) {
                        aws.bucket.put(key, other);
                    }
                };
                const { verdict, message } = await answered(aws, "verify", { artifacts });
                assert.equal(verdict, "no", `${read}`);
                assert.match(message, read === 1 ? /is not what was sealed/ : /was replaced/);
            }
        }
    });

    it("fails closed on whatever AWS does not answer", async () => {
        for (const [operation, needs] of [
            ["GetPipelineExecutionCommand", /codepipeline:GetPipelineExecution/],
            ["HeadObjectCommand", /s3:GetObject/],
            ["GetObjectCommand", /expected a seal/],
            ["VerifyCommand", /kms:Verify/],
        ] as const) {
            const { aws, artifacts } = await released();
            for (const name of ["AccessDenied", "ThrottlingException"]) {
                const error = Object.assign(new Error("no"), { name, $metadata: { httpStatusCode: 400 } });
                aws.failing.set(operation, { error });
                const { verdict, message, type } = await answered(aws, "verify", { artifacts });
                assert.equal(verdict, "no");
                if (name === "AccessDenied") {
                    assert.match(message, needs);
                } else {
                    assert.match(message, /could not .*ThrottlingException.*Retry the stage/);
                    assert.equal(type, "SystemUnavailable");
                }
            }
        }
    });
});
