import type { Path } from "../../catalog/problem";
import type { Report } from "../../config/parse";
import { hint } from "../../config/suggest";
import { mapOf } from "../../config/values";
import type { PipelinePlan } from "../plan";
import { isFreeze } from "./rules";

/** The names that a script may speak of. */
export interface Names {
    readonly service: string;
    readonly stages: readonly string[];
    readonly environments: readonly string[];
    /** Those that ask for an approval. */
    readonly approved: readonly string[];
    /** Those that can be frozen. */
    readonly freezable: readonly string[];
    /** Actions, alone and with their stage. */
    readonly actions: readonly string[];
    readonly alarms: readonly string[];
    readonly functions: readonly string[];
    readonly targets: readonly string[];
    /** Services whose releases start the pipeline. */
    readonly starters: readonly string[];
    /** Stages with a condition of entry, and of success. */
    readonly conditions: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** The names of `plan`. */
export function namesIn({ service, stages, told, after }: PipelinePlan): Names {
    const unique = (names: readonly string[]) => [...new Set(names)];
    const deploying = stages.filter(({ purpose }) => purpose === "environment");
    const environments = (all: typeof stages) => all.flatMap(({ environment }) => environment ?? []);
    const rules = stages.flatMap(stage => [...stage.before, ...stage.after].map(rule => ({ stage, rule })));
    return {
        service,
        stages: stages.map(({ name }) => name),
        environments: environments(deploying),
        approved: stages.flatMap(({ approval }) => approval?.environment ?? []),
        freezable: environments(deploying.filter(({ check }) => Object.keys(check?.freezes ?? {}).length > 0)),
        actions: unique(
            stages.flatMap(stage =>
                stage.actions
                    // What people say to approvals is in a list of its own.
                    .filter(({ action }) => action.category !== "Approval")
                    .flatMap(({ name }) => [name, `${stage.name}/${name}`]),
            ),
        ),
        alarms: unique([
            ...rules.flatMap(({ rule }) => (rule.provider === "CloudWatchAlarm" ? rule.configuration.AlarmName : [])),
            ...stages.flatMap(({ check, rollbackOn = [] }) => [...(check?.alarms ?? []), ...rollbackOn]),
        ]),
        functions: unique(
            rules.flatMap(({ rule, stage }) =>
                rule.provider === "LambdaInvoke" && !isFreeze(rule, stage) ? rule.configuration.FunctionName : [],
            ),
        ),
        targets: unique([told.everywhere, ...Object.values(told.environments)].flatMap(routes => Object.keys(routes))),
        starters: after,
        conditions: {
            before: stages.filter(({ before }) => before.length > 0).map(({ name }) => name),
            after: stages.filter(({ after }) => after.length > 0).map(({ name }) => name),
        },
    };
}

/** What a name may stand for: how a message calls it, which there are, and what is said where there are none. */
type Kind = readonly [noun: string, known: readonly string[], none: string];

/** What names stand for, by list of the script and key; `expect` has its own, at any depth. */
const places: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    failures: { action: "action", commit: "anyCommit" },
    alarms: { name: "alarm" },
    approvals: { environment: "approved", commit: "commit" },
    freezes: { environment: "freezable" },
    functions: { name: "function", commit: "commit" },
    transitions: { stage: "stage" },
    overrides: { stage: "condition", commit: "commit" },
    retries: { stage: "stage", commit: "commit" },
    rollbacks: { environment: "environment", to: "anyCommit" },
    stops: { commit: "commit" },
    releases: { service: "starter" },
};

/** Of an expectation. */
const expected: Readonly<Record<string, string>> = {
    commit: "anyCommit",
    to: "anyCommit",
    environment: "environment",
    reaches: "environment",
    stage: "stage",
    target: "target",
};

const idOf = (entry: unknown): string[] => {
    const { id } = mapOf(entry);
    return typeof id === "string" ? [id] : [];
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reports every name in `script` that is none of the pipeline's, or none of the script's commits. It is what the file has, so
 * that names are looked at also where something else is wrong.
 */
export function checkNames(script: unknown, names: Names, report: Report): void {
    const { service } = names;
    const words = mapOf(script);
    if (typeof words.service === "string" && words.service !== service) {
        const found = JSON.stringify(words.service);
        report({ path: ["service"], message: `expected ${JSON.stringify(service)}, which is played, found ${found}` });
    }
    const here = mapOf(words.deployed);
    const deployed = Object.values(here).filter(id => typeof id === "string");
    const released = listOf(words.commits).flatMap(idOf);
    const kinds: Readonly<Record<string, Kind>> = {
        commit: ["commit", released, "the script has none"],
        anyCommit: ["commit", [...new Set([...released, ...deployed])], "the script has none"],
        stage: ["stage", names.stages, `${service} has none`],
        environment: ["environment", names.environments, `${service} is deployed to none`],
        approved: ["environment with an approval", names.approved, `${service} asks for none`],
        freezable: [
            "environment that can be frozen",
            names.freezable,
            "`freezable: true` makes one of an environment of the stack file",
        ],
        action: ["action", names.actions, `${service} has none`],
        alarm: ["alarm", names.alarms, `${service} looks at none`],
        function: ["function of a gate", names.functions, `${service} asks none`],
        starter: [
            "service whose releases start it",
            names.starters,
            `no release starts ${service}: \`trigger\` of the stack file names those that do, with \`after\``,
        ],
        target: ["target", names.targets, `nobody is told of ${service}`],
        before: ["stage with a condition of entry", names.conditions.before, `${service} has none`],
        after: ["stage with a condition of success", names.conditions.after, `${service} has none`],
        duration: ["action or stage", [...new Set(["default", ...names.stages, ...names.actions])], "it has none"],
    };
    const check = (kind: string | undefined, name: unknown, ...path: Path): void => {
        if (kind === undefined || typeof name !== "string") {
            return;
        }
        const [noun, known, none] = kinds[kind];
        if (!known.includes(name)) {
            const text = known.length === 0 ? `; ${none}` : hint(name, known);
            report({ path, message: `no ${noun} ${JSON.stringify(name)}${text}` });
        }
    };
    const checkDurations = (value: unknown, ...path: Path) =>
        Object.keys(mapOf(value)).forEach(name => check("duration", name, ...path, name));

    Object.keys(here).forEach(name => check("environment", name, "deployed", name));
    checkDurations(words.durations, "durations");
    const seen = new Set<string>();
    listOf(words.commits).forEach((entry, index) => {
        checkDurations(mapOf(entry).durations, "commits", index, "durations");
        for (const id of idOf(entry)) {
            if (seen.has(id) || deployed.includes(id)) {
                const why = seen.has(id) ? "is in the list already" : "is deployed already";
                const message = `expected an id of its own, found ${JSON.stringify(id)}, which ${why}`;
                report({ path: ["commits", index, "id"], message });
            }
            seen.add(id);
        }
    });
    for (const [list, keys] of Object.entries(places)) {
        listOf(words[list]).forEach((value, index) => {
            const entry = mapOf(value);
            for (const [key, kind] of Object.entries(keys)) {
                const meant = kind === "condition" ? (entry.condition === "after" ? "after" : "before") : kind;
                check(meant, entry[key], list, index, key);
            }
        });
    }
    const checkExpectation = (value: unknown, path: Path): void => {
        for (const [key, inner] of Object.entries(mapOf(value))) {
            check(path.at(-1) === "asked" && key === "environment" ? "approved" : expected[key], inner, ...path, key);
            checkExpectation(inner, [...path, key]);
        }
    };
    listOf(words.expect).forEach((value, index) => checkExpectation(value, ["expect", index]));
    // Nothing is released without a commit, and nothing is rolled back.
    if (listOf(words.commits).length === 0 && Object.keys(here).length === 0) {
        report({ path: ["commits"], message: "expected a commit: without one, nothing happens" });
    }
}
