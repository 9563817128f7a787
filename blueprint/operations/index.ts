import { arn } from "../../catalog/arn";
import type { FleetConfig } from "../../config/fleet-config";
import type { Ground } from "../place";
import type { FunctionPlan, OperationsPlan, PipelinePlan } from "../plan";
import { auditPlan } from "./audit";
import { metricsFunction } from "./metrics";
import { fleetMonitoring } from "./monitoring";
import { notifyFunction } from "./notify";
import { rollbackFunction } from "./rollback";
import { rulesOf } from "./rules";
import { alarmTopics, planTargets } from "./targets";
import { planStatuses } from "./statuses";

/** Functions and what stands around them. */
export interface Operations {
    readonly functions: readonly FunctionPlan[];
    readonly operations: OperationsPlan;
}

/**
 * What a stack has to tell, to measure and to roll back its pipelines: the same for any number of services.
 *
 * @param others - functions beside its own, which are watched like them
 */
export function planOperations(
    config: FleetConfig,
    ground: Ground,
    pipelines: readonly PipelinePlan[],
    others: readonly FunctionPlan[],
): Operations {
    const name = ground.names.shared(255, "operations");
    const table = { name, arn: arn("dynamodb", `table/${name}`, ground.home) };
    const targets = planTargets(config, ground);
    const statuses = planStatuses(config, ground);
    const functions = [
        notifyFunction(config, ground, table, targets, statuses),
        ...metricsFunction(config, ground, table),
        ...rollbackFunction(config, ground, table, pipelines),
    ];
    const audit = auditPlan(config, ground);
    const asks = pipelines.some(({ stages }) => stages.some(({ approval }) => approval !== undefined));
    return {
        functions,
        operations: {
            table,
            rules: rulesOf(functions, ground),
            monitoring: fleetMonitoring({ config, ground, functions: [...others, ...functions], asks }),
            targets,
            notify: config.notify,
            statuses,
            alarmTopics: alarmTopics(targets, config),
            ...(audit && { audit }),
        },
    };
}
