import type { TableArgs } from "@pulumi/aws/dynamodb";
import type { LifecyclePolicyArgs, RepositoryArgs, RepositoryPolicyArgs } from "@pulumi/aws/ecr";
import type { ParameterArgs } from "@pulumi/aws/ssm";
import type { dynamodb, ecr } from "@pulumi/aws/types/input";
import { document, each, jsonText, part, shape, tags, to, under, type Field } from "../shape";
import { namedWithArn, type Mappings } from "./mapping";

const key =
    (KeyType: "HASH" | "RANGE"): Field =>
    (value, at) => ({ KeySchema: [{ AttributeName: at.value(value), KeyType }] });

const capacity = {
    readCapacity: under("ProvisionedThroughput", to("ReadCapacityUnits")),
    writeCapacity: under("ProvisionedThroughput", to("WriteCapacityUnits")),
};

const encryption = shape<dynamodb.TableServerSideEncryption>([], {
    enabled: to("SSEEnabled"),
    kmsKeyArn: (value, at) => ({ KMSMasterKeyId: at.value(value), SSEType: "KMS" }),
});

/** CloudFormation makes no secure parameters: their value would stand in the template. */
const parameterType: Field = (value, at) => {
    if (value !== "SecureString") {
        return { Type: value };
    }
    at.leaveOut("CloudFormation makes no parameter of the type SecureString; the template's is a String");
    return { Type: "String" };
};

const repositoryType = "aws:ecr/repository:Repository";

/**
 * Tables, parameters and image repositories.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
 */
export const stores: Mappings = {
    "aws:dynamodb/table:Table": {
        type: "AWS::DynamoDB::Table",
        shape: shape<TableArgs>(["billingMode", "deletionProtectionEnabled", "tableClass"], {
            ...capacity,
            attributes: each(
                "AttributeDefinitions",
                shape<dynamodb.TableAttribute>([], { name: to("AttributeName"), type: to("AttributeType") }),
            ),
            globalSecondaryIndexes: each(
                "GlobalSecondaryIndexes",
                shape<dynamodb.TableGlobalSecondaryIndex>([], {
                    ...capacity,
                    hashKey: key("HASH"),
                    name: to("IndexName"),
                    nonKeyAttributes: under("Projection", to("NonKeyAttributes")),
                    projectionType: under("Projection", to("ProjectionType")),
                    rangeKey: key("RANGE"),
                }),
            ),
            hashKey: key("HASH"),
            name: to("TableName"),
            pointInTimeRecovery: part(
                "PointInTimeRecoverySpecification",
                shape<dynamodb.TablePointInTimeRecovery>(["recoveryPeriodInDays"], {
                    enabled: to("PointInTimeRecoveryEnabled"),
                }),
            ),
            rangeKey: key("RANGE"),
            serverSideEncryption: part("SSESpecification", encryption),
            tags,
            ttl: part("TimeToLiveSpecification", shape<dynamodb.TableTtl>(["attributeName", "enabled"])),
        }),
        outputs: namedWithArn,
    },
    "aws:ssm/parameter:Parameter": {
        type: "AWS::SSM::Parameter",
        // Here tags are a map.
        shape: shape<ParameterArgs>(["allowedPattern", "dataType", "description", "name", "tags", "tier", "value"], {
            insecureValue: to("Value"),
            type: parameterType,
        }),
        outputs: { id: "${}", name: "${}" },
    },
    [repositoryType]: {
        type: "AWS::ECR::Repository",
        shape: shape<RepositoryArgs>(["imageTagMutability"], {
            // A list of one in Pulumi.
            encryptionConfigurations: (value, at) =>
                part(
                    "EncryptionConfiguration",
                    shape<ecr.RepositoryEncryptionConfiguration>(["encryptionType", "kmsKey"]),
                )((value as unknown[])[0], at.at("0")),
            forceDelete: to("EmptyOnDelete"),
            imageScanningConfiguration: part(
                "ImageScanningConfiguration",
                shape<ecr.RepositoryImageScanningConfiguration>(["scanOnPush"]),
            ),
            imageTagMutabilityExclusionFilters: each(
                "ImageTagMutabilityExclusionFilters",
                shape<ecr.RepositoryImageTagMutabilityExclusionFilter>([], {
                    filter: to("ImageTagMutabilityExclusionFilterValue"),
                    filterType: to("ImageTagMutabilityExclusionFilterType"),
                }),
            ),
            name: to("RepositoryName"),
            tags,
        }),
        outputs: { ...namedWithArn, repositoryUrl: "${.RepositoryUri}" },
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        into: repositoryType,
        by: "repository",
        shape: shape<LifecyclePolicyArgs>([], { policy: under("LifecyclePolicy", jsonText("LifecyclePolicyText")) }),
    },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": {
        into: repositoryType,
        by: "repository",
        shape: shape<RepositoryPolicyArgs>([], { policy: document("RepositoryPolicyText") }),
    },
};
