import type { Cloud, Entry, Place } from "./cloud";
import { resourceType } from "./types";
import type { RoleUse } from "./types/type";
import { valuesAt, type Properties } from "./values";

interface Statement {
    readonly Principal?: unknown;
}

/** A resource that another one cannot do without when it is made or changed. */
export interface Need {
    readonly path: string;
    readonly value: string;
    /** Types of what is needed. */
    readonly to: readonly string[];
    /** Set when it is a role. */
    readonly use?: RoleUse;
}

const role = "aws:iam/role:Role";
const policies = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];

function statements(document: unknown): readonly Statement[] {
    const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
    const found = (parsed as { readonly Statement?: Statement | readonly Statement[] }).Statement;
    if (found === undefined) {
        throw new Error("no Statement");
    }
    return [found].flat();
}

/** The principals of one kind (`AWS`, `Service`) that a document names. */
function principals(document: unknown, kind: string): readonly string[] {
    return statements(document)
        .flatMap(statement => (statement.Principal as Properties | undefined)?.[kind] ?? [])
        .map(String);
}

/** Whether only AWS, or another account, can tell what exists under this name. */
function isElsewhere(reference: string, account: string): boolean {
    const owner = reference.startsWith("arn:") ? reference.split(":")[4] : "";
    return (owner !== "" && owner !== account) || /^alias\/aws\/|:alias\/aws\//.test(reference);
}

/** What a resource with these properties needs, as far as it is in the account. */
export function needsOf(token: string, properties: Properties, account: string): readonly Need[] {
    const type = resourceType(token);
    const here = (type.references ?? []).filter(
        ({ owner }) => owner === undefined || [undefined, account].includes(properties[owner] as string | undefined),
    );
    const references = here.flatMap(({ path, to, reads }) =>
        (reads?.(properties) ?? valuesAt(properties, path)).map(found => ({
            path: found.path,
            value: String(found.value),
            to,
        })),
    );
    const roles = (type.roles ?? []).flatMap(use =>
        valuesAt(properties, use.path).map(found => ({
            path: found.path,
            value: String(found.value),
            to: [role],
            use,
        })),
    );
    const named = (type.documents ?? [])
        .filter(path => properties[path] !== undefined)
        .flatMap(path => principals(properties[path], "AWS").map(value => ({ path, value, to: [role] })))
        .filter(({ value }) => /:role\/[^*]+$/.test(value));
    return [...references, ...roles, ...named].filter(({ value }) => !isElsewhere(value, account));
}

/** The policies that a role has, as resources of their own. */
function policiesOf(cloud: Cloud, entry: Entry): readonly Entry[] {
    return policies
        .flatMap(type => cloud.list(type))
        .filter(
            policy =>
                policy.account === entry.account && [entry.id, entry.arn].includes(String(policy.properties.role)),
        );
}

/** What a service finds wrong with a role that it is to use. */
function unusable(cloud: Cloud, entry: Entry, { service, tried }: RoleUse): string | undefined {
    if (entry.seeded) {
        return undefined;
    }
    if (!principals(entry.properties.assumeRolePolicy, "Service").includes(service)) {
        return `does not trust ${service}`;
    }
    const own = ["inlinePolicies", "managedPolicyArns"].some(key => valuesAt(entry.properties, `${key}[*]`).length > 0);
    return !tried || own || policiesOf(cloud, entry).length > 0
        ? undefined
        : "has no policy yet: does the program wait for it?";
}

function refusal(cloud: Cloud, place: Place, need: Need): string | undefined {
    const found = need.to.map(type => cloud.find(type, need.value, place)).find(entry => entry !== undefined);
    if (found === undefined) {
        return `${need.path}: there is no ${need.to.join(" or ")} "${need.value}" in account ${place.account}`;
    }
    const wrong = need.use === undefined ? undefined : unusable(cloud, found, need.use);
    return wrong === undefined ? undefined : `${need.path}: the role "${need.value}" ${wrong}`;
}

/** What is wrong with the documents of a resource, before anything is looked up. */
function malformed(token: string, properties: Properties): readonly string[] {
    return (resourceType(token).documents ?? [])
        .filter(path => properties[path] !== undefined)
        .flatMap(path => {
            try {
                statements(properties[path]);
                return [];
            } catch (error) {
                return [`${path}: malformed policy document: ${(error as Error).message}`];
            }
        });
}

/** Why AWS refuses to make or change this; empty when it does not. */
export function refusals(cloud: Cloud, token: string, place: Place, properties: Properties): readonly string[] {
    const documents = malformed(token, properties);
    if (documents.length > 0) {
        return documents;
    }
    const unmet = needsOf(token, properties, place.account)
        .map(need => refusal(cloud, place, need))
        .filter(problem => problem !== undefined);
    return [...(resourceType(token).refuses?.(properties) ?? []), ...unmet];
}

/** What still uses a thing, so that AWS refuses to delete it. */
export function usersOf(cloud: Cloud, entry: Entry): readonly Entry[] {
    const names = [entry.id, entry.arn, entry.name];
    return (resourceType(entry.type).blockedBy ?? []).flatMap(({ type, path }) =>
        cloud
            .list(type)
            .filter(user => user.account === entry.account)
            .filter(user => valuesAt(user.properties, path).some(found => names.includes(String(found.value)))),
    );
}
