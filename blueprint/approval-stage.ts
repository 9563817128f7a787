import { approvalAction } from "../catalog/approval";
import { arn } from "../catalog/arn";
import type { Revision } from "../catalog/plan";
import type { ServiceEnvironment } from "../config/fleet-config";
import type { Ground } from "./place";
import type { PlannedStage } from "./stages";

/** Name of the stage that asks for a yes before `environment`; environments are lower-case, so it can be no environment's. */
export const approvalStageName = (environment: string) => `Approve-${environment}`;

/** Name of the action that waits for the yes. */
export const approvalActionName = "approve";

/** Name of the topic on which approvers of `environment` are asked. */
export const approvalTopic = (ground: Ground, environment: string) => ground.names.shared(256, "approve", environment);

/**
 * An approval is a stage of its own: a no is a failed action, and in one stage with the deploy a rollback on failure
 * would redeploy production because somebody said no.
 */
export function approvalStage(
    service: string,
    environment: ServiceEnvironment,
    revision: Revision,
    ground: Ground,
): PlannedStage[] {
    if (environment.approval === undefined) {
        return [];
    }
    const { settings, origin } = environment.approval;
    const { instructions, reviewUrl, timeoutHours } = settings;
    const notify = ground.asked[environment.name] ?? [];
    const what = `${service} to ${environment.name}: ${revision.label} ${revision.id}`;
    const topicArn = topicArnOf(ground, environment.name);
    const asked = `${notify.length === 0 ? "no address is asked" : `${notify.join(", ")} asked`}, ${timeoutHours} h to answer`;
    return [
        {
            steps: [
                {
                    name: approvalActionName,
                    action: approvalAction,
                    summary: asked,
                    configuration: {},
                    inputs: [],
                    outputs: [],
                    grants: [{ sid: "AskApprovers", actions: ["sns:Publish"], resources: [topicArn] }],
                },
            ],
            stage: {
                name: approvalStageName(environment.name),
                purpose: "approval",
                environment: environment.name,
                approval: {
                    environment: environment.name,
                    notify,
                    timeoutHours,
                    ...(instructions !== undefined && { instructions }),
                    ...(reviewUrl !== undefined && { reviewUrl }),
                },
                actions: [
                    {
                        name: approvalActionName,
                        action: approvalAction,
                        summary: asked,
                        configuration: {
                            NotificationArn: topicArn,
                            CustomData: [
                                what,
                                ...(instructions === undefined ? [] : [instructions]),
                                // Last: its length is the committer's, and what is cut off is not what matters.
                                ...(revision.message === undefined ? [] : [revision.message]),
                            ].join(" - "),
                            ...(reviewUrl !== undefined && { ExternalEntityLink: reviewUrl }),
                        },
                        inputs: [],
                        outputs: [],
                        runOrder: 1,
                        timeoutMinutes: timeoutHours * 60,
                        targets: [],
                        passes: [],
                        path: origin([]),
                    },
                ],
                before: [],
                otherwise: "fail",
                after: [],
                onFailure: "stop",
            },
        },
    ];
}

/** ARN of the topic of `environment`. */
export const topicArnOf = (ground: Ground, environment: string) =>
    arn("sns", approvalTopic(ground, environment), ground.home);
