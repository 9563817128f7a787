import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as sqs from "@pulumi/aws/sqs";
import type { PolicyDocument } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionPlan } from "../blueprint/plan";
import { bundled, bundleFile, nodeVersion } from "./bundle";
import { policyDocument } from "../blueprint/policy";
import type { RoleTerms } from "../blueprint/role-terms";
import { fromNames, resolve, type Handles } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link SharedFunction}. */
export interface SharedFunctionArgs {
    readonly plan: FunctionPlan;

    /** ARN of the key that its logs and messages are encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    /** What its settings and its policy refer to, beside that key. @default nothing */
    readonly handles?: Handles;

    /** ARNs of the topics that its alarm publishes to. @default none */
    readonly alarmTopics?: readonly pulumi.Input<string>[];

    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A Lambda function of this program that all pipelines of the stack share, with its code from `functions/<key>/`.
 *
 * Creates: `aws.iam.Role` `<name>-role`, `aws.iam.RolePolicy` `<name>-policy`, `aws.cloudwatch.LogGroup` `<name>-logs`,
 * `aws.lambda.Function` `<name>-function`, `aws.sqs.Queue` `<name>-dead-letters`, `aws.cloudwatch.MetricAlarm`
 * `<name>-dead-letters-alarm`; and where it listens, `aws.sqs.Queue` `<name>-queue`, `aws.sqs.QueuePolicy`
 * `<name>-queue-policy` and `aws.lambda.EventSourceMapping` `<name>-messages`.
 *
 * The role's trust has no condition: AWS documents none for the execution role of a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export class SharedFunction extends pulumi.ComponentResource {
    /** ARN of the function; resolves only when it may do what it has to. */
    public readonly functionArn: pulumi.Output<string>;

    /** The queue that it listens to; sending there needs its policy, too. */
    public readonly queue?: { readonly arn: pulumi.Output<string>; readonly ready: pulumi.Resource };

    constructor(name: string, args: SharedFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:SharedFunction", name, {}, opts);
        const { plan, keyArn, alarmTopics = [], tags } = args;
        const handles: Handles = handle =>
            handle === "artifactKey" ? keyArn : (args.handles ?? fromNames({}))(handle);
        const child = { parent: this };

        const role = serviceRole(
            name,
            {
                name: plan.role.name,
                description: plan.description,
                trust: plan.role.trust,
                statements: plan.role.statements,
                handles,
                terms: args.terms,
                tags,
            },
            child,
        );
        const logs = new cloudwatch.LogGroup(
            `${name}-logs`,
            { name: plan.logs.group, retentionInDays: plan.logs.days, kmsKeyId: keyArn, tags },
            child,
        );
        const deadLetters = new sqs.Queue(
            `${name}-dead-letters`,
            {
                name: plan.deadLetters.name,
                kmsMasterKeyId: keyArn,
                // As long as SQS keeps anything.
                messageRetentionSeconds: 14 * 24 * 60 * 60,
                tags,
            },
            child,
        );
        new cloudwatch.MetricAlarm(
            `${name}-dead-letters-alarm`,
            {
                name: plan.deadLetters.alarm.name,
                alarmDescription: plan.deadLetters.alarm.description,
                namespace: "AWS/SQS",
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: { QueueName: deadLetters.name },
                statistic: "Maximum",
                period: 300,
                evaluationPeriods: 1,
                threshold: 0,
                comparisonOperator: "GreaterThanThreshold",
                treatMissingData: "notBreaching",
                alarmActions: [...alarmTopics],
                okActions: [...alarmTopics],
                tags,
            },
            child,
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
                code: codeOf(plan, handles),
                memorySize: plan.memoryMb,
                timeout: plan.timeoutSeconds,
                loggingConfig: { logFormat: "JSON", logGroup: logs.name },
                // A queue has its own; what calls the function itself does not wait for an answer.
                ...(plan.queue === undefined && { deadLetterConfig: { targetArn: deadLetters.arn } }),
                tags,
            },
            { parent: this, dependsOn: role.ready },
        );
        if (plan.queue !== undefined) {
            const { name: queueName, hiddenSeconds, mostReceives, policy, batchSize, maximumConcurrency } = plan.queue;
            const queue = new sqs.Queue(
                `${name}-queue`,
                {
                    name: queueName,
                    kmsMasterKeyId: keyArn,
                    visibilityTimeoutSeconds: hiddenSeconds,
                    messageRetentionSeconds: 14 * 24 * 60 * 60,
                    redrivePolicy: pulumi.jsonStringify({
                        deadLetterTargetArn: deadLetters.arn,
                        maxReceiveCount: mostReceives,
                    }),
                    tags,
                },
                child,
            );
            const ready = new sqs.QueuePolicy(
                `${name}-queue-policy`,
                { queueUrl: queue.url, policy: resolve(policyDocument(policy), handles) as PolicyDocument },
                child,
            );
            new lambda.EventSourceMapping(
                `${name}-messages`,
                {
                    eventSourceArn: queue.arn,
                    functionName: made.arn,
                    batchSize,
                    functionResponseTypes: ["ReportBatchItemFailures"],
                    scalingConfig: { maximumConcurrency },
                    tags,
                },
                child,
            );
            this.queue = { arn: queue.arn, ready };
        }

        this.functionArn = made.arn;
        this.registerOutputs({ functionArn: this.functionArn });
    }
}

/** The bundle, as a file: what a registration and the state hold of it is a path and a hash. Beside it the settings. */
function codeOf({ key, settings }: FunctionPlan, handles: Handles): pulumi.Input<pulumi.asset.Archive> {
    const file = bundleFile(key);
    const code = file === undefined ? new pulumi.asset.StringAsset(bundled(key)) : new pulumi.asset.FileAsset(file);
    const archive = (text?: string) =>
        new pulumi.asset.AssetArchive({
            "index.js": code,
            ...(text !== undefined && { "settings.json": new pulumi.asset.StringAsset(text) }),
        });
    if (settings === undefined) {
        return archive();
    }
    let refers = false;
    const resolved = resolve(settings, handle => {
        refers = true;
        return handles(handle);
    });
    // Only what only AWS can name makes an output of the text; else a preview shows whether it changes.
    return refers ? pulumi.jsonStringify(resolved).apply(archive) : archive(JSON.stringify(resolved));
}
