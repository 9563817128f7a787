import type { Conditions, Grant } from "../catalog/grant";
import { shown, type Text } from "../catalog/reference";

/** One statement of a policy, in IAM's own words. */
export interface Statement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: Readonly<Record<string, string | readonly string[]>> | "*";
    readonly Action: readonly string[];
    readonly Resource: readonly Text[];
    readonly Condition?: Conditions;
    /** Why, where the words above do not say it; not part of the policy. */
    readonly reason?: string;
}

const unique = <T>(values: readonly T[], text: (value: T) => string): T[] => [
    ...new Map(values.map(value => [text(value), value])).values(),
];

/**
 * `grants` as statements: those that differ in their resources alone become one, so that a policy grows with what it
 * reaches and not with how often it is needed. A `Sid` that is used for several things is numbered.
 */
export function statements(grants: readonly Grant[]): Statement[] {
    const merged = new Map<string, Grant>();
    for (const grant of grants) {
        const key = JSON.stringify([grant.sid, grant.actions, grant.conditions, grant.reason]);
        const known = merged.get(key);
        merged.set(
            key,
            known === undefined ? grant : { ...known, resources: [...known.resources, ...grant.resources] },
        );
    }
    const used = new Set<string>();
    const unused = (sid: string, count = 1): string => {
        const numbered = count === 1 ? sid : `${sid}${count}`;
        return used.has(numbered) ? unused(sid, count + 1) : numbered;
    };
    return [...merged.values()].map(({ sid, actions, resources, conditions, reason }) => {
        const own = unused(sid);
        used.add(own);
        return {
            Sid: own,
            Effect: "Allow",
            Action: actions,
            Resource: unique(resources, shown),
            ...(conditions && { Condition: conditions }),
            ...(reason !== undefined && { reason }),
        };
    });
}

/** The policy document of `all`: what AWS reads of the statements. */
export function policyDocument(all: readonly Statement[]) {
    return { Version: "2012-10-17" as const, Statement: all.map(({ reason, ...statement }) => statement) };
}
