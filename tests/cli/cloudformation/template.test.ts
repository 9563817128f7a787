import * as assert from "node:assert/strict";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as codebuild from "@pulumi/aws/codebuild";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as synthetics from "@pulumi/aws/synthetics";
import * as pulumi from "@pulumi/pulumi";
import { logicalId } from "../../../cli/cloudformation/logical-id";
import { templateOf } from "../../../cli/cloudformation/template";
import { home } from "../../support/plans";
import { registered, type Registration } from "../../support/recordings";
import { id, ref, rendered, sub, the, trust } from "./support/render";

const topicType = "aws:sns/topic:Topic";

const resourcesOf = async (make: () => unknown) => (await rendered(make)).template.Resources;

const role = (name: string, more: object = {}) =>
    new iam.Role(name, { name, assumeRolePolicy: trust("codebuild.amazonaws.com"), ...more });

describe("references of a template", function () {
    this.timeout(20_000);

    it("stand inside of texts too, beside what a shell would fill in", async () => {
        const resources = await resourcesOf(() => {
            const topic = new sns.Topic("news", { name: "news" });
            new codebuild.Project("project", {
                serviceRole: "role",
                artifacts: { type: "NO_ARTIFACTS" },
                environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "i" },
                source: {
                    type: "NO_SOURCE",
                    buildspec: pulumi.interpolate`tell ${topic.arn} "\${WHAT}" ${topic.arn}/x`,
                },
            });
        });
        const arn = `\${${id(topicType, "news")}}`;
        assert.deepEqual(the(resources, "AWS::CodeBuild::Project").Properties.Source, {
            Type: "NO_SOURCE",
            BuildSpec: sub(`tell ${arn} "\${!WHAT}" ${arn}/x`),
        });
    });

    it("are to the longest name that fits, and to whole ones only", async () => {
        const resources = await resourcesOf(() => {
            const short = new s3.Bucket("short", { bucket: "shop" });
            const long = new s3.Bucket("long", { bucket: "shop-logs" });
            new iam.Policy("policy", {
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [short.arn, long.arn, pulumi.interpolate`${long.arn}/*`, "arn:aws:s3:::shop-other"],
                }),
            });
        });
        const [short, long] = ["short", "long"].map(name => id("aws:s3/bucket:Bucket", name));
        assert.deepEqual(the(resources, "AWS::IAM::ManagedPolicy").Properties.PolicyDocument, {
            Version: "2012-10-17",
            Statement: [
                { "Fn::GetAtt": [short, "Arn"] },
                { "Fn::GetAtt": [long, "Arn"] },
                sub(`\${${long}.Arn}/*`),
                sub("arn:${AWS::Partition}:s3:::shop-other"),
            ],
        });
    });

    it("are where the program waits for the other resource; else its name is written out, and nothing waits in a circle", async () => {
        const arn = "arn:aws:codebuild:eu-west-1:111111111111:project/web";
        const resources = await resourcesOf(() => {
            const own = role("web", {
                assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Condition: arn }] }),
            });
            new codebuild.Project("web-project", {
                name: "web",
                serviceRole: own.arn,
                artifacts: { type: "NO_ARTIFACTS" },
                environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "i" },
                source: { type: "NO_SOURCE" },
            });
        });
        assert.deepEqual(the(resources, "AWS::IAM::Role").Properties.AssumeRolePolicyDocument, {
            Version: "2012-10-17",
            Statement: [
                { Condition: sub("arn:${AWS::Partition}:codebuild:${AWS::Region}:${AWS::AccountId}:project/web") },
            ],
        });
        assert.deepEqual(the(resources, "AWS::CodeBuild::Project").Properties.ServiceRole, {
            "Fn::GetAtt": [id("aws:iam/role:Role", "web"), "Arn"],
        });
    });

    it("name a role, though its policy and a project have the same name", async () => {
        const resources = await resourcesOf(() => {
            const own = role("web");
            new iam.RolePolicy("web-policy", {
                name: "web",
                role: own.name,
                policy: { Version: "2012-10-17", Statement: [] },
            });
        });
        const { PolicyName, RoleName } = the(resources, "AWS::IAM::RolePolicy").Properties;
        assert.deepEqual([PolicyName, RoleName], ["web", ref("aws:iam/role:Role", "web")]);
    });

    it("leave ARNs of other accounts, regions and partitions as they are", async () => {
        const arns = [
            "arn:aws:sns:us-east-1:111111111111:a",
            "arn:aws:sns:eu-west-1:222222222222:a",
            "arn:aws-cn:sns:eu-west-1:111111111111:a",
            "arn:aws:codebuild:*:111111111111:project/a",
        ];
        const resources = await resourcesOf(
            () => new iam.Policy("policy", { policy: JSON.stringify({ Version: "2012-10-17", Statement: arns }) }),
        );
        assert.deepEqual(the(resources, "AWS::IAM::ManagedPolicy").Properties.PolicyDocument, {
            Version: "2012-10-17",
            Statement: [
                sub("arn:${AWS::Partition}:sns:us-east-1:${AWS::AccountId}:a"),
                sub("arn:${AWS::Partition}:sns:${AWS::Region}:222222222222:a"),
                sub("arn:aws-cn:sns:${AWS::Region}:${AWS::AccountId}:a"),
                sub("arn:${AWS::Partition}:codebuild:*:${AWS::AccountId}:project/a"),
            ],
        });
    });
});

class Group extends pulumi.ComponentResource {
    constructor(name: string, make: (parent: pulumi.Resource) => void, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Group", name, {}, opts);
        make(this);
    }
}

describe("what a resource of a template waits for", function () {
    this.timeout(20_000);
    const roleId = (name: string) => id("aws:iam/role:Role", name);

    it("is said where no reference says it, and not what follows from another", async () => {
        const resources = await resourcesOf(() => {
            const first = role("first");
            const second = new iam.Role("second", { assumeRolePolicy: "{}" }, { dependsOn: first });
            new kms.Key("key", { description: first.arn }, { dependsOn: [first, second] });
            new sns.Topic("topic", {}, { dependsOn: [first, second] });
        });
        assert.deepEqual(the(resources, "AWS::KMS::Key").DependsOn, [roleId("second")]);
        assert.deepEqual(the(resources, "AWS::SNS::Topic").DependsOn, [roleId("second")]);
        assert.deepEqual(resources[roleId("second")].DependsOn, [roleId("first")]);
    });

    it("is also what the component around it waits for", async () => {
        const resources = await resourcesOf(() => {
            const first = role("first");
            new Group("group", parent => new sns.Topic("topic", {}, { parent }), { dependsOn: first });
        });
        assert.deepEqual(the(resources, "AWS::SNS::Topic").DependsOn, [roleId("first")]);
    });

    it("is what something waits for that the template does not make", async () => {
        const resources = await resourcesOf(() => {
            const first = role("first");
            const canary = new synthetics.Group("canary", {}, { dependsOn: first });
            new sns.Topic("topic", {}, { dependsOn: canary });
        });
        assert.deepEqual(the(resources, "AWS::SNS::Topic").DependsOn, [roleId("first")]);
    });

    it("is never what waits for it, when both are parts of other resources", async () => {
        const resources = await resourcesOf(() => {
            const bucket = new s3.Bucket("bucket", { bucket: "shop" });
            const policy = new s3.BucketPolicy("policy", { bucket: bucket.bucket, policy: "{}" });
            new s3.BucketVersioning(
                "versions",
                { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
                { dependsOn: [policy, role("first")] },
            );
        });
        assert.deepEqual(the(resources, "AWS::S3::Bucket").DependsOn, [roleId("first")]);
    });
});

describe("what is protected", () => {
    it("stays when the stack goes, and when it is replaced", async () => {
        const resources = await resourcesOf(() => {
            new sns.Topic("kept", {}, { protect: true });
            new kms.Key("other", {});
        });
        assert.deepEqual(the(resources, "AWS::SNS::Topic"), {
            Type: "AWS::SNS::Topic",
            DeletionPolicy: "Retain",
            UpdateReplacePolicy: "Retain",
            Properties: {},
        });
        assert.deepEqual(the(resources, "AWS::KMS::Key"), { Type: "AWS::KMS::Key", Properties: {} });
    });
});

describe("logical ids", () => {
    const of = (name: string, urn: string) => logicalId({ name, urn });

    it("are letters and digits, and tell apart what differs in its name, its type or its parents' types", () => {
        const ids = [
            of("a-b", "urn:pulumi:dev::p::T::a-b"),
            of("a--b", "urn:pulumi:dev::p::T::a--b"),
            of("a-b", "urn:pulumi:dev::p::U::a-b"),
            of("a-b", "urn:pulumi:dev::p::P$T::a-b"),
        ];
        assert.equal(new Set(ids).size, 4);
        ids.forEach(one => assert.match(one, /^AB[0-9A-F]{8}$/));
        assert.match(of("out-443-0.0.0.0/0 ann@x.example", "a::b::T::n"), /^Out44300000AnnXExample[0-9A-F]{8}$/);
        assert.ok(of("x".repeat(300), "a::b::T::n").length <= 255);
    });

    it("are the same in every stack", () => {
        assert.equal(of("a", "urn:pulumi:dev::p::T::a"), of("a", "urn:pulumi:prod::p::T::a"));
    });
});

describe("a template", () => {
    it("has its resources in the order of their ids", async () => {
        const ids = Object.keys(
            await resourcesOf(() => {
                new Group("b", parent => new sns.Topic("a", {}, { parent }));
                new sns.Topic("c");
            }),
        );
        assert.deepEqual(ids, [...ids].sort());
        assert.equal(ids.length, 2);
    });

    it("is the same whatever the order of keys in the inputs", async () => {
        const registrations = await registered(() => {
            new cloudwatch.LogGroup("logs", { name: "/shop", retentionInDays: 1, tags: { a: "1", b: "2" } });
        });
        const turned = registrations.map(one => ({
            ...one,
            inputs: Object.fromEntries(Object.entries(one.inputs).reverse()),
        }));
        const text = (all: readonly Registration[]) =>
            JSON.stringify(templateOf({ stack: "s", home, registrations: all }).template);
        assert.equal(text(turned), text(registrations));
    });
});
