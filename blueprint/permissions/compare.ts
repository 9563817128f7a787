import { isDeepStrictEqual } from "node:util";
import { conditionsCover, type PlainConditions } from "./conditions";
import { actionCovers, arnCovers } from "./patterns";

/** One statement of a policy, whoever it speaks of, with what only AWS can name in words. */
export interface PlainStatement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: PlainConditions;
}

/** Something that has permissions, or that others have permissions on. */
export interface Holder {
    /** Tells it from all others, in every stack file: what has another key is another thing. */
    readonly key: string;

    /** In words: whose it is. */
    readonly of: string;

    readonly arn?: string;

    /** What it may do at most. */
    readonly boundary?: string;

    /** Who may become it; of a role. */
    readonly trust: readonly PlainStatement[];

    readonly statements: readonly PlainStatement[];
}

/** What became of some permissions: a statement with what is new or gone of it alone. */
export interface Difference {
    readonly what: "trust" | "statement";
    readonly change: "added" | "removed";
    readonly broader: boolean;
    readonly statement: PlainStatement;

    /** Of what is broader, the statements of before that it goes beyond. @default none: nothing like it was there */
    readonly was?: readonly PlainStatement[];
}

/** What became of one holder. */
export interface HolderChange {
    readonly key: string;
    readonly of: string;
    readonly change: "added" | "removed" | "changed";
    readonly broader: boolean;

    /** In words, what changed beside its statements. */
    readonly notes: readonly { readonly text: string; readonly broader: boolean }[];
    readonly differences: readonly Difference[];
}

/** Who a statement speaks of, each as one text: `Service codebuild.amazonaws.com`; of a role's own policy, the role. */
function principalsOf({ Principal }: PlainStatement): string[] {
    return Principal === undefined
        ? ["itself"]
        : typeof Principal === "string"
          ? [Principal]
          : Object.entries(Principal).flatMap(([type, names]) => [names].flat().map(name => `${type} ${name}`));
}

const everybody = ["*", "AWS *"];

const principalCovers = (wide: string, narrow: string) => wide === narrow || everybody.includes(wide);

/** One action on one thing by one principal. */
interface Atom {
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
}

/** Whether `statement` speaks of all that `atom` speaks of, under conditions that let through as much as `conditions`. */
const speaksOf = (statement: PlainStatement, atom: Atom, conditions: PlainConditions) =>
    statement.Action.some(action => actionCovers(action, atom.action)) &&
    statement.Resource.some(resource => arnCovers(resource, atom.resource)) &&
    principalsOf(statement).some(principal => principalCovers(principal, atom.principal)) &&
    conditionsCover(statement.Condition ?? {}, conditions);

/** Actions that some principals may, or may not, do on some things. */
interface Group {
    readonly principals: readonly string[];
    readonly actions: readonly string[];
    readonly resources: readonly string[];
}

/** `groups` with those of one key in one, which `unite` makes of two. */
function grouped(
    groups: readonly Group[],
    keyOf: (group: Group) => unknown,
    unite: (a: Group, b: Group) => Group,
): Group[] {
    const byKey = new Map<string, Group>();
    for (const group of groups) {
        const key = JSON.stringify(keyOf(group));
        const known = byKey.get(key);
        byKey.set(key, known ? unite(known, group) : group);
    }
    return [...byKey.values()];
}

/** What of `statement` none of `others` speaks of, as statements. */
function beyond(statement: PlainStatement, others: readonly PlainStatement[]): PlainStatement[] {
    const { Condition = {} } = statement;
    const rivals = others.filter(other => other.Effect === statement.Effect);
    const single = principalsOf(statement).flatMap(principal =>
        statement.Resource.flatMap((resource): Group[] => {
            const actions = statement.Action.filter(
                action => !rivals.some(rival => speaksOf(rival, { principal, action, resource }, Condition)),
            );
            return actions.length === 0 ? [] : [{ principals: [principal], actions, resources: [resource] }];
        }),
    );
    const byPrincipal = grouped(
        single,
        ({ principals, actions }) => [principals, actions],
        (a, b) => ({ ...a, resources: [...a.resources, ...b.resources] }),
    );
    const united = grouped(
        byPrincipal,
        ({ actions, resources }) => [actions, resources],
        (a, b) => ({ ...a, principals: [...a.principals, ...b.principals] }),
    );
    return united.map(({ principals, actions, resources }) => ({
        ...statement,
        ...(statement.Principal !== undefined && { Principal: principalOf(principals) }),
        Action: actions,
        Resource: resources,
    }));
}

/** The opposite of {@link principalsOf}. */
function principalOf(texts: readonly string[]): NonNullable<PlainStatement["Principal"]> {
    if (texts.includes("*")) {
        return "*";
    }
    const byType: Record<string, string[]> = {};
    for (const text of texts) {
        const [type, ...rest] = text.split(" ");
        (byType[type] ??= []).push(rest.join(" "));
    }
    return byType;
}

function differencesOf(
    what: Difference["what"],
    before: readonly PlainStatement[],
    after: readonly PlainStatement[],
): Difference[] {
    // Most of a large fleet stays as it was.
    if (isDeepStrictEqual(before, after)) {
        return [];
    }
    const added = after.flatMap(statement => beyond(statement, before));
    const removed = before.flatMap(statement => beyond(statement, after));
    return [
        // More that is allowed is broader, and less that is refused.
        ...added.map(statement => {
            const was = statement.Effect === "Allow" ? narrower(statement, before) : [];
            return {
                what,
                change: "added" as const,
                broader: statement.Effect === "Allow",
                statement,
                ...(was.length > 0 && { was }),
            };
        }),
        ...removed.map(statement => ({
            what,
            change: "removed" as const,
            broader: statement.Effect === "Deny",
            statement,
        })),
    ];
}

/** What of `before` is the same as `statement`, but on less, to fewer or under another condition; as it was before, of the same actions alone. */
const narrower = (statement: PlainStatement, before: readonly PlainStatement[]): PlainStatement[] =>
    before.flatMap(one => {
        const same = one.Action.filter(action => statement.Action.some(wide => actionCovers(wide, action)));
        const isAbout =
            one.Effect === statement.Effect &&
            (one.Sid === statement.Sid ||
                one.Resource.some(resource => statement.Resource.some(wide => arnCovers(wide, resource))));
        return isAbout && same.length > 0 ? [{ ...one, Action: same }] : [];
    });

function notesOf(before: Holder, after: Holder): HolderChange["notes"] {
    const named = (boundary: string | undefined) => boundary ?? "none";
    return [
        ...(before.arn === after.arn
            ? []
            : [{ text: `its ARN was ${named(before.arn)} and is ${named(after.arn)}`, broader: true }]),
        ...(before.boundary === after.boundary
            ? []
            : [
                  {
                      text: `its permissions boundary was ${named(before.boundary)} and is ${named(after.boundary)}`,
                      // What another policy allows, nobody knows here.
                      broader: before.boundary !== undefined,
                  },
              ]),
    ];
}

const nobody = { trust: [], statements: [] };

/**
 * What `after` changes of the permissions of `before`: by what they mean, not how they are written. What cannot be told is
 * taken for broader.
 */
export function comparePermissions(before: readonly Holder[], after: readonly Holder[]): HolderChange[] {
    const [old, now] = [before, after].map(all => new Map(all.map(holder => [holder.key, holder])));
    return [...new Set([...now.keys(), ...old.keys()])].flatMap(key => {
        const [was, is] = [old.get(key), now.get(key)];
        const differences = [
            ...differencesOf("trust", (was ?? nobody).trust, (is ?? nobody).trust),
            ...differencesOf("statement", (was ?? nobody).statements, (is ?? nobody).statements),
        ];
        const notes = was && is ? notesOf(was, is) : [];
        if (was && is && differences.length + notes.length === 0) {
            return [];
        }
        // What is gone can do nothing, and can be reached by nobody.
        const broader =
            is !== undefined &&
            (was === undefined || [...differences, ...notes].some(difference => difference.broader));
        return [
            {
                key,
                of: (is ?? was)?.of ?? "",
                change: was === undefined ? "added" : is === undefined ? "removed" : "changed",
                broader,
                notes,
                differences,
            } as const,
        ];
    });
}
