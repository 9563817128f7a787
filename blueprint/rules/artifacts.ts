import type { Problem } from "../../catalog/problem";
import type { ActionPlan, PipelinePlan } from "../plan";
import { actionsOf, eachAction } from "./each";
import type { FleetRule } from "./rule";

const artifact = /^[A-Za-z0-9_-]{1,100}$/;

/** How many artifacts an action takes or makes, in words. */
const range = ([fewest, most]: readonly [number, number]) =>
    fewest === most ? `${most === 0 ? "no" : most} artifact${most === 1 ? "" : "s"}` : `${fewest} to ${most} artifacts`;

/** The artifacts that actions hand to each other. */
export const artifactRules: readonly FleetRule[] = [
    {
        name: "artifact-counts",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html",
        check: fleet =>
            eachAction(fleet, ({ name, inputs, outputs, action }) => [
                ...(inputs.length < action.inputs[0] || inputs.length > action.inputs[1]
                    ? [`${name} (${action.provider}) takes ${range(action.inputs)}, and would get ${inputs.length}`]
                    : []),
                ...(outputs.length < action.outputs[0] || outputs.length > action.outputs[1]
                    ? [`${name} (${action.provider}) makes ${range(action.outputs)}, and would make ${outputs.length}`]
                    : []),
            ]),
    },
    {
        name: "artifacts-made-once-before-use",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html",
        check: fleet => fleet.pipelines.flatMap(artifactFlow),
    },
    {
        name: "clones-for-builds-only",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html",
        check: fleet => fleet.pipelines.flatMap(clonesTakenByOthers),
    },
];

/** Artifacts with bad names, made twice, or used before they are made. */
function artifactFlow(pipeline: PipelinePlan): Problem[] {
    const made = new Set<string>();
    const problems: Problem[] = [];
    for (const stage of pipeline.stages) {
        // What runs in parallel cannot wait for each other: all of one run order take before any of them makes.
        for (const together of byRunOrder(stage.actions)) {
            for (const action of together) {
                for (const input of action.inputs.filter(candidate => !made.has(candidate))) {
                    problems.push({
                        path: action.path,
                        message: `${action.name} takes the artifact ${input}, which nothing before it makes`,
                    });
                }
            }
            for (const action of together) {
                for (const output of action.outputs) {
                    if (made.has(output) || !artifact.test(output)) {
                        problems.push({
                            path: action.path,
                            message: `${action.name} makes the artifact ${JSON.stringify(output)}, which ${made.has(output) ? "exists already" : "is no name of an artifact"}`,
                        });
                    }
                    made.add(output);
                }
            }
        }
    }
    return problems;
}

function byRunOrder(actions: readonly ActionPlan[]): ActionPlan[][] {
    const orders = [...new Set(actions.map(action => action.runOrder))].sort((a, b) => a - b);
    return orders.map(order => actions.filter(action => action.runOrder === order));
}

/** A full clone is a reference to a repository, which CodeBuild alone may take. */
function clonesTakenByOthers(pipeline: PipelinePlan): Problem[] {
    const all = actionsOf(pipeline);
    const clones = all
        .filter(({ configuration }) => configuration.OutputArtifactFormat === "CODEBUILD_CLONE_REF")
        .flatMap(({ outputs }) => outputs);
    return all
        .filter(({ action }) => action.provider !== "CodeBuild")
        .filter(({ inputs }) => inputs.some(input => clones.includes(input)))
        .map(({ name, action, path }) => ({
            path,
            message: `${name} (${action.provider}) would get a full clone of the source, which only builds can read: drop \`fullClone\`, or add a build that hands on the files`,
        }));
}
