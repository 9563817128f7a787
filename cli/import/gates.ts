import { z } from "zod";
import { gateProblems } from "../../config/gates";
import { gateSort } from "../../config/sorts";
import { isMap } from "../../config/values";
import { textHere, type Namespaces } from "./names";
import type { Notes } from "./notes";
import { jsonOf, ownQuestion } from "./own";
import type { Reading } from "./reading";
import type { ImportedStage } from "./stages";

type Words = Readonly<Record<string, unknown>>;

/** What the conditions of a stage are read against. */
export interface Around {
    /** Name of the pipeline. */
    readonly pipeline: string;
    /** Region of the pipeline; undefined where the document does not tell. */
    readonly region?: string;
    readonly namespaces: Namespaces;
}

/** What a stage's conditions are in a stack file. */
export interface Conditions {
    /** Words of the service's `environments`. */
    readonly words: Words;
    /** Whether the environment can be closed by a freeze. */
    readonly freezable: boolean;
}

/** Why a part cannot be taken over. */
class Inexpressible extends Error {}

/** The conditions of the stage of an environment; what has no exact counterpart is told, as a whole. */
export function conditionsOf(stage: ImportedStage, around: Around, notes: Notes): Conditions {
    const { json } = stage;
    const taken = <T>(key: string, read: (condition: Reading) => T): T | undefined => {
        const condition = json.at(key);
        if (!condition.isThere) {
            return undefined;
        }
        try {
            const words = read(condition);
            const [left] = condition.unread();
            if (left !== undefined) {
                throw new Inexpressible(
                    `${JSON.stringify(left.value)} at ${left.path.slice(condition.path.length).join(".")} has no word here`,
                );
            }
            return words;
        } catch (error) {
            if (!(error instanceof Inexpressible)) {
                throw error;
            }
            condition.done();
            notes.lose(condition.path, `${error.message}: docs/reference/gates.md`);
            return undefined;
        }
    };
    const onFailure = taken("onFailure", failureOf);
    const before = taken("beforeEntry", condition => entryOf(condition, stage, around));
    const after = taken("onSuccess", condition => {
        const { result, gates } = rulesOf(condition, stage, around);
        const expected = onFailure === "rollback" ? "ROLLBACK" : "FAIL";
        if (result !== expected) {
            throw new Inexpressible(
                `its result is ${result}, and here it is ${expected}, as \`onFailure\` of the stage says`,
            );
        }
        return checked(gates, "after");
    });
    const first = firstAction(stage, around);
    const gates = [...(before?.gates ?? []), ...first.alarms.map(name => ({ type: "alarm", name }))];
    return {
        words: {
            ...(gates.length > 0 && { before: gates }),
            ...(after !== undefined && after.length > 0 && { after }),
            ...(onFailure !== undefined && onFailure !== "stop" && { onFailure }),
        },
        freezable: before?.freezable === true || first.freezable,
    };
}

function failureOf(condition: Reading): string {
    const result = condition.textAt("result");
    const mode = condition.at("retryConfiguration").textAt("retryMode");
    const word = {
        FAIL: "stop",
        ROLLBACK: "rollback",
        "RETRY FAILED_ACTIONS": "retry",
        "RETRY ALL_ACTIONS": "retry-all",
    }[[result, mode].filter(one => one !== undefined).join(" ")];
    if (word === undefined) {
        throw new Inexpressible("`onFailure` is stop, rollback, retry or retry-all");
    }
    return word;
}

function entryOf(condition: Reading, stage: ImportedStage, around: Around) {
    const { result, gates, freezable } = rulesOf(condition, stage, around);
    if (result !== "FAIL" && result !== "SKIP") {
        throw new Inexpressible(`its result is ${result}, and here it is FAIL or SKIP`);
    }
    if (result === "SKIP" && freezable) {
        throw new Inexpressible("a freeze fails the stage, and never skips it");
    }
    const answer = result === "SKIP" ? { otherwise: "skip" } : {};
    return {
        freezable,
        gates: checked(
            gates.map(gate => ({ ...gate, ...answer })),
            "before",
        ),
    };
}

/** The rules of the one condition that a place has; what this program's check is asked is a freeze. */
function rulesOf(at: Reading, { name }: ImportedStage, around: Around) {
    const [condition, ...more] = at.at("conditions").items();
    if (condition === undefined || more.length > 0) {
        throw new Inexpressible("AWS takes one condition in each place");
    }
    const rules = condition.at("rules").items();
    const own = rules.filter(rule => ownQuestion(rule.at("configuration"), around.pipeline, name)?.check === true);
    own.forEach(rule => {
        rule.done();
    });
    return {
        result: condition.textAt("result") ?? "none",
        gates: rules.filter(rule => !own.includes(rule)).map(rule => gateOf(rule, around)),
        freezable: own.length > 0,
    };
}

/** A rule as a gate. What names it is decided by its kind. */
function gateOf(rule: Reading, { region, namespaces }: Around): Words {
    rule.at("name").done();
    const type = rule.at("ruleTypeId");
    for (const key of ["category", "owner", "version"]) {
        type.at(key).done();
    }
    if (region !== undefined && rule.at("region").is(region)) {
        rule.at("region").done();
    }
    const configuration = rule.at("configuration");
    const of = (key: string) => {
        const text = configuration.textAt(key);
        return text === undefined ? undefined : here(text, namespaces);
    };
    const provider = type.textAt("provider") ?? "none";
    switch (provider) {
        case "CloudWatchAlarm":
            return defined({
                type: "alarm",
                name: of("AlarmName"),
                waitMinutes: numberOf(configuration.textAt("WaitTime")),
            });
        case "DeploymentWindow":
            return defined({ type: "window", cron: of("Cron"), timeZone: of("TimeZone") });
        case "VariableCheck":
            if (!configuration.at("Operator").isThere) {
                throw new Inexpressible("it does not say how the variable is compared");
            }
            return defined({
                type: "variable",
                variable: of("Variable"),
                operator: of("Operator"),
                value: of("Value"),
            });
        case "LambdaInvoke":
            return defined({
                type: "lambda",
                function: of("FunctionName"),
                parameters: parametersOf(configuration.textAt("UserParameters"), namespaces),
            });
        default:
            throw new Inexpressible(`there is no gate for ${provider}`);
    }
}

function parametersOf(text: string | undefined, namespaces: Namespaces): Words | undefined {
    if (text === undefined) {
        return undefined;
    }
    const value = jsonOf(text);
    if (!isMap(value)) {
        throw new Inexpressible("a function is told a map of texts here, as JSON");
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, typeof one === "string" ? here(one, namespaces) : one]),
    );
}

function here(text: string, namespaces: Namespaces): string {
    const found = textHere(text, namespaces);
    if (found === undefined) {
        throw new Inexpressible(
            `${text} reads a variable whose namespace is called otherwise here, or has a placeholder`,
        );
    }
    return found;
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

const defined = (words: Words): Words =>
    Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));

/** `gates`, which a stack file would take like this. */
function checked(gates: readonly Words[], when: "before" | "after"): readonly Words[] {
    const read = z.array(gateSort.schema).safeParse(gates);
    const [issue] = read.success ? [] : read.error.issues;
    const [problem] = read.success ? gateProblems(read.data, when) : [];
    if (issue !== undefined || problem !== undefined) {
        throw new Inexpressible(problem?.message ?? `${issue?.path.join(".")}: expected ${issue?.message}`);
    }
    return gates;
}

/** What this program's check is asked by the first action of a stage, where a window would let rules pass too early. */
function firstAction({ name, actions }: ImportedStage, { pipeline }: Around) {
    const asked = actions.flatMap(({ configuration }) => {
        const question = ownQuestion(configuration, pipeline, name);
        return question?.check === true ? [question] : [];
    });
    return { freezable: asked.some(({ freezable }) => freezable), alarms: asked.flatMap(({ alarms }) => alarms) };
}
