import type { Finding, Fleet, Pipeline, Report, Stage } from "../model";
import { badge, bullets, code, dollars, el, fold, plural, section, type Child } from "./dom";
import { changeList } from "./changes";
import { holder, statement, wideStatements } from "./permissions";
import { titleOf, verdict } from "./simulation";
import { addressOf } from "./route";

/** The fleet at a glance. */
export function overview(report: Report): HTMLElement {
    const { fleet, problems, warnings, pipelines, change } = report;
    const keys = new Set(pipelines.map(({ key }) => key));
    return el(
        "div",
        { class: "overview" },
        fleet && tiles(report, fleet),
        section(
            "Problems",
            "problems",
            problems.length > 0 && [
                el("p", { class: "quiet" }, "Nothing is planned, and so nothing drawn, before these are mended."),
                findings(problems, keys),
            ],
        ),
        change && section("What changes", "changes", changeList(change, keys)),
        section("Warnings", "warnings", warnings.length > 0 && findings(warnings, keys)),
        fleet && section("Weakened for all services", "weaker", fleet.weakens.length > 0 && bullets(fleet.weakens)),
        fleet?.standing && section("Stacks on this platform", "standing", standing(fleet.standing)),
        section("Simulations", "simulations", played(pipelines)),
        section("Pipelines", "pipelines", pipelines.length > 0 && rows(pipelines)),
        fleet && section("Quotas", "quotas", quotas(fleet)),
        fleet && section("Cost at rest", "cost", cost(fleet)),
        fleet &&
            section(
                "Who may answer approvals",
                "approvers",
                ...fleet.holders.filter(({ sort }) => sort === "approver policy").map(one => holder(one)),
            ),
        fleet && everything(report, fleet),
        fleet &&
            section(
                "What all share: roles, and who may reach it",
                "shared",
                ...fleet.holders.filter(({ sort }) => sort !== "approver policy").map(one => holder(one)),
            ),
    );
}

/** How many of what: what people look for first. */
function tiles({ warnings, change }: Report, { counts, cost: { monthlyIdle } }: Fleet): HTMLElement {
    const tile = (figure: string, what: string, to?: string, tone = "") =>
        el(
            "li",
            { class: tone },
            el(
                to === undefined ? "span" : "a",
                to === undefined ? {} : { href: to, "data-scroll": true },
                el("strong", {}, figure),
                " ",
                what,
            ),
        );
    return el(
        "ul",
        { class: "tiles", "aria-label": "At a glance" },
        tile(
            String(warnings.length),
            "warnings",
            warnings.length > 0 ? "warnings" : undefined,
            warnings.length > 0 ? "warn" : "good",
        ),
        change?.comparable &&
            tile(
                String(change.pipelines.length),
                "pipelines change",
                "changes",
                change.pipelines.length > 0 ? "warn" : "good",
            ),
        ...counts.slice(0, 4).map(({ what, count }) => tile(String(count), what)),
        tile(dollars(monthlyIdle), "a month at rest", "cost"),
    );
}

/** A line for each script that was played, and what came of it. */
function played(pipelines: readonly Pipeline[]): Child {
    const all = pipelines.flatMap(({ key, simulations = [] }) => simulations.map(one => ({ key, one })));
    return (
        all.length > 0 &&
        el(
            "ul",
            { class: "rows" },
            ...all.map(({ key, one }) =>
                el(
                    "li",
                    {},
                    el("a", { href: addressOf(key), class: "strong" }, key),
                    ` ${titleOf(one)} `,
                    one.expectations.length > 0 && verdict(one),
                ),
            ),
        )
    );
}

/** A line for each stack that stands on a platform. */
const standing = (stacks: NonNullable<Fleet["standing"]>): Child =>
    stacks.length === 0
        ? "None yet: a stack file beside this one with role: services and platform stands on it."
        : stacks.map(({ stack, services }) =>
              fold(
                  [el("span", { class: "strong" }, stack), " ", badge("plain", plural(services.length, "service"))],
                  bullets(services, { class: "names" }),
              ),
          );

/** A line for each pipeline: its stages, and what of it is asked about. */
const rows = (pipelines: readonly Pipeline[]) =>
    el(
        "ul",
        { class: "fleet-rows" },
        ...pipelines.map(({ key, stages, weakens, cost: { usd } }) =>
            el(
                "li",
                { "data-pipeline": key },
                el("a", { href: addressOf(key), class: "strong" }, key),
                el("ol", { class: "chain", "aria-label": `Stages of ${key}` }, ...stages.map(chip)),
                el(
                    "span",
                    { class: "quiet" },
                    `${dollars(usd)} a release`,
                    weakens.length > 0 && [" ", badge("warn", `${weakens.length} weakened`)],
                ),
            ),
        ),
    );

function chip({ name, purpose, before, after, onFailure }: Stage): HTMLElement {
    const gates = before.length + after.length;
    const notes = [
        ...(gates > 0 ? [plural(gates, "gate")] : []),
        ...(purpose === "environment" && onFailure === "rollback" ? ["rolls back"] : []),
    ];
    return el(
        "li",
        { class: purpose },
        name,
        notes.length > 0 && el("span", { class: "quiet" }, ` ${notes.join(", ")}`),
    );
}

/** Problems and warnings, and where they are. */
export const findings = (all: readonly Finding[], keys: ReadonlySet<string>) =>
    el(
        "ul",
        { class: "findings" },
        ...all.map(({ place, path, service, message }) =>
            el(
                "li",
                {},
                place !== undefined && [code(place), " "],
                service !== undefined && keys.has(service)
                    ? el("a", { href: addressOf(service) }, path)
                    : el("span", { class: "strong" }, path),
                el("p", {}, message),
            ),
        ),
    );

/** What is taken of quotas, and how much room is left. */
function quotas({ quotas: all, headroom, unknownQuotas }: Fleet): Child {
    const sorted = [...all].sort((a, b) => b.used / b.limit - a.used / a.limit);
    return [
        el(
            "ul",
            { class: "quotas" },
            ...sorted.map(({ what, used, limit, adjustable, source }) => {
                const share = used / limit;
                return el(
                    "li",
                    { class: share >= headroom ? "warn" : "" },
                    el("span", { class: "what" }, el("a", { href: source, rel: "noreferrer" }, what)),
                    el("meter", {
                        min: 0,
                        max: limit,
                        value: Math.min(used, limit),
                        high: limit * headroom,
                        "aria-label": `${what}: ${used} of ${limit}`,
                    }),
                    el(
                        "span",
                        { class: "figures" },
                        `${used} of ${limit}`,
                        el("span", { class: "quiet" }, `, ${limit - used} left${adjustable ? ", can be raised" : ""}`),
                    ),
                );
            }),
        ),
        unknownQuotas.length > 0 && fold("Quotas that only your account knows", bullets(unknownQuotas)),
    ];
}

function cost({ cost: { items, byUse, prices, monthlyIdle } }: Fleet): Child {
    const row = (what: string, count: Child, usd: string, tag: "th" | "td" = "td") =>
        el(
            "tr",
            {},
            el("th", { scope: tag === "th" ? "col" : "row" }, what),
            el(tag, { class: "number" }, count),
            el(tag, { class: "number" }, usd),
        );
    return [
        el(
            "table",
            {},
            el("thead", {}, row("What", "Count", "A month", "th")),
            el(
                "tbody",
                {},
                ...items.map(({ what, count, monthly }) => row(what, count, dollars(monthly))),
                row("Together", "", dollars(monthlyIdle)),
            ),
        ),
        fold("What is paid by use", bullets(byUse)),
        el("p", { class: "quiet" }, `Prices of ${prices}`),
    ];
}

/** Everything that is allowed on everything, with its reason and whose it is. */
function everything({ pipelines }: Report, { holders }: Fleet): HTMLElement | undefined {
    const found = wideStatements([...pipelines.flatMap(({ roles }) => roles), ...holders]);
    return section(
        "Allowed on everything, and why",
        "wide",
        found.length > 0 &&
            el(
                "ul",
                { class: "statements" },
                ...found.map(({ one, of }) => {
                    const item = statement(one);
                    item.append(
                        fold(
                            [badge("plain", plural(of.length, "role"))],
                            bullets(of.map(({ of: whose, key }) => [whose, " ", el("span", { class: "quiet" }, key)])),
                        ),
                    );
                    return item;
                }),
            ),
    );
}
