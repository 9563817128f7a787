import { z } from "zod";
import { arn, partitionOf } from "../arn";
import { allow } from "../grant";
import { targetKind } from "../kind";
import { useKey } from "../messages";

const uuid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

const text = (description: string, pattern: RegExp, form: string) =>
    z.string().max(255).regex(pattern, form).describe(description);

/**
 * A channel of Slack or Microsoft Teams, by Amazon Q Developer in chat applications (AWS Chatbot before). A topic is made that
 * the channel hears. Messages need no permission: the channel's role may do nothing, and the guardrail AWSDenyAll keeps it so
 * for every role that somebody in the channel brings along; without one, AWS would allow what an administrator may do.
 *
 * SNS decrypts what it sends, so the channel needs nothing of the topic's key.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html
 */
export const chat = targetKind({
    type: "chat",
    limits: [
        "The workspace, or the team, is authorized once in the console of Amazon Q Developer in chat applications, which shows its id.",
        "Nothing can be run from the channel.",
        "AWS configures a channel once in an account: two stacks of one account cannot tell the same channel; a webhook can.",
        "Not offered in GovCloud and China.",
    ],
    docs: "https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html",
    settings: z.strictObject({
        slack: z
            .strictObject({
                workspaceId: text(
                    "Id of the workspace, as the console shows it.",
                    /^[0-9A-Z]+$/,
                    'the id of a workspace, such as "T07EA123LEP"',
                ),
                channelId: text(
                    "Id of the channel: the end of its link.",
                    /^[A-Za-z0-9]+$/,
                    'the id of a channel, such as "C07EZ1ABC23"',
                ),
            })
            .optional()
            .describe("A channel of Slack; or else `teams`. @default none: `teams` names one"),
        teams: z
            .strictObject({
                tenantId: text("Id of the tenant.", uuid, "the id of a tenant, a UUID"),
                teamId: text("Id of the team.", uuid, "the id of a team, a UUID"),
                channelId: text(
                    "Id of the channel, as its link has it.",
                    /^[a-zA-Z0-9\-_=+/.,]*%3[aA][a-zA-Z0-9\-_=+/.,]*%40[a-zA-Z0-9\-_=+/.,]*$/,
                    'the id of a channel as its link has it, such as "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2"',
                ),
            })
            .optional()
            .describe("A channel of Microsoft Teams; or else `slack`. @default none: `slack` names one"),
    }),
    example: `
        type: chat
        slack: { workspaceId: T07EA123LEP, channelId: C07EZ1ABC23 }`,
    plan({ slack, teams }, at) {
        const { home } = at;
        const name = at.physicalName(256);
        const topic = arn("sns", name, home);
        const channel =
            teams === undefined
                ? { client: "Slack" as const, workspaceId: "", channelId: "", ...slack }
                : { client: "Teams" as const, ...teams };
        const { client, channelId } = channel;
        return {
            delivery: { type: "topic", arn: topic, format: "chat" },
            grants: [allow("TellTopics", ["sns:Publish"], [topic]), useKey(at.key, "sns", home)],
            topic: { name, arn: topic, emails: [], https: [] },
            chat: {
                name: at.physicalName(128),
                roleName: at.physicalName(64),
                guardrails: [`arn:${partitionOf(home.region)}:iam::aws:policy/AWSDenyAll`],
                channel,
            },
            summary: `channel ${channelId} of ${client === "Slack" ? "Slack" : "Microsoft Teams"} by Amazon Q Developer`,
            prerequisites: [
                client === "Slack"
                    ? `the Slack workspace ${channel.workspaceId} is authorized in the console of Amazon Q Developer in chat applications`
                    : `the team ${channel.teamId} is authorized in the console of Amazon Q Developer in chat applications`,
            ],
        };
    },
    check: ({ slack, teams }) =>
        (slack === undefined) === (teams === undefined)
            ? [
                  {
                      path: [],
                      message: `expected either \`slack\` or \`teams\`, found ${slack === undefined ? "neither" : "both"}`,
                  },
              ]
            : [],
});
