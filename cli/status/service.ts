import { PipelineNotFoundException, type CodePipelineClient } from "@aws-sdk/client-codepipeline";
import type { Names } from "../../blueprint/names";
import type { PipelinePlan } from "../../blueprint/plan";
import type { Freeze } from "../freezes";
import { deployment } from "./deployed";
import { happenings } from "./happenings";
import { History } from "./history";
import type { EnvironmentStatus, Frozen, ServiceStatus } from "./fleet-status";

/** What all services are read with. */
export interface Reading {
    readonly client: CodePipelineClient;
    readonly names: Names;
    /** All freezes of the stack. */
    readonly freezes: readonly Freeze[];
}

/** What is known of one service; what cannot be read says why, and harms no other service. */
export async function serviceStatus(pipeline: PipelinePlan, reading: Reading): Promise<ServiceStatus> {
    const { service, name, consoleUrl: url } = pipeline;
    const base = { service, pipeline: name, url };
    const history = new History(name, reading.client);
    try {
        const { version, executionMode } = await history.structure();
        const environments = await environmentsOf(pipeline, history, reading);
        return {
            ...base,
            state: "read",
            version,
            executionMode,
            environments,
            ...(await happenings(pipeline, history)),
        };
    } catch (error) {
        return error instanceof PipelineNotFoundException
            ? { ...base, state: "absent" }
            : { ...base, state: "unreadable", reason: reasonOf(error) };
    }
}

async function environmentsOf(
    pipeline: PipelinePlan,
    history: History,
    reading: Reading,
): Promise<EnvironmentStatus[]> {
    const { stageStates = [] } = await history.state();
    const found: EnvironmentStatus[] = [];
    for (const stage of pipeline.stages.filter(({ purpose }) => purpose === "environment")) {
        const environment = stage.environment ?? stage.name;
        const state = stageStates.find(({ stageName }) => stageName === stage.name);
        found.push({
            environment,
            stage: stage.name,
            exists: state !== undefined,
            frozen: frozen(environment, pipeline.service, reading),
            ...(state === undefined
                ? { rollbackTarget: { possible: false, why: "the pipeline does not have this stage" } }
                : await deployment(pipeline, stage, state, history)),
        });
    }
    return found;
}

/** The freezes that close `environment` for `service`: its own and that of all services. */
const frozen = (environment: string, service: string, { names, freezes }: Reading): Frozen[] =>
    [
        { what: environment, parameter: names.freeze(environment) },
        { what: `${service} in ${environment}`, parameter: names.freeze(environment, service) },
    ].flatMap(({ what, parameter }) =>
        freezes
            .filter(freeze => freeze.parameter === parameter)
            .map(({ reason, since }) => ({ what, reason, ...(since && { since }) })),
    );

/** An error as people read it: its name and message. */
export const reasonOf = (error: unknown): string =>
    (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(/\s+/g, " ");
