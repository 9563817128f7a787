import { z } from "zod";
import { targetKind } from "../kind";
import { readSecrets, secretText, secretTextOf } from "../secret-text";

/**
 * A channel of Slack, by an incoming webhook: its messages have links and say what to do. The webhook's URL is kept in Secrets
 * Manager, as whoever knows it can write into the channel.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export const slack = targetKind({
    type: "slack",
    limits: ["A secret that is encrypted with a key of its own is read only if `secretKeys` names that key."],
    docs: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
    settings: z.strictObject({
        webhook: secretText("The URL of the channel's incoming webhook."),
    }),
    example: `
        type: slack
        webhook: slack-webhooks:on-call`,
    plan: ({ webhook }, { home }) => ({
        delivery: { type: "slack", webhook: secretTextOf(webhook) },
        grants: [readSecrets([webhook], home)],
        summary: `Slack by webhook, secret ${webhook}`,
    }),
});
