import * as assert from "node:assert/strict";
import { Aws, settings } from "../support/aws";
import { failure } from "../support/bucket";
import { forge } from "../support/forge";
import { answered, built, credential, eventOf, executionId, jobId, once, zip, type Asked } from "../support/seals";
import { run } from "../../../functions/lib/seals/run";

const digest = `repository@sha256:${"a".repeat(64)}`;

async function world(files: Readonly<Record<string, string>> = { "app.js": "a" }) {
    const aws = new Aws();
    return { aws, artifacts: built(aws, { orders: await zip(files) }) };
}

const sealKeys = (aws: Aws) => aws.bucket.keys.filter(key => key.startsWith(settings.folder));

describe("the function that seals", () => {
    /** A forged event opens nothing: no signature, and nothing below the folder of seals. */
    async function refuses(aws: Aws, asked: Asked, message: RegExp) {
        const answer = await answered(aws, "seal", asked);
        assert.equal(answer.verdict, "no");
        assert.match(answer.message, message);
        assert.equal(aws.count("SignCommand"), 0);
        assert.deepEqual(sealKeys(aws), []);
        return answer;
    }

    it("fails on an action that is not in progress, after it has looked a few times", async () => {
        const { aws, artifacts } = await world();
        for (const asked of [{ action: "other" }, { stage: "Source" }, { action: "build" }]) {
            await refuses(aws, { artifacts, ...asked }, /to be in progress .*CodePipeline lists none/);
        }
        assert.equal(aws.count("ListActionExecutionsCommand"), 3 * 7);
    });

    it("fails on an action in progress that asks for no seals, such as an approval that waits for days", async () => {
        const { aws, artifacts } = await world();
        const [asks] = aws.actions;
        const none = /to be in progress .*CodePipeline lists none/;
        for (const actionName of ["approve", "sealed", "verify", "unseal"]) {
            aws.actions = [{ ...asks, actionName }, ...aws.actions.slice(1)];
            await refuses(aws, { artifacts, action: actionName }, none);
        }
        const lambda = { category: "Invoke", owner: "AWS", provider: "Lambda", version: "1" } as const;
        for (const input of [
            { actionTypeId: { ...lambda, category: "Approval", provider: "Manual" } as const },
            { actionTypeId: { ...lambda, provider: "StepFunctions" } },
            { actionTypeId: lambda, inputArtifacts: [{ name: "site" }] },
        ]) {
            aws.actions = [{ ...asks, input }, ...aws.actions.slice(1)];
            await refuses(aws, { artifacts }, none);
        }
        const input = { actionTypeId: lambda, inputArtifacts: [{ name: "site" }, { name: "orders" }] };
        for (const actionName of ["seal", "seal-2", "seal-migrate"]) {
            aws.actions = [{ ...asks, actionName, input }, ...aws.actions.slice(1)];
            assert.equal((await answered(aws, "seal", { artifacts, action: actionName })).verdict, "yes");
        }
    });

    it("fails on an event that leaves out the files that name images, where CodePipeline lists them", async () => {
        const { aws, artifacts } = await world({ "imagedefinitions.json": '[{"name":"a","imageUri":"a:latest"}]' });
        const [asks] = aws.actions;
        const listing = (UserParameters: string) => {
            aws.actions = [{ ...asks, input: { configuration: { UserParameters } } }, ...aws.actions.slice(1)];
        };
        listing(JSON.stringify({ images: { orders: ["imagedefinitions.json"] } }));
        await refuses(aws, { artifacts }, /to name images by their digests/);
        await refuses(aws, { artifacts, images: { orders: [] } }, /to name images by their digests/);
        listing("cut off {");
        assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
    });

    it("seals once CodePipeline lists what has asked", async () => {
        const { aws, artifacts } = await world();
        const actions = aws.actions;
        aws.actions = [];
        const first = await once(aws, "seal", eventOf("seal", { artifacts }));
        assert.equal(first.verdict, "on");
        aws.actions = actions;
        const second = await once(aws, "seal", eventOf("seal", { artifacts, token: first.token }));
        assert.equal(second.verdict, "yes");
    });

    it("finds actions on later pages", async () => {
        const { aws, artifacts } = await world();
        aws.pageSize = 1;
        aws.actions.unshift(...aws.actions.map(action => ({ ...action, actionName: "other", output: {} })));
        assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
        assert.equal(aws.count("ListActionExecutionsCommand"), 4);
    });

    it("fails on what no action has made", async () => {
        const { aws, artifacts } = await world();
        const [orders] = artifacts;
        aws.bucket.put("shop--orders/evil", await zip({ evil: "" }));
        const none = /has made the artifact .*CodePipeline lists none.*not sealed/;
        await refuses(aws, { artifacts: [{ ...orders, key: "shop--orders/evil" }] }, none);
        await refuses(aws, { artifacts: [{ ...orders, name: "site" }] }, none);
        aws.actions = aws.actions.map(action =>
            action.actionName === "build" ? { ...action, status: "Failed" } : action,
        );
        await refuses(aws, { artifacts }, none);
    });

    it("fails on what was written after the action that has made it was over", async () => {
        const { aws, artifacts } = await world();
        const at = (time: string) => new Date(`2026-11-25T${time}Z`);
        const [asks, builds] = aws.actions;
        aws.actions = [asks, { ...builds, lastUpdateTime: at("10:00:00") }];
        aws.bucket.modified = at("10:05:01");
        await refuses(
            aws,
            { artifacts },
            /artifact orders: expected .* as it was .*10:00:00.*written later \(.*10:05:01/,
        );
        // The clocks of two services, and a retry of the build.
        aws.bucket.modified = at("10:05:00");
        assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
        aws.bucket.modified = at("11:00:00");
        aws.actions = [asks, { ...builds, lastUpdateTime: at("11:00:01") }, ...aws.actions.slice(1)];
        assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });

    it("fails on an artifact of another execution, or another pipeline", async () => {
        const { aws, artifacts } = await world();
        const theirs = { pipeline: "shop--billing", execution: executionId(2) };
        const other = built(aws, { orders: await zip({ evil: "" }) }, theirs);
        await refuses(aws, { artifacts: other }, /has made the artifact/);
        await refuses(aws, { artifacts, execution: executionId(2) }, /has made the artifact|could not look/);
        aws.filters = false;
        await refuses(aws, { artifacts: other }, /has made the artifact/);
        await refuses(aws, { artifacts, pipeline: "shop--billing" }, /could not look at|has made|to be in progress/);
    });

    it("fails on an artifact elsewhere", async () => {
        const { aws, artifacts } = await world();
        const [orders] = artifacts;
        await refuses(aws, { artifacts: [{ ...orders, bucket: "evil" }] }, /expected it in the bucket shop-artifacts/);
        await refuses(aws, { artifacts: [{ ...orders, key: "seals/shop--orders/x" }] }, /and not below seals\//);
    });

    it("fails on hostile parameters and artifacts, and repeats nothing of them", async () => {
        const { aws, artifacts } = await world();
        const right = { pipeline: "shop--orders", execution: executionId(1), stage: "Build", action: "seal" };
        for (const parameters of [
            { ...right, pipeline: `../${credential}` },
            { ...right, pipeline: ".." },
            { ...right, pipeline: "a/b" },
            { ...right, execution: `${executionId(1)}/x` },
            { ...right, execution: "work" },
            { ...right, stage: "a\nb" },
            { ...right, action: ["seal"] },
            { ...right, action: "a".repeat(101) },
            '{"__proto__":{"pipeline":"shop--orders"},"constructor":1}',
            `{"pipeline":"${credential}`,
            "[]",
            "null",
            "[".repeat(20_000),
            `"${"a".repeat(30_000)}"`,
        ]) {
            assert.match(
                (await refuses(aws, { artifacts, parameters }, /^expected UserParameters/)).type ?? "",
                /Config/,
            );
        }
        for (const wrong of [
            [],
            [{ name: "../orders", key: "a" }],
            [{ name: `${credential}!`, key: "a" }],
            [{ name: "orders", key: "" }],
            [{ name: "orders", key: "a b" }],
            [...artifacts, ...artifacts],
            Array.from({ length: 6 }, (_, index) => ({ name: `a${index}`, key: "a" })),
        ]) {
            await refuses(aws, { artifacts: wrong }, /^expected (1 to 5 )?input artifacts/);
        }
        for (const images of ["a", { orders: "a" }, { orders: [1] }, { orders: Array(21).fill("a") }]) {
            await refuses(aws, { artifacts, images }, /expected images as lists of files/);
        }
        assert.equal(({} as Record<string, unknown>).pipeline, undefined);
    });

    it("fails on an event without a job, without a word of it", async () => {
        const { aws } = await world();
        for (const event of [
            undefined,
            {},
            { "CodePipeline.job": { id: 1, data: credential } },
            { id: jobId, credential },
        ]) {
            const error = await run(event, { getRemainingTimeInMillis: () => 900_000 }, aws.tools, () =>
                assert.fail(),
            ).catch((reason: unknown) => reason);
            assert.match(String(error), /expected an event of CodePipeline with the id of a job/);
            assert.ok(!String((error as Error).stack).includes(credential));
        }
    });

    it("throws when it cannot answer, so that Lambda tries again, without a word of the event", async () => {
        const { aws, artifacts } = await world();
        aws.failing.set("PutJobSuccessResultCommand", { error: failure("ThrottlingException", 400) });
        await assert.rejects(once(aws, "seal", eventOf("seal", { artifacts })), /^ThrottlingException/);
        assert.equal((await once(aws, "seal", eventOf("seal", { artifacts }))).verdict, "yes");
    });

    it("fails closed on whatever AWS does not allow or answer, and says which permission is missing", async () => {
        for (const [operation, permission] of [
            ["ListActionExecutionsCommand", /codepipeline:ListActionExecutions/],
            ["GetPipelineExecutionCommand", /codepipeline:GetPipelineExecution/],
            ["HeadObjectCommand", /s3:GetObject/],
            ["GetObjectCommand", /s3:GetObjectVersion and kms:Decrypt/],
            ["SignCommand", /kms:Sign/],
            ["PutObjectCommand", /s3:PutObject .*kms:GenerateDataKey/],
        ] as const) {
            const { aws, artifacts } = await world();
            aws.failing.set(operation, { error: failure("AccessDenied", 403), always: true });
            const { verdict, message, type } = await answered(aws, "seal", { artifacts });
            assert.deepEqual([verdict, type], ["no", "PermissionError"]);
            assert.match(message, permission);
            aws.failing.set(operation, { error: failure("ThrottlingException", 400), always: true });
            assert.match((await answered(aws, "seal", { artifacts })).message, /ThrottlingException.*Retry the stage/);
            assert.deepEqual(sealKeys(aws), []);
        }
    });

    it("fails on an archive that is not sound, with the artifact's name", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: forge([{ name: "../x" }]) });
        await refuses(
            aws,
            { artifacts },
            /^the artifact orders: cannot be sealed: the name "..\/x" leaves the folder. Build/,
        );
    });

    it("fails on a signature by another key", async () => {
        const { aws, artifacts } = await world();
        const { tools } = aws;
        const kms = {
            send: () => Promise.resolve({ KeyId: "other", Signature: Buffer.of(1) }),
        } as unknown as typeof tools.kms;
        Object.defineProperty(aws, "tools", { value: { ...tools, kms } });
        await refuses(aws, { artifacts }, /expected a signature by arn/);
    });

    const images: readonly (readonly [string, Readonly<Record<string, string>>, RegExp | undefined])[] = [
        ["a definition by digest", { "images.json": JSON.stringify([{ name: "app", imageUri: digest }]) }, undefined],
        ["a detail by digest", { "images.json": JSON.stringify({ ImageURI: digest, ImageTags: ["1"] }) }, undefined],
        [
            "a definition by a tag",
            {
                "images.json": JSON.stringify([
                    { name: "a", imageUri: digest },
                    { name: "b", imageUri: "app:latest" },
                ]),
            },
            /images by their digests .*found "app:latest".*mutableImages/,
        ],
        ["a detail by a tag", { "images.json": '{"ImageURI":"app:1"}' }, /found "app:1"/],
        ["a digest that is cut", { "images.json": `{"ImageURI":"${digest.slice(0, -1)}"}` }, /by their digests/],
        ["a digest with something behind", { "images.json": `{"ImageURI":"${digest} x"}` }, /by their digests/],
        ["no image", { "images.json": "[]" }, /to be a list of/],
        ["a key of another name", { "images.json": '[{"imageURI":"a"}]' }, /to be a list of/],
        ["no JSON", { "images.json": "image: a" }, /expected images.json in JSON/],
        ["no file", { "other.json": "[]" }, /expected the file images.json, which the deploy reads, found none/],
        ["too much", { "images.json": " ".repeat(102_401) }, /of at most 102400 bytes, found 102401/],
    ];
    for (const [title, files, message] of images) {
        it(`${message === undefined ? "takes" : "fails on"} ${title} in a file that names images`, async () => {
            const { aws, artifacts } = await world(files);
            const asked = { artifacts, images: { orders: ["images.json"], site: ["x"] } };
            if (message === undefined) {
                assert.equal((await answered(aws, "seal", asked)).verdict, "yes");
            } else {
                await refuses(aws, asked, message);
            }
        });
    }

    it("fails on images in what is no archive", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: "text" });
        await refuses(
            aws,
            { artifacts, images: { orders: ["images.json"] } },
            /expected a ZIP archive with images.json/,
        );
    });
});
