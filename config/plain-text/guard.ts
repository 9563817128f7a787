import type { Path, Problem } from "../../catalog/problem";
import { mostProblems } from "../limits";
import { isMap, mapOf } from "../values";
import type { Allowance } from "./allowed";
import { credentialIn } from "./forms";
import { isReference, isSecretName, isStrangeName, pinsVersion } from "./names";
import { looksRandom } from "./randomness";

/** Maps whose texts somebody else reads, who can look a secret up. */
const handedOn = ["configuration", "input", "parameters"];

/** Maps in which people choose the keys: the name of a key says what its text is. */
const named = new Set(["buildArguments", "configuration", "input", "parameters", "properties", "tags", "variables"]);

/** Keys below which a text is anybody's own words, and could hold a secret. */
const free = new Set([
    ...[...named, "environment", "secrets"],
    ...["install", "preBuild", "commands", "postBuild"],
    ...["description", "instructions", "note", "token", "accessToken", "url", "reviewUrl", "https"],
]);

/** What is said of every secret that has no better place. */
export const remedy = "keep it in Secrets Manager or SSM and name it in `secrets`";

/** Of what is told, people or hosts of repositories, only secrets of Secrets Manager are read. */
const remedyOfTargets = 'keep it in Secrets Manager and write the name of its secret here, "name:field"';

/** Keys whose text is the name of a secret itself. */
const references = ["token", "accessToken"];

/** What to do with a secret at `place`. */
function remedyAt({ path }: Place): string {
    if (["targets", "connections"].includes(String(path[0]))) {
        return remedyOfTargets;
    }
    if (path.some(key => handedOn.includes(String(key)))) {
        return 'keep it in Secrets Manager or SSM and write its ARN or "ssm:/path" here';
    }
    return references.includes(String(path.at(-1))) ? "keep it in Secrets Manager or SSM and name it here" : remedy;
}

const otherwise = "if it is none, say why in `allowedPlainText`";

/** Where the guard stands in the stack file. */
interface Place {
    readonly path: Path;

    /** Whether the key of the map around is people's own. */
    readonly named: boolean;

    /** Whether the text is anybody's own words. */
    readonly free: boolean;

    /** Variables of `environment` beside it that are no secrets. */
    readonly notSecret: readonly unknown[];
}

/**
 * Secrets in plain text below `value`, whose words are never repeated: by the form of a known credential anywhere; by their
 * name, and as long random words, where people write what they like. And keys below which they could hide.
 */
export function plainTextProblems(value: Readonly<Record<string, unknown>>, allowance: Allowance): Problem[] {
    const problems: Problem[] = [];
    search(value, { path: [], named: false, free: false, notSecret: [] }, allowance, problems);
    return problems;
}

/** Adds what is found below `value` to `problems`, up to one more than are told. */
function search(value: unknown, place: Place, allowance: Allowance, problems: Problem[]): void {
    if (typeof value === "string") {
        const message = suspicion(value, place, allowance);
        if (message !== undefined) {
            problems.push({ path: place.path, message });
        }
        return;
    }
    if (typeof value !== "object" || value === null) {
        return;
    }
    const notSecret = isMap(value) && Array.isArray(value.notSecret) ? value.notSecret : place.notSecret;
    for (const [key, inner] of Object.entries(value)) {
        if (problems.length > mostProblems) {
            return;
        }
        const path = [...place.path, Array.isArray(value) ? Number(key) : key];
        if (key === "__proto__") {
            // Schemas pass over this one name in silence, and with it over what stands below.
            problems.push({ path, message: `expected another key, found ${JSON.stringify(key)}` });
        } else {
            const below = { path, named: named.has(key) || (place.named && !Array.isArray(value)), notSecret };
            search(inner, { ...below, free: place.free || free.has(key) }, allowance, problems);
        }
    }
}

/** What speaks against `text`. */
function suspicion(text: string, place: Place, allowance: Allowance): string | undefined {
    const { path } = place;
    const key = keyAbove(path);
    const credential = credentialIn(text);
    if (credential !== undefined) {
        return allowance.lets(text, path, true)
            ? undefined
            : `looks like ${credential} in plain text: ${remedyAt(place)}, and replace it where it is valid`;
    }
    if (pinsVersion(text) && !allowance.lets(text, path, false)) {
        return `pins a version of a secret, which stays what it is when the secret is rotated: leave the version out of the dynamic reference; ${otherwise.replace("it is none", "it has to be")}`;
    }
    const named = place.named ? secretNamed(key, text) : undefined;
    if (named !== undefined && !isReference(text)) {
        return allowance.lets(text, path, false)
            ? undefined
            : `a secret in plain text, by the name ${named}: ${remedyAt(place)}; ${otherwise}`;
    }
    const suspected =
        (place.free || text.includes("://")) &&
        !isStrangeName(key) &&
        !place.notSecret.includes(key) &&
        looksRandom(text);
    return suspected && !allowance.lets(text, path, false)
        ? `looks like a secret in plain text, a long random word: ${remedyAt(place)}, and replace it where it is valid; ${otherwise}`
        : undefined;
}

/** The key that says what a text is; the default of a variable is named by the variable. */
const keyAbove = (path: Path): string => {
    const keys = path.filter(key => typeof key === "string");
    return String(keys.at(-1) === "default" ? keys.at(-2) : keys.at(-1));
};

/** The name of a secret that `text` is, under its `key`, or holds as JSON. */
function secretNamed(key: string, text: string): string | undefined {
    return isSecretName(key) ? key : text.startsWith("{") ? keysOf(text).find(isSecretName) : undefined;
}

/** Keys of texts in `json`; none where it is not JSON. */
function keysOf(json: string): string[] {
    const search = (value: unknown): string[] =>
        Object.entries(mapOf(value)).flatMap(([key, inner]) =>
            typeof inner === "string" ? (isReference(inner) ? [] : [key]) : search(inner),
        );
    try {
        return search(JSON.parse(json));
    } catch {
        return [];
    }
}
