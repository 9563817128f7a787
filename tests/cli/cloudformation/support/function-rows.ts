import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import { asset } from "@pulumi/pulumi";
import { att, ref, sub, trust, type Rows } from "./render";

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];

const fn = () => {
    const role = new iam.Role("fn-role", { name: "fn", assumeRolePolicy: trust("lambda.amazonaws.com") });
    const made = new lambda.Function("fn", {
        name: "shop--fn",
        description: "Checks",
        role: role.arn,
        runtime: "nodejs22.x",
        handler: "index.handler",
        code: new asset.AssetArchive({ "index.js": new asset.StringAsset("exports.handler = () => {};") }),
        sourceCodeHash: "abc",
        architectures: ["arm64"],
        memorySize: 256,
        timeout: 30,
        reservedConcurrentExecutions: 1,
        kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/00000000-1111-2222-3333-444444444444",
        codeSigningConfigArn: "arn:aws:lambda:eu-west-1:111111111111:code-signing-config:csc-0123456789abcdef0",
        layers: ["arn:aws:lambda:eu-west-1:111111111111:layer:common:1"],
        environment: { variables: { ROLE: role.arn } },
        ephemeralStorage: { size: 512 },
        deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:111111111111:dead" },
        tracingConfig: { mode: "Active" },
        loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "WARN", logGroup: "/shop" },
        vpcConfig: {
            subnetIds: ["subnet-0123456789abcdef0"],
            securityGroupIds: ["sg-0123456789abcdef0"],
            ipv6AllowedForDualStack: false,
        },
        packageType: "Zip",
        publish: true,
        tags,
    });
    new lambda.EventSourceMapping("fn-messages", {
        eventSourceArn: "arn:aws:sqs:eu-west-1:111111111111:work",
        functionName: made.arn,
        batchSize: 10,
        enabled: true,
        maximumBatchingWindowInSeconds: 5,
        kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/00000000-1111-2222-3333-444444444444",
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: 5 },
        tags,
    });
    new lambda.Permission("fn-permission", {
        statementId: "events",
        action: "lambda:InvokeFunction",
        function: made.name,
        principal: "events.amazonaws.com",
        sourceArn: "arn:aws:events:eu-west-1:111111111111:rule/shop",
        sourceAccount: "111111111111",
    });
};

const arn = (service: string, resource: string) =>
    sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

export const functionRows: Rows = {
    "a function and who may call it; its code is to be handed over": {
        make: fn,
        expected: [
            {
                Type: "AWS::Lambda::Function",
                Properties: {
                    FunctionName: "shop--fn",
                    Description: "Checks",
                    Role: att("aws:iam/role:Role", "fn-role", "Arn"),
                    Runtime: "nodejs22.x",
                    Handler: "index.handler",
                    Code: { S3Bucket: { Ref: "FnCodeBucket" }, S3Key: { Ref: "FnCodeKey" } },
                    Architectures: ["arm64"],
                    MemorySize: 256,
                    Timeout: 30,
                    ReservedConcurrentExecutions: 1,
                    KmsKeyArn: arn("kms", "key/00000000-1111-2222-3333-444444444444"),
                    CodeSigningConfigArn: arn("lambda", "code-signing-config:csc-0123456789abcdef0"),
                    Layers: [arn("lambda", "layer:common:1")],
                    Environment: { Variables: { ROLE: att("aws:iam/role:Role", "fn-role", "Arn") } },
                    EphemeralStorage: { Size: 512 },
                    DeadLetterConfig: { TargetArn: arn("sqs", "dead") },
                    TracingConfig: { Mode: "Active" },
                    LoggingConfig: {
                        LogFormat: "JSON",
                        ApplicationLogLevel: "INFO",
                        SystemLogLevel: "WARN",
                        LogGroup: "/shop",
                    },
                    VpcConfig: {
                        SubnetIds: ["subnet-0123456789abcdef0"],
                        SecurityGroupIds: ["sg-0123456789abcdef0"],
                        Ipv6AllowedForDualStack: false,
                    },
                    PackageType: "Zip",
                    Tags,
                },
            },
            {
                Type: "AWS::Lambda::EventSourceMapping",
                Properties: {
                    EventSourceArn: arn("sqs", "work"),
                    FunctionName: att("aws:lambda/function:Function", "fn", "Arn"),
                    BatchSize: 10,
                    Enabled: true,
                    MaximumBatchingWindowInSeconds: 5,
                    KmsKeyArn: arn("kms", "key/00000000-1111-2222-3333-444444444444"),
                    FunctionResponseTypes: ["ReportBatchItemFailures"],
                    ScalingConfig: { MaximumConcurrency: 5 },
                    Tags,
                },
            },
            {
                Type: "AWS::Lambda::Permission",
                Properties: {
                    Action: "lambda:InvokeFunction",
                    FunctionName: ref("aws:lambda/function:Function", "fn"),
                    Principal: "events.amazonaws.com",
                    SourceArn: arn("events", "rule/shop"),
                    SourceAccount: "111111111111",
                },
            },
            {
                Type: "AWS::IAM::Role",
                Properties: { RoleName: "fn", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") },
            },
        ],
        leftOut: [
            "fn (aws:lambda/function:Function): not all of it is recorded; the template takes as parameters: FnCodeBucket, FnCodeKey",
            "publish of fn (aws:lambda/function:Function): CloudFormation has no such property, or the template does not know it",
        ],
    },
    "a function whose code is elsewhere, and one that is an image": {
        make: () => {
            new lambda.Function("bucket-fn", {
                role: "arn:aws:iam::222222222222:role/fn",
                runtime: "nodejs22.x",
                handler: "index.handler",
                s3Bucket: "code",
                s3Key: "fn.zip",
                s3ObjectVersion: "1",
            });
            new lambda.Function("image-fn", {
                role: "arn:aws:iam::222222222222:role/fn",
                packageType: "Image",
                imageUri: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/fn:1",
            });
        },
        expected: [
            {
                Type: "AWS::Lambda::Function",
                Properties: {
                    Role: sub("arn:${AWS::Partition}:iam::222222222222:role/fn"),
                    Runtime: "nodejs22.x",
                    Handler: "index.handler",
                    Code: { S3Bucket: "code", S3Key: "fn.zip", S3ObjectVersion: "1" },
                },
            },
            {
                Type: "AWS::Lambda::Function",
                Properties: {
                    Role: sub("arn:${AWS::Partition}:iam::222222222222:role/fn"),
                    PackageType: "Image",
                    Code: { ImageUri: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/fn:1" },
                },
            },
        ],
    },
};
