import * as assert from "node:assert/strict";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as synthetics from "@pulumi/aws/synthetics";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { mostResources, templateOf } from "../../../cli/cloudformation/template";
import { home } from "../../support/plans";
import type { Registration } from "../../support/recordings";
import { id, rendered, sub, the } from "./support/render";

const topicType = "aws:sns/topic:Topic";

describe("what a template does not say", function () {
    this.timeout(20_000);

    it("is asked for as parameters and listed, for what a provider fills", async () => {
        const { template, notExpressed } = await rendered(() => {
            const network = new awsx.Vpc("network", { cidrBlock: "10.0.0.0/16", numberOfAvailabilityZones: 2 });
            new sns.Topic("a", { displayName: network.vpcId });
            new sns.Topic("b", {
                displayName: network.privateSubnetIds.apply(
                    ids => `arn:aws:ec2:eu-west-1:111111111111:subnet/${ids[1]}`,
                ),
            });
        });
        assert.deepEqual(template.Parameters, {
            NetworkPrivateSubnetIds2: {
                Type: "AWS::EC2::Subnet::Id",
                Description: "network (awsx:ec2:Vpc), which this template does not make: privateSubnetIds.1",
            },
            NetworkVpcId: {
                Type: "AWS::EC2::VPC::Id",
                Description: "network (awsx:ec2:Vpc), which this template does not make: vpcId",
            },
        });
        assert.deepEqual(
            [template.Resources[id(topicType, "a")], template.Resources[id(topicType, "b")]].map(
                ({ Properties }) => Properties.DisplayName,
            ),
            [
                { Ref: "NetworkVpcId" },
                sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:subnet/${NetworkPrivateSubnetIds2}"),
            ],
        );
        assert.deepEqual(notExpressed, [
            'network (awsx:ec2:Vpc): a provider makes what is in it, of {"cidrBlock":"10.0.0.0/16","numberOfAvailabilityZones":2}; the template takes as parameters: NetworkPrivateSubnetIds2, NetworkVpcId',
        ]);
        assert.deepEqual(template.Metadata, {
            ServicePipelines: { stack: "test", ...home, notExpressed },
        });
    });

    it("is listed for a type that it does not know, and asked for where something refers to it", async () => {
        const { template, notExpressed } = await rendered(() => {
            const canary = new synthetics.Group("canary", { name: "shop" });
            new sns.Topic("topic", { displayName: canary.id });
        });
        assert.deepEqual(the(template.Resources, "AWS::SNS::Topic").Properties, { DisplayName: { Ref: "CanaryId" } });
        assert.deepEqual(notExpressed, [
            "canary (aws:synthetics/group:Group): the template does not know this type; the template takes as parameters: CanaryId",
        ]);
    });

    it("is listed for a part of what the stack does not make", async () => {
        const { template, notExpressed } = await rendered(
            () =>
                new s3.BucketVersioning("versions", {
                    bucket: "theirs",
                    versioningConfiguration: { status: "Enabled" },
                }),
        );
        assert.deepEqual(
            [template.Resources, notExpressed],
            [
                {},
                [
                    'versions (aws:s3/bucketVersioning:BucketVersioning): this stack does not make what it is a part of, "theirs"',
                ],
            ],
        );
    });

    it("is listed for an input, once for all resources that have it, at any depth", async () => {
        const { notExpressed } = await rendered(() => {
            new sns.Topic("a", { archivePolicy: "{}" });
            new sns.Topic("b", { archivePolicy: "{}" });
            new s3.BucketLifecycleConfiguration("rules", {
                bucket: new s3.Bucket("other", { bucket: "other" }).bucket,
                rules: ["x", "y"].map(id => ({ id, status: "Enabled", filter: { and: { prefix: id } } })),
            });
            new s3.BucketVersioning("versions", {
                bucket: new s3.Bucket("bucket", { bucket: "ours" }).bucket,
                versioningConfiguration: { status: "Enabled", mfaDelete: "Enabled" },
            });
        });
        const why = "CloudFormation has no such property, or the template does not know it";
        assert.deepEqual(notExpressed, [
            `archivePolicy of a and 1 more (aws:sns/topic:Topic): ${why}`,
            `versioningConfiguration.mfaDelete of versions (aws:s3/bucketVersioning:BucketVersioning): ${why}`,
            `rules[].filter.and of rules (aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration): ${why}`,
        ]);
    });

    it("is what is in another region, with what belongs to it and a parameter for what only AWS can know of it", async () => {
        const { template, notExpressed } = await rendered(() => {
            const region = "us-east-1";
            new sns.Topic("here", { region: "eu-west-1" });
            const key = new kms.Key("key", { region });
            new kms.Alias("alias", { region, name: "alias/a", targetKeyId: key.id });
            const bucket = new s3.Bucket("bucket", { region, bucket: "ours" });
            new s3.BucketVersioning("versions", {
                region,
                bucket: bucket.bucket,
                versioningConfiguration: { status: "Enabled" },
            });
            new sns.Topic("topic", { kmsMasterKeyId: key.arn, displayName: bucket.bucket });
        });
        const why = "it is in us-east-1, and a template makes what is in one region";
        assert.deepEqual(
            Object.values(template.Resources).map(({ Type, Properties }) => [Type, Properties]),
            [
                ["AWS::SNS::Topic", {}],
                ["AWS::SNS::Topic", { DisplayName: "ours", KmsMasterKeyId: { Ref: "KeyArn" } }],
            ],
        );
        assert.deepEqual(Object.keys(template.Parameters ?? {}), ["KeyArn"]);
        assert.deepEqual(notExpressed, [
            `alias (aws:kms/alias:Alias): ${why}`,
            `bucket (aws:s3/bucket:Bucket): ${why}`,
            `key (aws:kms/key:Key): ${why}; the template takes as parameters: KeyArn`,
            `versions (aws:s3/bucketVersioning:BucketVersioning): ${why}`,
            "region of here (aws:sns/topic:Topic): CloudFormation has no such property, or the template does not know it",
        ]);
    });

    it("is nothing of inputs that are empty", async () => {
        const { template, notExpressed } = await rendered(
            () => new sns.Topic("topic", { tags: {}, region: undefined, archivePolicy: undefined }),
        );
        assert.deepEqual([the(template.Resources, "AWS::SNS::Topic").Properties, notExpressed], [{}, []]);
    });

    it("is a secret: a parameter that is never shown", async () => {
        const { template, notExpressed } = await rendered(
            () => new sns.Topic("topic", { displayName: pulumi.secret("hush") }),
        );
        assert.deepEqual(template.Parameters, {
            TopicDisplayName: { Type: "String", Description: "a secret value of the stack", NoEcho: true },
        });
        assert.deepEqual(the(template.Resources, "AWS::SNS::Topic").Properties, {
            DisplayName: { Ref: "TopicDisplayName" },
        });
        assert.deepEqual(notExpressed, [
            "topic (aws:sns/topic:Topic): not all of it is recorded; the template takes as parameters: TopicDisplayName",
        ]);
        assert.ok(!JSON.stringify(template).includes("hush"));
    });

    it("has a parameter of its own for each of two resources whose names are the same words", async () => {
        const { template } = await rendered(() => {
            for (const name of ["a-b", "a--b"]) {
                new sns.Topic(name, { displayName: pulumi.secret(name) });
            }
        });
        assert.deepEqual(
            Object.keys(template.Parameters ?? {}),
            ["a-b", "a--b"].map(name => `${id(topicType, name)}DisplayName`).sort(),
        );
    });

    for (const [count, told] of [
        [mostResources, []],
        [mostResources + 1, ["501 resources: CloudFormation takes at most 500 in one template"]],
    ] as const) {
        it(`is ${told.length === 0 ? "nothing" : "told"} of ${count} resources`, () => {
            const registrations = Array.from({ length: count }, (_, index): Registration => {
                const name = `topic-${index}`;
                return {
                    type: topicType,
                    name,
                    urn: `a::b::${topicType}::${name}`,
                    custom: true,
                    dependencies: [],
                    inputs: {},
                };
            });
            assert.deepEqual(templateOf({ stack: "s", home, registrations }).notExpressed, told);
        });
    }
});
