import * as dynamodb from "@pulumi/aws/dynamodb";
import * as ecr from "@pulumi/aws/ecr";
import * as ssm from "@pulumi/aws/ssm";
import { sub, type Rows } from "./render";

const keyArn = "arn:aws:kms:eu-west-1:111111111111:alias/shop";
const key = sub("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/shop");

const pull = {
    Version: "2012-10-17" as const,
    Statement: [{ Effect: "Allow" as const, Principal: { AWS: "222222222222" }, Action: "ecr:BatchGetImage" }],
};

const expiry = {
    rules: [
        {
            rulePriority: 1,
            selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
            action: { type: "expire" },
        },
    ],
};

const table = () =>
    new dynamodb.Table("releases", {
        name: "shop-releases",
        billingMode: "PROVISIONED",
        readCapacity: 1,
        writeCapacity: 2,
        hashKey: "service",
        rangeKey: "time",
        attributes: [
            { name: "service", type: "S" },
            { name: "time", type: "N" },
            { name: "commit", type: "S" },
        ],
        globalSecondaryIndexes: [
            {
                name: "by-commit",
                hashKey: "commit",
                rangeKey: "time",
                projectionType: "INCLUDE",
                nonKeyAttributes: ["status"],
                readCapacity: 1,
                writeCapacity: 1,
            },
        ],
        pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
        serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
        ttl: { attributeName: "expires", enabled: true },
        tableClass: "STANDARD",
        deletionProtectionEnabled: true,
        tags: { a: "1" },
    });

const repository = () => {
    const made = new ecr.Repository("image", {
        name: "shop/web",
        imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: [{ filter: "cache*", filterType: "WILDCARD" }],
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keyArn }],
        forceDelete: false,
        tags: { a: "1" },
    });
    new ecr.LifecyclePolicy("image-expiry", { repository: made.name, policy: JSON.stringify(expiry) });
    new ecr.RepositoryPolicy("image-policy", { repository: made.name, policy: pull });
};

export const dataRows: Rows = {
    "a table": {
        make: table,
        expected: [
            {
                Type: "AWS::DynamoDB::Table",
                Properties: {
                    TableName: "shop-releases",
                    BillingMode: "PROVISIONED",
                    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
                    KeySchema: [
                        { AttributeName: "service", KeyType: "HASH" },
                        { AttributeName: "time", KeyType: "RANGE" },
                    ],
                    AttributeDefinitions: [
                        { AttributeName: "service", AttributeType: "S" },
                        { AttributeName: "time", AttributeType: "N" },
                        { AttributeName: "commit", AttributeType: "S" },
                    ],
                    GlobalSecondaryIndexes: [
                        {
                            IndexName: "by-commit",
                            KeySchema: [
                                { AttributeName: "commit", KeyType: "HASH" },
                                { AttributeName: "time", KeyType: "RANGE" },
                            ],
                            Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["status"] },
                            ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
                        },
                    ],
                    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
                    SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: key },
                    TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
                    TableClass: "STANDARD",
                    DeletionProtectionEnabled: true,
                    Tags: [{ Key: "a", Value: "1" }],
                },
            },
        ],
    },
    "a repository of images with its policies": {
        make: repository,
        expected: [
            {
                Type: "AWS::ECR::Repository",
                Properties: {
                    RepositoryName: "shop/web",
                    ImageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
                    ImageTagMutabilityExclusionFilters: [
                        {
                            ImageTagMutabilityExclusionFilterType: "WILDCARD",
                            ImageTagMutabilityExclusionFilterValue: "cache*",
                        },
                    ],
                    ImageScanningConfiguration: { ScanOnPush: true },
                    EncryptionConfiguration: { EncryptionType: "KMS", KmsKey: key },
                    EmptyOnDelete: false,
                    LifecyclePolicy: { LifecyclePolicyText: JSON.stringify(expiry) },
                    RepositoryPolicyText: pull,
                    Tags: [{ Key: "a", Value: "1" }],
                },
            },
        ],
    },
    "a parameter, whose value Pulumi takes for a secret": {
        make: () =>
            new ssm.Parameter("freeze", {
                name: "/shop/freeze",
                type: "String",
                value: "open",
                description: "Whether releases wait",
                allowedPattern: "^(open|closed)$",
                dataType: "text",
                tier: "Standard",
                tags: { a: "1" },
            }),
        expected: [
            {
                Type: "AWS::SSM::Parameter",
                Properties: {
                    Name: "/shop/freeze",
                    Type: "String",
                    Value: { Ref: "FreezeValue" },
                    Description: "Whether releases wait",
                    AllowedPattern: "^(open|closed)$",
                    DataType: "text",
                    Tier: "Standard",
                    Tags: { a: "1" },
                },
            },
        ],
        leftOut: [
            "freeze (aws:ssm/parameter:Parameter): not all of it is recorded; the template takes as parameters: FreezeValue",
        ],
    },
    "a secure parameter as what CloudFormation can make": {
        make: () => new ssm.Parameter("token", { name: "/shop/token", type: "SecureString", insecureValue: "x" }),
        expected: [{ Type: "AWS::SSM::Parameter", Properties: { Name: "/shop/token", Type: "String", Value: "x" } }],
        leftOut: [
            "type of token (aws:ssm/parameter:Parameter): CloudFormation makes no parameter of the type SecureString; the template's is a String",
        ],
    },
};
