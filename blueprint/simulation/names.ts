import type { Path } from "../../catalog/problem";
import type { Report } from "../../config/parse";
import { hint } from "../../config/suggest";
import type { PipelinePlan } from "../plan";
import { isFreeze } from "./rules";
import type { ScriptWords } from "./schema";

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
    /** Stages with a condition of entry, and of success. */
    readonly conditions: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** The names of `plan`. */
export function namesIn({ service, stages, told }: PipelinePlan): Names {
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
        conditions: {
            before: stages.filter(({ before }) => before.length > 0).map(({ name }) => name),
            after: stages.filter(({ after }) => after.length > 0).map(({ name }) => name),
        },
    };
}

/** What a name may stand for, and how a message calls it. */
type Kind = readonly [noun: string, known: readonly string[], none: string];

/** Reports every name of `words` that is none of the pipeline's, or none of the script's commits. */
export function checkNames(words: ScriptWords, names: Names, report: Report): void {
    const { service } = names;
    const here = words.deployed;
    const released = words.commits.map(({ id }) => id);
    const kinds = {
        commit: ["commit", released, "the script has none"],
        anyCommit: ["commit", [...new Set([...released, ...Object.values(here)])], "the script has none"],
        stage: ["stage", names.stages, `${service} has none`],
        environment: ["environment", names.environments, `${service} is deployed to none`],
        approved: ["environment with an approval", names.approved, `${service} asks for none`],
        freezable: ["environment that can be frozen", names.freezable, "add `freezable: true` to it in the stack file"],
        action: ["action", names.actions, `${service} has none`],
        alarm: ["alarm", names.alarms, `${service} looks at none`],
        function: ["function of a gate", names.functions, `${service} asks none`],
        target: ["target", names.targets, `nobody is told of ${service}`],
        before: ["stage with a condition of entry", names.conditions.before, `${service} has none`],
        after: ["stage with a condition of success", names.conditions.after, `${service} has none`],
        duration: ["action or stage", [...new Set(["default", ...names.stages, ...names.actions])], "it has none"],
    } as const satisfies Record<string, Kind>;
    const check = (kind: keyof typeof kinds, name: string | undefined, ...path: Path): void => {
        const [noun, known, none]: Kind = kinds[kind];
        if (name !== undefined && !known.includes(name)) {
            const text = known.length === 0 ? `; ${none}` : hint(name, known);
            report({ path, message: `no ${noun} ${JSON.stringify(name)}${text}` });
        }
    };
    Object.keys(here).forEach(name => check("environment", name, "deployed", name));
    Object.keys(words.durations).forEach(name => check("duration", name, "durations", name));
    words.commits.forEach(({ id, durations }, index) => {
        Object.keys(durations).forEach(name => check("duration", name, "commits", index, "durations", name));
        const again = released.indexOf(id) < index;
        if (again || Object.values(here).includes(id)) {
            const why = again ? "is in the list already" : "is deployed already";
            report({
                path: ["commits", index, "id"],
                message: `expected an id of its own, found ${JSON.stringify(id)}, which ${why}`,
            });
        }
    });
    words.failures.forEach(({ action, commit, rollback }, index) => {
        check("action", action, "failures", index, "action");
        check(rollback ? "anyCommit" : "commit", commit, "failures", index, "commit");
    });
    words.alarms.forEach(({ name }, index) => check("alarm", name, "alarms", index, "name"));
    words.approvals.forEach(({ environment, commit }, index) => {
        check("approved", environment, "approvals", index, "environment");
        check("commit", commit, "approvals", index, "commit");
    });
    words.freezes.forEach(({ environment }, index) => check("freezable", environment, "freezes", index, "environment"));
    words.functions.forEach(({ name, commit }, index) => {
        check("function", name, "functions", index, "name");
        check("commit", commit, "functions", index, "commit");
    });
    words.transitions.forEach(({ stage }, index) => check("stage", stage, "transitions", index, "stage"));
    words.overrides.forEach(({ stage, commit, condition }, index) => {
        check(condition, stage, "overrides", index, "stage");
        check("commit", commit, "overrides", index, "commit");
    });
    words.retries.forEach(({ stage, commit }, index) => {
        check("stage", stage, "retries", index, "stage");
        check("commit", commit, "retries", index, "commit");
    });
    words.rollbacks.forEach(({ environment, to }, index) => {
        check("environment", environment, "rollbacks", index, "environment");
        check("anyCommit", to, "rollbacks", index, "to");
    });
    words.stops.forEach(({ commit }, index) => check("commit", commit, "stops", index, "commit"));
    words.expect.forEach((expectation, index) => checkExpectation(expectation, ["expect", index]));

    /** Each expectation names commits, stages, environments and targets by the same keys. */
    function checkExpectation(map: object, path: Path): void {
        for (const [key, value] of Object.entries(map) as [string, unknown][]) {
            if (typeof value === "object" && value !== null) {
                checkExpectation(value, [...path, key]);
            } else if (typeof value === "string") {
                const asked = path.at(-1) === "asked" && key === "environment";
                const kind = asked ? "approved" : kindOfKey[key];
                if (kind !== undefined) {
                    check(kind, value, ...path, key);
                }
            }
        }
    }
    // Nothing is released without a commit, and nothing is rolled back.
    if (released.length === 0 && Object.keys(here).length === 0) {
        report({ path: ["commits"], message: "expected a commit: without one, nothing happens" });
    }
}

const kindOfKey: Readonly<Record<string, "anyCommit" | "environment" | "stage" | "target" | undefined>> = {
    commit: "anyCommit",
    to: "anyCommit",
    environment: "environment",
    reaches: "environment",
    stage: "stage",
    target: "target",
};
