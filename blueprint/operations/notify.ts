import { arn } from "../../catalog/arn";
import { allow } from "../../catalog/grant";
import type { FleetConfig } from "../../config/fleet-config";
import type { NotifySettings } from "../../functions/notify/settings";
import { functionPlan } from "../functions";
import type { Ground } from "../place";
import type { FunctionPlan, NotificationTargetPlan } from "../plan";
import type { StatusHostPlan } from "./plan";
import { heard, ruleName } from "./rules";
import { readTokens } from "./statuses";
import { remember, surroundings, type Table } from "./surroundings";

const key = "notify";

/** Its settings before AWS has named the connections that are created. */
type Settings = Omit<NotifySettings, "statuses"> & { readonly statuses: readonly StatusHostPlan["host"][] };

/** The function that tells people, and the hosts of repositories, what happens. */
export function notifyFunction(
    config: FleetConfig,
    ground: Ground,
    table: Table,
    targets: readonly NotificationTargetPlan[],
    statuses: readonly StatusHostPlan[],
): FunctionPlan {
    const around = surroundings(key, config, ground, table);
    const settings: Settings = {
        ...around,
        environments: around.environments.map(environment => ({
            ...environment,
            notify: ground.routes.environments[environment.name],
        })),
        notify: ground.routes.fleet,
        targets: Object.fromEntries(targets.map(target => [target.key, target.delivery])),
        statuses: statuses.map(({ host }) => host),
        approvalReminderHours: config.operations.approvalReminderHours,
        stuckHours: config.operations.stuckHours,
        ...(config.operations.runbook !== undefined && { runbook: config.operations.runbook }),
    };
    return functionPlan(
        {
            key,
            description: "Tells people what happens in pipelines",
            timeoutSeconds: 60,
            memoryMb: 256,
            settings,
            grants: [
                allow(
                    "ReadPipelines",
                    [
                        "codepipeline:GetPipeline",
                        "codepipeline:GetPipelineExecution",
                        "codepipeline:GetPipelineState",
                        "codepipeline:ListActionExecutions",
                        "codepipeline:ListPipelineExecutions",
                        "codepipeline:ListRuleExecutions",
                        "codepipeline:ListTagsForResource",
                    ],
                    [arn("codepipeline", ground.names.everything, ground.home)],
                ),
                remember(table, "GetItem", "Query"),
                ...targets.flatMap(({ grants }) => grants),
                ...readTokens(statuses, ground),
            ],
            path: ["targets"],
        },
        config.retention.logDays,
        ground,
        { batchSize: 10, maximumConcurrency: 5, rules: heard[key].map(rule => ruleName(ground, rule)) },
    );
}
