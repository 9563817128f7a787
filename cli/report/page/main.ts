import type { Report } from "../model";
import { badge, el, plural } from "./dom";
import { listOf, type List } from "./list";
import { overview } from "./overview";
import { allDetails, details, pipelinePage } from "./pipeline";
import { readReport } from "./read";
import { addressOf, routeOf, type Route } from "./route";

/** What of the page changes with the address. */
class Page {
    private readonly main = el("main", { id: "main", tabindex: -1 });
    private readonly panel = el("aside", { id: "panel", "aria-labelledby": "panel-title", hidden: true });
    private readonly list: List;
    /** Print has what is seen: who wants all of it opens it before. */
    private readonly everything = el("button", { type: "button", "aria-pressed": "false" }, "Open everything");
    private route: Route = {};
    private shown: ReadonlySet<string> = new Set();

    constructor(private readonly report: Report) {
        this.list = listOf(report, shown => {
            this.shown = shown;
            this.filter();
        });
        const body = el(
            "div",
            { class: report.pipelines.length > 0 ? "columns" : "columns alone" },
            report.pipelines.length > 0 && this.list.element,
            this.main,
            this.panel,
        );
        document.body.append(
            el("a", { href: "#main", class: "skip" }, "Skip to the report"),
            header(report, this.everything),
            body,
        );
        window.addEventListener("hashchange", () => this.show(routeOf(location.hash)));
        document.addEventListener("keydown", event => this.pressed(event));
        document.addEventListener("click", event => this.clicked(event));
        this.everything.addEventListener("click", () => {
            const isOpen = this.everything.getAttribute("aria-pressed") === "true";
            this.everything.setAttribute("aria-pressed", String(!isOpen));
            this.open();
        });
        this.show(routeOf(location.hash), true);
    }

    /** Shows what the address says; focus follows, but for the first time. */
    private show(route: Route, first = false): void {
        const before = this.route;
        this.route = route;
        const pipeline = this.report.pipelines.find(({ key }) => key === route.pipeline);
        document.body.dataset.view = pipeline === undefined ? "overview" : "pipeline";
        if (first || before.pipeline !== route.pipeline) {
            this.main.replaceChildren(
                pipeline === undefined ? overview(this.report) : pipelinePage(pipeline, this.report),
            );
            this.open();
            this.filter();
            this.list.mark(pipeline?.key);
            if (!first) {
                window.scrollTo(0, 0);
                (this.main.querySelector<HTMLElement>("#pipeline") ?? this.main).focus({ preventScroll: true });
            }
        }
        const found = pipeline && details(pipeline, route);
        this.panel.hidden = found === undefined;
        document.body.classList.toggle("with-panel", found !== undefined);
        if (pipeline !== undefined && found !== undefined) {
            const close = el("a", { href: addressOf(pipeline.key), class: "close", "aria-label": "Close" }, "✕");
            this.panel.replaceChildren(
                el("header", {}, el("h2", { id: "panel-title", tabindex: -1 }, found.title), close),
                el("div", { class: "body" }, found.body),
            );
            this.panel.scrollTop = 0;
            this.panel.querySelector<HTMLElement>("#panel-title")?.focus({ preventScroll: true });
        } else if (before.part !== undefined && before.pipeline === route.pipeline) {
            this.part(before)?.focus();
        }
        this.main.querySelectorAll(".part.chosen").forEach(part => part.classList.remove("chosen"));
        if (found !== undefined) {
            const part = this.part(route);
            part?.classList.add("chosen");
            part?.scrollIntoView({ block: "nearest", inline: "center" });
        }
    }

    /** Of the overview's pipelines those that the list shows too. */
    private filter(): void {
        for (const row of this.main.querySelectorAll<HTMLElement>("[data-pipeline]")) {
            row.hidden = !this.shown.has(row.dataset.pipeline ?? "");
        }
    }

    /** The action or gate of the drawing that a route is about. */
    private part({ stage, part }: Route): SVGElement | undefined {
        return [...this.main.querySelectorAll<SVGElement>(".part")].find(
            ({ dataset }) => dataset.stage === stage && dataset.part === part,
        );
    }

    private pressed(event: KeyboardEvent): void {
        const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
        if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            this.list.search.focus();
        } else if (event.key === "Escape" && this.route.part !== undefined && this.route.pipeline !== undefined) {
            location.hash = addressOf(this.route.pipeline);
        }
    }

    /** A link to a place in the page leads there, and leaves the address alone. */
    private clicked(event: MouseEvent): void {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        const target = link?.matches("[data-scroll], .skip") === true ? (link.getAttribute("href") ?? "") : "";
        if (target !== "") {
            event.preventDefault();
            const place = document.getElementById(target.replace("#", ""));
            place?.setAttribute("tabindex", "-1");
            place?.focus();
            place?.scrollIntoView();
        }
    }

    /** Opens all that is folded, and spells out each action of a pipeline; or folds it again. */
    private open(): void {
        const isOpen = this.everything.getAttribute("aria-pressed") === "true";
        this.main.querySelector(".all-details")?.remove();
        const pipeline = this.report.pipelines.find(({ key }) => key === this.route.pipeline);
        if (isOpen && pipeline !== undefined) {
            this.main.append(allDetails(pipeline));
        }
        this.main.querySelectorAll("details").forEach(one => (one.open = isOpen));
    }
}

/** Which stack this is, and what became of it. */
function header({ stack, file, service, fleet, problems, warnings }: Report, button: HTMLElement): HTMLElement {
    const facts = [
        ...(fleet === undefined
            ? []
            : [fleet.part, `account ${fleet.account}, ${fleet.region}`, fleet.environments.join(" → ")]),
        file,
        ...(service === undefined ? [] : [`only ${service}`]),
    ];
    return el(
        "header",
        { class: "top" },
        el(
            "h1",
            {},
            el("a", { href: "#/" }, fleet === undefined ? `Stack ${stack}` : `${fleet.prefix}, stack ${stack}`),
        ),
        el("p", { class: "quiet" }, facts.join(" · ")),
        el(
            "p",
            { class: "verdict" },
            problems.length > 0
                ? badge("bad", `${plural(problems.length, "problem")}: nothing can be brought up`)
                : badge("good", "valid"),
            warnings.length > 0 && badge("warn", plural(warnings.length, "warning")),
            fleet !== undefined && button,
        ),
    );
}

readReport().then(
    report => new Page(report),
    (error: unknown) => {
        document.body.append(
            el("p", { class: "failed", role: "alert" }, `This browser cannot read the report: ${String(error)}`),
        );
    },
);
