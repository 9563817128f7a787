import { fullConfiguration } from "./text";
import type { Path, Problem } from "../../catalog/problem";
import type { FleetPlan, PipelinePlan } from "../plan";
import { actionsOf, eachAction } from "./each";
import type { FleetRule } from "./rule";

const reference = "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html";
const limits = "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html";
const model = "API model of codepipeline 2015-07-09";

const ofService = (pipeline: PipelinePlan): Path => ["services", pipeline.service];

const repeated = (names: readonly string[]) => [
    ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

const name = /^[A-Za-z0-9.@_-]{1,100}$/;

/** Names, counts and order of what a pipeline is made of. */
export const structureRules: readonly FleetRule[] = [
    {
        name: "names-of-pipeline-stages-actions",
        severity: "error",
        source: model,
        check: fleet =>
            fleet.pipelines.flatMap(pipeline =>
                [
                    pipeline.name,
                    ...pipeline.stages.flatMap(stage => [
                        stage.name,
                        ...stage.actions.map(action => action.name),
                        ...[...stage.before, ...stage.after].map(rule => rule.name),
                    ]),
                ]
                    .filter(candidate => !name.test(candidate))
                    .map(candidate => ({
                        path: ofService(pipeline),
                        message: `the derived name ${JSON.stringify(candidate)} is none that CodePipeline takes: at most 100 of A-Z a-z 0-9 . @ _ -`,
                    })),
            ),
    },
    {
        name: "unique-stages-and-actions",
        severity: "error",
        source: reference,
        check: fleet =>
            fleet.pipelines.flatMap(pipeline => [
                ...repeated(pipeline.stages.map(stage => stage.name)).map(stage => ({
                    path: ofService(pipeline),
                    message: `two stages would be called ${JSON.stringify(stage)}`,
                })),
                // What is the same in every environment is told once.
                ...[
                    ...new Set(pipeline.stages.flatMap(stage => repeated(stage.actions.map(action => action.name)))),
                ].map(action => ({
                    path: ofService(pipeline),
                    message: `two actions of one stage would be called ${JSON.stringify(action)}: rename the suite or the deploy`,
                })),
            ]),
    },
    {
        name: "stage-count",
        severity: "error",
        source: limits,
        check: fleet =>
            fleet.pipelines
                .filter(({ stages }) => stages.length < 2 || stages.length > 50)
                .map(pipeline => ({
                    path: ofService(pipeline),
                    message: `a pipeline has 2 to 50 stages, this one would have ${pipeline.stages.length}`,
                })),
    },
    {
        name: "action-count",
        severity: "error",
        source: `${limits}; doubled in October 2024 by https://github.com/awslabs/aws-deployment-framework/issues/792`,
        check: fleet => tooManyActions(fleet, 100, 1000),
    },
    {
        name: "action-count-documented",
        severity: "warning",
        source: limits,
        // Above the doubled limit the rule before speaks.
        check: fleet => (tooManyActions(fleet, 100, 1000).length > 0 ? [] : tooManyActions(fleet, 50, 500)),
    },
    {
        name: "run-order",
        severity: "error",
        source: model,
        check: fleet =>
            eachAction(fleet, ({ runOrder, name: action }) =>
                runOrder >= 1 && runOrder <= 999
                    ? []
                    : [`${action} would have the run order ${runOrder}, of at most 999`],
            ),
    },
    {
        name: "configuration-keys",
        severity: "error",
        source: "the reference page of each action, which its type names",
        check: fleet =>
            eachAction(fleet, ({ name: action, action: type, configuration }) => {
                const { required, optional } = type.configuration;
                const given = Object.keys(configuration);
                const unknown = given.filter(key => !required.includes(key) && !optional.includes(key));
                const missing = required.filter(key => !given.includes(key));
                return [
                    ...unknown.map(key => `${action} (${type.provider}) has no configuration key ${key}: ${type.docs}`),
                    ...missing.map(
                        key => `${action} (${type.provider}) needs the configuration key ${key}: ${type.docs}`,
                    ),
                ];
            }),
    },
    {
        name: "configuration-value-length",
        severity: "error",
        source: model,
        check: ({ pipelines }) => pipelines.flatMap(valueLengthProblems),
    },
    {
        name: "approval-timeout",
        severity: "error",
        source: model,
        check: fleet =>
            eachAction(fleet, ({ timeoutMinutes }) =>
                timeoutMinutes === undefined || (timeoutMinutes >= 5 && timeoutMinutes <= 86_400)
                    ? []
                    : [`expected 5 to 86400 minutes, found ${timeoutMinutes}`],
            ),
    },
    {
        name: "rules-of-a-condition",
        severity: "error",
        source: model,
        check: tooManyGates,
    },
];

/** Most gates are an environment's, and so the same for all services: these are told once, with the first of them. */
function tooManyGates({ pipelines }: FleetPlan): Problem[] {
    const told = new Set<string>();
    return pipelines.flatMap(pipeline =>
        pipeline.stages
            .flatMap(({ name: stage, before, after }) =>
                (
                    [
                        ["before", before],
                        ["after", after],
                    ] as const
                )
                    .filter(([, rules]) => rules.length > 5)
                    .map(([when, rules]) => `${stage} has ${rules.length} gates ${when}, of at most 5`),
            )
            .filter(message => !told.has(message) && told.add(message))
            .map(message => ({ path: ofService(pipeline), message })),
    );
}

/** A value differs between environments by their names alone: of those that are too long, one is told. */
function valueLengthProblems(pipeline: PipelinePlan): Problem[] {
    const all = actionsOf(pipeline)
        .flatMap(action =>
            fullConfiguration(action)
                .filter(([, { length }]) => length < 1 || length > 1000)
                .map(([key, { length }]) => ({ action, key, length })),
        )
        .sort((a, b) => b.length - a.length);
    const told = new Map<string, (typeof all)[number]>();
    for (const one of all) {
        const which = `${one.action.name} ${one.key}`;
        told.set(which, told.get(which) ?? one);
    }
    return [...told.values()].map(({ action, key, length }) => ({
        path: action.path,
        message: `${key} of the action ${action.name} would be ${length} characters long, of at most 1000: shorten what it is made of`,
    }));
}

function tooManyActions(fleet: FleetPlan, perStage: number, perPipeline: number): Problem[] {
    return fleet.pipelines.flatMap(pipeline => {
        const all = pipeline.stages.reduce((sum, stage) => sum + stage.actions.length, 0);
        return [
            ...pipeline.stages
                .filter(stage => stage.actions.length > perStage)
                .map(stage => ({
                    path: ofService(pipeline),
                    message: `the stage ${stage.name} would have ${stage.actions.length} actions, of at most ${perStage}`,
                })),
            ...(all > perPipeline
                ? [
                      {
                          path: ofService(pipeline),
                          message: `the pipeline would have ${all} actions, of at most ${perPipeline}`,
                      },
                  ]
                : []),
        ];
    });
}
