import type { PipelineChange } from "../change-model";
import type { Pipeline, Report } from "../model";
import { badge, el, plural } from "./dom";
import { isBroader, isWeaker, kindBadge } from "./changes";
import { addressOf } from "./route";

/** The list of pipelines, with search and filters. */
export interface List {
    readonly element: HTMLElement;
    /** Where one types what one looks for. */
    readonly search: HTMLInputElement;
    /** Marks the pipeline that is open. */
    mark(key: string | undefined): void;
}

/** What no page shows, or every page: addresses of documentation and of the console. */
const unseen = ["docs", "consoleUrl"];

/** All texts of `value`, below whatever keys. */
function* textsIn(value: unknown): Generator<string> {
    if (typeof value === "string") {
        yield value;
    } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            if (!unseen.includes(key)) {
                yield* textsIn(inner);
            }
        }
    }
}

/** All that a search looks in, in small letters: what the page of `pipeline` shows. */
function wordsOf(pipeline: Pipeline): string {
    const isWide = pipeline.roles.some(({ statements }) => statements.some(({ wide }) => wide));
    const texts = new Set([...textsIn(pipeline), ...(isWide ? ["on everything"] : [])]);
    return [...texts].join("\n").toLowerCase();
}

/** What a pipeline can be looked for by, beside words. */
interface Row {
    readonly pipeline: Pipeline;
    readonly words: string;
    readonly warnings: number;
    readonly change?: PipelineChange;
    readonly item: HTMLLIElement;
    readonly link: HTMLAnchorElement;
}

const attentions: Readonly<Record<string, readonly [string, (row: Row) => boolean]>> = {
    warned: ["Has a warning", row => row.warnings > 0],
    weaker: ["Weakens a safety", row => row.pipeline.weakens.length > 0],
    changed: ["Changes", row => row.change !== undefined],
    lessSafe: ["Weaker than before", row => row.change !== undefined && isWeaker(row.change)],
    broader: ["Broader permissions", row => row.change !== undefined && isBroader(row.change)],
};

function rowsOf({ pipelines, warnings, change }: Report): Row[] {
    const warned = new Map<string, number>();
    for (const { service } of warnings) {
        if (service !== undefined) {
            warned.set(service, (warned.get(service) ?? 0) + 1);
        }
    }
    const changes = new Map(change?.pipelines.map(one => [one.key, one]));
    return pipelines.map(pipeline => {
        const count = pipeline.purpose === "release" ? (warned.get(pipeline.service) ?? 0) : 0;
        const changed = changes.get(pipeline.key);
        const link = el(
            "a",
            { href: addressOf(pipeline.key) },
            el("span", { class: "strong" }, pipeline.key),
            el(
                "span",
                { class: "badges" },
                changed && kindBadge(changed.kind),
                changed && isWeaker(changed) && badge("bad", "weaker"),
                changed && isBroader(changed) && badge("bad", "broader"),
                count > 0 && badge("warn", plural(count, "warning")),
            ),
            el("span", { class: "quiet" }, pipeline.environments.join(" → ") || "checks pull requests"),
        );
        const item = el("li", {}, link);
        return { pipeline, words: wordsOf(pipeline), warnings: count, ...(changed && { change: changed }), item, link };
    });
}

function choice(label: string, id: string, options: readonly (readonly [string, string])[]) {
    const select = el("select", { id }, ...options.map(([value, text]) => el("option", { value }, text)));
    return { select, field: el("div", { class: "field" }, el("label", { for: id }, label), select) };
}

/** The list of a report's pipelines; `filtered` hears of which it shows. */
export function listOf(report: Report, filtered: (shown: ReadonlySet<string>) => void): List {
    const rows = rowsOf(report);
    const teams = [...new Set(rows.flatMap(({ pipeline }) => pipeline.team ?? []))].sort();
    const search = el("input", {
        type: "search",
        id: "search",
        placeholder: "Service, role, secret, gate…",
        autocomplete: "off",
        spellcheck: "false",
    });
    const any = ["", "Any"] as const;
    const team = choice("Team", "team", [any, ...teams.map(name => [name, name] as const)]);
    const environment = choice("Environment", "environment", [
        any,
        ...(report.fleet?.environments ?? []).map(name => [name, name] as const),
    ]);
    const attention = choice("Attention", "attention", [
        any,
        ...Object.entries(attentions)
            .filter(([key]) => report.change !== undefined || key === "warned" || key === "weaker")
            .map(([key, [text]]) => [key, text] as const),
    ]);
    const count = el("p", { class: "quiet", role: "status" });
    const items = el("ul", {}, ...rows.map(({ item }) => item));

    const update = () => {
        const wanted = search.value.trim().toLowerCase().split(/\s+/);
        const isWanted = attentions[attention.select.value]?.[1] ?? (() => true);
        const shown = new Set<string>();
        for (const row of rows) {
            const { pipeline, words, item } = row;
            const fits =
                wanted.every(word => words.includes(word)) &&
                (team.select.value === "" || pipeline.team === team.select.value) &&
                (environment.select.value === "" || pipeline.environments.includes(environment.select.value)) &&
                isWanted(row);
            item.hidden = !fits;
            if (fits) {
                shown.add(pipeline.key);
            }
        }
        const all = plural(rows.length, "pipeline");
        count.textContent = shown.size === rows.length ? all : `${shown.size} of ${all}`;
        filtered(shown);
    };
    search.addEventListener("input", update);
    [team, environment, attention].forEach(({ select }) => select.addEventListener("change", update));
    update();

    const element = el(
        "nav",
        { "aria-label": "Pipelines" },
        el(
            "div",
            { class: "field search" },
            el("label", { for: "search" }, "Search"),
            search,
            el("kbd", { "aria-hidden": "true" }, "/"),
        ),
        el("div", { class: "filters" }, environment.field, teams.length > 0 && team.field, attention.field),
        count,
        items,
    );
    element.addEventListener("keydown", event => step(event, search, items));
    return {
        element,
        search,
        mark: key => {
            for (const { pipeline, link } of rows) {
                if (pipeline.key === key) {
                    link.setAttribute("aria-current", "page");
                    link.scrollIntoView({ block: "nearest" });
                } else {
                    link.removeAttribute("aria-current");
                }
            }
        },
    };
}

/** Arrows lead from the search to the list, and through it; Enter in the search opens the first. */
function step(event: KeyboardEvent, search: HTMLInputElement, items: HTMLElement): void {
    const links = [...items.querySelectorAll<HTMLAnchorElement>("li:not([hidden]) a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const isSearch = document.activeElement === search;
    if (event.key === "Enter" && isSearch) {
        links[0]?.click();
    } else if (event.key === "ArrowDown" && (isSearch || at >= 0)) {
        event.preventDefault();
        links[Math.min(at + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (at === 0 ? search : links[at - 1]).focus();
    }
}
