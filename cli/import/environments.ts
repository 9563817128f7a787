import { isDeepStrictEqual } from "node:util";
import { isMap } from "../../config/values";
import type { DeployWords } from "./deploys";

/** The words of one deploy in each environment: what all have in common, and what is different in one. */
export interface Merged {
    readonly common: DeployWords;
    readonly differing: Readonly<Record<string, DeployWords>>;
}

/**
 * Merges the words of one deploy in several environments: a text that differs by the environment's name alone, or by its account, gets
 * `{environment}` or `{account}` there.
 *
 * @param accounts - account of each environment, where it is known
 */
export function mergedWords(
    byEnvironment: Readonly<Record<string, DeployWords>>,
    accounts: Readonly<Record<string, string>>,
): Merged {
    const environments = Object.keys(byEnvironment);
    const [first] = environments;
    const common: Record<string, unknown> = {};
    const differing: Record<string, Record<string, unknown>> = {};
    for (const key of new Set(environments.flatMap(name => Object.keys(byEnvironment[name])))) {
        const values = environments.map(name => byEnvironment[name][key]);
        const same = values.every(value => isDeepStrictEqual(value, values[0]));
        const named = environments.map((name, index) => withNames(values[index], name, accounts[name]));
        if (same || (environments.length > 1 && named.every(value => isDeepStrictEqual(value, named[0])))) {
            common[key] = same ? values[0] : named[0];
            continue;
        }
        common[key] = values[0];
        environments.forEach((name, index) => {
            if (name !== first && values[index] !== undefined && !isDeepStrictEqual(values[index], values[0])) {
                (differing[name] ??= {})[key] = values[index];
            }
        });
    }
    return { common: Object.fromEntries(Object.entries(common).filter(([, value]) => value !== undefined)), differing };
}

/** `value` with placeholders in the place of the environment's name and account, where these stand by themselves. */
function withNames(value: unknown, environment: string, account: string | undefined): unknown {
    if (typeof value === "string") {
        const named = value.replaceAll(
            new RegExp(`(?<![a-z0-9])${environment}(?![a-z0-9])`, "gi"),
            () => "{environment}",
        );
        return account === undefined ? named : named.replaceAll(account, () => "{account}");
    }
    if (Array.isArray(value)) {
        return value.map(one => withNames(one, environment, account));
    }
    return isMap(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNames(inner, environment, account)]))
        : value;
}
