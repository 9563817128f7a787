import type { Report } from "./parse";
import { awsKeys, ownKeys } from "./schema";
import { ownName, project } from "./source";
import { hint, nearest } from "./suggest";
import type { Words } from "./values";

/** Keys of the AWS provider that look like one of {@link awsKeys} and are meant as they stand. */
const otherAwsKeys = ["aws:forbiddenAccountIds"];

/**
 * Reports keys that nothing reads, also those of a namespace that is nearly this project's: the Pulumi CLI takes them in
 * silence, and what they say would be lost.
 *
 * @returns the keys that they were meant to be, so that these do not seem to be missing as well
 */
export function checkKeys(values: Words, report: Report): ReadonlySet<string> {
    const meant = new Set<string>();
    const unknown = (key: string, what: string, known: readonly string[]) => {
        report({ path: [key], message: `unknown ${what}${hint(key, known)}` });
        known.filter(name => name === nearest(key, known)).forEach(name => meant.add(ownName(name)));
    };
    for (const key of Object.keys(values)) {
        const [namespace, name] = key.split(":");
        if (name === undefined) {
            if (!ownKeys.includes(key)) {
                unknown(key, "key", ownKeys);
            }
        } else if (nearest(namespace, [project]) !== undefined) {
            unknown(key, "namespace", [`${project}:${nearest(name, ownKeys) ?? name}`]);
        } else if (namespace === "aws" && !awsKeys.includes(key)) {
            const [wanted] = [nearest(key, [...awsKeys, ...otherAwsKeys])].filter(word => word !== undefined);
            // The provider has many keys of its own; only one that stands for a missing one is a mistake for sure.
            if (wanted !== undefined && awsKeys.includes(wanted) && !Object.hasOwn(values, wanted)) {
                unknown(key, "key", [wanted]);
            }
        }
    }
    return meant;
}
