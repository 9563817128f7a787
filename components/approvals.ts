import * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { ApprovalTopicPlan } from "../blueprint/plan";
import { policyDocument } from "../blueprint/policy";
import type { RoleTerms } from "../blueprint/role-terms";
import { iamArn } from "../catalog/arn";
import { fromNames, resolve } from "./resolve";

/** Arguments for {@link Approvals}. */
export interface ApprovalsArgs {
    readonly plans: readonly ApprovalTopicPlan[];

    /** ARN of the key that messages are encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    /** What all roles have in common: where somebody else makes them, so are these policies. */
    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Who is asked before an environment, and who may answer.
 *
 * Creates for each environment: `aws.sns.Topic` `<name>-<environment>`, `aws.sns.TopicSubscription`
 * `<name>-<environment>--<address>` for each address, and `aws.iam.Policy` `<name>-<environment>-answer`, whose holders
 * may answer the approvals of that environment and no other. Pipelines publish with their own roles, so the topic needs
 * no policy beside the one it is made with.
 */
export class Approvals extends pulumi.ComponentResource {
    /** ARN of the policy that lets its holders answer, by environment. */
    public readonly policyArns: Readonly<Record<string, pulumi.Output<string>>>;

    /** The topics; a pipeline that asks on one has to wait for it. */
    public readonly topics: readonly pulumi.Resource[];

    constructor(name: string, args: ApprovalsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Approvals", name, {}, opts);
        const { tags, terms } = args;

        const made = args.plans.map(plan => {
            const base = `${name}-${plan.environment}`;
            const topic = new sns.Topic(
                base,
                { name: plan.name, displayName: `Approvals of ${plan.environment}`, kmsMasterKeyId: args.keyArn, tags },
                { parent: this },
            );
            for (const address of plan.notify) {
                new sns.TopicSubscription(
                    // No environment's name holds `--`: with one hyphen, prod and eu-ann@… would meet prod-eu and ann@….
                    `${base}--${address}`,
                    { topic: topic.arn, protocol: "email", endpoint: address },
                    { parent: this },
                );
            }
            const policyArn = terms.existing
                ? pulumi.output(iamArn(`policy/${plan.policyName}`, terms.home))
                : new iam.Policy(
                      `${base}-answer`,
                      {
                          name: plan.policyName,
                          description: `Answers approvals of ${plan.environment}`,
                          policy: resolve(policyDocument(plan.statements), fromNames({})) as iam.PolicyDocument,
                          tags,
                      },
                      { parent: this },
                  ).arn;
            return { plan, topic, policyArn };
        });

        this.policyArns = Object.fromEntries(made.map(({ plan, policyArn }) => [plan.environment, policyArn]));
        this.topics = made.map(({ topic }) => topic);
        this.registerOutputs({ policyArns: this.policyArns });
    }
}
