import { keyPattern, longestKey } from "../../catalog/words";
import type { Reading } from "./reading";

/** What an action is, as its `actionTypeId` says. */
export interface ActionKind {
    readonly category: string;
    readonly owner: string;
    readonly provider: string;
}

/** One action of the pipeline. */
export interface ImportedAction extends ActionKind {
    readonly json: Reading;
    readonly name: string;
    readonly configuration: Reading;
}

/** One stage, and the environment that it deploys to, if it does. */
export interface ImportedStage {
    readonly json: Reading;
    readonly name: string;
    readonly environment?: string;
    readonly actions: readonly ImportedAction[];
}

/** The stages of a pipeline; each that has a deploy is an environment, named after it. */
export function stagesOf(pipeline: Reading): ImportedStage[] {
    const taken = new Set<string>();
    return pipeline
        .at("stages")
        .items()
        .map(json => {
            const name = json.textAt("name") ?? "";
            const actions = json.at("actions").items().map(actionOf);
            const deploys = actions.some(({ category }) => category === "Deploy");
            return { json, name, actions, ...(deploys && { environment: unique(environmentName(name), taken) }) };
        });
}

function actionOf(json: Reading): ImportedAction {
    const type = json.at("actionTypeId");
    const of = (key: string) => type.textAt(key) ?? "";
    const kind = { category: of("category"), owner: of("owner"), provider: of("provider") };
    type.at("version").done();
    return { ...kind, json, name: json.textAt("name") ?? "", configuration: json.at("configuration") };
}

/** A key of a stack file made of `text`: `DeployToProd` is `deploy-to-prod`. */
export function keyOf(text: string, otherwise: string): string {
    const words = text
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter(word => word !== "");
    const key = words.join("-").slice(0, longestKey).replace(/-$/, "");
    return keyPattern.test(key) ? key : keyPattern.test(`${otherwise}-${key}`) ? `${otherwise}-${key}` : otherwise;
}

/** Words of a stage's name that say nothing of the environment. */
const empty = ["deploy", "deployment", "to", "stage", "release", "ecs", "s3", "lambda"];

function environmentName(stage: string): string {
    const key = keyOf(stage, "environment");
    const telling = key.split("-").filter(word => !empty.includes(word));
    return telling.length === 0 ? key : keyOf(telling.join("-"), "environment");
}

/** `key`, or with a number behind it where it is taken. */
export function unique(key: string, taken: Set<string>): string {
    let free = key;
    for (let number = 2; taken.has(free); number++) {
        free = `${key.slice(0, longestKey - 4)}-${number}`;
    }
    taken.add(free);
    return free;
}
