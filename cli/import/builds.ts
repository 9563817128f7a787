import { computeTypes } from "../../catalog/codebuild/compute";
import type { Notes } from "./notes";
import { Reading } from "./reading";
import type { ImportedAction } from "./stages";

/** Projects of CodeBuild by their names, as `aws codebuild batch-get-projects` prints them. */
export type Projects = ReadonlyMap<string, unknown>;

/** Words of a build or a suite; undefined where the stack file has none for it. */
export function buildWords(
    { provider, owner, name, configuration, json }: ImportedAction,
    word: string,
    projects: Projects,
    notes: Notes,
): Readonly<Record<string, unknown>> | undefined {
    if (provider !== "CodeBuild") {
        configuration.done();
        notes.lose(
            json.path,
            owner === "Custom"
                ? `${name} is done by workers of ${provider}: \`customActions\` of the stack file, and the kinds \`jenkins\` and \`custom\``
                : `there is no build for ${provider} (${name}): docs/reference/builds.md has those that there are`,
        );
        return undefined;
    }
    const project = configuration.textAt("ProjectName") ?? "";
    configuration.at("PrimarySource").done();
    const known = projects.has(project) ? Reading.of(projects.get(project)) : undefined;
    const items = known?.at("environment").at("environmentVariables").items() ?? [];
    // What the action gives takes the place of what the project says.
    const variables = variablesOf([...items, ...givenOf(configuration)], notes);
    const words = {
        ...(known === undefined ? unknownProject(project, word, notes) : projectWords(known, word, notes)),
        ...variables,
    };
    const left = new Set(known?.unread().map(({ path: [key] }) => String(key)));
    if (left.size > 0) {
        notes.lose([`project ${project}`], `not taken over: ${[...left].sort().join(", ")}`);
    }
    return words;
}

/** The file in the repository that CodeBuild reads unless a project says otherwise. */
const usualBuildspec = "buildspec.yml";

function unknownProject(project: string, word: string, notes: Notes): Readonly<Record<string, unknown>> {
    notes.fill(
        `${word}.buildspec`,
        `what the project ${project} runs, and its image and variables: give \`aws codebuild batch-get-projects --names ${project}\` by --projects`,
    );
    return { buildspec: usualBuildspec };
}

function projectWords(project: Reading, word: string, notes: Notes): Readonly<Record<string, unknown>> {
    const machine = project.at("environment");
    const [image, computeType] = [machine.textAt("image"), machine.textAt("computeType")];
    const compute = Object.entries(computeTypes).find(([, aws]) => aws === computeType)?.[0];
    const minutes = Number(project.textAt("timeoutInMinutes") ?? 60);
    return {
        ...buildspecOf(project.at("source").textAt("buildspec"), word, notes),
        ...(image !== undefined && { image }),
        ...(compute !== undefined && compute !== "small" && { compute }),
        ...(machine.textAt("privilegedMode") === "true" && { privileged: true }),
        ...(minutes !== 60 && { timeoutMinutes: minutes }),
    };
}

/** A path is kept; a text in the project has to become a file in the repository. */
function buildspecOf(text: string | undefined, word: string, notes: Notes): Readonly<Record<string, unknown>> {
    if (text === undefined || text === "" || (!text.includes("\n") && /\.ya?ml$/.test(text))) {
        return { buildspec: text === undefined || text === "" ? usualBuildspec : text };
    }
    notes.fill(
        `${word}.buildspec`,
        "the buildspec stands in the project: put it into the repository, or its commands into `commands`",
    );
    return { buildspec: usualBuildspec };
}

/** Variables that the action gives, which are JSON in a text. */
function givenOf(configuration: Reading): Reading[] {
    const json = configuration.at("EnvironmentVariables");
    try {
        return Reading.of(JSON.parse(json.text() ?? "[]") as unknown).items();
    } catch {
        return [];
    }
}

/** Variables by what they are here, the last of a name; what is plain may still be a secret, and the plan looks at it. */
function variablesOf(items: readonly Reading[], notes: Notes): Readonly<Record<string, unknown>> {
    const all = new Map<string, readonly ["environment" | "secrets", string]>();
    for (const item of items) {
        const [name, value, type] = [item.textAt("name") ?? "", item.textAt("value") ?? "", item.textAt("type")];
        all.delete(name);
        if (value.includes("#{")) {
            notes.fill(
                `variable ${name}`,
                `${value} reads a variable of an action, whose namespace is called otherwise here`,
            );
        } else if (type === "SECRETS_MANAGER") {
            all.set(name, ["secrets", value]);
        } else if (type === "PARAMETER_STORE") {
            all.set(name, ["secrets", `ssm:${value}`]);
        } else {
            all.set(name, ["environment", value]);
        }
    }
    const of = (kind: string) => [...all].filter(([, [is]]) => is === kind).map(([name, [, value]]) => [name, value]);
    const [environment, secrets] = [of("environment"), of("secrets")];
    return {
        ...(environment.length > 0 && { environment: Object.fromEntries(environment) as object }),
        ...(secrets.length > 0 && { secrets: Object.fromEntries(secrets) as object }),
    };
}
