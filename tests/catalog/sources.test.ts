import * as assert from "node:assert/strict";
import { connection } from "../../catalog/sources/connection";
import { s3 } from "../../catalog/sources/s3";
import { Reference } from "../../catalog/reference";
import { at, only, read, refusals, triggerOf } from "./support/place";

const repository = "connection: github, repository: Acme/Shop, branch: main";
const planned = (yaml: string) => only(connection.plan(read(connection.settings, `{ ${yaml} }`), at("source")));

describe("source connection", () => {
    it("takes every commit of the branch when no paths are named", () => {
        const step = planned(repository);
        const use = {
            sid: "UseConnection",
            actions: ["codeconnections:UseConnection"],
            resources: [new Reference("connection:github")],
        };
        assert.deepEqual(step, {
            name: "source",
            action: {
                category: "Source",
                owner: "AWS",
                provider: "CodeStarSourceConnection",
                version: "1",
                inputs: [0, 0],
                outputs: [1, 1],
                configuration: {
                    required: ["ConnectionArn", "FullRepositoryId", "BranchName"],
                    optional: ["OutputArtifactFormat", "DetectChanges"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html",
            },
            configuration: {
                ConnectionArn: new Reference("connection:github"),
                FullRepositoryId: "Acme/Shop",
                BranchName: "main",
                OutputArtifactFormat: "CODE_ZIP",
                DetectChanges: "true",
            },
            inputs: [],
            outputs: [{ key: "source", name: "SourceArtifact", opening: [] }],
            namespace: "SourceVariables",
            grants: [use],
            revision: {
                label: "commit",
                id: "#{SourceVariables.CommitId}",
                message: "#{SourceVariables.CommitMessage}",
            },
            summary: "Acme/Shop, branch main",
        });
    });

    it("starts by a trigger, and not by the action's own detection, when paths are named", () => {
        const step = planned(`${repository}, paths: ["services/orders/**", "libs/**"]`);
        assert.deepEqual(step.trigger, {
            action: "source",
            branches: ["main"],
            paths: ["services/orders/**", "libs/**"],
        });
        assert.equal("DetectChanges" in step.configuration, false);
    });

    it("lets builds open a full clone by the connection itself", () => {
        const step = planned(`${repository}, fullClone: true`);
        assert.equal(step.configuration.OutputArtifactFormat, "CODEBUILD_CLONE_REF");
        assert.deepEqual(step.outputs, [{ key: "source", name: "SourceArtifact", opening: step.grants }]);
    });

    for (const [key, prefix] of [
        ["old", "codestar-connections"],
        ["new", "codeconnections"],
        ["github", "codeconnections"],
    ] as const) {
        it(`asks for ${prefix}: as the ARN of the connection "${key}" begins`, () => {
            const step = planned(`connection: ${key}, repository: acme/shop, branch: main`);
            assert.deepEqual(
                step.grants.map(({ actions }) => actions),
                [[`${prefix}:UseConnection`]],
            );
        });
    }

    for (const [title, yaml, refused] of [
        ["a repository without owner", "connection: github, repository: shop, branch: main", "repository"],
        ["a repository with a space", 'connection: github, repository: "acme/my shop", branch: main', "repository"],
        ["a missing branch", "connection: github, repository: acme/shop", "branch"],
        ["an empty list of paths", `${repository}, paths: []`, "paths"],
        ["nine paths", `${repository}, paths: [a, b, c, d, e, f, g, h, i]`, "paths"],
        ["a path of 256 characters", `${repository}, paths: [${"p".repeat(256)}]`, "paths.0"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(connection.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("takes a GitLab subgroup, eight paths, and a path of 255 characters", () => {
        const yaml = `{ connection: gitlab, repository: acme/shop/orders, branch: main, paths: [a, b, c, d, e, f, g, ${"p".repeat(255)}] }`;
        assert.deepEqual(refusals(connection.settings, yaml), []);
    });
});

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
