import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { DeployRolePlan } from "../blueprint/plan";
import { policyDocument } from "../blueprint/policy";
import { fromNames, resolve } from "./resolve";
import { termsArgs } from "./service-role";

/** Arguments for {@link DeployRole}. */
export interface DeployRoleArgs {
    readonly plan: DeployRolePlan;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The role with which one service is deployed to one environment, in the environment's account: its pipeline and the builds that
 * assume it are trusted, and nobody else.
 *
 * Creates: `aws.iam.Role` `<name>-role` and `aws.iam.RolePolicy` `<name>-policy`.
 */
export class DeployRole extends pulumi.ComponentResource {
    /** ARN of the role: the one that the pipeline's plan names. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: DeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:DeployRole", name, {}, opts);
        const { plan } = args;
        const role = new iam.Role(
            `${name}-role`,
            {
                name: plan.name,
                description: `Deploys ${plan.service} to ${plan.environment}`,
                assumeRolePolicy: pulumi.jsonStringify(plan.trust),
                ...termsArgs(plan.terms),
                tags: { ...args.tags, service: plan.service },
            },
            { parent: this },
        );
        new iam.RolePolicy(
            `${name}-policy`,
            {
                name: plan.name,
                role: role.name,
                // What only the fleet's own stack knows stands in no statement of it.
                policy: resolve(policyDocument(plan.statements), fromNames({})) as iam.PolicyDocument,
            },
            { parent: this },
        );
        this.roleArn = role.arn;
        this.registerOutputs({ roleArn: this.roleArn });
    }
}
