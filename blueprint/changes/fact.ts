/** Something that a reviewer reads of a pipeline or a stack, and what it would mean to lose it. */
export interface Fact {
    /** What kind of thing it is, in words: `window`, `secret`. */
    readonly what: string;

    /** Tells it from others of its kind in one place. @default it is the only one */
    readonly name?: string;

    /** What of it is compared, and shown; empty where all of it is that it is there. */
    readonly text: string;

    /** What {@link weaker} looks at, where the text is for people alone. @default the text */
    readonly value?: string;

    /** What is shown where it comes or goes as a whole. @default the text */
    readonly summary?: string;

    /** Whether its text is lines, of which those that are the same are not shown. @default false */
    readonly lines?: true;

    /** Whether one of its kind that goes, where one comes, is that one under another name. @default false */
    readonly replaceable?: true;

    /** Whether its {@link name} tells it from others alone, and is not shown. @default false */
    readonly nameless?: true;

    /** Where it is, if not where that is which it is a part of. */
    readonly where?: string;

    /** Whether the second protects less than the first. @default it never does, or nobody can tell */
    readonly weaker?: (before: Fact | undefined, after: Fact | undefined) => boolean;

    /** What it is made of: compared where it was there before and is there now. */
    readonly parts?: readonly Fact[];
}

/** What became of one {@link Fact}. */
export interface SettingChange {
    /** A stage, an environment, `pipeline` or `stack`. */
    readonly where: string;
    readonly what: string;
    readonly kind: "added" | "removed" | "changed";
    readonly before: string;
    readonly after: string;

    /** Whether a safety setting protects less than before. Where it cannot be told, it is not. */
    readonly weaker: boolean;
}

/** A protection: without it a stack is weaker. */
export const protects: Fact["weaker"] = (_, after) => after === undefined;

/** The opposite of a protection: with it a stack is weaker. */
export const weakens: Fact["weaker"] = before => before === undefined;

/** What tells a fact from others. */
const labelOf = ({ what, name }: Fact) => (name === undefined ? what : `${what} ${name}`);

/** What is different of two lists of facts about the same thing. */
export function factChanges(where: string, was: readonly Fact[], now: readonly Fact[]): SettingChange[] {
    const [old, current] = [was, now].map(facts => new Map(facts.map(fact => [labelOf(fact), fact])));
    const gone = [...old].filter(([label]) => !current.has(label)).map(([, fact]) => fact);
    const come = [...current].filter(([label]) => !old.has(label)).map(([, fact]) => fact);
    const renamed = come.filter(fact => isReplaced(fact, gone, come));
    const isRenamed = ({ what }: Fact) => renamed.some(fact => fact.what === what);
    return [
        ...[...current].flatMap(([label, fact]) => {
            const before = old.get(label);
            if (before !== undefined) {
                return bothChanges(where, before, fact);
            }
            return isRenamed(fact)
                ? renaming(where, gone.find(({ what }) => what === fact.what) ?? fact, fact)
                : [changeOf(where, fact, undefined, fact)];
        }),
        ...gone.filter(fact => !isRenamed(fact)).map(fact => changeOf(where, fact, fact, undefined)),
    ];
}

/** Whether `fact` alone of its kind comes, where one alone goes. */
function isReplaced({ what, replaceable }: Fact, gone: readonly Fact[], come: readonly Fact[]): boolean {
    const alone = (facts: readonly Fact[]) => facts.filter(other => other.what === what).length === 1;
    return replaceable === true && alone(gone) && alone(come);
}

/** Another one in the place of `before`: what each protects from, nobody can compare. */
const renaming = (where: string, before: Fact, after: Fact): SettingChange[] => [
    {
        where: after.where ?? where,
        what: after.what,
        kind: "changed",
        before: wholeOf(before),
        after: wholeOf(after),
        weaker: false,
    },
];

const wholeOf = ({ name = "", text }: Fact) => [name, text].filter(part => part !== "").join(", ");

function bothChanges(where: string, before: Fact, after: Fact): SettingChange[] {
    const place = after.where ?? where;
    return [
        ...(before.text === after.text ? [] : [changeOf(place, after, before, after)]),
        ...factChanges(place, before.parts ?? [], after.parts ?? []),
    ];
}

/** What became of `fact`, which is one of both. */
function changeOf(where: string, fact: Fact, before: Fact | undefined, after: Fact | undefined): SettingChange {
    const [was, now] = textsOf(before, after);
    return {
        where: fact.where ?? where,
        what: fact.nameless === true ? fact.what : labelOf(fact),
        kind: before === undefined ? "added" : after === undefined ? "removed" : "changed",
        before: was,
        after: now,
        weaker: fact.weaker?.(before, after) === true,
    };
}

/** What is shown of both; of lines those that only one of them has. */
function textsOf(before: Fact | undefined, after: Fact | undefined): readonly [string, string] {
    if (before === undefined || after === undefined) {
        return [before?.summary ?? before?.text ?? "", after?.summary ?? after?.text ?? ""];
    }
    const [was, now] = [before, after].map(({ text }) => text.split("\n"));
    const own = (lines: readonly string[], others: readonly string[]) =>
        lines
            .filter(line => !others.includes(line))
            .map(line => line.trim())
            .join("\n");
    const [lost, gained] = [own(was, now), own(now, was)];
    return after.lines === true && lost + gained !== "" ? [lost, gained] : [before.text, after.text];
}

/** Things by what they are called, in the order in which they run, where both have the same. */
export function orderFact(what: string, all: readonly string[], others: readonly string[]): Fact {
    const common = all.filter(name => others.includes(name));
    return { what, text: common.join(", ") };
}
