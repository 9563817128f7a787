import type { Change, Difference, HolderChange, PipelineChange } from "../model";
import { badge, code, el, fold, type Child } from "./dom";
import { statement } from "./permissions";
import { addressOf } from "./route";

const tones = {
    added: "good",
    removed: "bad",
    replaced: "bad",
    edited: "warn",
    changed: "warn",
    beside: "info",
} as const;

const kindNames: Readonly<Record<PipelineChange["kind"], string>> = {
    added: "added",
    removed: "removed",
    replaced: "replaced",
    edited: "changed",
    beside: "changed beside",
};

export const kindBadge = (kind: PipelineChange["kind"]) => badge(tones[kind], kindNames[kind]);

/** Whether somebody may do more than before. */
export const isBroader = ({ kind, holders }: PipelineChange) =>
    kind !== "added" && holders.some(({ broader }) => broader);

const broaderBadge = () => badge("bad", "broader permissions");

/** Texts before and after, one under the other. */
export const differences = (all: readonly Difference[]) =>
    all.length === 0
        ? undefined
        : el(
              "ul",
              { class: "differences" },
              ...all.map(({ what, before, after }) =>
                  el(
                      "li",
                      {},
                      el("span", { class: "strong" }, what),
                      before !== undefined && before !== "" && el("del", {}, before),
                      after !== undefined && after !== "" && el("ins", {}, after),
                  ),
              ),
          );

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
                        return item;
                    }),
                ),
        ),
    );

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
    differences(change.differences),
    change.holders.length > 0 && [el("h3", {}, "Permissions"), ...holderChanges(change.holders)],
];

/** The whole comparison, as a list. */
export function changeList(change: Change, keys: ReadonlySet<string>): Child {
    if (!change.comparable) {
        return el("p", {}, `${change.since} has problems itself, so nothing can be compared.`);
    }
    const { pipelines, holders, fleet } = change;
    if (pipelines.length + holders.length + fleet.length === 0) {
        return el("p", {}, `Nothing changes against ${change.since}.`);
    }
    return [
        el("p", { class: "quiet" }, `Against ${change.since}`),
        differences(fleet),
        pipelines.length === 0
            ? el("p", {}, "No pipeline changes.")
            : el(
                  "ul",
                  { class: "rows" },
                  ...pipelines.map(one =>
                      el(
                          "li",
                          {},
                          kindBadge(one.kind),
                          " ",
                          keys.has(one.key)
                              ? el("a", { href: addressOf(one.key) }, one.key)
                              : el("span", { class: "strong" }, one.key),
                          isBroader(one) && [" ", broaderBadge()],
                          el("span", { class: "quiet" }, changeNote(one)),
                      ),
                  ),
              ),
        holders.length > 0 && [el("h3", {}, "Permissions that are of no one pipeline"), ...holderChanges(holders)],
    ];
}

const changeNote = ({ kind, stages, before, consequences }: PipelineChange) =>
    kind === "replaced"
        ? `was ${before ?? "another"}: deleted and made anew`
        : stages.length > 0
          ? `stages ${stages.join(", ")}`
          : kind === "edited"
            ? "the pipeline as a whole"
            : (consequences[0] ?? "");
