import { deployRole, ecsService, fleetOf, pipelineOf, reference, threeEnvironments } from "./fleet";

/** Services with names that begin alike: one begins another, and two share the 20 characters that name a folder. */
export const fleet = fleetOf({
    environments: threeEnvironments,
    services: {
        orders: reference,
        "orders-api": ecsService("orders-api"),
        "web-storefront-a": ecsService("web-storefront-a"),
        "web-storefront-b": ecsService("web-storefront-b"),
        drops: {
            source: { type: "s3", bucket: "shop-drops", key: "drops.zip" },
            build: { type: "none" },
            deploy: { type: "s3", bucket: "shop-site-{environment}" },
        },
    },
});

/** Name of the artifact bucket. */
export const { bucket } = fleet.shared.store;
const folder = (service: string) => `arn:aws:s3:::${bucket}/${pipelineOf(fleet, service).folder}`;
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
/** ARN of the role `name` of the fleet's account. */
export const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
/** The artifact key, as requests name it. */
export const key = "<artifactKey>";
const s3 = { "aws:ResourceAccount": "111111111111", "aws:SecureTransport": "true" };
const kmsHeader = "s3:x-amz-server-side-encryption";
const keyHeader = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const viaS3 = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };

type Ask = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>];

const artifact = (action: string, service: string, more: object = {}): Ask => [
    action,
    `${folder(service)}/BuildArtif/abc`,
    { ...s3, ...more },
];
const subnet = { "ec2:Subnet": "<subnetArn:0>", "ec2:AuthorizedService": "codebuild.amazonaws.com" };
const eni = arn("ec2", "network-interface/eni-1");
const task = (service: string, to: string): Ask => [
    "iam:PassRole",
    role(`${service}-task`),
    { "iam:PassedToService": `${to}.amazonaws.com` },
];

/** What somebody may want, by what it would mean. */
export const wishes: Readonly<Record<string, Ask>> = {
    "read artifacts": artifact("s3:GetObject", "orders"),
    "read artifacts over plain HTTP": artifact("s3:GetObject", "orders", { "aws:SecureTransport": "false" }),
    "write artifacts": artifact("s3:PutObject", "orders"),
    "write artifacts with the key": artifact("s3:PutObject", "orders", { [kmsHeader]: "aws:kms", [keyHeader]: key }),
    "write artifacts with another key": artifact("s3:PutObject", "orders", {
        [kmsHeader]: "aws:kms",
        [keyHeader]: "arn:aws:kms:eu-west-1:111111111111:key/other",
    }),
    "write artifacts with the account's key": artifact("s3:PutObject", "orders", { [kmsHeader]: "aws:kms" }),
    "write artifacts with S3's key": artifact("s3:PutObject", "orders", { [kmsHeader]: "AES256" }),
    "delete artifacts": artifact("s3:DeleteObject", "orders"),
    "read artifacts of orders-api": artifact("s3:GetObject", "orders-api"),
    "write artifacts of orders-api": artifact("s3:PutObject", "orders-api"),
    "read artifacts of drops": artifact("s3:GetObject", "drops"),
    "read artifacts of web-storefront-a": artifact("s3:GetObject", "web-storefront-a"),
    "read artifacts of web-storefront-b": artifact("s3:GetObject", "web-storefront-b"),
    "list artifacts": ["s3:ListBucket", `arn:aws:s3:::${bucket}`, s3],
    "change the bucket's policy": ["s3:PutBucketPolicy", `arn:aws:s3:::${bucket}`, s3],
    "read the dropped file": ["s3:GetObject", "arn:aws:s3:::shop-drops/drops.zip", s3],
    "read another dropped file": ["s3:GetObject", "arn:aws:s3:::shop-drops/other.zip", s3],
    "deploy files": ["s3:PutObject", "arn:aws:s3:::shop-site-dev/index.html", s3],
    "decrypt through S3": ["kms:Decrypt", key, viaS3],
    "decrypt through SNS": ["kms:Decrypt", key, { "kms:ViaService": "sns.eu-west-1.amazonaws.com" }],
    "decrypt by itself": ["kms:Decrypt", key],
    "decrypt through S3 elsewhere": ["kms:Decrypt", key, { "kms:ViaService": "s3.us-east-1.amazonaws.com" }],
    "encrypt through S3": ["kms:GenerateDataKey", key, viaS3],
    "look at the key": ["kms:DescribeKey", key],
    "change the key's policy": ["kms:PutKeyPolicy", key],
    "grant the key": ["kms:CreateGrant", key],
    "write build logs": [
        "logs:PutLogEvents",
        arn("logs", "log-group:/service-pipelines/shop:log-stream:orders/build/1"),
    ],
    "write suite logs": [
        "logs:PutLogEvents",
        arn("logs", "log-group:/service-pipelines/shop:log-stream:orders/integration/1"),
    ],
    "write logs of orders-api": [
        "logs:PutLogEvents",
        arn("logs", "log-group:/service-pipelines/shop:log-stream:orders-api/build/1"),
    ],
    "read logs": ["logs:GetLogEvents", arn("logs", "log-group:/service-pipelines/shop:log-stream:orders/build/1")],
    "write reports": ["codebuild:CreateReport", arn("codebuild", "report-group/shop--orders--build-junit")],
    "write reports of orders-api": [
        "codebuild:CreateReport",
        arn("codebuild", "report-group/shop--orders-api--build-junit"),
    ],
    "read npm-token": ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:npm-token-AbCdEf")],
    "read npm-token-prod": ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:npm-token-prod-AbCdEf")],
    "read api-key-dev": ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:api-key-dev-AbCdEf")],
    "read api-key-prod": ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:api-key-prod-AbCdEf")],
    "run the build": ["codebuild:StartBuild", arn("codebuild", "project/shop--orders--build")],
    "run the build of orders-api": ["codebuild:StartBuild", arn("codebuild", "project/shop--orders-api--build")],
    "change the build": ["codebuild:UpdateProject", arn("codebuild", "project/shop--orders--build")],
    "join the network": ["ec2:CreateNetworkInterface", "<subnetArn:0>"],
    "join another network": ["ec2:CreateNetworkInterface", arn("ec2", "subnet/subnet-other")],
    "lend an interface to CodeBuild": ["ec2:CreateNetworkInterfacePermission", eni, subnet],
    "lend an interface to Lambda": [
        "ec2:CreateNetworkInterfacePermission",
        eni,
        { ...subnet, "ec2:AuthorizedService": "lambda.amazonaws.com" },
    ],
    "delete an interface elsewhere": [
        "ec2:DeleteNetworkInterface",
        eni,
        { "ec2:Subnet": arn("ec2", "subnet/subnet-other") },
    ],
    "use the connection": ["codeconnections:UseConnection", "<connection:github>"],
    "update the service in dev": ["ecs:UpdateService", arn("ecs", "service/shop-dev/orders")],
    "update orders-api in dev": ["ecs:UpdateService", arn("ecs", "service/shop-dev/orders-api")],
    "update the service in prod": ["ecs:UpdateService", "arn:aws:ecs:eu-west-1:222222222222:service/shop-prod/orders"],
    "pass the task role to ECS": task("orders", "ecs-tasks"),
    "pass the task role to Lambda": task("orders", "lambda"),
    "pass the task role of orders-api": task("orders-api", "ecs-tasks"),
    "pass the pipeline's own role": [
        "iam:PassRole",
        role("shop--orders--pipeline"),
        { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    ],
    "assume the deploy role": ["sts:AssumeRole", deployRole],
    "assume another role": ["sts:AssumeRole", "arn:aws:iam::222222222222:role/admin"],
    "ask approvers of staging": ["sns:Publish", arn("sns", "shop--fleet--approve--staging")],
    "ask approvers of another fleet": ["sns:Publish", arn("sns", "web--fleet--approve--staging")],
    "look at the prod alarm": ["cloudwatch:DescribeAlarms", arn("cloudwatch", "alarm:orders-prod-5xx")],
    "look at another alarm": ["cloudwatch:DescribeAlarms", arn("cloudwatch", "alarm:orders-api-prod-5xx")],
    "start orders": ["codepipeline:StartPipelineExecution", arn("codepipeline", "shop--orders")],
    "start drops": ["codepipeline:StartPipelineExecution", arn("codepipeline", "shop--drops")],
    "see orders": ["codepipeline:GetPipelineState", arn("codepipeline", "shop--orders")],
    "see a pipeline of another fleet": ["codepipeline:GetPipelineState", arn("codepipeline", "shop-dev--orders")],
    "approve staging of orders": [
        "codepipeline:PutApprovalResult",
        arn("codepipeline", "shop--orders/Approve-staging/approve"),
    ],
    "approve prod of orders": [
        "codepipeline:PutApprovalResult",
        arn("codepipeline", "shop--orders/Approve-prod/approve"),
    ],
    "approve prod of orders-api": [
        "codepipeline:PutApprovalResult",
        arn("codepipeline", "shop--orders-api/Approve-prod/approve"),
    ],
    "approve prod of another fleet": [
        "codepipeline:PutApprovalResult",
        arn("codepipeline", "shop-dev--orders/Approve-prod/approve"),
    ],
    "change the pipeline": ["codepipeline:UpdatePipeline", arn("codepipeline", "shop--orders")],
};
