import type { Ground } from "../place";
import type { FleetRulePlan, FunctionPlan } from "../plan";

/** Longest name of a rule. */
const longestName = 64;

/** Keys of the rules whose events go to queues of functions. */
export type RuleKey = "alarms" | "executions" | "tick";

/** Name of a rule of the fleet. */
export const ruleName = ({ names }: Ground, key: RuleKey) => names.shared(longestName, key);

/** The rules whose events each function takes. */
export const heard: Readonly<Record<string, readonly RuleKey[]>> = {
    notify: ["executions", "alarms", "tick"],
    metrics: ["executions"],
};

/**
 * What is heard of the pipelines and alarms of this stack, and of no other: names of pipelines and alarms begin with the prefix
 * and `--`, which no other prefix does.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function rulesOf(functions: readonly FunctionPlan[], ground: Ground): FleetRulePlan[] {
    const { names, home } = ground;
    const targets = (key: RuleKey, input?: object) =>
        functions.flatMap(({ key: name, queue }) =>
            queue !== undefined && heard[name]?.includes(key)
                ? [{ key: name, queueArn: queue.arn, ...(input && { input: JSON.stringify(input) }) }]
                : [],
        );
    const rule = (key: RuleKey, rest: Pick<FleetRulePlan, "description" | "pattern" | "schedule" | "targets">) => ({
        key,
        name: ruleName(ground, key),
        ...rest,
    });
    return [
        rule("executions", {
            description: "What happens in the pipelines of the stack",
            pattern: {
                source: ["aws.codepipeline"],
                "detail-type": [
                    "CodePipeline Pipeline Execution State Change",
                    "CodePipeline Stage Execution State Change",
                    "CodePipeline Action Execution State Change",
                ],
                account: [home.account],
                detail: { pipeline: [{ prefix: names.everything.slice(0, -1) }] },
            },
            targets: targets("executions"),
        }),
        rule("alarms", {
            description: "What the alarms of the stack say",
            pattern: {
                source: ["aws.cloudwatch"],
                // Of alarms that watch several services, each tells for itself.
                "detail-type": ["CloudWatch Alarm State Change", "CloudWatch Alarm Contributor State Change"],
                account: [home.account],
                detail: { alarmName: [{ prefix: names.shared(255, "") }] },
            },
            targets: targets("alarms"),
        }),
        rule("tick", {
            description: "Five minutes have gone by: what waits for a moment is looked at",
            schedule: "rate(5 minutes)",
            targets: targets("tick"),
        }),
    ];
}
