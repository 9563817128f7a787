import * as assert from "node:assert/strict";
import { s3 } from "../../../catalog/sources/s3";
import { at, only, read, refusals, silently, triggerOf } from "../support/place";

describe("source s3", () => {
    const step = () => only(s3.plan(read(s3.settings, "{ bucket: drops, key: orders/release.zip }"), at("source")));

    it("never polls, and reads the one object", () => {
        assert.deepEqual(step().configuration, {
            S3Bucket: "drops",
            S3ObjectKey: "orders/release.zip",
            PollForSourceChanges: "false",
        });
        assert.equal(step().action.provider, "S3");
        assert.equal(step().action.category, "Source");
        const Condition = { StringEquals: { "aws:ResourceAccount": "111111111111" } };
        assert.deepEqual(step().grants, [
            {
                sid: "ReadSourceObject",
                actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
                resources: ["arn:aws:s3:::drops/orders/release.zip"],
                conditions: Condition,
            },
            {
                sid: "ReadSourceBucket",
                actions: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
                resources: ["arn:aws:s3:::drops"],
                conditions: Condition,
            },
        ]);
    });

    for (const [account, prerequisites] of [
        ["111111111111", []],
        ["222222222222", ["the policy of the key KEY lets the role of the pipeline do kms:Decrypt"]],
    ] as const) {
        it(`opens what a key of account ${account} encrypts, through S3 alone`, () => {
            const key = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
            const settings = read(s3.settings, `{ bucket: drops, key: a.zip, kmsKeyArn: "${key}" }`);
            const { grants, prerequisites: told = [] } = only(s3.plan(settings, at("source")));
            assert.deepEqual(grants.slice(2), [
                {
                    sid: "OpenSourceObject",
                    actions: ["kms:Decrypt"],
                    resources: [key],
                    conditions: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
                },
            ]);
            assert.deepEqual(
                told.slice(1),
                prerequisites.map(text => text.replace("KEY", key)),
            );
        });
    }

    it("is started by the upload of this object, by a rule of its own", () => {
        assert.deepEqual(triggerOf(step()), {
            component: "EventTrigger",
            logicalName: "orders--upload",
            physicalName: "shop--orders--upload",
            roleName: "shop--orders--upload",
            description: "Starts the pipeline of orders on an upload",
            pattern: {
                source: ["aws.s3"],
                "detail-type": ["Object Created"],
                detail: { bucket: { name: ["drops"] }, object: { key: ["orders/release.zip"] } },
            },
            pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
        });
    });

    it("shows the object's version, and says what must already be so", () => {
        assert.deepEqual(step().revision, { label: "version", id: "#{SourceVariables.VersionId}" });
        assert.equal(step().namespace, "SourceVariables");
        assert.equal(step().trigger, undefined);
        assert.deepEqual(step().outputs, [{ key: "source", name: "SourceArtifact", opening: [] }]);
        assert.deepEqual(step().prerequisites, [
            "bucket drops is versioned and sends its notifications to EventBridge",
        ]);
    });

    it("is only read where something else starts the pipeline", () => {
        const settings = read(s3.settings, "{ bucket: drops, key: orders/release.zip }");
        const { needs, summary, ...others } = only(s3.plan(settings, silently("source")));
        const { needs: trigger, summary: started, ...same } = step();
        assert.equal(needs, undefined);
        assert.equal(trigger?.length, 1);
        assert.deepEqual(
            [summary, started],
            ["s3://drops/orders/release.zip", "s3://drops/orders/release.zip, on upload"],
        );
        assert.deepEqual(others, same);
    });

    for (const [title, yaml, refused] of [
        ["a bucket with capitals", "{ bucket: Drops, key: a.zip }", "bucket"],
        ["a bucket of two characters", "{ bucket: dr, key: a.zip }", "bucket"],
        ["a bucket of 64 characters", `{ bucket: ${"bucket-".repeat(9)}b, key: a.zip }`, "bucket"],
        ["a key that IAM would read as a pattern", '{ bucket: drops, key: "*" }', "key"],
        ["a key that begins with a slash", "{ bucket: drops, key: /a.zip }", "key"],
        ["no key", "{ bucket: drops }", "key"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual([...new Set(refusals(s3.settings, yaml).map(line => line.split(":")[0]))], [refused]);
        });
    }
});
