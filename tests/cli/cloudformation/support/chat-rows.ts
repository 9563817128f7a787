import * as chatbot from "@pulumi/aws/chatbot";
import * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import { att, ref, sub, type Rows } from "./render";

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];
const guardrail = "arn:aws:iam::aws:policy/AWSDenyAll";

/** The topic and the role that a configuration refers to. */
const surroundings = () => ({
    topic: new sns.Topic("news", { name: "shop--news" }),
    role: new iam.Role("channel", {
        name: "shop--channel",
        assumeRolePolicy: { Version: "2012-10-17", Statement: [] },
    }),
});

const topic = { Type: "AWS::SNS::Topic", Properties: { TopicName: "shop--news" } };
const role = {
    Type: "AWS::IAM::Role",
    Properties: { RoleName: "shop--channel", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] } },
};

const common = {
    ConfigurationName: "shop--news",
    GuardrailPolicies: [sub("arn:${AWS::Partition}:iam::aws:policy/AWSDenyAll")],
    IamRoleArn: att("aws:iam/role:Role", "channel", "Arn"),
    LoggingLevel: "ERROR",
    SnsTopicArns: [ref("aws:sns/topic:Topic", "news")],
    UserRoleRequired: true,
    Tags,
};

export const chatRows: Rows = {
    "a channel of Slack that is told": {
        make: () => {
            const around = surroundings();
            new chatbot.SlackChannelConfiguration("news", {
                configurationName: "shop--news",
                guardrailPolicyArns: [guardrail],
                iamRoleArn: around.role.arn,
                loggingLevel: "ERROR",
                slackChannelId: "C07EZ1ABC23",
                slackTeamId: "T07EA123LEP",
                snsTopicArns: [around.topic.arn],
                userAuthorizationRequired: true,
                tags,
            });
        },
        expected: [
            role,
            {
                Type: "AWS::Chatbot::SlackChannelConfiguration",
                Properties: { ...common, SlackChannelId: "C07EZ1ABC23", SlackWorkspaceId: "T07EA123LEP" },
            },
            topic,
        ],
    },
    "a channel of Microsoft Teams that is told": {
        make: () => {
            const around = surroundings();
            new chatbot.TeamsChannelConfiguration("news", {
                configurationName: "shop--news",
                channelId: "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
                guardrailPolicyArns: [guardrail],
                iamRoleArn: around.role.arn,
                loggingLevel: "ERROR",
                snsTopicArns: [around.topic.arn],
                teamId: "74361522-da01-438d-aa2e-ac7918c6bb92",
                tenantId: "0f1e2d3c-4b5a-4968-8776-655443322110",
                userAuthorizationRequired: true,
                tags,
            });
        },
        expected: [
            role,
            {
                Type: "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
                Properties: {
                    ...common,
                    TeamId: "74361522-da01-438d-aa2e-ac7918c6bb92",
                    TeamsChannelId: "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
                    TeamsTenantId: "0f1e2d3c-4b5a-4968-8776-655443322110",
                },
            },
            topic,
        ],
    },
};
