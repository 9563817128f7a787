import { arn } from "../../catalog/arn";
import { kindOf, type TargetPlace } from "../../catalog/kind";
import { Reference } from "../../catalog/reference";
import type { TargetPlan } from "../../catalog/target-plan";
import { targets as kinds } from "../../catalog/targets";
import type { FleetConfig, TargetSettings } from "../../config/fleet-config";
import { routeOf } from "../../config/routes";
import { functionName } from "../functions";
import type { Ground } from "../place";
import type { NotificationTargetPlan } from "../plan";
import type { Statement } from "../policy";
import { foreignSecrets } from "../secret-keys";

/** A kind; that the settings are its own, `type` says. */
interface Planning {
    plan(settings: TargetSettings, at: TargetPlace): TargetPlan;
}

/** Who can be told: what is made for each target, and how it is reached. */
export const planTargets = ({ targets }: FleetConfig, ground: Ground): NotificationTargetPlan[] =>
    Object.entries(targets).map(([key, settings]) => {
        const kind = kindOf(kinds, settings.type) as Planning;
        const plan = kind.plan(settings, {
            home: ground.home,
            key: new Reference("artifactKey"),
            physicalName: limit => ground.names.shared(limit, "tell", key),
        });
        const prerequisites = [...(plan.prerequisites ?? []), ...foreign(plan, ground)];
        return {
            key,
            type: settings.type,
            ...plan,
            ...(prerequisites.length > 0 && { prerequisites }),
            ...(plan.topic &&
                plan.alarmTopic !== undefined && { topicPolicy: [publishAlarms(plan.alarmTopic, ground)] }),
        };
    });

/**
 * What of another account a target is reached by, in words: there, the policy of the queue, the topic or the key has to allow it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
const foreign = ({ grants }: TargetPlan, ground: Ground): string[] => [
    ...foreignSecrets(grants, functionName(ground, "notify"), ground),
    ...grants
        .filter(({ sid }) => sid !== "ReadSecretsOfTargets")
        .flatMap(({ actions, resources }) =>
            resources
                .filter(named => typeof named === "string" && named.split(":")[4] !== ground.home.account)
                .map(
                    named =>
                        `the policy of ${named as string} lets the role ${functionName(ground, "notify")} of account ${ground.home.account} do ${actions.join(" and ")}`,
                ),
        ),
];

/**
 * Alarms of the fleet publish by the policy of the topic, and the function that tells by its own. Without a policy, a topic has
 * one that lets everybody of the account do everything with it.
 *
 * Nothing of EventBridge publishes to it: a statement that let it could have no condition.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (CloudWatch alarms: aws:SourceArn)
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html (no condition in a topic's policy)
 */
const publishAlarms = (topic: string, { names, home }: Ground): Statement => ({
    Sid: "PublishAlarms",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["sns:Publish"],
    Resource: [topic],
    Condition: {
        ArnLike: { "aws:SourceArn": arn("cloudwatch", `alarm:${names.everything}`, home) },
        StringEquals: { "aws:SourceAccount": home.account },
    },
});

/** Topics of the targets that are told of alarms: their ARNs. */
export const alarmTopics = (targets: readonly NotificationTargetPlan[], { notify }: Pick<FleetConfig, "notify">) => [
    ...new Set(
        targets.flatMap(({ key, alarmTopic }) =>
            alarmTopic !== undefined && routeOf(notify, key)?.includes("alarm") === true ? alarmTopic : [],
        ),
    ),
];
