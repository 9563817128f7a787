import * as assert from "node:assert/strict";
import { bundled } from "../../../components/bundle";
import { Aws } from "../support/aws";
import { deployed } from "../support/deployed";
import { built, credential, eventOf, jobId, zip } from "../support/seals";

describe("the bundles of seal and verify", function () {
    this.timeout(60_000);

    it("are below a megabyte", () => {
        for (const name of ["seal", "verify"]) {
            assert.ok(Buffer.byteLength(bundled(name)) < 1_000_000, name);
        }
    });

    it("seal and verify with AWS's own clients", async () => {
        const aws = new Aws();
        const artifacts = built(aws, {
            orders: await zip({ "app.js": "a", "large.txt": "b".repeat(6_000_000) }, false),
        });
        const sealed = await deployed(aws, "seal", eventOf("seal", { artifacts }));
        assert.match(sealed.printed, /"verdict":"yes","message":"sealed orders \(2 files\)"/);
        const verified = await deployed(aws, "verify", eventOf("verify", { artifacts }));
        assert.match(verified.printed, /"verdict":"yes","message":"orders: as sealed"/);
        aws.bucket.put(artifacts[0].key, await zip({ "app.js": "c", "large.txt": "b".repeat(6_000_000) }, false));
        const attacked = await deployed(aws, "verify", eventOf("verify", { artifacts }));
        assert.match(attacked.printed, /"verdict":"no".*changed: \\"app.js\\"/);
        assert.ok(
            ![sealed, verified, attacked].some(
                ({ printed }) => printed.includes(credential) || printed.includes(jobId),
            ),
        );
        assert.equal(aws.count("PutJobSuccessResultCommand"), 2);
        assert.equal(aws.count("PutJobFailureResultCommand"), 1);
    });

    it("say of what is not sealed, and not allowed, what it is", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: "text" });
        const missing = await deployed(aws, "verify", eventOf("verify", { artifacts }));
        assert.match(missing.printed, /expected a seal of/);
        aws.failing.set("HeadObjectCommand", {
            error: Object.assign(new Error("no"), { name: "Forbidden", $metadata: { httpStatusCode: 403 } }),
        });
        const denied = await deployed(aws, "seal", eventOf("seal", { artifacts }));
        assert.match(denied.printed, /expected the permission s3:GetObject/);
    });
});
