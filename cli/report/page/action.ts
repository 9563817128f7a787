import type { Action, Gate, Pipeline, Secret, Stage, Words } from "../model";
import { badge, bullets, code, dollars, el, plural, terms, type Child } from "./dom";
import { holder } from "./permissions";

/** A value of a configuration: JSON and scripts keep their lines. */
const value = (text: string): Child =>
    text.length > 90 || text.includes("\n")
        ? el("pre", { tabindex: 0 }, pretty(text))
        : text === ""
          ? "(empty)"
          : code(text);

function pretty(text: string): string {
    try {
        const parsed: unknown = JSON.parse(text);
        return typeof parsed === "object" ? JSON.stringify(parsed, undefined, 2) : text;
    } catch {
        return text;
    }
}

const part = (title: string, ...children: readonly Child[]) =>
    children.flat(9).every(child => child === undefined || child === false)
        ? undefined
        : [el("h3", {}, title), ...children];

/** Minutes as people say them: whole hours as hours. */
const duration = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60} h` : plural(minutes, "minute"));

const settings = (words: Words) => terms(words.map(([key, text]) => [key, value(text)]));

const artifacts = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));

const secretWords = ({ variable, kept, name }: Secret): Child => [code(variable), " from ", kept, ": ", code(name)];

/** The secrets of a pipeline by name, each with the actions that read it. */
export function secretList({ stages }: Pipeline): Child {
    const found = new Map<string, { secret: Secret; readers: string[] }>();
    for (const { name: stage, actions } of stages) {
        for (const { name, secrets } of actions) {
            for (const secret of secrets) {
                const key = JSON.stringify(secret);
                const known = found.get(key) ?? { secret, readers: [] };
                known.readers.push(`${stage} / ${name}`);
                found.set(key, known);
            }
        }
    }
    return bullets(
        [...found.values()].map(({ secret, readers }) => [
            secretWords(secret),
            el("span", { class: "quiet" }, `, read by ${readers.join(", ")}`),
        ]),
    );
}

/** All that there is to say of an action; its roles by name alone, where all of them stand `elsewhere`. */
export function actionDetails(action: Action, pipeline: Pipeline, elsewhere = false): Child {
    const { project, secrets, cost, roles } = action;
    return [
        el("p", { class: "lead" }, action.summary),
        terms([
            ["type", `${action.category}, ${action.provider}${action.owner === "AWS" ? "" : ` (${action.owner})`}`],
            ["run order", String(action.runOrder)],
            ["takes", artifacts(action.inputs)],
            ["makes", artifacts(action.outputs)],
            ["variables as", action.namespace !== undefined && code(action.namespace)],
            ["region", action.region],
            ["times out", action.timeoutMinutes !== undefined && `after ${duration(action.timeoutMinutes)}`],
            ["in the stack file", action.place],
            [
                "documented at",
                /^https:\/\//.test(action.docs) && el("a", { href: action.docs, rel: "noreferrer" }, action.docs),
            ],
            [
                "cost",
                cost.minutes === undefined
                    ? "nothing"
                    : `${dollars(cost.usd)} a release, with ${plural(cost.minutes, "minute")} (${cost.reason})`,
            ],
        ]),
        part("Configuration", settings(action.configuration)),
        part("Commands", action.commands.length > 0 && el("pre", { tabindex: 0 }, action.commands.join("\n"))),
        part("Secrets, by name", bullets(secrets.map(secretWords))),
        project &&
            part(
                "Build project",
                terms([
                    ["name", code(project.name)],
                    ["image", code(project.image)],
                    ["machine", project.machine],
                    ["network", project.inVpc ? "in the build network" : "outside of any VPC"],
                    ["times out", project.timeoutMinutes !== undefined && `after ${duration(project.timeoutMinutes)}`],
                    ["privileged", project.privileged && badge("warn", "may run containers as root")],
                ]),
                project.variables.length > 0 && [el("h4", {}, "Variables"), settings(project.variables)],
            ),
        part(
            "Roles and permissions",
            ...roles.map(({ arn, as }) => {
                const found = pipeline.roles.find(one => one.arn === arn);
                return found === undefined || elsewhere
                    ? el("p", {}, `${as} `, code(arn))
                    : holder(found, el("span", { class: "as" }, `${as} `));
            }),
        ),
    ];
}

/** All that there is to say of the gates before or after a stage. */
export function gateDetails(stage: Stage, side: "before" | "after"): Child {
    const gates: readonly Gate[] = stage[side];
    const { onFailure, otherwise } = stage;
    const outcome =
        side === "before"
            ? otherwise === "skip"
                ? "Where one does not pass, the stage is skipped."
                : "Where one does not pass, the stage is not entered."
            : onFailure === "rollback"
              ? "Where one does not pass, the stage goes back to the last release that succeeded."
              : "Where one does not pass, the stage has failed.";
    return [
        el("p", { class: "lead" }, outcome),
        ...gates.map(({ name, provider, summary, open, configuration }) => [
            el("h3", {}, name),
            el("p", {}, summary),
            open !== undefined && el("p", {}, `Open ${open}`),
            terms([["rule", provider]]),
            settings(configuration),
        ]),
        side === "before" &&
            stage.freezes.length > 0 && [
                el("h3", {}, "Closed while one of these parameters exists"),
                settings(stage.freezes),
            ],
    ];
}
