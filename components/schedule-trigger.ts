import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../catalog/arn";
import type { ScheduleTriggerPlan } from "../catalog/plan";
import { componentStatements } from "../blueprint/roles";
import type { Handles } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link ScheduleTrigger}. */
export interface ScheduleTriggerArgs {
    readonly plan: ScheduleTriggerPlan;
    readonly handles: Handles;

    /** Account and region of the schedule. */
    readonly home: Location;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * A schedule of EventBridge Scheduler that starts a pipeline, with a role that may start this one pipeline.
 *
 * Creates: `aws.iam.Role` `<name>-role`, `aws.iam.RolePolicy` `<name>-policy`, `aws.scheduler.Schedule` `<name>-schedule`.
 *
 * The role's trust names the schedule's group: AWS documents that `aws:SourceArn` is the group's, and never a schedule's.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
 */
export class ScheduleTrigger extends pulumi.ComponentResource {
    /** ARN of the schedule. */
    public readonly scheduleArn: pulumi.Output<string>;

    constructor(name: string, args: ScheduleTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:ScheduleTrigger", name, {}, opts);
        const { plan, handles, home, tags } = args;

        const role = serviceRole(
            name,
            {
                name: plan.roleName,
                description: plan.description,
                service: "scheduler.amazonaws.com",
                trust: {
                    StringEquals: { "aws:SourceAccount": home.account },
                    ArnEquals: { "aws:SourceArn": arn("scheduler", "schedule-group/default", home) },
                },
                statements: componentStatements(plan),
                handles,
                tags,
            },
            { parent: this },
        );
        // Schedules take no tags; only their groups do.
        const schedule = new scheduler.Schedule(
            `${name}-schedule`,
            {
                name: plan.physicalName,
                description: plan.description,
                scheduleExpression: `cron(${plan.cron})`,
                scheduleExpressionTimezone: plan.timeZone,
                flexibleTimeWindow: { mode: "OFF" },
                target: { arn: plan.pipelineArn, roleArn: role.arn },
            },
            { parent: this, dependsOn: role.ready },
        );

        this.scheduleArn = schedule.arn;
        this.registerOutputs({ scheduleArn: this.scheduleArn });
    }
}
