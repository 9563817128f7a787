import type { Conditions, Grant } from "../catalog/grant";
import { once } from "../catalog/once";
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

const unique = (values: readonly Text[]): readonly Text[] =>
    values.length < 2 ? values : [...new Map(values.map(value => [shown(value), value])).values()];

/** What grants have in common that become one statement. */
const kindOf = ({ sid, actions, conditions, reason }: Grant) => JSON.stringify([sid, actions, conditions, reason]);

/** Each `sid` of several of `grants`: the others stand alone, whatever they are. */
function repeatedSids(grants: readonly Grant[]): ReadonlySet<string> {
    const seen = new Set<string>();
    const repeated = new Set<string>();
    for (const { sid } of grants) {
        (seen.has(sid) ? repeated : seen).add(sid);
    }
    return repeated;
}

const statementOf = ({ sid, actions, resources, conditions, reason }: Grant): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: unique(resources),
    ...(conditions && { Condition: conditions }),
    ...(reason !== undefined && { reason }),
});

/** The statement of a grant that stands alone: what many roles are granted alike is one. */
const ownStatement = once(statementOf);

/**
 * `grants` as statements: those that differ in their resources alone become one, so that a policy grows with what it
 * reaches and not with how often it is needed. A `Sid` that is used for several things is numbered.
 */
export function statements(grants: readonly Grant[]): Statement[] {
    const merged = new Map<string, Grant[]>();
    const repeated = repeatedSids(grants);
    for (const grant of grants) {
        const kind = repeated.has(grant.sid) ? kindOf(grant) : grant.sid;
        const known = merged.get(kind);
        if (known === undefined) {
            merged.set(kind, [grant]);
        } else {
            known.push(grant);
        }
    }
    const used = new Set<string>();
    const unused = (sid: string, count = 1): string => {
        const numbered = count === 1 ? sid : `${sid}${count}`;
        return used.has(numbered) ? unused(sid, count + 1) : numbered;
    };
    return [...merged.values()].map(alike => {
        const [grant] = alike;
        const sid = unused(grant.sid);
        used.add(sid);
        return alike.length === 1 && sid === grant.sid
            ? ownStatement(grant)
            : statementOf({ ...grant, sid, resources: alike.flatMap(({ resources }) => resources) });
    });
}

/** The policy document of `all`: what AWS reads of the statements. */
export function policyDocument(all: readonly Statement[]) {
    return { Version: "2012-10-17" as const, Statement: all.map(({ reason, ...statement }) => statement) };
}
