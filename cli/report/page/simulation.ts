import type { Pipeline } from "../model";
import type { Expectation, PlayedEvent, PlayedExecution, PlayedScript } from "../simulation-model";
import { badge, bullets, code, el, fold, plural, type Child } from "./dom";
import { timeline } from "./timeline";
import { scrollBox } from "./scroll";

/** The scripts that were played on a pipeline, one after the other. */
export const simulations = ({ simulations: all = [], stages }: Pipeline): Child =>
    all.map((played, index) => {
        const id = `played-${index + 1}`;
        const name = titleOf(played);
        const before = all.slice(0, index).filter(one => titleOf(one) === name).length;
        // Scripts of several folders may have one name.
        const title = before === 0 ? name : `${name} (${before + 1})`;
        const { script, start, length, expectations, environments, events, undrawn, untold } = played;
        return el(
            "section",
            { class: "played", "aria-labelledby": id },
            el("h3", { id }, title),
            el(
                "p",
                { class: "quiet" },
                script === undefined &&
                    "Every action takes its usual time, and every approval is given after 10 minutes. ",
                `A clock of its own runs from ${start} UTC on, for ${length}.`,
            ),
            expectations.length > 0 && [el("p", {}, verdict(played)), expectationList(expectations)],
            timeline(
                played,
                stages.map(({ name }) => name),
                { id, title },
            ),
            undrawn > 0 && el("p", {}, `The first executions are drawn; ${undrawn} more are in the list below.`),
            el("h4", {}, "What became of it"),
            executionList(played.executions),
            bullets(environments, { class: "plain-list" }),
            el("h4", {}, "Who is told of what"),
            toldList(events),
            fold(
                plural(events.length + untold, "event"),
                untold > 0 && el("p", {}, `The first ${events.length}; \`npm run simulate\` prints all of them.`),
                eventTable(events, title),
            ),
        );
    });

/** What a simulation is called. */
export const titleOf = ({ script }: PlayedScript) => script ?? "One commit, and nothing goes wrong";

/** How many expectations of a script were met. */
export function verdict({ expectations }: PlayedScript): Child {
    const missed = expectations.filter(({ met }) => !met).length;
    const all = plural(expectations.length, "expectation");
    return missed > 0 ? badge("bad", `${missed} of ${all} not met`) : badge("good", `${all} met`);
}

const expectationList = (all: readonly Expectation[]) =>
    el(
        "ul",
        { class: "expectations" },
        ...all.map(({ met, expected, found, place }) =>
            el(
                "li",
                {},
                met ? badge("good", "met") : badge("bad", "not met"),
                " ",
                el("span", { class: "strong" }, expected),
                place !== undefined && [" ", code(place)],
                el("p", { class: "quiet" }, met ? found : `found: ${found}`),
            ),
        ),
    );

/** More executions than these are folded. */
const mostOpen = 20;

function executionList(all: readonly PlayedExecution[]): HTMLElement {
    const list = el(
        "ul",
        { class: "plain-list" },
        ...all.map(({ execution, status, text, tone }) =>
            el("li", {}, badge(tone, status), " ", el("span", { class: "strong" }, execution), ` ${text}`),
        ),
    );
    return all.length > mostOpen ? fold(plural(all.length, "execution"), list) : list;
}

/** By target, what it is told. */
function toldList(events: readonly PlayedEvent[]): Child {
    const all = new Map<string, string[]>();
    for (const { time, where, execution, told } of events) {
        for (const { target, happening } of told) {
            const news = [`${time}: ${happening}`, where, execution].filter(text => text !== "").join(", ");
            all.set(target, [...(all.get(target) ?? []), news]);
        }
    }
    return all.size === 0
        ? el("p", {}, "Nobody.")
        : el(
              "ul",
              { class: "plain-list" },
              ...[...all].map(([target, news]) => el("li", {}, el("span", { class: "strong" }, target), bullets(news))),
          );
}

const signs: Readonly<Record<PlayedEvent["tone"], string>> = { plain: "", remarkable: "▲ ", trouble: "✕ " };

const eventTable = (events: readonly PlayedEvent[], title: string) =>
    scrollBox(
        `Events of ${title}`,
        el(
            "table",
            { class: "events" },
            el(
                "thead",
                {},
                el(
                    "tr",
                    {},
                    ...["After", "Execution", "Stage", "What happens", "Told"].map(text =>
                        el("th", { scope: "col" }, text),
                    ),
                ),
            ),
            el(
                "tbody",
                {},
                ...events.map(({ time, execution, where, what, why, tone, told }) =>
                    el(
                        "tr",
                        { class: tone },
                        el("th", { scope: "row" }, time),
                        el("td", {}, execution),
                        el("td", {}, where),
                        el(
                            "td",
                            {},
                            el("span", { class: "what" }, el("span", { "aria-hidden": "true" }, signs[tone]), what),
                            why !== undefined && el("span", { class: "quiet" }, `: ${why}`),
                        ),
                        el("td", {}, told.map(({ target, happening }) => `${target} (${happening})`).join(", ")),
                    ),
                ),
            ),
        ),
    );
