import * as assert from "node:assert/strict";
import { rules } from "../../policy-pack/rules";
import { defaultsOf, isFound, resultsOf, unknown, type Resource } from "../../policy-pack/rules/rule";
import { findings, resource } from "./support/resources";

const bucket = (name: string, props: Resource["props"] = { bucket: `shop-${name}` }) =>
    resource("aws:s3/bucket:Bucket", props, name);

const block = (of: unknown, references: readonly string[] = [], value = true): Resource => ({
    ...resource(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        {
            bucket: of,
            blockPublicAcls: value,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        "block",
    ),
    references: { bucket: references },
});

const unblocked = (resources: readonly Resource[]) =>
    findings(resources)
        .filter(({ rule }) => rule === "bucket-not-public")
        .map(({ name }) => name);

const rule = (name: string) => rules.find(one => one.name === name) ?? assert.fail(name);

const pipeline = (...actions: readonly object[]) =>
    resource("aws:codepipeline/pipeline:Pipeline", { pipelineType: "V2", stages: [{ name: "dev", actions }] });
const verify = (runOrder: number, FunctionName = "shop--fleet--verify", inputArtifacts = ["BuildArtifact"]) => ({
    category: "Invoke",
    runOrder,
    inputArtifacts,
    configuration: { FunctionName },
});
const deploy = { category: "Deploy", runOrder: 2, inputArtifacts: ["BuildArtifact"] };
const script = { category: "Build", runOrder: 2, inputArtifacts: ["BuildArtifact"] };
const clone = {
    category: "Source",
    outputArtifacts: ["BuildArtifact"],
    configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF" },
};
const verifyFunction = resource("aws:lambda/function:Function", { name: "shop--fleet--verify" });

describe("policy-pack rules of several resources", () => {
    it("know what belongs to a bucket by its name", () => {
        assert.deepEqual(unblocked([bucket("a"), bucket("b"), block("shop-a")]), ["b"]);
    });

    it("know it by what it comes from, where the name is not known yet", () => {
        const [a, b] = [bucket("a", { bucket: unknown }), bucket("b", { bucket: unknown })];
        assert.deepEqual(unblocked([a, b, block(unknown, [a.urn])]), ["b"]);
    });

    it("say nothing where neither is known", () => {
        assert.deepEqual(unblocked([bucket("a", {}), block(unknown)]), []);
        const results = resultsOf(rule("bucket-not-public"), [bucket("a"), block(unknown)], {});
        assert.deepEqual(
            results.map(result => "unseen" in result),
            [true],
        );
    });

    it("fails on one that blocks three of four", () => {
        assert.deepEqual(unblocked([bucket("a"), block("shop-a", [], false)]), ["a"]);
    });

    for (const [title, statement, holds] of [
        ["refuses it", {}, true],
        ["refuses it to one account", { Principal: { AWS: "111111111111" } }, false],
        ["refuses reading alone", { Action: "s3:GetObject" }, false],
        ["refuses it for the bucket alone", { Resource: "arn:aws:s3:::shop-a" }, false],
        ["allows it", { Effect: "Allow" }, false],
        ["refuses HTTPS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }, false],
    ] as const) {
        it(`${holds ? "pass" : "fails on"} a bucket that ${title}`, () => {
            const Statement = {
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: ["arn:aws:s3:::shop-a", "arn:aws:s3:::shop-a/*"],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
                ...statement,
            };
            const policy = resource("aws:s3/bucketPolicy:BucketPolicy", { bucket: "shop-a", policy: { Statement } });
            const results = resultsOf(rule("bucket-tls"), [bucket("a"), policy], {});
            assert.equal(results.length, holds ? 0 : 1);
        });
    }

    it("read what older providers keep in the bucket itself", () => {
        const key = "arn:aws:kms:eu-west-1:111111111111:key/k";
        const apply = { sseAlgorithm: "aws:kms", kmsMasterKeyId: key };
        const old = bucket("a", {
            bucket: "shop-a",
            versioning: { enabled: true },
            serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: apply } },
        });
        for (const name of ["bucket-encrypted", "bucket-versioned"]) {
            assert.deepEqual(resultsOf(rule(name), [old], {}), []);
        }
    });

    for (const [title, resources, count] of [
        ["a deploy that is verified", [verifyFunction, pipeline(verify(1), deploy)], 0],
        ["a stack that verifies nothing", [pipeline(deploy)], 0],
        ["a deploy that nothing verifies", [verifyFunction, pipeline(deploy)], 1],
        ["a deploy that is verified at the same time", [verifyFunction, pipeline(verify(2), deploy)], 1],
        ["a deploy after another function", [verifyFunction, pipeline(verify(1, "other"), deploy)], 1],
        [
            "a deploy of what is not what was verified",
            [verifyFunction, pipeline(verify(1, undefined, ["x"]), deploy)],
            1,
        ],
        ["a deploy without artifacts", [verifyFunction, pipeline({ ...deploy, inputArtifacts: [] })], 0],
        ["a script that is verified", [verifyFunction, pipeline(verify(1), script)], 0],
        ["a script that nothing verifies", [verifyFunction, pipeline(script)], 1],
        ["a step of commands that nothing verifies", [verifyFunction, pipeline({ ...script, category: "Compute" })], 1],
        [
            "a step before the action that verifies",
            [verifyFunction, pipeline({ ...script, runOrder: 1 }, verify(2))],
            1,
        ],
        ["a build", [verifyFunction, pipeline({ ...script, outputArtifacts: ["x"] })], 0],
        ["a test", [verifyFunction, pipeline({ ...script, category: "Test" })], 0],
        ["a script that takes a full clone", [verifyFunction, pipeline(clone, script)], 0],
        [
            "a script that takes a full clone and more",
            [verifyFunction, pipeline(clone, { ...script, inputArtifacts: ["BuildArtifact", "x"] })],
            1,
        ],
    ] as const) {
        it(`${count === 0 ? "pass" : "fails on"} ${title}`, () => {
            const verified = rule("pipeline-verified");
            assert.equal(resultsOf(verified, resources, defaultsOf(verified)).length, count);
        });
    }

    it("name what no action has verified, and leave what is not known yet", () => {
        const verified = rule("pipeline-verified");
        const said = (...actions: readonly object[]) =>
            resultsOf(verified, [verifyFunction, pipeline(...actions)], defaultsOf(verified)).map(result =>
                isFound(result) ? result.message : result.at,
            );
        assert.deepEqual(said({ ...deploy, inputArtifacts: ["BuildArtifact", "x"] }, verify(1)), [
            'it stages[0] "dev": expected an action before the deploy that verifies x, found none: let the function that verifies run first',
        ]);
        assert.deepEqual(said({ ...deploy, inputArtifacts: unknown }), ["stages[0]"]);
        const stages = { ...pipeline(), props: { stages: unknown } };
        assert.deepEqual(
            resultsOf(verified, [verifyFunction, stages], defaultsOf(verified)).map(({ at }) => at),
            ["stages"],
        );
    });
});
