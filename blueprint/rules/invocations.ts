import type { Path, Problem } from "../../catalog/problem";
import { shown } from "../../catalog/reference";
import { hint } from "../../config/suggest";
import type { ActionPlan, FleetPlan, PipelinePlan } from "../plan";
import { actionsOf } from "./each";
import type { FleetRule } from "./rule";

const ofProvider = (pipeline: PipelinePlan, provider: string): ActionPlan[] =>
    actionsOf(pipeline).filter(({ action }) => action.provider === provider);

const text = ({ configuration }: ActionPlan, key: string) =>
    configuration[key] === undefined ? "" : shown(configuration[key]);

/** What pipelines set off elsewhere: other pipelines, and state machines. */
export const invocationRules: readonly FleetRule[] = [
    {
        name: "pipelines-in-circles",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-PipelineInvoke.html",
        check: fleet => circles(fleet),
    },
    {
        name: "variables-of-started-pipelines",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-PipelineInvoke.html",
        check: fleet => fleet.pipelines.flatMap(pipeline => undeclared(pipeline, fleet)),
    },
    {
        name: "state-machine-of-the-environment",
        severity: "error",
        source: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html",
        check: ({ pipelines, accounts, home }) =>
            pipelines.flatMap(({ stages }) =>
                stages.flatMap(({ environment, actions }) =>
                    actions
                        .filter(({ action }) => action.provider === "StepFunctions")
                        .flatMap(action =>
                            machineProblem(action, environment, {
                                account: accounts[environment ?? ""] ?? home.account,
                                region: action.region ?? home.region,
                            }),
                        ),
                ),
            ),
    },
    {
        name: "execution-name-length",
        severity: "error",
        source: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html",
        check: ({ pipelines }) =>
            pipelines.flatMap(pipeline =>
                ofProvider(pipeline, "StepFunctions").flatMap(action => {
                    const { length } = text(action, "ExecutionNamePrefix");
                    return length <= longestPrefix
                        ? []
                        : [
                              {
                                  path: action.path,
                                  message: `the prefix of the executions of ${action.name} would have ${length} characters, of at most ${longestPrefix}: with the action's own id behind it the name of an execution has 80`,
                              },
                          ];
                }),
            ),
    },
];

/** What is left of the 80 characters of an execution's name before a hyphen and the id of the action's execution. */
const longestPrefix = 43;

function machineProblem(
    action: ActionPlan,
    environment: string | undefined,
    { account, region }: FleetPlan["home"],
): Problem[] {
    const arn = text(action, "StateMachineArn");
    const [, , , itsRegion, itsAccount] = arn.split(":");
    return itsAccount === account && itsRegion === region
        ? []
        : [
              {
                  path: action.path,
                  message: `expected a state machine of ${environment}'s account ${account} in ${region}, found ${JSON.stringify(arn)}: the action runs there`,
              },
          ];
}

/** Values for variables that the started pipeline, one of the stack's own, does not declare. */
const undeclared = (pipeline: PipelinePlan, { pipelines }: FleetPlan): Problem[] =>
    ofProvider(pipeline, "CodePipeline").flatMap(action => {
        const to = pipelines.find(({ name }) => name === text(action, "PipelineName"));
        const given = JSON.parse(text(action, "Variables") || "[]") as readonly { readonly name: string }[];
        const declared = to?.variables.map(({ name }) => name) ?? [];
        return given
            .filter(({ name }) => to !== undefined && !declared.includes(name))
            .map(({ name }) => ({
                path: action.path,
                message: `the pipeline of ${to?.service} declares no variable ${JSON.stringify(name)}${
                    declared.length === 0 ? "; declare it below its `variables`" : hint(name, declared)
                }`,
            }));
    });

/** Pipelines that start themselves, perhaps by way of others: each circle is told once, where it begins. */
function circles({ pipelines }: FleetPlan): Problem[] {
    const byName = new Map(pipelines.map(pipeline => [pipeline.name, pipeline]));
    const followers = followersOf(pipelines);
    // What a pipeline starts in several environments is told once.
    const started = (pipeline: PipelinePlan): ReadonlyMap<PipelinePlan, Path> =>
        new Map([
            ...((pipeline.purpose === "release" && followers.get(pipeline.service)) || []),
            ...ofProvider(pipeline, "CodePipeline").flatMap(action => {
                const to = byName.get(text(action, "PipelineName"));
                return to === undefined ? [] : [[to, action.path] as const];
            }),
        ]);
    const done = new Set<string>();
    const problems: Problem[] = [];
    const visit = (pipeline: PipelinePlan, trail: readonly PipelinePlan[]): void => {
        if (done.has(pipeline.name)) {
            return;
        }
        for (const [to, path] of started(pipeline)) {
            const way = [...trail, pipeline];
            if (way.includes(to)) {
                const circle = [...way.slice(way.indexOf(to)), to].map(({ service }) => service).join(" → ");
                problems.push({ path, message: `the pipelines start each other for ever: ${circle}` });
            } else {
                visit(to, way);
            }
        }
        done.add(pipeline.name);
    };
    pipelines.forEach(pipeline => visit(pipeline, []));
    return problems;
}

/** By service the pipelines that start after its releases, and where they say so. */
function followersOf(pipelines: readonly PipelinePlan[]): ReadonlyMap<string, ReadonlyMap<PipelinePlan, Path>> {
    const followers = new Map<string, Map<PipelinePlan, Path>>();
    for (const to of pipelines) {
        for (const [index, service] of to.after.entries()) {
            const known = followers.get(service) ?? new Map<PipelinePlan, Path>();
            followers.set(service, known);
            if (!known.has(to)) {
                known.set(to, ["services", to.service, "trigger", "after", index]);
            }
        }
    }
    return followers;
}
