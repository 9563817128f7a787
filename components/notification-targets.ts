import * as chatbot from "@pulumi/aws/chatbot";
import * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import type { NotificationTargetPlan } from "../blueprint/plan";
import { policyDocument } from "../blueprint/policy";
import { roleArn, type RoleTerms } from "../blueprint/role-terms";
import { channelTrust, trustPolicy } from "../blueprint/trust";
import type { TargetChat, TargetTopic } from "../catalog/target-plan";
import { fromNames, resolve } from "./resolve";
import { termsArgs } from "./service-role";

/** Arguments for {@link NotificationTargets}. */
export interface NotificationTargetsArgs {
    readonly plans: readonly NotificationTargetPlan[];

    /** ARN of the key that topics are encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    readonly terms: RoleTerms;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What is made for those who are told what happens; a target that there is already, or that is reached by HTTPS, takes nothing.
 *
 * Creates, as a target needs it: `aws.sns.Topic` `<name>-<target>`, an `aws.sns.TopicSubscription` `<name>-<target>--<address>`
 * for each address and URL, and `aws.sns.TopicPolicy` `<name>-<target>`; `aws.sqs.Queue` `<name>-<target>`; `aws.iam.Role`
 * `<name>-<target>-channel` and `aws.chatbot.SlackChannelConfiguration` or `aws.chatbot.TeamsChannelConfiguration`
 * `<name>-<target>`.
 *
 * The trust of a channel's role has no condition: the role may do nothing.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
export class NotificationTargets extends pulumi.ComponentResource {
    /** Names of the topics that are made, and their ARNs: what publishes to one has to wait for it. */
    public readonly topicArns: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: NotificationTargetsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:NotificationTargets", name, {}, opts);
        const { tags } = args;

        const topicArns: Record<string, pulumi.Output<string>> = {};
        for (const { key, topic, topicPolicy, queue, chat } of args.plans) {
            const base = `${name}-${key}`;
            const made = topic && topicOf(base, topic, args, this);
            if (topic !== undefined && made !== undefined) {
                topicArns[topic.name] = made.arn;
            }
            if (made !== undefined && topicPolicy !== undefined) {
                new sns.TopicPolicy(
                    base,
                    {
                        arn: made.arn,
                        policy: resolve(policyDocument(topicPolicy), fromNames({})) as iam.PolicyDocument,
                    },
                    { parent: this },
                );
            }
            if (queue !== undefined) {
                new sqs.Queue(
                    base,
                    {
                        name: queue.name,
                        sqsManagedSseEnabled: true,
                        messageRetentionSeconds: queue.retentionSeconds,
                        tags,
                    },
                    { parent: this },
                );
            }
            if (made !== undefined && chat !== undefined) {
                channelOf(base, chat, made, args, this);
            }
        }

        this.topicArns = topicArns;
        this.registerOutputs({ topicArns });
    }
}

/** The topic of a target, and who is told by it. */
function topicOf(
    base: string,
    topic: TargetTopic,
    { keyArn, tags }: NotificationTargetsArgs,
    parent: pulumi.Resource,
): sns.Topic {
    const made = new sns.Topic(base, { name: topic.name, kmsMasterKeyId: keyArn, tags }, { parent });
    const told = [
        ...topic.emails.map(endpoint => ({ protocol: "email", endpoint })),
        ...topic.https.map(endpoint => ({ protocol: "https", endpoint })),
    ];
    for (const { protocol, endpoint } of told) {
        // No key holds `--`: with one hyphen, ops and eu-ann@… would meet ops-eu and ann@….
        new sns.TopicSubscription(`${base}--${endpoint}`, { topic: made.arn, protocol, endpoint }, { parent });
    }
    return made;
}

/** The channel that hears `topic`. */
function channelOf(
    base: string,
    { name, roleName, guardrails, channel }: TargetChat,
    topic: sns.Topic,
    { terms, tags }: NotificationTargetsArgs,
    parent: pulumi.Resource,
): void {
    const channelRole = terms.existing
        ? pulumi.output(roleArn(terms, roleName))
        : new iam.Role(
              `${base}-channel`,
              {
                  name: roleName,
                  description: "Held by a channel that is told what happens; allows nothing",
                  assumeRolePolicy: trustPolicy(channelTrust),
                  ...termsArgs(terms),
                  tags,
              },
              { parent },
          ).arn;
    const common = {
        configurationName: name,
        iamRoleArn: channelRole,
        guardrailPolicyArns: [...guardrails],
        snsTopicArns: [topic.arn],
        tags,
    };
    if (channel.client === "Slack") {
        const { workspaceId, channelId } = channel;
        new chatbot.SlackChannelConfiguration(
            base,
            { ...common, slackTeamId: workspaceId, slackChannelId: channelId },
            { parent },
        );
    } else {
        const { tenantId, teamId, channelId } = channel;
        new chatbot.TeamsChannelConfiguration(base, { ...common, tenantId, teamId, channelId }, { parent });
    }
}
