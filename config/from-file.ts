import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Path } from "../catalog/problem";
import { isMap } from "./values";
import { fromText, ownName, project, type LocatedProblem, type StackSource } from "./source";
import { spread, type StackFiles } from "./spread";
import { secureProblems, stackFileProblems } from "./file-problems";
import { readYaml, type YamlFile } from "./yaml-file";

/** The file of `stack` in `folder`, where the Pulumi CLI looks for it. */
export function stackFile(folder: string, stack: string): string {
    return join(folder, `Pulumi.${stack}.yaml`);
}

/** The stack that `file` is named after, as the Pulumi CLI names them. */
export const stackOf = (file: string): string =>
    /^Pulumi\.(.+)\.ya?ml$/.exec(basename(file))?.[1] ?? basename(file).replace(/\.ya?ml$/, "");

/** The stacks that have a file in `folder`. */
export const stacksIn = (folder: string): string[] => stacksAmong(readdirSync(folder));

/** The stacks that have one of `files`. */
export const stacksAmong = (files: readonly string[]): string[] =>
    files.flatMap(file => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();

/** The stack files of `folder`, each read once and as often as it is asked for. */
export function filesIn(folder: string): StackFiles {
    const known = new Map<string, StackSource | undefined>();
    const stacks = remembered(() => stacksIn(folder));
    const projectYaml = remembered(() => projectOf(folder));
    return {
        stacks,
        read(stack) {
            if (!known.has(stack)) {
                const path = stackFile(folder, stack);
                const text = existsSync(path) ? readFileSync(path, "utf8") : undefined;
                known.set(stack, text === undefined ? undefined : readOwn(path, stack, text, projectYaml()));
            }
            return known.get(stack);
        },
    };
}

/** `read`, whose answer stays the same. */
function remembered<T>(read: () => T): () => T {
    let answer: { readonly is: T } | undefined;
    return () => (answer ??= { is: read() }).is;
}

/**
 * Reads a stack file as the Pulumi CLI would hand it over, with the defaults of the `Pulumi.yaml` beside it; and of a fleet
 * that is spread over stacks, what the files beside it say for this one.
 *
 * @param text - what the file says, where it is not what it says now
 * @param beside - the files beside it, where they are not what is there now
 * @throws when the file cannot be read
 */
export const fromFile = (
    path: string,
    stack: string,
    text = readFileSync(path, "utf8"),
    beside = filesIn(dirname(path)),
): StackSource => spread(readOwn(path, stack, text), beside);

/** The `Pulumi.yaml` of `folder`; undefined when there is none. */
function projectOf(folder: string): YamlFile | undefined {
    const path = join(folder, "Pulumi.yaml");
    return existsSync(path) ? readYaml(path, readFileSync(path, "utf8")) : undefined;
}

/**
 * What the file at `path` says by itself, with `text` in it.
 *
 * @param projectYaml - the `Pulumi.yaml` beside it. @default read anew
 */
export function readOwn(
    path: string,
    stack: string,
    text: string,
    projectYaml = projectOf(dirname(path)),
): StackSource {
    const stackYaml = readYaml(path, text);
    const defaults = projectYaml === undefined ? {} : projectConfig(projectYaml);
    const own = configOf(stackYaml.value);
    const problems: LocatedProblem[] = [...stackYaml.problems, ...(projectYaml?.problems ?? [])];
    const wellFormed = stackYaml.readable && projectYaml?.readable !== false;
    const ofFile = wellFormed ? [...stackFileProblems(stackYaml), ...secureProblems(stackYaml)] : [];
    problems.push(...ofFile);
    // As the CLI does: a key of the stack file replaces the project's as a whole.
    const merged = { ...Object.fromEntries(Object.entries(defaults).map(([key, { value }]) => [key, value])), ...own };
    const written = (place: Path): { yaml: YamlFile; path: Path } => {
        const [key, ...rest] = fileKey(place);
        const inherited = key === undefined || Object.hasOwn(own, key) ? undefined : defaults[key];
        return inherited !== undefined && projectYaml !== undefined
            ? { yaml: projectYaml, path: [...inherited.path, ...rest] }
            : { yaml: stackYaml, path: ["config", ...fileKey(place)] };
    };
    return {
        stack,
        problems,
        readable: wellFormed && ofFile.length === 0,
        values: Object.fromEntries(
            Object.entries(merged).map(([key, value]) => [ownName(key), handedOver(ownName(key), value)]),
        ),
        locate(place) {
            const { yaml, path: inFile } = written(place);
            return yaml.locate(inFile);
        },
        source(place) {
            const { yaml, path: inFile } = written(place);
            return yaml.source(inFile);
        },
    };
}

const configOf = (file: unknown): Readonly<Record<string, unknown>> =>
    isMap(file) && isMap(file.config) ? file.config : {};

/** `value` as the engine would hand it over: a scalar becomes a text on the way. */
const handedOver = (name: string, value: unknown): unknown =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? fromText(name, String(value))
        : value;

/** `path` of {@link StackSource} as it stands below `config:` in a file. */
function fileKey(path: Path): Path {
    const [first, ...rest] = path;
    return first === undefined ? [] : [String(first).includes(":") ? first : `${project}:${first}`, ...rest];
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
            const word = (entry.default ?? undefined) === undefined ? "value" : "default";
            if ((entry[word] ?? undefined) !== undefined) {
                given[key] = { value: entry[word], path: ["config", name, word] };
            }
        }
    }
    return given;
}
