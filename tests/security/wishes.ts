import type { Question } from "../support/simulation";

/** What stands around the questions: names that the stack gives its things. */
export interface Surroundings {
    readonly bucket: string;
    readonly artifactKey: string;
    readonly signingKey: string;
    /** ARNs of subnets that builds run in. */
    readonly subnet: string;
    readonly securityGroup: string;
    /** Path of all roles of the stack. */
    readonly rolePath: string;
}

/** Questions of which all have to be answered with yes. */
export type Wish = readonly Question[];

const home = "111111111111";
const prodAccount = "222222222222";

/** ARN of something in the stack's region. */
export const at = (service: string, resource: string, account = home) =>
    `arn:aws:${service}:eu-west-1:${account}:${resource}`;
const iam = (resource: string, account = home) => `arn:aws:iam::${account}:${resource}`;

/** One question in the pipelines' account. */
export const ask = (action: string, resource: string, context?: Question["context"]): Question => ({
    action,
    resource,
    account: home,
    ...(context && { context }),
});

/** One question in the account of prod. */
const askProd = (action: string, resource: string): Question => ({
    ...ask(action, resource),
    account: prodAccount,
});

/** What S3 is told of an object that is encrypted with `key`. */
export const sealedBy = (key: string) => ({
    "s3:x-amz-server-side-encryption": "aws:kms",
    "s3:x-amz-server-side-encryption-aws-kms-key-id": key,
});

const passed = (service: string) => ({ "iam:PassedToService": service });

/**
 * What somebody could want of two services, `orders` and `payments`, and of what all share, by the words of
 * docs/least-privilege.md.
 */
export function wishes(around: Surroundings): Readonly<Record<string, Wish>> {
    const { bucket, artifactKey, signingKey, subnet, securityGroup, rolePath } = around;
    const objects = (key: string) => `arn:aws:s3:::${bucket}/${key}`;
    // Of a bucket with a key of its own S3 says the bucket, and no object.
    const viaS3 = {
        "kms:ViaService": "s3.eu-west-1.amazonaws.com",
        "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${bucket}`,
    };
    const read = (key: string): Wish => [ask("s3:GetObject", objects(key)), ask("kms:Decrypt", artifactKey, viaS3)];
    const write = (key: string): Wish => [
        ask("s3:PutObject", objects(key), sealedBy(artifactKey)),
        ask("kms:GenerateDataKey", artifactKey, viaS3),
    ];
    const secret = (name: string) => at("secretsmanager", `secret:${name}-AbCdEf`);
    const logs = (stream: string) => at("logs", `log-group:/service-pipelines/shop:log-stream:${stream}`);
    const pipeline = (name: string) => at("codepipeline", name);
    const project = (name: string) => at("codebuild", `project/${name}`);
    const repository = (name: string) => at("ecr", `repository/${name}`);
    const push: readonly string[] = ["ecr:InitiateLayerUpload", "ecr:PutImage"];
    return {
        "read artifacts of orders": read("shop--orders/BuildArtif/a1b2c3"),
        "read artifacts of payments": read("shop--payments/BuildArtif/a1b2c3"),
        "read artifacts of a check of payments": read("shop--7c29bf31--paym/BuildArtif/a1b2c3"),
        "write artifacts of orders": write("shop--orders/BuildArtif/a1b2c3"),
        "write artifacts of payments": write("shop--payments/BuildArtif/a1b2c3"),
        "write artifacts of a check of payments": write("shop--7c29bf31--paym/BuildArtif/a1b2c3"),
        "delete a version of an artifact of orders": [ask("s3:DeleteObjectVersion", objects("shop--orders/x"))],
        "read artifacts over plain HTTP": [
            ask("s3:GetObject", objects("shop--orders/x"), { "aws:SecureTransport": "false" }),
        ],
        "write an artifact with another key": [
            ask("s3:PutObject", objects("shop--orders/x"), sealedBy(at("kms", "key/other"))),
        ],
        "write an artifact without KMS": [
            ask("s3:PutObject", objects("shop--orders/x"), { "s3:x-amz-server-side-encryption": "AES256" }),
        ],

        "read seals of orders": read("seals/shop--orders/1/BuildArtifact.json"),
        "write seals of orders": write("seals/shop--orders/1/BuildArtifact.json"),
        "delete a seal of orders": [ask("s3:DeleteObject", objects("seals/shop--orders/1/BuildArtifact.json"))],
        "delete a version of a seal of orders": [
            ask("s3:DeleteObjectVersion", objects("seals/shop--orders/1/BuildArtifact.json")),
        ],
        "sign a seal": [ask("kms:Sign", signingKey)],
        "check a seal": [ask("kms:Verify", signingKey)],
        "change the policy of the signing key": [ask("kms:PutKeyPolicy", signingKey)],
        "delete the signing key": [ask("kms:ScheduleKeyDeletion", signingKey)],
        "hand the signing key on by a grant": [ask("kms:CreateGrant", signingKey)],
        "ask for a seal": [ask("lambda:InvokeFunction", at("lambda", "function:shop--fleet--seal"))],
        "ask for a verification": [ask("lambda:InvokeFunction", at("lambda", "function:shop--fleet--verify"))],

        "read the secret of the suite of orders": [ask("secretsmanager:GetSecretValue", secret("orders-test-key"))],
        "read the parameter of the suite of orders": [ask("ssm:GetParameters", at("ssm", "parameter/orders/port"))],
        "read the secret of the build of payments": [ask("secretsmanager:GetSecretValue", secret("payments-build"))],
        "read the secret of the deploy of payments to dev": [
            ask("secretsmanager:GetSecretValue", secret("payments-dev")),
        ],
        "read the secret of the deploy of payments to prod": [
            ask("secretsmanager:GetSecretValue", secret("payments-prod")),
        ],
        "read the secret of a target": [ask("secretsmanager:GetSecretValue", secret("pager"))],
        "read the token for statuses": [ask("secretsmanager:GetSecretValue", secret("github-status"))],
        "read any other secret": [ask("secretsmanager:GetSecretValue", secret("payments-build-2"))],
        "change a secret": [ask("secretsmanager:PutSecretValue", secret("payments-build"))],

        "write the log of the build of orders": [ask("logs:PutLogEvents", logs("orders/build/1"))],
        "write the log of the build of payments": [ask("logs:PutLogEvents", logs("payments/build/1"))],
        "read a log of builds": [ask("logs:GetLogEvents", logs("orders/build/1"))],
        "write the log of the network": [
            ask("logs:PutLogEvents", at("logs", "log-group:/service-pipelines/shop/network:log-stream:eni-1")),
        ],
        "delete the log of builds": [ask("logs:DeleteLogGroup", at("logs", "log-group:/service-pipelines/shop"))],
        "delete the log of who did what": [
            ask("logs:DeleteLogGroup", at("logs", "log-group:/aws/events/service-pipelines/shop/audit")),
        ],

        "push an image of orders": push.map(action => ask(action, repository("shop/orders/build"))),
        "push an image of payments": push.map(action => ask(action, repository("shop/payments/build"))),
        "delete an image of orders": [ask("ecr:BatchDeleteImage", repository("shop/orders/build"))],

        "deploy orders to dev": [ask("ecs:UpdateService", at("ecs", "service/shop-dev/orders"))],
        "deploy orders to staging": [ask("ecs:UpdateService", at("ecs", "service/shop-staging/orders"))],
        "deploy orders to prod": [askProd("ecs:UpdateService", at("ecs", "service/shop-prod/orders", prodAccount))],
        "deploy another service with ECS": [ask("ecs:UpdateService", at("ecs", "service/shop-dev/payments"))],
        "deploy payments to dev": [ask("lambda:UpdateFunctionCode", at("lambda", "function:payments-dev"))],
        "deploy payments to staging": [ask("lambda:UpdateFunctionCode", at("lambda", "function:payments-staging"))],
        "deploy payments to prod": [
            askProd("lambda:UpdateFunctionCode", at("lambda", "function:payments-prod", prodAccount)),
        ],
        "become the deploy role of orders in prod": [
            askProd("sts:AssumeRole", iam(`role${rolePath}shop--orders--deploy-prod`, prodAccount)),
        ],
        "become the deploy role of payments in prod": [
            askProd("sts:AssumeRole", iam(`role${rolePath}shop--payments--deploy-prod`, prodAccount)),
        ],

        "pass the task role of orders to ECS": [
            ask("iam:PassRole", iam("role/orders-task"), passed("ecs-tasks.amazonaws.com")),
        ],
        "pass the task role of orders to Lambda": [
            ask("iam:PassRole", iam("role/orders-task"), passed("lambda.amazonaws.com")),
        ],
        "pass any other role": [ask("iam:PassRole", iam("role/administrators"), passed("ecs-tasks.amazonaws.com"))],
        "make a role": [ask("iam:CreateRole", iam(`role${rolePath}shop--orders--mine`))],
        "change the policy of a role": [ask("iam:PutRolePolicy", iam(`role${rolePath}shop--orders--pipeline`))],

        "start the pipeline of orders": [ask("codepipeline:StartPipelineExecution", pipeline("shop--orders"))],
        "start the pipeline of payments": [ask("codepipeline:StartPipelineExecution", pipeline("shop--payments"))],
        "approve orders for staging": [
            ask("codepipeline:PutApprovalResult", pipeline("shop--orders/Approve-staging/approve")),
        ],
        "approve orders for prod": [
            ask("codepipeline:PutApprovalResult", pipeline("shop--orders/Approve-prod/approve")),
        ],
        "roll orders back in prod": [ask("codepipeline:RollbackStage", pipeline("shop--orders/prod"))],
        "roll orders back in dev": [ask("codepipeline:RollbackStage", pipeline("shop--orders/dev"))],
        "retry, override or stop a release": [
            ask("codepipeline:RetryStageExecution", pipeline("shop--orders/prod")),
            ask("codepipeline:OverrideStageCondition", pipeline("shop--orders/prod")),
            ask("codepipeline:StopPipelineExecution", pipeline("shop--orders")),
        ],
        "edit a pipeline": [ask("codepipeline:UpdatePipeline", pipeline("shop--orders"))],
        "answer a job of a pipeline": [ask("codepipeline:PutJobSuccessResult", "*")],
        "run a build of orders": [ask("codebuild:StartBuild", project("shop--orders--build"))],
        "run a build of payments": [ask("codebuild:StartBuild", project("shop--payments--build"))],
        "run the deploy of payments to prod": [ask("codebuild:StartBuild", project("shop--payments--deploy--prod"))],
        "edit a project": [ask("codebuild:UpdateProject", project("shop--orders--build"))],
        "freeze or open prod": [ask("ssm:PutParameter", at("ssm", "parameter/service-pipelines/shop/freeze/prod"))],

        "open data with the artifact key itself": [ask("kms:Decrypt", artifactKey)],
        "open artifacts with the key through S3": [ask("kms:Decrypt", artifactKey, viaS3)],
        "change the policy of the artifact key": [ask("kms:PutKeyPolicy", artifactKey)],
        "delete the artifact key": [ask("kms:ScheduleKeyDeletion", artifactKey)],
        "hand the artifact key on by a grant": [ask("kms:CreateGrant", artifactKey)],
        "change the policy of the bucket": [ask("s3:PutBucketPolicy", `arn:aws:s3:::${bucket}`)],
        "switch versions of the bucket off": [ask("s3:PutBucketVersioning", `arn:aws:s3:::${bucket}`)],

        "join the network of the builds": [
            ask("ec2:CreateNetworkInterfacePermission", at("ec2", "network-interface/eni-0a1b2c3d4e5f60718"), {
                "ec2:Subnet": subnet,
                "ec2:AuthorizedService": "codebuild.amazonaws.com",
            }),
        ],
        "open the network of the builds": [ask("ec2:AuthorizeSecurityGroupEgress", securityGroup)],
        "change a route of the network": [ask("ec2:CreateRoute", at("ec2", "route-table/rtb-0a1b2c3d4e5f60718"))],

        "tell the functions of something": [ask("sqs:SendMessage", at("sqs", "shop--fleet--notify"))],
        "take messages of the functions": [ask("sqs:ReceiveMessage", at("sqs", "shop--fleet--notify"))],
        "change what the functions remember": [
            ask("dynamodb:PutItem", at("dynamodb", "table/shop--fleet--operations")),
        ],
        "change the code of a function": [
            ask("lambda:UpdateFunctionCode", at("lambda", "function:shop--fleet--check")),
        ],
        "ask whether an environment is open": [
            ask("lambda:InvokeFunction", at("lambda", "function:shop--fleet--check")),
        ],
    };
}
