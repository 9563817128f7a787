import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { writeByRules } from "../blueprint/resource-policies";
import type { AuditPlan } from "../blueprint/plan";

/** Arguments for {@link Audit}. */
export interface AuditArgs {
    readonly plan: AuditPlan;

    /** ARN of the key that the log is encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    /** Whether the log cannot be deleted: what it held cannot be made again. */
    readonly protect: boolean;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Who did what to the pipelines of a stack, and how to ask for it.
 *
 * Creates: `aws.cloudwatch.LogGroup` `<name>-log`, `aws.cloudwatch.LogResourcePolicy` `<name>-policy`, for each rule
 * `aws.cloudwatch.EventRule` `<name>-<rule>` and `aws.cloudwatch.EventTarget` `<name>-<rule>-target`, for each question
 * `aws.cloudwatch.QueryDefinition` `<name>-<question>`, and where it is asked for, `aws.cloudtrail.Trail` `<name>-trail`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html (CloudWatch Logs permissions)
 */
export class Audit extends pulumi.ComponentResource {
    /** Name of the log group. */
    public readonly logGroup: pulumi.Output<string>;

    constructor(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Audit", name, {}, opts);
        const { plan, keyArn, protect, tags } = args;
        const child = { parent: this };

        const log = new cloudwatch.LogGroup(
            `${name}-log`,
            { name: plan.group, retentionInDays: plan.days, kmsKeyId: keyArn, tags },
            { parent: this, protect },
        );
        const policy = new cloudwatch.LogResourcePolicy(
            `${name}-policy`,
            {
                policyName: plan.policyName,
                policyDocument: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [writeByRules(plan.groupArn)],
                }),
            },
            child,
        );
        for (const { key, name: ruleName, description, pattern } of plan.rules) {
            const rule = new cloudwatch.EventRule(
                `${name}-${key}`,
                { name: ruleName, description, eventPattern: JSON.stringify(pattern), tags },
                child,
            );
            new cloudwatch.EventTarget(
                `${name}-${key}-target`,
                { rule: rule.name, targetId: "log", arn: log.arn },
                { parent: this, dependsOn: policy },
            );
        }
        for (const { key, name: title, query } of plan.queries) {
            new cloudwatch.QueryDefinition(
                `${name}-${key}`,
                { name: title, queryString: query, logGroupNames: [log.name] },
                child,
            );
        }
        if (plan.trail !== undefined) {
            new cloudtrail.Trail(
                `${name}-trail`,
                {
                    name: plan.trail.name,
                    s3BucketName: plan.trail.bucket,
                    enableLogFileValidation: true,
                    eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
                    tags,
                },
                child,
            );
        }

        this.logGroup = log.name;
        this.registerOutputs({ logGroup: this.logGroup });
    }
}
