import { arn, type Location } from "../catalog/arn";
import type { Conditions } from "../catalog/grant";

/** Who may assume a role: an AWS service, and where it says who asks, for which of its resources. */
export interface Trust {
    /** Service principal, for example `codebuild.amazonaws.com`. */
    readonly service: string;

    /** @default - any resource of the service; only for services that do not say who asks */
    readonly conditions?: Conditions;
}

/** The whole trust policy of a role that other roles assume. */
export interface TrustPlan {
    readonly Version: "2012-10-17";
    readonly Statement: readonly {
        readonly Sid: string;
        readonly Effect: "Allow";
        readonly Principal: { readonly AWS: string };
        readonly Action: readonly string[];
        readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
    }[];
}

/** What a role's trust policy says. */
export const trustPolicy = ({ service, conditions }: Trust) => ({
    Version: "2012-10-17" as const,
    Statement: [
        {
            Effect: "Allow" as const,
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            ...(conditions && { Condition: conditions }),
        },
    ],
});

/**
 * AWS documents no condition for the role of a pipeline, and a wrong one would stop every release.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-service-role-cli.html
 */
export const pipelineTrust: Trust = { service: "codepipeline.amazonaws.com" };

/** AWS documents no condition for the execution role of a function. */
export const functionTrust: Trust = { service: "lambda.amazonaws.com" };

/** AWS documents no condition for the role of an EventBridge target. */
export const eventTrust: Trust = { service: "events.amazonaws.com" };

/** No condition: the role may do nothing. */
export const channelTrust: Trust = { service: "chatbot.amazonaws.com" };

/** AWS documents conditions for the role of builds, and none for that of batches. */
export const batchTrust: Trust = { service: "codebuild.amazonaws.com" };

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
export const flowLogTrust = (home: Location): Trust => ({
    service: "vpc-flow-logs.amazonaws.com",
    conditions: {
        StringEquals: { "aws:SourceAccount": home.account },
        ArnLike: { "aws:SourceArn": arn("ec2", "vpc-flow-log/*", home) },
    },
});

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
export const buildTrust = (project: string, home: Location): Trust => ({
    service: "codebuild.amazonaws.com",
    conditions: {
        StringEquals: { "aws:SourceAccount": home.account },
        ArnEquals: { "aws:SourceArn": arn("codebuild", `project/${project}`, home) },
    },
});

/**
 * AWS documents that `aws:SourceArn` is that of the schedule's group, and never a schedule's.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export const scheduleTrust = (home: Location): Trust => ({
    service: "scheduler.amazonaws.com",
    conditions: {
        StringEquals: { "aws:SourceAccount": home.account },
        ArnEquals: { "aws:SourceArn": arn("scheduler", "schedule-group/default", home) },
    },
});
