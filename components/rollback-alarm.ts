import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { RollbackAlarmPlan } from "../catalog/plan";

/** Arguments for {@link RollbackAlarm}. */
export interface RollbackAlarmArgs {
    readonly plan: RollbackAlarmPlan;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * An EventBridge rule that sends the rise of alarms to the queue of the function that rolls a stage back.
 *
 * Creates: `aws.cloudwatch.EventRule` `<name>-rule`, `aws.cloudwatch.EventTarget` `<name>-target`.
 *
 * The target has no role: the queue's policy lets the rules of the stack send.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export class RollbackAlarm extends pulumi.ComponentResource {
    /** ARN of the rule. */
    public readonly ruleArn: pulumi.Output<string>;

    constructor(name: string, args: RollbackAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:RollbackAlarm", name, {}, opts);
        const { plan, tags } = args;

        const rule = new cloudwatch.EventRule(
            `${name}-rule`,
            {
                name: plan.physicalName,
                description: plan.description,
                eventPattern: JSON.stringify(plan.pattern),
                tags,
            },
            { parent: this },
        );
        new cloudwatch.EventTarget(
            `${name}-target`,
            {
                rule: rule.name,
                targetId: "rollback",
                arn: plan.queueArn,
                inputTransformer: { inputTemplate: plan.message },
            },
            { parent: this },
        );

        this.ruleArn = rule.arn;
        this.registerOutputs({ ruleArn: this.ruleArn });
    }
}
