import { arn } from "../../catalog/arn";
import { allow } from "../../catalog/grant";
import type { FleetConfig } from "../../config/fleet-config";
import type { MetricsSettings } from "../../functions/metrics/settings";
import { functionPlan } from "../functions";
import type { Ground } from "../place";
import type { FunctionPlan } from "../plan";
import { heard, ruleName } from "./rules";
import { remember, surroundings, type Table } from "./surroundings";

const key = "metrics";

/** Namespace of the metrics of a stack. */
export const metricNamespace = (prefix: string) => `service-pipelines/${prefix}`;

/** The function that turns what happens in pipelines into metrics, where some are kept. */
export function metricsFunction(config: FleetConfig, ground: Ground, table: Table): FunctionPlan[] {
    const { metrics } = config.operations;
    if (metrics === "none") {
        return [];
    }
    const settings: MetricsSettings = {
        ...surroundings(key, config, ground, table),
        metrics,
        namespace: metricNamespace(config.prefix),
    };
    const measures = functionPlan(
        {
            key,
            description: "Measures what happens in pipelines",
            timeoutSeconds: 60,
            memoryMb: 256,
            settings,
            grants: [
                allow(
                    "ReadPipelines",
                    [
                        "codepipeline:GetPipeline",
                        "codepipeline:GetPipelineExecution",
                        "codepipeline:ListActionExecutions",
                        "codepipeline:ListPipelineExecutions",
                    ],
                    [arn("codepipeline", ground.names.everything, ground.home)],
                ),
                remember(table),
            ],
        },
        config.retention.logDays,
        ground,
        { batchSize: 10, maximumConcurrency: 5, rules: heard[key].map(rule => ruleName(ground, rule)) },
    );
    return [measures];
}
