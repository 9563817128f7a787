import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { EventTriggerPlan } from "../catalog/plan";
import type { RoleTerms } from "../blueprint/role-terms";
import { componentRoles } from "../blueprint/roles";
import type { Handles } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link EventTrigger}. */
export interface EventTriggerArgs {
    readonly plan: EventTriggerPlan;
    readonly handles: Handles;
    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * An EventBridge rule that starts a pipeline or a build, with a role that may start this one alone.
 *
 * Creates: `aws.iam.Role` `<name>-role`, `aws.iam.RolePolicy` `<name>-policy`, `aws.cloudwatch.EventRule` `<name>-rule`,
 * `aws.cloudwatch.EventTarget` `<name>-target`.
 *
 * The role's trust has no condition: AWS documents none for the role of an EventBridge target.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-S3-source-events.html
 */
export class EventTrigger extends pulumi.ComponentResource {
    /** ARN of the rule. */
    public readonly ruleArn: pulumi.Output<string>;

    constructor(name: string, args: EventTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:EventTrigger", name, {}, opts);
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
                ...(plan.build === undefined
                    ? { targetId: "pipeline", arn: plan.pipelineArn }
                    : { targetId: "build", arn: plan.build.projectArn, input: plan.build.input }),
                roleArn: role.arn,
            },
            { parent: this, dependsOn: role.ready },
        );

        this.ruleArn = rule.arn;
        this.registerOutputs({ ruleArn: this.ruleArn });
    }
}
