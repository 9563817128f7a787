import { arn } from "../../catalog/arn";
import type { FleetConfig } from "../../config/fleet-config";
import type { Ground } from "../place";
import type { AuditPlan } from "./plan";

/** Calls that change what a pipeline does, or does now, by the question that they answer. */
const calls = {
    approved: ["PutApprovalResult"],
    started: ["StartPipelineExecution"],
    stopped: ["StopPipelineExecution"],
    edited: ["CreatePipeline", "DeletePipeline", "TagResource", "UntagResource", "UpdatePipeline"],
    disabled: ["DisableStageTransition", "EnableStageTransition"],
    "went-back": ["OverrideStageCondition", "RetryStageExecution", "RollbackStage"],
} as const;

/** The same of build projects: who built by hand, and who changed what is built with. */
const projectCalls = [
    "CreateProject",
    "DeleteProject",
    "RetryBuild",
    "RetryBuildBatch",
    "StartBuild",
    "StartBuildBatch",
    "StopBuild",
    "StopBuildBatch",
    "UpdateProject",
];

/** The same of freezes, which are parameters. */
const freezeCalls = ["DeleteParameter", "DeleteParameters", "PutParameter"];

/** Where requests say what they are about; of parameters that are deleted together, the first. */
const about = ["pipelineName", "name", "pipeline.name", "projectName", "resourceArn", "id", "names.0"];

/**
 * Services that build as pipelines go: every release would be a row among what people did.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (sourceIPAddress)
 */
const ofPipelines = ["codepipeline.amazonaws.com", "events.amazonaws.com"];

/** What a row of an answer shows. */
const fields = [
    "@timestamp",
    "detail.userIdentity.arn as who",
    "detail.eventName as what",
    `coalesce(${about.map(field => `detail.requestParameters.${field}`).join(", ")}) as target`,
    "detail.requestParameters.stageName as stage",
    "detail.requestParameters.result.status as answer",
    "detail.requestParameters.result.summary as words",
    "detail.requestParameters.reason as reason",
    "detail.sourceIPAddress as address",
    "detail.errorCode as error",
].join(", ");

const query = (names: readonly string[]) =>
    `fields ${fields} | filter detail.eventName in ${JSON.stringify(names)} | sort @timestamp desc | limit 200`;

/**
 * Who did what to the pipelines of the stack: CloudTrail's events about them, in a log group of their own, with a saved query
 * for each question. EventBridge writes to log groups by a policy of CloudWatch Logs.
 *
 * What requests hold by which name is CodePipeline's API reference; that CloudTrail keeps it under `requestParameters`, CloudTrail's.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html (CloudWatch Logs permissions, /aws/events/)
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function auditPlan({ operations, prefix }: FleetConfig, { names, home }: Ground): AuditPlan | undefined {
    const { audit } = operations;
    if (audit === false) {
        return undefined;
    }
    // EventBridge's own console and policies expect groups below /aws/events/.
    const group = `/aws/events/service-pipelines/${prefix}/audit`;
    const mine = [{ prefix: names.everything.slice(0, -1) }];
    const called = (service: string, eventName: readonly string[], requests: readonly object[]) => ({
        eventSource: [`${service}.amazonaws.com`],
        eventName,
        // One pattern holds one shape for all: what the request is about stands under another name in each.
        $or: requests.map(requestParameters => ({ requestParameters })),
    });
    const question = (key: string, title: string, eventNames: readonly string[]) => ({
        key,
        name: `service-pipelines/${prefix}/${title}`,
        query: query(eventNames),
    });
    const rule = (key: string, description: string, source: string, detail: object) => ({
        key,
        name: names.shared(64, "audit", key),
        description,
        pattern: {
            source: [source],
            "detail-type": ["AWS API Call via CloudTrail"],
            account: [home.account],
            detail,
        },
    });
    return {
        group,
        groupArn: arn("logs", `log-group:${group}`, home),
        days: audit.days,
        policyName: names.shared(255, "audit"),
        rules: [
            rule(
                "pipelines",
                "Who did what to pipelines",
                "aws.codepipeline",
                called("codepipeline", Object.values(calls).flat(), [
                    { pipelineName: mine },
                    { name: mine },
                    { pipeline: { name: mine } },
                    { resourceArn: [{ prefix: arn("codepipeline", mine[0].prefix, home) }] },
                ]),
            ),
            rule("projects", "Who did what to build projects by hand", "aws.codebuild", {
                ...called("codebuild", projectCalls, [{ projectName: mine }, { name: mine }, { id: mine }]),
                sourceIPAddress: [{ "anything-but": ofPipelines }],
            }),
            rule(
                "freezes",
                "Who froze what",
                "aws.ssm",
                called("ssm", freezeCalls, [
                    { name: [{ prefix: `${names.freezes}/` }] },
                    { names: [{ prefix: `${names.freezes}/` }] },
                ]),
            ),
        ],
        queries: [
            question("approved", "who approved or refused", calls.approved),
            question("started", "who started a pipeline", calls.started),
            question("stopped", "who stopped a pipeline", calls.stopped),
            question("edited", "who edited a pipeline or a build", [...calls.edited, ...projectCalls]),
            question("disabled", "who closed or opened a stage", calls.disabled),
            question("went-back", "who rolled back, retried or overrode", calls["went-back"]),
            question("froze", "who froze or opened an environment", freezeCalls),
        ],
        ...(audit.trail && { trail: { name: names.trail("audit"), bucket: audit.trail.bucket } }),
    };
}
