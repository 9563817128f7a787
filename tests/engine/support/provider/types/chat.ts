import { needs, type ResourceType } from "./type";

const topic = "aws:sns/topic:Topic";

/** A channel: one configuration of a name, of a role that AWS's service may assume. */
const channel = (ids: readonly string[]): ResourceType => ({
    name: "configurationName",
    pattern: /^[A-Za-z0-9_-]{1,128}$/,
    unique: ["configurationName"],
    scope: "account",
    id: "{arn}",
    replace: ["configurationName", ...ids],
    references: [needs("snsTopicArns[*]", topic)],
    roles: [{ path: "iamRoleArn", service: "chatbot.amazonaws.com", tried: false }],
    outputs: { arn: "arn:{partition}:chatbot::{account}:chat-configuration/{configurationName}" },
});

/** Channels that Amazon Q Developer in chat applications writes into. */
export const chat: Readonly<Record<string, ResourceType>> = {
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": channel(["slackTeamId"]),
    "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": channel(["teamId"]),
};
