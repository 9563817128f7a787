import type { Path, Problem } from "../../catalog/problem";
import { hint, nearest } from "../../config/suggest";
import type { ActionPlan, PipelinePlan, StagePlan } from "../plan";
import { actionsOf } from "./each";
import type { FleetRule } from "./rule";
import { fullConfiguration } from "./text";

const page = "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html";

/** Namespace of the variables that the pipeline itself declares. */
const ofPipeline = "variables";

/** Namespace of what CodePipeline says of an execution, and all that it says. */
const ofExecution = { namespace: "codepipeline", variables: ["PipelineExecutionId"] };

/** What a text of an action or a gate reads: `#{build.Version}`. */
const reference = /#\{([A-Za-z0-9@_-]+)\.([^{}]+)\}/g;

/** What actions and gates read of each other. */
export const variableRules: readonly FleetRule[] = [
    {
        name: "variable-references",
        severity: "error",
        source: page,
        // A text that many services share, as an approval's is, is told once: with the first of them.
        check: ({ pipelines }) =>
            [
                ...new Map(
                    pipelines
                        .flatMap(pipelineProblems)
                        .reverse()
                        .map(({ reading, ...problem }) => [JSON.stringify([problem.path, reading]), problem]),
                ).values(),
            ].reverse(),
    },
    {
        name: "variables-of-sources",
        severity: "error",
        source: `${page} (no pipeline variables in source actions)`,
        check: ({ pipelines }) =>
            pipelines.flatMap(pipeline =>
                actionsOf(pipeline)
                    .filter(({ action }) => action.category === "Source")
                    .flatMap(action =>
                        referencesOf(action)
                            .filter(({ namespace }) => namespace === ofPipeline)
                            .map(({ text }) => ({
                                path: action.path,
                                message: `${action.name} reads ${text}: a source knows no variable of the pipeline`,
                            })),
                    ),
            ),
    },
];

/** One variable that a text reads. */
interface Reading {
    readonly text: string;
    readonly namespace: string;
    readonly variable: string;
}

/** A problem with what was read, by which it is told from others. */
type ReadingProblem = Problem & { readonly reading: string };

const readings = (values: readonly string[]): Reading[] =>
    values
        .filter(value => value.includes("#{"))
        .flatMap(value =>
            [...value.matchAll(reference)].map(([text, namespace, variable]) => ({ text, namespace, variable })),
        );

const referencesOf = (action: ActionPlan) =>
    readings([...fullConfiguration(action).map(([, value]) => value), ...(action.compute?.commands ?? [])]);

/** A namespace as the stack file writes it: in an environment's stage it carries the environment's name. */
const asWritten = (namespace: string) => namespace.replace(/__.*$/, "");

function pipelineProblems(pipeline: PipelinePlan): ReadingProblem[] {
    const everywhere = pipeline.stages.flatMap(({ actions }) => namespacesOf(actions));
    const check = (found: readonly Reading[], before: readonly string[], who: string, path: Path) =>
        found.flatMap((one): ReadingProblem[] => {
            const wrong = mistake(one, pipeline, before, everywhere);
            const reading = `#{${asWritten(one.namespace)}.${one.variable}}`;
            return wrong === undefined ? [] : [{ path, reading, message: `${who} reads ${reading}: ${wrong}` }];
        });
    const done: string[] = [];
    return pipeline.stages.flatMap(stage => {
        const entry = gateProblems(stage.before, stage, done);
        const actions = stage.actions.flatMap(action => {
            const found = referencesOf(action);
            if (found.length === 0) {
                return [];
            }
            const earlier = stage.actions.filter(({ runOrder }) => runOrder < action.runOrder);
            return check(found, [...done, ...namespacesOf(earlier)], action.name, action.path);
        });
        done.push(...namespacesOf(stage.actions));
        return [...entry, ...actions, ...gateProblems(stage.after, stage, done)];
    });

    function gateProblems(rules: StagePlan["before"], { name }: StagePlan, before: readonly string[]) {
        return rules.flatMap(rule =>
            check(readings(Object.values(rule.configuration)), before, `the gate ${rule.name} of ${name}`, [
                "services",
                pipeline.service,
            ]),
        );
    }
}

const namespacesOf = (actions: readonly ActionPlan[]): string[] =>
    actions.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace]));

/** What is wrong with one reading; undefined when nothing is. */
function mistake(
    { namespace, variable }: Reading,
    { service, variables: all }: PipelinePlan,
    before: readonly string[],
    everywhere: readonly string[],
): string | undefined {
    if (namespace === ofPipeline) {
        const declared = all.map(({ name }) => name);
        return declared.includes(variable)
            ? undefined
            : `the pipeline of ${service} declares no variable ${JSON.stringify(variable)}${
                  nearest(variable, declared) === undefined
                      ? "; declare it below `variables`"
                      : hint(variable, declared)
              }`;
    }
    if (namespace === ofExecution.namespace) {
        const { variables } = ofExecution;
        return variables.includes(variable)
            ? undefined
            : `of an execution there is no ${JSON.stringify(variable)}${hint(variable, variables)}`;
    }
    if (before.includes(namespace)) {
        return undefined;
    }
    const known = [...new Set([ofPipeline, ofExecution.namespace, ...before.map(asWritten)])];
    return everywhere.some(one => one === namespace || asWritten(one) === namespace)
        ? `${asWritten(namespace)} has not run before it`
        : `nothing before it leaves variables as ${JSON.stringify(asWritten(namespace))}${hint(asWritten(namespace), known)}`;
}
