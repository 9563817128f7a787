import { keyText, type Path, type Problem } from "../catalog/problem";
import { isMap } from "./values";
import { ownName, project, type LocatedProblem } from "./source";
import { hint, nearest } from "./suggest";
import { awsKeys, ownKeys } from "./schema";
import { mostProblems } from "./limits";
import type { YamlFile } from "./yaml-file";

/** What a stack file may hold beside `config`; see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/. */
const stackFileKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** Problems of a stack file around its values: its own keys, and the namespaces of those below `config`. */
export function stackFileProblems(file: YamlFile): LocatedProblem[] {
    const { value } = file;
    const at = (path: Path, message: string): LocatedProblem => ({
        path: [],
        message: path.length === 0 ? message : `${keyText(String(path.at(-1)))}: ${message}`,
        position: file.locate(path),
    });
    if (!isMap(value)) {
        return [at([], "expected a map with the key `config`, found no map")];
    }
    const unknown = Object.keys(value)
        .filter(key => !stackFileKeys.includes(key))
        .slice(0, mostProblems)
        .map(key => at([key], `unknown key${whereItBelongs(key) ?? hint(key, stackFileKeys)}`));
    if (!isMap(value.config)) {
        // A misspelt `config` is one mistake, not two.
        return unknown.length > 0 ? unknown : [at(["config"], "missing; expected a map")];
    }
    const misnamed = Object.keys(value.config).flatMap((key): [key: string, message: string][] => {
        const [namespace, ...rest] = key.split(":");
        if (rest.length === 0) {
            const aws = awsKeys.find(name => name === `aws:${key}`);
            return [[key, `expected a key with its namespace; write ${aws ?? keyText(`${project}:${key}`)}`]];
        }
        // The CLI also takes `<project>:config:<key>`, from its early days; one way to write a key is enough.
        return rest.length === 2 && namespace === project && rest[0] === "config"
            ? [[key, `expected the short form of the key; write ${project}:${rest[1]}`]]
            : [];
    });
    return [...unknown, ...misnamed.slice(0, mostProblems).map(([key, message]) => at(["config", key], message))];
}

const whereItBelongs = (key: string): string | undefined => {
    const own = nearest(ownName(key), ownKeys) ?? "";
    return own === ownName(key) ? `; it belongs below \`config\`, as ${project}:${own}` : undefined;
};

/** `secure:` below a key of this project: the whole value would become a secret, and nothing of it could be planned or shown. */
export function secureProblems(file: YamlFile): LocatedProblem[] {
    const problems: LocatedProblem[] = [];
    const search = (value: unknown, path: Path): void => {
        if (typeof value !== "object" || value === null || problems.length === mostProblems) {
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
    const config = isMap(file.value) && isMap(file.value.config) ? file.value.config : {};
    for (const [key, value] of Object.entries(config)) {
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
        path: [ownName(String(first)), ...rest],
        message:
            "an encrypted value would make all of this key secret; keep the secret in Secrets Manager or SSM and name it in `secrets`",
    };
}
