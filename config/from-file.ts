import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Path, Problem } from "../catalog/problem";
import { project, type LocatedProblem, type StackSource } from "./source";
import { hint } from "./suggest";
import { readYaml, type YamlFile } from "./yaml-file";

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** What a stack file may hold beside `config`; see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/. */
const stackFileKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** The file of `stack` in `folder`, where the Pulumi CLI looks for it. */
export function stackFile(folder: string, stack: string): string {
    return join(folder, `Pulumi.${stack}.yaml`);
}

/**
 * Reads a stack file as the Pulumi CLI would hand it over, with the defaults of the `Pulumi.yaml` beside it.
 *
 * @throws when the file cannot be read
 */
export function fromFile(path: string, stack: string): StackSource {
    const stackYaml = readYaml(path, readFileSync(path, "utf8"));
    const projectPath = join(dirname(path), "Pulumi.yaml");
    const projectYaml = existsSync(projectPath) ? readYaml(projectPath, readFileSync(projectPath, "utf8")) : undefined;
    const defaults = projectYaml === undefined ? {} : projectConfig(projectYaml);
    const problems: LocatedProblem[] = [...stackYaml.problems, ...(projectYaml?.problems ?? [])];
    if (problems.length === 0) {
        problems.push(...stackFileProblems(stackYaml), ...secureProblems(stackYaml));
    }
    const own = configOf(stackYaml.value);
    return {
        stack,
        problems,
        // As the CLI does: a key of the stack file replaces the project's as a whole.
        values: namespaced({
            ...Object.fromEntries(Object.entries(defaults).map(([key, entry]) => [key, entry.value])),
            ...own,
        }),
        locate: place => {
            const [key, ...rest] = fileKey(place);
            const inherited = key === undefined || Object.hasOwn(own, key) ? undefined : defaults[key];
            return inherited !== undefined && projectYaml !== undefined
                ? projectYaml.locate([...inherited.path, ...rest])
                : stackYaml.locate(["config", ...fileKey(place)]);
        },
        source: place => stackYaml.source(["config", ...fileKey(place)]),
    };
}

/** The positions of `path`, for values that came another way; undefined when there is no such file or it cannot be read. */
export function positionsOf(path: string, stack: string): Pick<StackSource, "locate" | "source"> | undefined {
    return existsSync(path) ? fromFile(path, stack) : undefined;
}

const configOf = (file: unknown): Readonly<Record<string, unknown>> =>
    isMap(file) && isMap(file.config) ? file.config : {};

/** `path` of {@link StackSource} as it stands below `config:` in a file. */
function fileKey(path: Path): Path {
    const [first, ...rest] = path;
    return first === undefined ? [] : [String(first).includes(":") ? first : `${project}:${first}`, ...rest];
}

function namespaced(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const prefix = `${project}:`;
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.startsWith(prefix) ? key.slice(prefix.length) : key, value]),
    );
}

/**
 * The values that `Pulumi.yaml` gives to every stack: `key: { value: … }`, `{ default: … }`, or a bare scalar or list.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/config/#project-level-configuration
 */
function projectConfig(file: YamlFile): Record<string, { value: unknown; path: Path }> {
    const given: Record<string, { value: unknown; path: Path }> = {};
    for (const [name, entry] of Object.entries(configOf(file.value))) {
        const key = name.includes(":") ? name : `${project}:${name}`;
        if (!isMap(entry)) {
            given[key] = { value: entry, path: ["config", name] };
        } else {
            const word = entry.default === undefined ? "value" : "default";
            if (entry[word] !== undefined) {
                given[key] = { value: entry[word], path: ["config", name, word] };
            }
        }
    }
    return given;
}

function stackFileProblems(file: YamlFile): LocatedProblem[] {
    const { value } = file;
    const at = (path: Path, problem: string): LocatedProblem => ({
        path: [],
        message: problem,
        position: file.locate(path),
    });
    if (!isMap(value)) {
        return [at([], "expected a map with the key `config`, found none")];
    }
    const unknown = Object.keys(value)
        .filter(key => !stackFileKeys.includes(key))
        .map(key => at([key], `${key}: unknown key${hint(key, stackFileKeys)}`));
    if (!isMap(value.config)) {
        return [...unknown, at(["config"], "config: missing; expected a map")];
    }
    const bare = Object.keys(value.config)
        .filter(key => !key.includes(":"))
        .map(key => at(["config", key], `${key}: expected a key with its namespace; write ${project}:${key}`));
    return [...unknown, ...bare];
}

/** `secure:` below a key of this project: the whole value would become a secret, and nothing of it could be planned or shown. */
function secureProblems(file: YamlFile): LocatedProblem[] {
    const problems: LocatedProblem[] = [];
    const search = (value: unknown, path: Path): void => {
        if (typeof value !== "object" || value === null) {
            return;
        }
        for (const [key, inner] of Object.entries(value)) {
            const below = [...path, Array.isArray(value) ? Number(key) : key];
            if (key === "secure" && typeof inner === "string") {
                problems.push({ ...secureProblem(below.slice(1)), position: file.locate(below) });
            } else {
                search(inner, below);
            }
        }
    };
    for (const [key, value] of Object.entries(configOf(file.value))) {
        if (key.startsWith(`${project}:`)) {
            search(value, ["config", key]);
        }
    }
    return problems;
}

/** The problem of an encrypted value at `path`, whose first key may hold the namespace. */
export function secureProblem(path: Path): Problem {
    const [first, ...rest] = path;
    return {
        path: [String(first).replace(`${project}:`, ""), ...rest],
        message:
            "an encrypted value would make all of this key secret; keep the secret in Secrets Manager or SSM and name it in `secrets`",
    };
}
