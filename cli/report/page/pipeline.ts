import type { Action, Pipeline, Report, Stage } from "../model";
import { actionDetails, gateDetails, secretList } from "./action";
import { pipelineChange } from "./changes";
import { badge, bullets, code, dollars, el, plural, section, terms, type Child } from "./dom";
import { drawing } from "./drawing";
import { findings } from "./overview";
import { holder } from "./permissions";
import { simulations } from "./simulation";
import { addressOf, type Route } from "./route";
import { scrollBox } from "./scroll";

/** The page of one pipeline. */
export function pipelinePage(pipeline: Pipeline, report: Report): HTMLElement {
    const { key, name, service, executionMode, team, place, resources, consoleUrl, cost, variables } = pipeline;
    const change = report.change?.pipelines.find(one => one.key === key);
    const own = pipeline.purpose === "release" ? report.warnings.filter(warning => warning.service === service) : [];
    return el(
        "article",
        { class: "pipeline" },
        el("a", { href: "#/", class: "back" }, "← All pipelines"),
        el("h2", { tabindex: -1, id: "pipeline" }, key),
        el(
            "p",
            { class: "facts" },
            code(name),
            badge("plain", executionMode.toLowerCase()),
            team !== undefined && badge("info", team),
            place !== undefined && badge("plain", place),
            badge("plain", plural(resources, "resource")),
            badge("plain", `${dollars(cost.usd)} a release`),
        ),
        change && section(`What changes against ${report.change?.since ?? ""}`, "change", pipelineChange(change)),
        section("Warnings", "own-warnings", own.length > 0 && findings(own, new Set())),
        drawingCard(pipeline, new Set(change?.stages)),
        section("Stages and actions", "stages", stageList(pipeline)),
        section("Simulation", "simulation", simulations(pipeline)),
        section("Weakened", "weakened", pipeline.weakens.length > 0 && bullets(pipeline.weakens)),
        section(
            "What must be there already",
            "needs",
            pipeline.prerequisites.length > 0 && bullets(pipeline.prerequisites),
        ),
        section("Who is told", "told", bullets(pipeline.told)),
        section(
            "Variables",
            "variables",
            terms(
                variables.map(({ name: variable, default: text, description }) => [
                    variable,
                    [code(text), description !== undefined && ` ${description}`],
                ]),
            ),
        ),
        section("Secrets, by name", "secrets", secretList(pipeline)),
        section("Roles and permissions", "roles", ...pipeline.roles.map(one => holder(one))),
        section("Cost of a release, with assumed durations", "release-cost", releaseCost(pipeline)),
        el("p", {}, el("a", { href: consoleUrl, rel: "noreferrer" }, "The pipeline in the AWS console")),
    );
}

/** The drawing in a box of its own, which it may be wider than. */
function drawingCard(pipeline: Pipeline, changed: ReadonlySet<string>): HTMLElement {
    const box = scrollBox(`Drawing of ${pipeline.key}`, drawing(pipeline, changed));
    const whole = el("button", { type: "button", "aria-pressed": "false" }, "Fit to width");
    whole.addEventListener("click", () => {
        whole.setAttribute("aria-pressed", String(box.classList.toggle("fit")));
    });
    return el(
        "section",
        { "aria-labelledby": "drawing", class: "card" },
        el("div", { class: "with-button" }, el("h2", { id: "drawing" }, "Drawing"), whole),
        box,
        legend(pipeline),
    );
}

const releaseCost = ({ cost: { items, usd } }: Pipeline) =>
    el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...["What", "Count", "US dollars"].map(text => el("th", { scope: "col" }, text)))),
        el(
            "tbody",
            {},
            ...items.map(({ what, count, usd: each }) =>
                el(
                    "tr",
                    {},
                    el("th", { scope: "row" }, what),
                    el("td", { class: "number" }, String(Math.round(count * 100) / 100)),
                    el("td", { class: "number" }, dollars(each)),
                ),
            ),
            el(
                "tr",
                {},
                el("th", { scope: "row" }, "Together"),
                el("td", {}),
                el("td", { class: "number" }, dollars(usd)),
            ),
        ),
    );

/** What the marks of the drawing are, of those that it has. */
function legend({ stages }: Pipeline): HTMLElement {
    const gates = stages.some(({ before, after }) => before.length + after.length > 0);
    const loops = stages.some(({ onFailure, purpose }) => purpose === "environment" && onFailure !== "stop");
    return el(
        "p",
        { class: "legend quiet" },
        "What stands one under the other runs at the same time. Choose an action or a gate to see all of it.",
        gates && [" Rounded: a gate, which must pass."],
        loops && [" Dashed: where a failure leads."],
    );
}

const failures: Readonly<Record<Stage["onFailure"], string>> = {
    stop: "stops on failure",
    rollback: "on failure goes back to the last release that succeeded",
    retry: "on failure tries the failed actions once more",
    "retry-all": "on failure tries the whole stage once more",
};

/** The drawing in words: stages in their order, and in each what runs in which. */
function stageList(pipeline: Pipeline): HTMLElement {
    return el(
        "ol",
        { class: "stages" },
        ...pipeline.stages.map(stage =>
            el(
                "li",
                {},
                el("span", { class: "strong" }, stage.name),
                " ",
                el("span", { class: "quiet" }, stageWords(stage)),
                gateLink(stage, "before", pipeline),
                el("ol", {}, ...stage.actions.map(action => el("li", {}, actionLink(action, stage, pipeline)))),
                gateLink(stage, "after", pipeline),
            ),
        ),
    );
}

function stageWords({ purpose, approval, onFailure, rollbackOn }: Stage): string {
    if (approval !== undefined) {
        const { notify, timeoutHours, instructions, reviewUrl } = approval;
        return [
            `asks ${notify.join(", ") || "nobody"} and waits up to ${timeoutHours} h`,
            ...(instructions === undefined ? [] : [`“${instructions}”`]),
            ...(reviewUrl === undefined ? [] : [reviewUrl]),
        ].join(": ");
    }
    const alarms = rollbackOn.length === 0 ? "" : `; rolled back when the alarm ${rollbackOn.join(" or ")} rises`;
    return purpose === "environment" ? `${failures[onFailure]}${alarms}` : purpose;
}

const gateLink = (stage: Stage, side: "before" | "after", { key }: Pipeline): Child =>
    stage[side].length > 0 &&
    el(
        "p",
        { class: "gate" },
        el(
            "a",
            { href: addressOf(key, stage.name, side) },
            side === "before" ? "enters only with: " : "then: ",
            stage[side].map(({ summary, open }) => (open === undefined ? summary : `${summary}: ${open}`)).join("; "),
        ),
    );

const actionLink = ({ name, summary, runOrder }: Action, stage: Stage, { key }: Pipeline): Child => {
    const together = stage.actions.filter(action => action.runOrder === runOrder).length > 1;
    return [
        el("a", { href: addressOf(key, stage.name, name) }, name),
        " ",
        el("span", { class: "quiet" }, `${summary}${together ? ` (in parallel, run order ${runOrder})` : ""}`),
    ];
};

/** What a route within a pipeline is about, and all of it. */
export function details(
    pipeline: Pipeline,
    { stage: stageName, part }: Route,
    elsewhere = false,
): { readonly title: string; readonly body: Child } | undefined {
    const stage = pipeline.stages.find(({ name }) => name === stageName);
    if (stage === undefined || part === undefined) {
        return undefined;
    }
    const action = stage.actions.find(({ name }) => name === part);
    if (action !== undefined) {
        return { title: `${stage.name} / ${action.name}`, body: actionDetails(action, pipeline, elsewhere) };
    }
    return (part === "before" || part === "after") && stage[part].length > 0
        ? { title: `Gates ${part} ${stage.name}`, body: gateDetails(stage, part) }
        : undefined;
}

/** Every action and gate of a pipeline with all that there is to say: for print, where nothing can be opened. */
export const allDetails = (pipeline: Pipeline): HTMLElement =>
    el(
        "div",
        { class: "all-details" },
        ...pipeline.stages.flatMap(stage =>
            [...(["before"] as const), ...stage.actions.map(({ name }) => name), ...(["after"] as const)].map(part => {
                const found = details(pipeline, { stage: stage.name, part }, true);
                return found && el("section", { class: "card" }, el("h2", {}, found.title), found.body);
            }),
        ),
    );
