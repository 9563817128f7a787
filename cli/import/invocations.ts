import { z } from "zod";
import { stepSort } from "../../config/sorts";
import { isMap } from "../../config/values";
import { mergedWords } from "./environments";
import { textHere, type Namespaces } from "./names";
import type { Notes } from "./notes";
import { jsonOf, ownQuestion } from "./own";
import { keyOf, type ImportedAction, type ImportedStage } from "./stages";

type Words = Readonly<Record<string, unknown>>;

/** What functions that are invoked are read against. */
export interface Surroundings {
    /** Name and region of the pipeline; the region is undefined where the document does not tell. */
    readonly pipeline: string;
    readonly region?: string;
    /** The entries of `environments`, by name. */
    readonly environments: ReadonlyMap<string, Words>;
    readonly namespaces: Namespaces;
    /** Words for artifacts, by their names. */
    readonly artifacts: ReadonlyMap<string, string>;
}

/** Functions that are invoked, as a stack file says it. */
export interface Invocations {
    readonly steps?: Words;
    /** What is different in one environment, by its name. */
    readonly differing: Readonly<Record<string, Words>>;
}

/** Steps of the stages of environments that invoke a function of Lambda; what has no exact counterpart is left, and told why. */
export function invocationsOf(stages: readonly ImportedStage[], around: Surroundings, notes: Notes): Invocations {
    const byKey = new Map<string, Record<string, Words>>();
    for (const stage of stages) {
        const invoked = stage.actions.filter(
            ({ category, provider }) => category === "Invoke" && provider === "Lambda",
        );
        const made = invoked.filter(
            ({ configuration }) => ownQuestion(configuration, around.pipeline, stage.name) !== undefined,
        );
        for (const action of made) {
            action.configuration.done();
            notes.lose(
                action.json.path,
                "made for every pipeline that deploys: it seals, verifies or asks for freezes",
            );
        }
        const steps = stepsOf(
            stage,
            invoked.filter(action => !made.includes(action)),
            around,
            notes,
        );
        for (const [key, words] of steps) {
            byKey.set(key, { ...byKey.get(key), [stage.environment ?? ""]: words });
        }
    }
    const all = stages.flatMap(({ environment }) => environment ?? []);
    const accounts = Object.fromEntries(
        [...around.environments].flatMap(([name, { account }]) =>
            typeof account === "string" ? [[name, account]] : [],
        ),
    );
    const steps: Record<string, Words> = {};
    const differing: Record<string, Record<string, Words>> = {};
    for (const [key, words] of byKey) {
        const merged = mergedWords(words, accounts);
        const here = Object.keys(words);
        steps[key] = { ...merged.common, ...(here.length < all.length && { environments: here }) };
        for (const [environment, other] of Object.entries(merged.differing)) {
            (differing[environment] ??= {})[key] = other;
        }
    }
    return {
        ...(byKey.size > 0 && { steps }),
        differing: Object.fromEntries(Object.entries(differing).map(([name, words]) => [name, { steps: words }])),
    };
}

/** The steps of one stage, each with what it waits for: the steps of its time that run before it. */
function stepsOf(stage: ImportedStage, invoked: readonly ImportedAction[], around: Surroundings, notes: Notes) {
    // What a step leaves, later ones read; its namespace is its name here.
    const keys = new Map(invoked.map(action => [action, keyOf(action.name, "step").slice(0, 20).replace(/-$/, "")]));
    const namespaces = new Map([
        ...around.namespaces,
        ...[...keys].flatMap(([{ json }, key]) => {
            const namespace = json.at("namespace").peek();
            return typeof namespace === "string" ? [[namespace, key] as const] : [];
        }),
    ]);
    const read = invoked.flatMap(action => {
        const key = keys.get(action) ?? "";
        const same = [...keys].filter(([, other]) => other === key).length > 1;
        const words = same
            ? "its name comes to the same key as another's"
            : wordsOf(action, stage, { ...around, namespaces });
        if (typeof words === "string") {
            action.configuration.done();
            notes.lose(
                action.json.path,
                `${action.name} in ${stage.name}: a step of the kind \`lambda\` can do that, but ${words} (docs/reference/steps.md)`,
            );
            return [];
        }
        return [{ key, words, order: orderOf(action) }];
    });
    return read.map(({ key, words, order }) => {
        const before = read.filter(other => other.words.when === words.when && other.order < order);
        const last = Math.max(...before.map(other => other.order));
        const needs = before.filter(other => other.order === last).map(other => other.key);
        return [key, { ...words, ...(needs.length > 0 && { needs: needs.sort() }) }] as const;
    });
}

const orderOf = ({ json }: ImportedAction): number => Number(json.at("runOrder").peek() ?? 1);

/** The words of one step; a text where they cannot be had, which says why. */
function wordsOf(action: ImportedAction, stage: ImportedStage, around: Surroundings): Words | string {
    const { json, configuration } = action;
    const environment = around.environments.get(stage.environment ?? "");
    if (environment === undefined) {
        return "steps run in the stages of environments alone";
    }
    const when = timeOf(action, stage);
    if (when === undefined) {
        return "it runs beside a deploy or a suite, and not before or after";
    }
    const { deployRoleArn, regions } = environment;
    const home = (region: unknown) => (region === around.region ? undefined : region);
    const [first] = Array.isArray(regions) ? (regions as unknown[]) : [];
    if (json.at("roleArn").peek() !== deployRoleArn || home(json.at("region").peek()) !== home(first)) {
        return "it is invoked with the role, and in the first region, that the environment is deployed with";
    }
    if (json.at("outputArtifacts").items().length > 0) {
        return "it hands on no artifact here";
    }
    const inputs = json.at("inputArtifacts").items();
    const artifact = around.artifacts.get(String(inputs[0]?.at("name").peek()));
    if (inputs.length > 1 || (inputs.length === 1 && artifact === undefined)) {
        return "it reads one artifact here: that of the main source or of the only build";
    }
    const parameters = parametersOf(configuration.at("UserParameters").peek(), around.namespaces);
    if (parameters === null) {
        return "what it is told reads a variable whose namespace is called otherwise here, or has a placeholder";
    }
    const words = {
        type: "lambda",
        when,
        function: configuration.at("FunctionName").peek(),
        ...(parameters !== undefined && { parameters }),
        ...(artifact !== undefined && { artifact }),
    };
    const problem = z.safeParse(stepSort.schema, words).error?.issues[0];
    if (problem !== undefined) {
        return `of \`${problem.path.join(".")}\` here is expected ${problem.message}`;
    }
    for (const key of ["FunctionName", "UserParameters"]) {
        configuration.at(key).done();
    }
    for (const key of ["roleArn", "region"]) {
        json.at(key).done();
    }
    return words;
}

/** When it runs: before all deploys of the stage, right behind them, or behind the suites. */
function timeOf(action: ImportedAction, { actions }: ImportedStage): "before" | "after" | "end" | undefined {
    const order = orderOf(action);
    const deploys = actions.filter(({ category }) => category === "Deploy").map(orderOf);
    const suites = actions.filter(({ category }) => category === "Test" || category === "Build").map(orderOf);
    const isBehind = (others: readonly number[]) => others.every(other => other < order);
    const isAhead = (others: readonly number[]) => others.every(other => other > order);
    if (isAhead(deploys)) {
        return "before";
    }
    return !isBehind(deploys) ? undefined : isAhead(suites) ? "after" : isBehind(suites) ? "end" : undefined;
}

/** What the function is told: a map where it is one that is written like that, else the text; null where it cannot be had. */
function parametersOf(text: unknown, namespaces: Namespaces): Words | string | null | undefined {
    if (typeof text !== "string") {
        return undefined;
    }
    const here = textHere(text, namespaces);
    if (here === undefined) {
        return null;
    }
    const value = jsonOf(here);
    const flat =
        isMap(value) && Object.values(value).every(one => ["string", "number", "boolean"].includes(typeof one));
    return flat && JSON.stringify(value) === here ? value : here;
}
