import type { Holder, Statement } from "../model";
import { badge, code, el, fold, plural, terms, type Child } from "./dom";

/** Names, one under the other. */
export const names = (all: readonly string[]) =>
    el("ul", { class: "names" }, ...all.map(name => el("li", {}, code(name === "*" ? "* (everything)" : name))));

/** One statement: why, what, on what, and on which condition. */
export function statement({ sid, effect, who, actions, resources, conditions, reason, wide }: Statement): HTMLElement {
    return el(
        "li",
        { class: wide ? "statement wide" : "statement" },
        el("p", {}, reason, " ", el("span", { class: "quiet" }, sid), wide && [" ", badge("warn", "on everything")]),
        terms([
            [effect === "Deny" ? "refuses to" : "who", who && names(who)],
            [effect === "Deny" ? "refuses" : "allows", names(actions)],
            ["on", resources.length > 0 && names(resources)],
            ["only if", conditions.length > 0 && names(conditions)],
        ]),
    );
}

export const statements = (all: readonly Statement[]) => el("ul", { class: "statements" }, ...all.map(statement));

/** What is seen of a holder before it is opened. */
function holderSummary({ of, statements: all, existing, key }: Holder): Child {
    const wide = all.filter(one => one.wide).length;
    return [
        el("span", { class: "strong" }, of),
        " ",
        el("span", { class: "quiet" }, `${key.replace(/^role /, "")} · ${plural(all.length, "statement")}`),
        wide > 0 && [" ", badge("warn", `${wide} on everything`)],
        existing && [" ", badge("plain", "not made here")],
    ];
}

/** A role, or what else has permissions; `open` shows all of it. */
export function holder(one: Holder, before: Child = undefined): HTMLDetailsElement {
    const { arn, boundary, trust, statements: all } = one;
    return fold(
        [before, holderSummary(one)],
        terms([
            ["ARN", arn !== undefined && code(arn)],
            ["may do at most", boundary !== undefined && code(boundary)],
        ]),
        trust.length > 0 && [el("p", { class: "sub" }, "Who may become it"), statements(trust)],
        all.length > 0
            ? [trust.length > 0 && el("p", { class: "sub" }, "What it may do"), statements(all)]
            : el("p", {}, "It may do nothing."),
    );
}

/** Statements on everything, each with those who have it: an auditor asks for the reason of each. */
export function wideStatements(
    holders: readonly Holder[],
): readonly { readonly one: Statement; readonly of: readonly Holder[] }[] {
    const found = new Map<string, { one: Statement; of: Holder[] }>();
    for (const each of holders.filter(({ sort }) => sort === "role")) {
        for (const one of each.statements.filter(({ wide }) => wide)) {
            const key = JSON.stringify([one.actions, one.reason, one.conditions]);
            const known = found.get(key) ?? { one, of: [] };
            known.of.push(each);
            found.set(key, known);
        }
    }
    return [...found.values()];
}
