import * as assert from "node:assert/strict";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as codebuild from "@pulumi/aws/codebuild";
import * as codeconnections from "@pulumi/aws/codeconnections";
import * as codepipeline from "@pulumi/aws/codepipeline";
import * as codestarnotifications from "@pulumi/aws/codestarnotifications";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as lambda from "@pulumi/aws/lambda";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import type { Output } from "@pulumi/pulumi";
import { expression } from "../../../cli/cloudformation/text";
import { rendered, the } from "./support/render";

const name = "one";
const own = (service: string, resource: string) =>
    `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

/** What the program reads of a resource, and how `Fn::Sub` writes it; `ID` is the logical id. */
const outputs: Readonly<Record<string, readonly [() => Output<string>, string]>> = {
    "the ARN of an alias": [() => new kms.Alias(name, { name: "alias/a", targetKeyId: "k" }).arn, own("kms", "${ID}")],
    "the ARN of an alarm": [
        () => new cloudwatch.MetricAlarm(name, { comparisonOperator: "LessThanThreshold", evaluationPeriods: 1 }).arn,
        "${ID.Arn}",
    ],
    "the ARN of a bucket": [() => new s3.Bucket(name, { bucket: "b" }).arn, "${ID.Arn}"],
    "the name that AWS gives a bucket": [() => new s3.Bucket(name).bucket, "${ID}"],
    "the ARN of a connection": [() => new codeconnections.Connection(name, { name: "c" }).arn, "${ID}"],
    "the ARN of an event rule": [() => new cloudwatch.EventRule(name, { name: "r" }).arn, "${ID.Arn}"],
    "the ARN of a function": [() => new lambda.Function(name, { name: "f", role: "r" }).arn, "${ID.Arn}"],
    "the ARN of a key": [() => new kms.Key(name).arn, "${ID.Arn}"],
    "the id of a key": [() => new kms.Key(name).keyId, "${ID}"],
    "the ARN of a log group, without its streams": [
        () => new cloudwatch.LogGroup(name, { name: "l" }).arn,
        own("logs", "log-group:${ID}"),
    ],
    "the ARN of a notification rule": [
        () =>
            new codestarnotifications.NotificationRule(name, { detailType: "BASIC", eventTypeIds: [], resource: "r" })
                .arn,
        "${ID}",
    ],
    "the ARN of a pipeline": [
        () => new codepipeline.Pipeline(name, { name: "p", roleArn: "r", artifactStores: [], stages: [] }).arn,
        own("codepipeline", "${ID}"),
    ],
    "the ARN of a policy": [() => new iam.Policy(name, { policy: "{}" }).arn, "${ID}"],
    "the ARN of a project": [
        () =>
            new codebuild.Project(name, {
                name: "p",
                serviceRole: "r",
                artifacts: { type: "NO_ARTIFACTS" },
                environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "i" },
                source: { type: "NO_SOURCE" },
            }).arn,
        "${ID.Arn}",
    ],
    "the ARN of a queue": [() => new sqs.Queue(name, { name: "q" }).arn, "${ID.Arn}"],
    "the URL of a queue": [() => new sqs.Queue(name, { name: "q" }).url, "${ID}"],
    "the name that AWS gives a queue": [() => new sqs.Queue(name).name, "${ID.QueueName}"],
    "the ARN of a report group": [
        () => new codebuild.ReportGroup(name, { type: "TEST", exportConfig: { type: "NO_EXPORT" } }).arn,
        "${ID}",
    ],
    "the ARN of a role": [() => new iam.Role(name, { name: "r", assumeRolePolicy: "{}" }).arn, "${ID.Arn}"],
    "the name that AWS gives a role": [() => new iam.Role(name, { assumeRolePolicy: "{}" }).name, "${ID}"],
    "the ARN of a security group": [
        () => new ec2.SecurityGroup(name, {}).arn,
        own("ec2", "security-group/${ID.GroupId}"),
    ],
    "the id of a security group": [() => new ec2.SecurityGroup(name, {}).id, "${ID.GroupId}"],
    "the ARN of a topic": [() => new sns.Topic(name, { name: "t" }).arn, "${ID}"],
    "the name that AWS gives a topic": [() => new sns.Topic(name).name, "${ID.TopicName}"],
};

describe("a template refers to", function () {
    this.timeout(20_000);

    for (const [title, [make, spelling]] of Object.entries(outputs)) {
        it(title, async () => {
            const { template } = await rendered(() => new iam.RolePolicy("reader", { role: make(), policy: "{}" }));
            const [id] = Object.keys(template.Resources).filter(one => one.startsWith("One"));
            const { RoleName } = the(template.Resources, "AWS::IAM::RolePolicy").Properties;
            assert.deepEqual(RoleName, expression(spelling.replace("ID", id)));
        });
    }
});
