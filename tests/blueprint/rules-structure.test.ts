import * as assert from "node:assert/strict";
import { checkFleet, rules } from "../../blueprint/rules";
import type { FleetPlan } from "../../blueprint/plan";
import type { Rule } from "../../catalog/plan";
import type { Problem } from "../../catalog/problem";
import { Reference } from "../../catalog/reference";
import { build, check, deploy, dev, fleet, inDeploy, inDev, source, staged } from "./support/changed";

const actions = (count: number) => Array.from({ length: count }, (_, index) => ({ ...deploy, name: `a${index}` }));

const gates = (count: number): Rule[] =>
    Array.from({ length: count }, (_, index) => ({
        name: `alarm-${index}`,
        provider: "CloudWatchAlarm",
        configuration: {},
        grants: [],
        summary: "",
    }));

const stages = (count: number) => [
    source,
    ...Array.from({ length: count - 1 }, (_, index) => ({ ...dev, name: `s${index}` })),
];

const orders = ["services", "orders"];
const { path } = deploy;

/** Rule, what passes at the edge, what does not, and what is said of it. */
const table: [string, string, FleetPlan, FleetPlan, Problem[]][] = [
    [
        "names-of-pipeline-stages-actions",
        "a name of 101 characters",
        inDeploy({ name: "d".repeat(100) }),
        inDeploy({ name: "d".repeat(101) }),
        [
            {
                path: orders,
                message: `the derived name "${"d".repeat(101)}" is none that CodePipeline takes: at most 100 of A-Z a-z 0-9 . @ _ -`,
            },
        ],
    ],
    [
        "names-of-pipeline-stages-actions",
        "a gate's name with a space",
        inDev({ after: gates(1) }),
        inDev({ after: [{ ...gates(1)[0], name: "a b" }] }),
        [
            {
                path: orders,
                message: 'the derived name "a b" is none that CodePipeline takes: at most 100 of A-Z a-z 0-9 . @ _ -',
            },
        ],
    ],
    [
        "configuration-keys",
        "a key that the action does not know",
        inDeploy({ configuration: { ...deploy.configuration, DeploymentTimeout: "10" } }),
        inDeploy({ configuration: { ...deploy.configuration, Timeout: "10" } }),
        [{ path, message: `deploy (ECS) has no configuration key Timeout: ${deploy.action.docs}` }],
    ],
    [
        "configuration-keys",
        "a key that is missing",
        inDeploy({ configuration: { ClusterName: "shop-dev", ServiceName: "orders" } }),
        inDeploy({ configuration: { ClusterName: "shop-dev" } }),
        [{ path, message: `deploy (ECS) needs the configuration key ServiceName: ${deploy.action.docs}` }],
    ],
    [
        "unique-stages-and-actions",
        "two stages of one name",
        staged(source, build, dev),
        staged(source, build, dev, dev),
        [{ path: orders, message: 'two stages would be called "dev"' }],
    ],
    [
        "unique-stages-and-actions",
        "two actions of one name in a stage",
        staged(source, build, dev, { ...dev, name: "other" }),
        inDev({ actions: [deploy, deploy, deploy] }),
        [
            {
                path: orders,
                message: 'two actions of one stage would be called "deploy": rename the suite or the deploy',
            },
        ],
    ],
    [
        "stage-count",
        "one stage",
        staged(...stages(2)),
        staged(...stages(1)),
        [{ path: orders, message: "a pipeline has 2 to 50 stages, this one would have 1" }],
    ],
    [
        "stage-count",
        "51 stages",
        staged(...stages(50)),
        staged(...stages(51)),
        [{ path: orders, message: "a pipeline has 2 to 50 stages, this one would have 51" }],
    ],
    [
        "action-count",
        "101 actions in a stage",
        inDev({ actions: actions(100) }),
        inDev({ actions: actions(101) }),
        [{ path: orders, message: "the stage dev would have 101 actions, of at most 100" }],
    ],
    [
        "action-count",
        "1001 actions in a pipeline",
        staged(
            ...stages(11).map(stage =>
                stage === source ? { ...stage, actions: [] } : { ...stage, actions: actions(100) },
            ),
        ),
        staged(...stages(11).map(stage => (stage === source ? stage : { ...stage, actions: actions(100) }))),
        [{ path: orders, message: "the pipeline would have 1001 actions, of at most 1000" }],
    ],
    [
        "action-count-documented",
        "51 actions in a stage",
        inDev({ actions: actions(50) }),
        inDev({ actions: actions(51) }),
        [{ path: orders, message: "the stage dev would have 51 actions, of at most 50" }],
    ],
    [
        "run-order",
        "the thousandth",
        inDeploy({ runOrder: 999 }),
        inDeploy({ runOrder: 1000 }),
        [{ path, message: "deploy would have the run order 1000, of at most 999" }],
    ],
    [
        "configuration-value-length",
        "a value of 1001 characters",
        inDeploy({ configuration: { FileName: "f".repeat(1000) } }),
        inDeploy({ configuration: { FileName: "f".repeat(1001) } }),
        [
            {
                path,
                message:
                    "FileName of the action deploy would be 1001 characters long, of at most 1000: shorten what it is made of",
            },
        ],
    ],
    [
        "configuration-value-length",
        "an empty value",
        inDeploy({ configuration: { FileName: "f", ConnectionArn: new Reference("vpc") } }),
        inDeploy({ configuration: { FileName: "" } }),
        [
            {
                path,
                message:
                    "FileName of the action deploy would be 0 characters long, of at most 1000: shorten what it is made of",
            },
        ],
    ],
    [
        "approval-timeout",
        "more than 60 days",
        inDeploy({ timeoutMinutes: 86_400 }),
        inDeploy({ timeoutMinutes: 86_401 }),
        [{ path, message: "expected 5 to 86400 minutes, found 86401" }],
    ],
    [
        "approval-timeout",
        "four minutes",
        inDeploy({ timeoutMinutes: 5 }),
        inDeploy({ timeoutMinutes: 4 }),
        [{ path, message: "expected 5 to 86400 minutes, found 4" }],
    ],
    [
        "rules-of-a-condition",
        "six gates",
        inDev({ before: gates(5), after: gates(5) }),
        inDev({ before: gates(6), after: gates(5) }),
        [{ path: orders, message: "dev has 6 gates before, of at most 5" }],
    ],
];

describe("rules of the structure", () => {
    for (const [name, title, passes, fails, problems] of table) {
        it(`${name}: passes at the edge, fails on ${title}`, () => {
            assert.deepEqual(check(name, passes), []);
            assert.deepEqual(check(name, fails), problems);
        });
    }

    it("leave the warning to the error above it", () => {
        assert.deepEqual(check("action-count-documented", inDev({ actions: actions(101) })), []);
    });

    it("have names of their own, and say where they are written", () => {
        const names = rules.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        rules.forEach(({ source: written }) => assert.ok(written.length > 20));
    });

    it("all pass for the reference fleet, warnings too", () => {
        assert.deepEqual(checkFleet(fleet), { errors: [], warnings: [] });
    });
});
