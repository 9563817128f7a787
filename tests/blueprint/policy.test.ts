import * as assert from "node:assert/strict";
import { policyDocument, statements } from "../../blueprint/policy";
import { allow, allowAnywhere } from "../../catalog/grant";
import { Reference } from "../../catalog/reference";

describe("statements", () => {
    it("say what a grant says, in IAM's words", () => {
        assert.deepEqual(statements([allow("Read", ["s3:GetObject"], ["a"], { Bool: { b: "true" } })]), [
            {
                Sid: "Read",
                Effect: "Allow",
                Action: ["s3:GetObject"],
                Resource: ["a"],
                Condition: { Bool: { b: "true" } },
            },
        ]);
        assert.deepEqual(statements([allowAnywhere("See", ["ec2:DescribeVpcs"], "No ARN.")]), [
            { Sid: "See", Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"], reason: "No ARN." },
        ]);
    });

    it("become one where only resources differ, each resource once", () => {
        const key = new Reference("artifactKey");
        const merged = statements([
            allow("Run", ["codebuild:StartBuild"], ["a", key]),
            allow("Other", ["s3:GetObject"], ["x"]),
            allow("Run", ["codebuild:StartBuild"], ["b", "a", new Reference("artifactKey")]),
        ]);
        assert.deepEqual(merged, [
            { Sid: "Run", Effect: "Allow", Action: ["codebuild:StartBuild"], Resource: ["a", key, "b"] },
            { Sid: "Other", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["x"] },
        ]);
    });

    it("stay apart where actions, conditions or reasons differ, and are numbered", () => {
        const all = statements([
            allow("A", ["s3:GetObject"], ["a"]),
            allow("A", ["s3:PutObject"], ["a"]),
            allow("A", ["s3:GetObject"], ["a"], { Bool: { b: "true" } }),
            allow("A", ["s3:GetObject"], ["a"], { ArnEquals: { b: new Reference("vpc") } }),
            allow("A", ["s3:GetObject"], ["a"], { ArnEquals: { b: new Reference("artifactKey") } }),
            allowAnywhere("A", ["s3:GetObject"], "Because."),
        ]);
        assert.deepEqual(
            all.map(({ Sid }) => Sid),
            ["A", "A2", "A3", "A4", "A5", "A6"],
        );
    });

    it("never have one name twice, even where a number makes another's", () => {
        const all = statements([
            allow("Permission1", ["s3:GetObject"], ["a"]),
            allow("Permission12", ["s3:PutObject"], ["a"]),
            allow("Permission1", ["s3:ListBucket"], ["a"]),
        ]);
        assert.deepEqual(
            all.map(({ Sid }) => Sid),
            ["Permission1", "Permission12", "Permission13"],
        );
    });

    it("leave their reasons out of the document: AWS knows no such key", () => {
        assert.deepEqual(policyDocument(statements([allowAnywhere("See", ["ec2:DescribeVpcs"], "No ARN.")])), {
            Version: "2012-10-17",
            Statement: [{ Sid: "See", Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] }],
        });
    });
});
