import { glob, isRecord, listed, type Found, type Resource, type Result } from "./rules/rule";

/** What a rule lets pass, as somebody wrote it: for a time, and for a reason. */
export interface Exception {
    /** Logical name or URN, in which `*` stands for any characters. */
    readonly resource: string;
    readonly reason: string;
    /** The last day, `YYYY-MM-DD`. */
    readonly until: string;
}

/** Exceptions that hold, and what is wrong with others. */
export interface Exceptions {
    readonly holding: readonly Exception[];
    readonly problems: readonly string[];
}

const isDay = (text: unknown): text is string =>
    typeof text === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text);

/** Reads the exceptions of a rule's configuration: one that is not whole, or over, lets nothing pass. */
export function readExceptions(written: unknown, today: string): Exceptions {
    const read = listed(written).map((one, index): Exception | string => {
        const { resource, reason, until } = isRecord(one) ? one : {};
        const which = `exceptions[${index}]${typeof resource === "string" ? ` ${JSON.stringify(resource)}` : ""}`;
        if (typeof resource !== "string" || resource.trim() === "") {
            return `${which} has no \`resource\`: name one, or a pattern with *`;
        }
        if (typeof reason !== "string" || reason.trim() === "") {
            return `${which} has no \`reason\`: say why the rule does not hold there`;
        }
        if (!isDay(until)) {
            return `${which} has no day in \`until\`: expected its last day as "YYYY-MM-DD", found ${JSON.stringify(until ?? null)}`;
        }
        return until < today
            ? `${which} ended on ${until}: mend what it was for, or give it a new day (its reason was: ${reason})`
            : { resource, reason, until };
    });
    return {
        holding: read.filter(one => typeof one !== "string"),
        problems: read.filter(one => typeof one === "string"),
    };
}

/** Whether an exception names what has this URN and logical name. */
export const names = ({ resource }: Exception, { urn, name }: Pick<Resource, "urn" | "name">): boolean =>
    glob(resource).test(name) || glob(resource).test(urn);

/** What was found and is not let pass. */
export const unexcepted = (found: readonly Found[], { holding }: Exceptions): readonly Found[] =>
    found.filter(one => !holding.some(exception => names(exception, one)));

/** Exceptions that let nothing pass, though all was looked at. */
export const unused = ({ holding }: Exceptions, results: readonly Result[]): readonly string[] =>
    holding
        .filter(exception => !results.some(result => names(exception, result)))
        .map(({ resource }) => `the exception for ${JSON.stringify(resource)} lets nothing pass: remove it`);
