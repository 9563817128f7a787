import { comparePermissions, type HolderChange, type PlainStatement } from "../blueprint/permissions/compare";
import type { FleetPlan } from "../blueprint/plan";
import type { Paint } from "./paint";
import { chosenPermissions, statementLines } from "./permissions-of";
import type { Previous } from "./baseline";
import { plural } from "./plural";

/** What a stack file changes of permissions. */
export interface PermissionsChange {
    readonly since: string;

    /** Whether somebody may do more, or might: also where nothing can be compared. */
    readonly broader: boolean;

    /** Undefined where the other stack file has problems. */
    readonly changes?: readonly HolderChange[];
}

/** What `plan` changes of permissions since `previous`; of one service alone where it is named. */
export function permissionsChange(previous: Previous, plan: FleetPlan, service: string | undefined): PermissionsChange {
    if (previous.plan === undefined) {
        return { since: previous.since, broader: true };
    }
    const changes = comparePermissions(chosenPermissions(previous.plan, service), chosenPermissions(plan, service));
    return { since: previous.since, broader: changes.some(({ broader }) => broader), changes };
}

/** Most holders that are named in one line. */
const fewHolders = 10;

/** Whose permissions are broader, in one line: `2 roles are broader than in HEAD: a, b`. */
export function broaderText({ since, changes }: PermissionsChange): string {
    if (changes === undefined) {
        return `permissions cannot be compared with those of ${since}`;
    }
    const keys = changes.filter(({ broader }) => broader).map(({ key }) => key);
    const areRoles = keys.every(key => key.startsWith("role "));
    const names = keys.slice(0, fewHolders).map(key => (areRoles ? key.replace(/^role /, "") : key));
    const more = keys.length > names.length ? `, … ${keys.length - names.length} more` : "";
    const count = plural(keys.length, areRoles ? "role" : "holder");
    return `${count} ${keys.length === 1 ? "is" : "are"} broader than in ${since}: ${names.join(", ")}${more}`;
}

const signs = { added: "+", removed: "-" } as const;

/** The change, for whoever reviews it: what is broader is marked. */
export function permissionsChangeLines({ since, changes }: PermissionsChange, paint: Paint): string[] {
    if (changes === undefined) {
        return [paint.heading(`Against ${since}, which has problems: no permissions can be compared`)];
    }
    if (changes.length === 0) {
        return [paint.heading(`Against ${since}: no permission changes`)];
    }
    const mark = (broader: boolean) => (broader ? ` ${paint.warning("broader")}` : "");
    return [
        paint.heading(`Against ${since}`),
        ...changes.flatMap(({ key, of, change, broader, notes, differences }) => [
            `  ${change.padEnd(8)} ${key} ${paint.quiet(`(${of})`)}${mark(broader)}`,
            ...notes.map(note => `    ${note.text}${mark(note.broader)}`),
            // What is gone as a whole is not spelt out.
            ...(change === "removed"
                ? []
                : differences.flatMap(({ change: kind, what, broader: more, statement, was = [] }) => {
                      const lines = (one: PlainStatement, indent: string) =>
                          statementLines(what === "trust" ? { ...one, Resource: [] } : one, indent, paint);
                      return [
                          `    ${signs[kind]} ${what}${mark(more)}`,
                          ...lines(statement, "      "),
                          ...was.flatMap(one => ["      before", ...lines(one, "        ")]),
                      ];
                  })),
        ]),
    ];
}
