import type { EventSourceMappingArgs, FunctionArgs, PermissionArgs } from "@pulumi/aws/lambda";
import type { lambda as inputs } from "@pulumi/aws/types/input";
import { named, nothing, part, shape, tags, to, under, type Field } from "../shape";
import { namedWithArn, refOnly, type Mappings } from "./mapping";

/** The recording has the code's hash alone, and a template could hold no more than a small file of it. */
const code: Field = (_, at) => ({
    Code: {
        S3Bucket: at.parameter("CodeBucket", "the bucket that the function's code was uploaded to, as a ZIP file"),
        S3Key: at.parameter("CodeKey", "the key of the function's code in its bucket"),
    },
});

const ofCode = (name: string) => under("Code", to(name));

/**
 * Functions, who may call them, and what they take from queues.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html
 */
export const lambda: Mappings = {
    "aws:lambda/function:Function": {
        type: "AWS::Lambda::Function",
        shape: shape<FunctionArgs>(
            [
                "architectures",
                "codeSigningConfigArn",
                "description",
                "handler",
                "kmsKeyArn",
                "layers",
                "memorySize",
                "packageType",
                "reservedConcurrentExecutions",
                "role",
                "runtime",
                "timeout",
            ],
            {
                code,
                deadLetterConfig: part("DeadLetterConfig", shape<inputs.FunctionDeadLetterConfig>(["targetArn"])),
                environment: part("Environment", shape<inputs.FunctionEnvironment>(["variables"])),
                ephemeralStorage: part("EphemeralStorage", shape<inputs.FunctionEphemeralStorage>(["size"])),
                imageUri: ofCode("ImageUri"),
                loggingConfig: part(
                    "LoggingConfig",
                    shape<inputs.FunctionLoggingConfig>([
                        "applicationLogLevel",
                        "logFormat",
                        "logGroup",
                        "systemLogLevel",
                    ]),
                ),
                name: to("FunctionName"),
                s3Bucket: ofCode("S3Bucket"),
                s3Key: ofCode("S3Key"),
                s3ObjectVersion: ofCode("S3ObjectVersion"),
                // Only a hash to see changes by.
                sourceCodeHash: nothing,
                tags,
                tracingConfig: part("TracingConfig", shape<inputs.FunctionTracingConfig>(["mode"])),
                vpcConfig: part(
                    "VpcConfig",
                    shape<inputs.FunctionVpcConfig>(["ipv6AllowedForDualStack", "securityGroupIds", "subnetIds"]),
                ),
            },
        ),
        outputs: namedWithArn,
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
        type: "AWS::Lambda::EventSourceMapping",
        shape: shape<EventSourceMappingArgs>(
            [
                "batchSize",
                "enabled",
                "eventSourceArn",
                "functionName",
                "functionResponseTypes",
                "kmsKeyArn",
                "maximumBatchingWindowInSeconds",
            ],
            {
                scalingConfig: part(
                    "ScalingConfig",
                    shape<inputs.EventSourceMappingScalingConfig>(["maximumConcurrency"]),
                ),
                tags,
            },
        ),
        outputs: { id: "${}", uuid: "${}", arn: "${.EventSourceMappingArn}" },
    },
    "aws:lambda/permission:Permission": {
        type: "AWS::Lambda::Permission",
        shape: shape<PermissionArgs>(
            [
                "action",
                "eventSourceToken",
                "functionUrlAuthType",
                "invokedViaFunctionUrl",
                "principal",
                "sourceAccount",
                "sourceArn",
            ],
            {
                function: named("FunctionName", "aws:lambda/function:Function"),
                principalOrgId: to("PrincipalOrgID"),
                // CloudFormation names the statement itself.
                statementId: nothing,
            },
        ),
        outputs: refOnly,
    },
};
