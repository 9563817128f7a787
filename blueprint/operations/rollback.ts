import { arn } from "../../catalog/arn";
import { allow, allowAnywhere } from "../../catalog/grant";
import type { FleetConfig } from "../../config/fleet-config";
import type { RollbackSettings } from "../../functions/rollback/settings";
import { functionPlan } from "../functions";
import type { Ground } from "../place";
import type { FunctionPlan, PipelinePlan } from "../plan";
import { rollbackKey } from "../rollback-alarms";
import { remember, surroundings, toNotify, type Table } from "./surroundings";

/**
 * The function that rolls a stage back when an alarm rises, where a stage of `pipelines` names one. It may roll back the
 * stages that do, and no others; services are not listed, as a list would grow with them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html composite alarms
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html stages
 */
export function rollbackFunction(
    config: FleetConfig,
    ground: Ground,
    table: Table,
    pipelines: readonly PipelinePlan[],
): FunctionPlan[] {
    const stages = [
        ...new Set(
            pipelines.flatMap(pipeline =>
                pipeline.stages.flatMap(({ name, rollbackOn }) => (rollbackOn ? [name] : [])),
            ),
        ),
    ];
    if (stages.length === 0) {
        return [];
    }
    const all = arn("codepipeline", ground.names.everything, ground.home);
    const settings: RollbackSettings = {
        ...surroundings(rollbackKey, config, ground, table),
        notifyQueue: toNotify(ground).url,
    };
    const words = {
        key: rollbackKey,
        description: "Rolls a stage back when an alarm rises after a release",
        timeoutSeconds: 60,
        memoryMb: 256,
        settings,
        grants: [
            allow(
                "RollBackStages",
                ["codepipeline:RollbackStage"],
                config.environments.flatMap(({ name }) => (stages.includes(name) ? [`${all}/${name}`] : [])),
            ),
            allow(
                "ReadPipelines",
                [
                    "codepipeline:GetPipelineExecution",
                    "codepipeline:GetPipelineState",
                    "codepipeline:ListActionExecutions",
                    "codepipeline:ListPipelineExecutions",
                ],
                [all],
            ),
            allowAnywhere(
                "ReadAlarms",
                ["cloudwatch:DescribeAlarms"],
                "AWS shows composite alarms only to a permission on *",
            ),
            allow("TellPeople", ["sqs:SendMessage"], [toNotify(ground).arn]),
            remember(table, "Query"),
        ],
    };
    // Rules of services send, one for each stage that names alarms.
    return [
        functionPlan(words, config.retention.logDays, ground, {
            batchSize: 1,
            maximumConcurrency: 2,
            rules: [ground.names.everything],
        }),
    ];
}
