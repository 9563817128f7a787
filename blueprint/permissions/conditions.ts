import { arnCovers, covers } from "./patterns";

/** Conditions as a policy says them, with what only AWS can name in words: operator → key → values. */
export type PlainConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One condition: several must hold together. */
interface Condition {
    /** Without what follows. */
    readonly operator: string;
    /** `ForAnyValue:` or `ForAllValues:`, where the key has many values. */
    readonly set: string;
    /** Whether it also holds where the request lacks the key. */
    readonly ifExists: boolean;
    readonly key: string;
    readonly values: readonly string[];
}

const listOf = (value: string | readonly string[]): readonly string[] => [value].flat();

function conditionsOf(conditions: PlainConditions): Condition[] {
    return Object.entries(conditions).flatMap(([written, keys]) => {
        const [, set = "", operator, exists] = /^(For(?:Any|All)Values?:)?(.*?)(IfExists)?$/.exec(written) ?? [];
        return Object.entries(keys).map(([key, value]) => ({
            operator,
            set,
            ifExists: exists !== undefined,
            // Names of condition keys know no case.
            key: key.toLowerCase(),
            values: listOf(value),
        }));
    });
}

const equal = (wide: string, narrow: string) => wide === narrow;

/** How an operator compares, and with which others it can be compared: of an exact value `wide` is matched as a pattern. */
const positive: Readonly<Record<string, { readonly as: readonly string[]; readonly same: typeof equal }>> = {
    StringEquals: { as: ["StringEquals"], same: equal },
    StringLike: { as: ["StringEquals", "StringLike"], same: covers },
    ArnEquals: { as: ["ArnEquals", "ArnLike"], same: arnCovers },
    ArnLike: { as: ["ArnEquals", "ArnLike"], same: arnCovers },
};

/** Of these the fewer values, the more is let through. */
const negative = ["StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike"];

const sameValues = (a: readonly string[], b: readonly string[]) =>
    a.every(value => b.includes(value)) && b.every(value => a.includes(value));

/** Whether `wide` holds wherever `narrow` holds. */
function impliedBy(wide: Condition, narrow: Condition): boolean {
    if (wide.key !== narrow.key || wide.set !== narrow.set || (narrow.ifExists && !wide.ifExists)) {
        return false;
    }
    const known = positive[wide.operator];
    if (known?.as.includes(narrow.operator)) {
        // Of an exact value that holds a wildcard the pattern would take another meaning.
        const exact = narrow.operator === "StringEquals" && wide.operator === "StringLike";
        return narrow.values.every(
            value => !(exact && /[*?]/.test(value)) && wide.values.some(candidate => known.same(candidate, value)),
        );
    }
    if (wide.operator !== narrow.operator) {
        return false;
    }
    return negative.includes(wide.operator) && wide.set === ""
        ? wide.values.every(value => narrow.values.includes(value))
        : sameValues(wide.values, narrow.values);
}

/** Whether the conditions `wide` let through all that `narrow` lets through; where that cannot be told, the answer is no. */
export function conditionsCover(wide: PlainConditions, narrow: PlainConditions): boolean {
    const all = conditionsOf(narrow);
    return conditionsOf(wide).every(condition => all.some(candidate => impliedBy(condition, candidate)));
}
