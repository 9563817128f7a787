import type { Delivery } from "../functions/notify/settings";
import type { Grant } from "./grant";

/** A topic of a target, and who is told by it. */
export interface TargetTopic {
    readonly name: string;
    readonly arn: string;
    readonly emails: readonly string[];
    /** URLs that SNS posts to. */
    readonly https: readonly string[];
}

/** A queue of a target, encrypted with SQS's own key, so that whoever reads it needs no other. */
export interface TargetQueue {
    readonly name: string;
    readonly retentionSeconds: number;
}

/** A channel that Amazon Q Developer tells what comes to the target's topic, and the role that it has there. */
export interface TargetChat {
    /** Of its configuration. */
    readonly name: string;
    /** Of a role that may do nothing. */
    readonly roleName: string;
    /** Policies that bound whatever role somebody in the channel has: their ARNs. */
    readonly guardrails: readonly string[];
    readonly channel:
        | { readonly client: "Slack"; readonly workspaceId: string; readonly channelId: string }
        | {
              readonly client: "Teams";
              readonly tenantId: string;
              readonly teamId: string;
              readonly channelId: string;
          };
}

/** What is made for a target of notifications, and how the function that tells reaches it. */
export interface TargetPlan {
    readonly delivery: Delivery;

    /** To the role of that function. */
    readonly grants: readonly Grant[];

    readonly topic?: TargetTopic;
    readonly queue?: TargetQueue;
    readonly chat?: TargetChat;

    /** Topic that alarms can publish to themselves, should that function fail: its ARN. */
    readonly alarmTopic?: string;

    /** In words, for the preview: `Slack by the webhook in the secret slack-webhooks:orders`. */
    readonly summary: string;

    /** What must already be so, in words; printed in the preview. */
    readonly prerequisites?: readonly string[];
}
