import { shown } from "../catalog/reference";
import { pathText } from "../catalog/problem";
import { costOf } from "../blueprint/cost";
import type { ActionPlan, FleetPlan, StagePlan } from "../blueprint/plan";
import { madePipelines, makesShared } from "../blueprint/part";
import { quotasOf } from "../blueprint/quotas";
import type { LocatedProblem } from "../config/source";
import { networkJson } from "./network";
import type { Registration } from "./recorder";
import { toldOf } from "./told";

/** The object that `--json` prints: with problems there are no pipelines. */
export function fleetJson(input: {
    readonly stack: string;
    readonly plan?: FleetPlan;
    readonly problems: readonly LocatedProblem[];
    readonly warnings: readonly LocatedProblem[];
    readonly registrations: readonly Registration[];
    readonly service?: string;
}) {
    const { stack, plan, problems, warnings, registrations, service } = input;
    const wanted = (name: string) => service === undefined || name === service;
    return {
        stack,
        spread: plan?.spread ?? null,
        problems: problems.map(problemJson),
        warnings: warnings.map(problemJson),
        pipelines: (plan === undefined ? [] : madePipelines(plan))
            .filter(pipeline => wanted(pipeline.service))
            .map(pipeline => ({
                service: pipeline.service,
                purpose: pipeline.purpose,
                name: pipeline.name,
                executionMode: pipeline.executionMode,
                triggers: pipeline.triggers,
                starts: pipeline.starts,
                variables: pipeline.variables,
                stages: pipeline.stages.map(stageJson),
                told: toldOf(pipeline, plan?.shared.operations.targets ?? []),
                weakens: pipeline.weakens,
                prerequisites: pipeline.prerequisites,
                foreignRoles: pipeline.foreignRoles.map(role => ({
                    ...role,
                    statements: role.statements.map(({ Resource, ...statement }) => ({
                        ...statement,
                        Resource: Resource.map(shown),
                    })),
                })),
            })),
        resources: service === undefined ? registrations : ofService(registrations, service),
        network: plan === undefined || !makesShared(plan) ? null : networkJson(plan),
        cost: plan === undefined ? null : costOf(plan),
        quotas: plan === undefined ? [] : quotasOf(plan),
    };
}

function problemJson({ path, message, position }: LocatedProblem) {
    return { ...position, path: pathText(path), message };
}

function stageJson(stage: StagePlan) {
    const { name, purpose, environment, approval, check, before, otherwise, after, onFailure, rollbackOn, actions } =
        stage;
    const rules = (list: StagePlan["before"]) =>
        list.map(({ name: rule, provider, configuration }) => ({ name: rule, provider, configuration }));
    return {
        name,
        purpose,
        environment,
        approval,
        check,
        before: rules(before),
        otherwise,
        after: rules(after),
        onFailure,
        rollbackOn,
        actions: actions.map(actionJson),
    };
}

function actionJson({
    name,
    action,
    summary,
    runOrder,
    configuration,
    inputs,
    outputs,
    namespace,
    roleArn,
    region,
    timeoutMinutes,
}: ActionPlan) {
    return {
        name,
        category: action.category,
        provider: action.provider,
        summary,
        runOrder,
        configuration: Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, shown(value)])),
        inputs,
        outputs,
        namespace,
        roleArn,
        region,
        timeoutMinutes,
    };
}

/** The registrations of one service: the components of its pipelines and all below them. */
function ofService(registrations: readonly Registration[], service: string): Registration[] {
    const below = new Set<string>();
    return registrations.filter(({ type, name, urn, parent }) => {
        const belongs =
            (type === "service-pipelines:index:ServicePipeline" && name.split("--")[0] === service) ||
            (parent !== undefined && below.has(parent));
        if (belongs) {
            below.add(urn);
        }
        return belongs;
    });
}
