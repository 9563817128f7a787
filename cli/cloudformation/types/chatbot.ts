import type { SlackChannelConfigurationArgs, TeamsChannelConfigurationArgs } from "@pulumi/aws/chatbot";
import { shape, tags, to } from "../shape";
import { refIsArn, type Mappings } from "./mapping";

/** What the configurations of all clients have. */
const common = {
    guardrailPolicyArns: to("GuardrailPolicies"),
    tags,
    userAuthorizationRequired: to("UserRoleRequired"),
};

/**
 * Channels that Amazon Q Developer in chat applications writes into.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html
 */
export const chatbot: Mappings = {
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
        type: "AWS::Chatbot::SlackChannelConfiguration",
        shape: shape<SlackChannelConfigurationArgs>(
            ["configurationName", "iamRoleArn", "loggingLevel", "slackChannelId", "snsTopicArns"],
            { ...common, slackTeamId: to("SlackWorkspaceId") },
        ),
        outputs: refIsArn,
    },
    "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": {
        type: "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
        shape: shape<TeamsChannelConfigurationArgs>(
            ["configurationName", "iamRoleArn", "loggingLevel", "snsTopicArns", "teamId"],
            { ...common, channelId: to("TeamsChannelId"), tenantId: to("TeamsTenantId") },
        ),
        outputs: refIsArn,
    },
};
