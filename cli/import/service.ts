import { isMap, mapOf } from "../../config/values";
import type { Projects } from "./builds";
import { conditionsOf, type Conditions } from "./gates";
import { invocationsOf } from "./invocations";
import { Notes } from "./notes";
import { buildsOf, deploysOf, suitesOf } from "./parts";
import { Reading } from "./reading";
import { blockers, strayConditions, wiring } from "./rest";
import { mainSource, sourcesOf } from "./sources";
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
    const sourceActions = of("Source").map(({ action }) => action);
    const buildActions = of("Build")
        .filter(({ after }) => !after)
        .map(({ action }) => action);
    const region = document.at("metadata").textAt("pipelineArn")?.split(":")[3];
    const around = {
        pipeline: original,
        ...(region !== undefined && { region }),
        ...namesOf(mainSource(sourceActions, pipeline), buildActions),
    };
    const gated = new Map(
        stages.flatMap(stage =>
            stage.environment === undefined ? [] : [[stage.environment, conditionsOf(stage, around, notes)] as const],
        ),
    );
    const environments = environmentsOf(stages, gated, notes);
    const invocations = invocationsOf(
        stages,
        { ...around, environments: new Map(environments.map(words => [String(words.name), words])) },
        notes,
    );
    const { environments: differing, ...deploys } = deploysOf(stages, environments, notes);
    const sources = sourcesOf(sourceActions, pipeline, firstDeploy !== -1, notes);
    const exceptions = merged(
        environments.map(({ name }) => String(name)),
        [
            mapOf(differing),
            invocations.differing,
            Object.fromEntries([...gated].map(([key, { words }]) => [key, words])),
        ],
    );
    const entry = {
        ...sources,
        ...buildsOf(buildActions, projects, notes),
        ...suitesOf([...of("Test"), ...of("Build").filter(({ after }) => after)], stages, projects, notes),
        ...(invocations.steps && { steps: invocations.steps }),
        ...deploys,
        ...(Object.keys(exceptions).length > 0 && { environments: exceptions }),
        ...startsOf(pipeline, sources.pullRequests !== undefined, notes),
    };
    for (const { action, stage } of all) {
        wiring(action, stage, notes);
    }
    for (const stage of stages) {
        blockers(stage, notes);
        if (stage.environment === undefined) {
            strayConditions(stage, notes);
        }
    }
    document.at("metadata").done();
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

/** What texts and artifacts of the pipeline are called here, as far as that is told by the main source and the only build. */
function namesOf(main: ImportedAction | undefined, builds: readonly ImportedAction[]) {
    const namespace = main?.json.at("namespace").peek();
    const outputs = (action: ImportedAction | undefined) =>
        action?.json
            .at("outputArtifacts")
            .items()
            .map(output => String(output.at("name").peek())) ?? [];
    const [build, ...more] = builds.length === 1 ? outputs(builds[0]) : [];
    return {
        namespaces: new Map(typeof namespace === "string" ? [[namespace, "SourceVariables"]] : []),
        artifacts: new Map([
            ...outputs(main).map(name => [name, "source"] as const),
            ...(build === undefined || more.length > 0 ? [] : [[build, "build"] as const]),
        ]),
    };
}

/** What `all` say of each of `environments`, together. */
function merged(
    environments: readonly string[],
    all: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
    const together = environments.map(
        name => [name, Object.assign({}, ...all.map(words => mapOf(words[name]))) as object] as const,
    );
    return Object.fromEntries(together.filter(([, words]) => Object.keys(words).length > 0));
}

/** The environments, each with what is asked of people before it. */
function environmentsOf(
    stages: readonly ImportedStage[],
    gated: ReadonlyMap<string, Conditions>,
    notes: Notes,
): Readonly<Record<string, unknown>>[] {
    let asking: ImportedAction | undefined;
    return stages.flatMap(({ environment, actions }) => {
        asking = actions.findLast(({ provider }) => provider === "Manual") ?? asking;
        if (environment === undefined) {
            return [];
        }
        // One that no deploy follows is read by nobody, and so it is listed.
        const asked = asking && approvalOf(asking, environment, notes);
        asking = undefined;
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
                ...(gated.get(environment)?.freezable === true && { freezable: true }),
            },
        ];
    });
}

function approvalOf(
    { name, json, configuration }: ImportedAction,
    environment: string,
    notes: Notes,
): Readonly<Record<string, unknown>> {
    const instructions = instructionsIn(configuration.textAt("CustomData"), environment);
    const reviewUrl = configuration.textAt("ExternalEntityLink");
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

/** What people are told who are asked. This program puts what is released before the instructions, and the commit's message behind them. */
function instructionsIn(text: string | undefined, environment: string): string | undefined {
    const parts = text?.split(" - ") ?? [];
    const [first = ""] = parts;
    if (!first.includes(` to ${environment}: `) || !/#\{[^{}]+\}$/.test(first)) {
        return text;
    }
    const own = parts.slice(1, parts.at(-1)?.endsWith(".CommitMessage}") === true ? -1 : undefined);
    return own.length === 0 ? undefined : own.join(" - ");
}

/** @param checks - whether the pipeline checks pull requests, and nothing else starts it */
function startsOf(pipeline: Reading, checks: boolean, notes: Notes): Readonly<Record<string, unknown>> {
    const json = pipeline.at("executionMode");
    const mode = json.text()?.toLowerCase();
    if (checks && mode !== "parallel") {
        notes.lose(json.path, "checks of pull requests run at the same time: none waits for another's branch");
    }
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
        ...(checks && { trigger: { manual: true } }),
        ...(mode !== undefined && mode !== "queued" && !checks && { executionMode: mode }),
        ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
    };
}
