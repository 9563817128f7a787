import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import type { OperationsPlan } from "../blueprint/plan";
import { Audit } from "./audit";
import type { SharedFunction } from "./shared-function";

/** Arguments for {@link Operations}. */
export interface OperationsArgs {
    readonly plan: OperationsPlan;

    /** ARN of the key that the audit is encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    /** Whether the audit cannot be deleted. */
    readonly protect: boolean;

    /** The functions by key. */
    readonly functions: Readonly<Record<string, SharedFunction>>;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What the functions of a stack remember, what they hear of, and who did what.
 *
 * Creates: `aws.dynamodb.Table` `<name>-table`, and for each rule `aws.cloudwatch.EventRule` `<name>-<rule>` with an
 * `aws.cloudwatch.EventTarget` `<name>-<rule>-<function>` for each function that hears of it, and {@link Audit} `audit`.
 *
 * Targets have no role: with one, EventBridge may fail to send to an encrypted queue.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export class Operations extends pulumi.ComponentResource {
    /** Name of the table. */
    public readonly tableName: pulumi.Output<string>;

    constructor(name: string, args: OperationsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Operations", name, {}, opts);
        const { plan, keyArn, protect, functions, tags } = args;

        const table = new dynamodb.Table(
            `${name}-table`,
            {
                name: plan.table.name,
                billingMode: "PAY_PER_REQUEST",
                hashKey: "pk",
                rangeKey: "sk",
                attributes: [
                    { name: "pk", type: "S" },
                    { name: "sk", type: "S" },
                ],
                ttl: { attributeName: "expires", enabled: true },
                tags,
            },
            { parent: this },
        );
        for (const { key, name: ruleName, description, pattern, schedule, targets } of plan.rules) {
            const rule = new cloudwatch.EventRule(
                `${name}-${key}`,
                {
                    name: ruleName,
                    description,
                    ...(pattern && { eventPattern: JSON.stringify(pattern) }),
                    ...(schedule !== undefined && { scheduleExpression: schedule }),
                    tags,
                },
                { parent: this },
            );
            for (const target of targets) {
                new cloudwatch.EventTarget(
                    `${name}-${key}-${target.key}`,
                    {
                        rule: rule.name,
                        targetId: target.key,
                        arn: target.queueArn,
                        ...(target.input !== undefined && { input: target.input }),
                    },
                    // Not before the queue takes what is sent: EventBridge gives up what it may not deliver.
                    { parent: this, dependsOn: [functions[target.key]] },
                );
            }
        }

        if (plan.audit !== undefined) {
            new Audit("audit", { plan: plan.audit, keyArn, protect, tags }, { parent: this });
        }

        this.tableName = table.name;
        this.registerOutputs({ tableName: this.tableName });
    }
}
