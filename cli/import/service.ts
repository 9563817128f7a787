import { isMap } from "../../config/values";
import type { Projects } from "./builds";
import { Notes } from "./notes";
import { buildsOf, deploysOf, suitesOf } from "./parts";
import { Reading } from "./reading";
import { conditions, wiring } from "./rest";
import { sourcesOf } from "./sources";
import { keyOf, stagesOf, type ImportedAction, type ImportedStage } from "./stages";

/** A pipeline as a stack file says it. */
export interface Imported {
    readonly name: string;
    /** The entry of `services`. */
    readonly entry: Readonly<Record<string, unknown>>;
    /** The entries of `environments` that it asks for, in their order. */
    readonly environments: readonly Readonly<Record<string, unknown>>[];
    readonly toFill: Notes["toFill"];
    readonly notExpressed: Notes["notExpressed"];
}

/** What is made for every pipeline, and so is said nowhere. */
const made: readonly (readonly [key: string, why: string])[] = [
    ["roleArn", "each pipeline gets a role of its own"],
    ["artifactStore", "artifacts are kept in the fleet's bucket, encrypted with its key"],
    ["artifactStores", "artifacts are kept in the fleet's buckets, encrypted with their keys"],
    ["version", "the new pipeline counts its own versions"],
    ["pipelineType", "pipelines are of the type V2"],
];

/**
 * The stack file's words for a pipeline.
 *
 * @param json - what `aws codepipeline get-pipeline` prints
 * @param projects - what `aws codebuild batch-get-projects` prints of its projects. @default nothing is known of them
 * @param name - of the service. @default as the pipeline
 * @throws Error for what is no pipeline
 */
export function imported(json: unknown, projects: Projects = new Map(), name?: string): Imported {
    const document = Reading.of(json);
    const pipeline = document.at("pipeline").isThere ? document.at("pipeline") : document;
    refuseOthers(json, pipeline);
    const notes = new Notes();
    const original = pipeline.textAt("name") ?? "";
    document.at("metadata").done();
    for (const [key, why] of made) {
        if (pipeline.at(key).isThere) {
            pipeline.at(key).done();
            notes.lose([...pipeline.path, key], why);
        }
    }
    const stages = stagesOf(pipeline);
    const firstDeploy = stages.findIndex(({ environment }) => environment !== undefined);
    const all = stages.flatMap((stage, index) =>
        stage.actions.map(action => ({ stage, action, after: firstDeploy !== -1 && index >= firstDeploy })),
    );
    const of = (category: string) => all.filter(({ action }) => action.category === category);
    const environments = environmentsOf(stages, notes);
    const entry = {
        ...sourcesOf(
            of("Source").map(({ action }) => action),
            pipeline,
            notes,
        ),
        ...buildsOf(
            of("Build")
                .filter(({ after }) => !after)
                .map(({ action }) => action),
            projects,
            notes,
        ),
        ...suitesOf([...of("Test"), ...of("Build").filter(({ after }) => after)], stages, projects, notes),
        ...deploysOf(stages, environments, notes),
        ...startsOf(pipeline),
    };
    for (const { action, stage } of all) {
        wiring(action, stage, notes);
    }
    stages.forEach(stage => conditions(stage, notes));
    for (const { path, value } of document.unread()) {
        notes.lose(path, `${JSON.stringify(value)} has no word here`);
    }
    const service = name ?? keyOf(original, "service");
    return { name: service, entry, environments, toFill: notes.toFill, notExpressed: notes.notExpressed };
}

/** @throws Error that says what it is instead, where that can be told */
function refuseOthers(json: unknown, pipeline: Reading): void {
    if (
        pipeline
            .at("stages")
            .items()
            .some(stage => stage.at("actions").items().length > 0)
    ) {
        return;
    }
    const keys = isMap(json) ? Object.keys(json) : [];
    const instead = keys.includes("stageStates")
        ? ", found the state of one: `aws codepipeline get-pipeline --name NAME`, without -state, prints it"
        : keys.includes("pipelines")
          ? ", found a list of pipelines: `aws codepipeline get-pipeline --name NAME` prints one"
          : `, found ${keys.length === 0 ? "no map" : `a map with ${keys.slice(0, 5).join(", ")}`}`;
    throw new Error(
        `expected a pipeline, with \`stages\` and their \`actions\`, as \`aws codepipeline get-pipeline\` prints it${instead}`,
    );
}

/** The environments, each with what is asked of people before it. */
function environmentsOf(stages: readonly ImportedStage[], notes: Notes): Readonly<Record<string, unknown>>[] {
    let approval: Readonly<Record<string, unknown>> | undefined;
    return stages.flatMap(({ environment, actions }) => {
        for (const action of actions.filter(({ provider }) => provider === "Manual")) {
            approval = approvalOf(action, notes);
        }
        if (environment === undefined) {
            return [];
        }
        const asked = approval;
        approval = undefined;
        const roles = actions.map(({ category, json }) => (category === "Deploy" ? json.textAt("roleArn") : undefined));
        const roleArn = roles.find(role => role !== undefined);
        const account = roleArn?.split(":")[4];
        const regions = [
            ...new Set(
                actions.flatMap(({ category, json }) => (category === "Deploy" ? (json.textAt("region") ?? []) : [])),
            ),
        ];
        return [
            {
                name: environment,
                ...(account !== undefined && { account, deployRoleArn: roleArn }),
                ...(regions.length > 0 && { regions }),
                ...(asked && { approval: asked }),
            },
        ];
    });
}

function approvalOf({ name, json, configuration }: ImportedAction, notes: Notes): Readonly<Record<string, unknown>> {
    const [instructions, reviewUrl] = [configuration.textAt("CustomData"), configuration.textAt("ExternalEntityLink")];
    const topic = configuration.textAt("NotificationArn");
    const minutes = Number(json.textAt("timeoutInMinutes") ?? Number.NaN);
    notes.fill(
        `approval.notify (${name})`,
        topic === undefined
            ? "who is asked: e-mail addresses"
            : `who is asked: e-mail addresses, such as those that ${topic} tells`,
    );
    return {
        notify: [],
        ...(minutes >= 60 && { timeoutHours: Math.round(minutes / 60) }),
        ...(instructions !== undefined && { instructions }),
        ...(reviewUrl !== undefined && { reviewUrl }),
    };
}

function startsOf(pipeline: Reading): Readonly<Record<string, unknown>> {
    const mode = pipeline.textAt("executionMode")?.toLowerCase();
    const variables = pipeline
        .at("variables")
        .items()
        .map(variable => {
            const [value, description] = [variable.textAt("defaultValue"), variable.textAt("description")];
            return [
                variable.textAt("name") ?? "",
                { default: value ?? "", ...(description !== undefined && { description }) },
            ] as const;
        });
    return {
        ...(mode !== undefined && mode !== "queued" && { executionMode: mode }),
        ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
    };
}
