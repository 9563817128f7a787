import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";
import type { ScheduleTriggerPlan } from "../catalog/plan";
import type { RoleTerms } from "../blueprint/role-terms";
import { componentRoles } from "../blueprint/roles";
import type { Handles } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link ScheduleTrigger}. */
export interface ScheduleTriggerArgs {
    readonly plan: ScheduleTriggerPlan;
    readonly handles: Handles;

    readonly terms: RoleTerms;

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
        const { plan, handles, tags } = args;

        const [own] = componentRoles(plan, args.terms.home);
        const role = serviceRole(
            name,
            {
                ...own,
                description: plan.description,
                handles,
                terms: args.terms,
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
