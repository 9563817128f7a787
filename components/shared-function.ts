import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionPlan } from "../blueprint/plan";
import { bundled, nodeVersion } from "./bundle";
import { fromNames } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link SharedFunction}. */
export interface SharedFunctionArgs {
    readonly plan: FunctionPlan;

    /** ARN of the key that its logs are encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A Lambda function of this program that all pipelines of the stack share, with its code from `functions/<key>/`.
 *
 * Creates: `aws.iam.Role` `<name>-role`, `aws.iam.RolePolicy` `<name>-policy`, `aws.cloudwatch.LogGroup` `<name>-logs`,
 * `aws.lambda.Function` `<name>-function`.
 *
 * The role's trust has no condition: AWS documents none for the execution role of a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export class SharedFunction extends pulumi.ComponentResource {
    /** ARN of the function; resolves only when it may do what it has to. */
    public readonly functionArn: pulumi.Output<string>;

    constructor(name: string, args: SharedFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:SharedFunction", name, {}, opts);
        const { plan, keyArn, tags } = args;

        const role = serviceRole(
            name,
            {
                name: plan.role.name,
                description: plan.description,
                service: "lambda.amazonaws.com",
                statements: plan.role.statements,
                handles: fromNames({}),
                tags,
            },
            { parent: this },
        );
        const logs = new cloudwatch.LogGroup(
            `${name}-logs`,
            { name: plan.logs.group, retentionInDays: plan.logs.days, kmsKeyId: keyArn, tags },
            { parent: this },
        );
        const made = new lambda.Function(
            `${name}-function`,
            {
                name: plan.name,
                description: plan.description,
                role: role.arn,
                runtime: `nodejs${nodeVersion}.x`,
                architectures: ["arm64"],
                handler: "index.handler",
                code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(bundled(plan.key)) }),
                memorySize: plan.memoryMb,
                timeout: plan.timeoutSeconds,
                loggingConfig: { logFormat: "JSON", logGroup: logs.name },
                tags,
            },
            { parent: this, dependsOn: role.ready },
        );

        this.functionArn = made.arn;
        this.registerOutputs({ functionArn: this.functionArn });
    }
}
