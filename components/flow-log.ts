import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { FlowLogPlan } from "../blueprint/network-plan";
import type { RoleTerms } from "../blueprint/role-terms";
import { fromNames } from "./resolve";
import { serviceRole } from "./service-role";

/** Arguments for {@link makeFlowLog}. */
export interface FlowLogArgs {
    readonly plan: FlowLogPlan;

    readonly vpcId: pulumi.Input<string>;

    /** What all roles have in common. */
    readonly terms: RoleTerms;

    /** ARN of the key that the log is encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    readonly tags: Readonly<Record<string, string>>;
}

/** Seconds of a connection that become one record: the longest that there is, as a record for each minute costs up to ten times as much. */
const aggregation = 600;

/**
 * Registers the log of a VPC's traffic: `aws.cloudwatch.LogGroup` `<name>-flow-logs`, `aws.iam.Role` `<name>-flow-log-role`,
 * `aws.iam.RolePolicy` `<name>-flow-log-policy` and `aws.ec2.FlowLog` `<name>-flow-log`.
 *
 * A function, not a component: it adds no noun of its own. What was logged is protected as the parent is; the rest can be made again.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export function makeFlowLog(name: string, args: FlowLogArgs, parent: pulumi.Resource): void {
    const { plan, vpcId, terms, keyArn, tags } = args;
    const again = { parent, protect: false };
    const group = new cloudwatch.LogGroup(
        `${name}-flow-logs`,
        { name: plan.group, retentionInDays: plan.days, kmsKeyId: keyArn, tags },
        { parent },
    );
    const role = serviceRole(
        `${name}-flow-log`,
        {
            name: plan.role.name,
            description: "Writes the flow log of the build network",
            trust: plan.role.trust,
            statements: plan.role.statements,
            handles: fromNames({}),
            terms,
            tags,
        },
        again,
    );
    new ec2.FlowLog(
        `${name}-flow-log`,
        {
            vpcId,
            trafficType: plan.traffic,
            logDestinationType: "cloud-watch-logs",
            logDestination: group.arn,
            iamRoleArn: role.arn,
            maxAggregationInterval: aggregation,
            tags,
        },
        { ...again, dependsOn: role.ready },
    );
}
