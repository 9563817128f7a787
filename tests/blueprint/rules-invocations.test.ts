import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { deployRole, ecsService, stackOf, type Words } from "./support/fleet";

const environments = [{ name: "dev" }, { name: "prod", account: "222222222222", deployRoleArn: deployRole }];

/** What is wrong with `services`. */
const lines = (services: object, where: readonly object[] = environments) =>
    problemLines(stackOf({ environments: where, services }).problems).map(line => line.replace(/^[^ ]* /, ""));

/** What is wrong with services of which each has one step. */
const said = (steps: Readonly<Record<string, Words>>, where?: readonly object[]) => {
    const services = Object.entries(steps).map(([name, step]) => [
        name,
        { ...ecsService(name), steps: { [`of-${name}`]: { when: "end", ...step } } },
    ]);
    return lines(Object.fromEntries(services) as object, where);
};

const starts = (service: string) => ({ type: "pipeline", service });
const named = (pipeline: string) => ({ type: "pipeline", pipeline });

describe("rule pipelines-in-circles", () => {
    it("passes pipelines that start others, also the same one on two ways", () =>
        assert.deepEqual(said({ a: starts("b"), b: starts("c"), c: named("elsewhere"), d: starts("c") }), []));

    it("fails on two that start each other, once for all environments", () =>
        assert.deepEqual(said({ a: starts("b"), b: starts("a") }), [
            "services.b.steps.of-b: the pipelines start each other for ever: a → b → a",
        ]));

    it("fails on a longer circle, and leaves out what only leads into it", () =>
        assert.deepEqual(said({ a: starts("b"), b: starts("c"), c: starts("d"), d: starts("b") }), [
            "services.d.steps.of-d: the pipelines start each other for ever: b → c → d → b",
        ]));

    it("fails on one that starts what it is started after", () => {
        const services = {
            a: { ...ecsService("a"), trigger: { after: ["b"] } },
            b: ecsService("b"),
            c: { ...ecsService("c"), steps: { again: { when: "end", ...starts("b") } }, trigger: { after: ["a"] } },
        };
        assert.deepEqual(lines(services), [
            "services.a.trigger.after[0]: the pipelines start each other for ever: a → c → b → a",
        ]);
    });

    it("fails at the trigger where that closes the circle, and passes a trigger and a step that agree", () => {
        const step = (service: string) => ({ again: { when: "end", ...starts(service) } });
        const first = { ...ecsService("a"), steps: step("b") };
        const b = { ...ecsService("b"), trigger: { after: ["a"] } };
        assert.deepEqual(lines({ a: first, b }), []);
        const a = { ...ecsService("a"), trigger: { after: ["b"] } };
        assert.deepEqual(lines({ b: { ...ecsService("b"), steps: step("c") }, c: ecsService("c"), a }), []);
        assert.deepEqual(lines({ a: { ...a, steps: step("b") }, b: ecsService("b") }), [
            "services.a.trigger.after[0]: the pipelines start each other for ever: a → b → a",
        ]);
    });

    it("fails on a pipeline that starts itself, by its derived name too", () =>
        assert.deepEqual(said({ a: named("shop--a") }), [
            "services.a.steps.of-a: the pipelines start each other for ever: a → a",
        ]));
});

describe("rule variables-of-started-pipelines", () => {
    const passing = (variables: object, declared: object = {}, to: object = starts("b")) =>
        lines({
            a: { ...ecsService("a"), steps: { go: { when: "end", ...to, variables } } },
            b: { ...ecsService("b"), variables: declared },
        });
    const TARGET = { default: "blue" };

    it("passes what the other pipeline declares, and anything for one of which nothing is known", () => {
        assert.deepEqual(passing({ TARGET: "green" }, { TARGET }), []);
        assert.deepEqual(passing({ ANY: "x" }, {}, named("elsewhere")), []);
    });

    it("fails on what it does not declare, once for all environments", () => {
        assert.deepEqual(passing({ TARGTE: "green", TARGET: "blue" }, { TARGET }), [
            'services.a.steps.go: the pipeline of b declares no variable "TARGTE"; did you mean "TARGET"?',
        ]);
        assert.deepEqual(passing({ TARGET: "green" }, {}, named("shop--b")), [
            'services.a.steps.go: the pipeline of b declares no variable "TARGET"; declare it below its `variables`',
        ]);
    });
});

describe("rule state-machine-of-the-environment", () => {
    const machine = (stateMachine: string) => ({ type: "step-functions", stateMachine });

    it("passes a name, and an ARN of each environment's account", () =>
        assert.deepEqual(
            said({
                a: machine("orders"),
                b: machine("arn:aws:states:eu-west-1:{account}:stateMachine:orders-{environment}"),
            }),
            [],
        ));

    it("passes an ARN of the region that the environment is in", () =>
        assert.deepEqual(
            said({ a: machine("arn:aws:states:{region}:{account}:stateMachine:orders") }, [
                { name: "dev", regions: ["us-east-1", "eu-west-1"] },
            ]),
            [],
        ));

    for (const [title, arn, found] of [
        ["another account", "arn:aws:states:eu-west-1:222222222222:stateMachine:orders", "dev's account 111111111111"],
        ["another region", "arn:aws:states:eu-west-2:{account}:stateMachine:orders", "dev's account 111111111111"],
    ] as const) {
        it(`fails on an ARN of ${title}`, () => {
            const [first] = said({ a: machine(arn) });
            assert.equal(
                first,
                `services.a.steps.of-a: expected a state machine of ${found} in eu-west-1, found ${JSON.stringify(arn.replace("{account}", "111111111111"))}: the action runs there`,
            );
        });
    }
});

describe("rule execution-name-length", () => {
    const prefixed = (executionPrefix: string) => ({
        a: { type: "step-functions", stateMachine: "x", executionPrefix },
    });

    it("passes 43 characters, in every environment", () =>
        assert.deepEqual(said(prefixed(`${"p".repeat(39)}{environment}`)), []));

    it("fails on 44 characters in one environment, where another has 43", () =>
        assert.deepEqual(said(prefixed(`${"p".repeat(40)}{environment}`)), [
            "services.a.steps.of-a: the prefix of the executions of of-a would have 44 characters, of at most 43: with the action's own id behind it the name of an execution has 80",
        ]));
});

describe("a step that names a service", () => {
    it("fails on one that there is not", () =>
        assert.deepEqual(said({ reports: named("x"), orders: starts("report") }), [
            'services.orders.steps.of-orders.service: unknown other service "report"; did you mean "reports"?',
        ]));

    it("fails on its own", () =>
        assert.deepEqual(said({ orders: starts("orders") }), [
            'services.orders.steps.of-orders.service: unknown other service "orders"',
        ]));

    it("fails on an artifact, as its action takes none", () =>
        assert.deepEqual(said({ a: { ...named("x"), artifact: "build" } }), [
            "services.a.steps.of-a.artifact: expected no artifact: pipeline takes none",
        ]));
});
