import type { Change, Difference, HolderChange, PipelineChange, SettingChange } from "../change-model";
import { append, badge, code, el, fold, plural, type Child } from "./dom";
import { statement } from "./permissions";
import { addressOf } from "./route";

const tones = {
    added: "good",
    removed: "bad",
    replaced: "bad",
    changed: "warn",
    beside: "info",
} as const;

const kindNames: Readonly<Record<PipelineChange["kind"], string>> = {
    added: "added",
    removed: "removed",
    replaced: "replaced",
    changed: "changed",
    beside: "changed beside",
};

export const kindBadge = (kind: PipelineChange["kind"]) => badge(tones[kind], kindNames[kind]);

/** Whether somebody may do more than before. */
export const isBroader = ({ kind, holders }: PipelineChange) =>
    kind !== "added" && holders.some(({ broader }) => broader);

/** Whether something of it protects less than before. */
export const isWeaker = ({ differences: settings }: PipelineChange) => settings.some(({ weaker }) => weaker);

const broaderBadge = () => badge("bad", "broader permissions");

/** Texts before and after, one under the other. */
const differences = (all: readonly Difference[]) =>
    all.length > 0 &&
    el(
        "ul",
        { class: "differences" },
        ...all.map(({ what, before, after }) =>
            el("li", {}, el("span", { class: "strong" }, what), texts(before, after)),
        ),
    );

const texts = (before: string, after: string): Child => [
    before !== "" && el("del", {}, before),
    after !== "" && el("ins", {}, after),
];

/** A setting that is different; behind it, where it is said once for several, whose it is. */
const settingRow = ({ where, what, kind, before, after, weaker }: SettingChange, whose: Child = undefined) =>
    el(
        "li",
        {},
        weaker ? badge("bad", "weaker") : badge("warn", "changed"),
        " ",
        el("span", { class: "strong" }, `${where}: ${what}`),
        kind !== "changed" && ` ${kind}`,
        texts(before, after),
        whose,
    );

/** Most pipelines that are named beside what they have in common; the others can be opened. */
const fewPipelines = 8;

function whose(pipelines: readonly string[], keys: ReadonlySet<string>): Child {
    const links = (names: readonly string[]) => joined(names.map(name => link(name, keys)));
    return pipelines.length === 0
        ? undefined
        : pipelines.length <= fewPipelines
          ? el(
                "p",
                { class: "quiet" },
                pipelines.length > 1 && `${plural(pipelines.length, "pipeline")}: `,
                links(pipelines),
            )
          : fold(plural(pipelines.length, "pipeline"), el("p", {}, links(pipelines)));
}

const link = (key: string, keys: ReadonlySet<string>): Child =>
    keys.has(key) ? el("a", { href: addressOf(key) }, key) : el("span", { class: "strong" }, key);

const joined = (all: readonly Child[]): Child => all.map((one, index) => [index > 0 && ", ", one]);

/** What became of roles and of what has policies; what is gone as a whole is not spelt out. */
export const holderChanges = (all: readonly HolderChange[]) =>
    all.map(({ key, of, kind, broader, notes, differences: found }) =>
        fold(
            [
                badge(tones[kind], kind),
                " ",
                key,
                " ",
                el("span", { class: "quiet" }, of),
                broader && [" ", badge("bad", "broader")],
            ],
            notes.map(note => el("p", {}, note.text)),
            kind !== "removed" &&
                el(
                    "ul",
                    { class: "statements" },
                    ...found.map(one => {
                        const item = statement(one.statement);
                        item.classList.add(one.kind);
                        item.prepend(
                            badge(one.kind === "added" ? "good" : "plain", one.kind === "added" ? "new" : "gone"),
                            one.broader && kind !== "added" ? badge("bad", "broader") : "",
                        );
                        append(item, [before(one.was)]);
                        return item;
                    }),
                ),
        ),
    );

/** What was allowed before of what is broader now. */
const before = (was: HolderChange["differences"][number]["was"]): Child =>
    was.length > 0 && [el("p", { class: "sub" }, "Before"), el("ul", { class: "statements" }, ...was.map(statement))];

/** What a comparison says of one pipeline. */
export const pipelineChange = (change: PipelineChange): Child => [
    el(
        "p",
        {},
        kindBadge(change.kind),
        isBroader(change) && [" ", broaderBadge()],
        change.before !== undefined && [" was ", code(change.before)],
    ),
    change.consequences.map(text => el("p", {}, text)),
    change.differences.length > 0 &&
        el("ul", { class: "differences" }, ...change.differences.map(one => settingRow(one))),
    change.holders.length > 0 && [el("h3", {}, "Permissions"), ...holderChanges(change.holders)],
];

/** The whole comparison, as a list. */
export function changeList(change: Change, keys: ReadonlySet<string>): Child {
    if (!change.comparable) {
        return el("p", {}, `${change.since} has problems itself, so nothing can be compared.`);
    }
    const { pipelines, settings, notes, holders, fleet } = change;
    if (pipelines.length + settings.length + holders.length + fleet.length === 0) {
        return el("p", {}, `Nothing changes against ${change.since}.`);
    }
    return [
        el("p", { class: "quiet" }, `Against ${change.since}`),
        pipelines.length === 0 ? el("p", {}, "No pipeline changes.") : kindRows(pipelines, keys),
        notes.map(note => el("p", { class: "note" }, note)),
        settings.length > 0 &&
            el("ul", { class: "differences" }, ...settings.map(one => settingRow(one, whose(one.pipelines, keys)))),
        differences(fleet),
        holders.length > 0 && [el("h3", {}, "Permissions that are of no one pipeline"), ...holderChanges(holders)],
    ];
}

/** Most pipelines that are seen before anything is opened. */
const manyPipelines = 24;

const outcome = (one: PipelineChange, keys: ReadonlySet<string>): Child => [
    link(one.key, keys),
    one.before !== undefined && [" was ", code(one.before)],
    isBroader(one) && [" ", broaderBadge()],
];

/** Pipelines by what became of them. */
const kindRows = (pipelines: readonly PipelineChange[], keys: ReadonlySet<string>) =>
    el(
        "ul",
        { class: "rows" },
        ...Object.keys(kindNames).map(kind => {
            const found = pipelines.filter(one => one.kind === kind);
            const named = (some: readonly PipelineChange[]) => joined(some.map(one => outcome(one, keys)));
            // Of very many those are seen at once that need a look.
            return (
                found.length > 0 &&
                el(
                    "li",
                    {},
                    kindBadge(found[0].kind),
                    " ",
                    found.length <= manyPipelines
                        ? named(found)
                        : [named(found.filter(isBroader)), fold(plural(found.length, "pipeline"), named(found))],
                )
            );
        }),
    );
