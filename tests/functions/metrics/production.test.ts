import * as assert from "node:assert/strict";
import type { Execution, Run } from "../../../functions/metrics/history";
import { hasBegunToDeploy, leadTimes, outcomes, standing, undoesChange } from "../../../functions/metrics/production";
import { at, execution, run, stage } from "./support/made";
import { production } from "./support/pipeline";

describe("whether a deploy has begun", () => {
    const ran = (action: string, category: string) => run(production, action, 0, 10, { category });
    const deploys = stage(production, { migrate: "Build", deploy: "Deploy", smoke: "Test" });
    const scripts = stage(production, { check: "Invoke", unit: "Test", script: "Build", function: "Invoke" });
    for (const [title, runs, declared, begun] of [
        ["nothing ran", [], deploys, false],
        ["only what is before the deploy", [ran("migrate", "Build")], deploys, false],
        ["the deploy", [ran("migrate", "Build"), ran("deploy", "Deploy")], deploys, true],
        ["only the check of a freeze, where a script deploys", [ran("check", "Invoke")], scripts, false],
        ...["seal", "seal-2", "verify", "verify-promote"].map(
            name => [`only ${name}, where a script deploys`, [ran(name, "Invoke")], scripts, false] as const,
        ),
        ["a function whose name begins like one of ours", [ran("verifying", "Invoke")], scripts, true],
        ["only a test, where a script deploys", [ran("unit", "Test")], scripts, false],
        ["only an approval, where a script deploys", [ran("ask", "Approval")], scripts, false],
        ["the script that deploys", [ran("script", "Build")], scripts, true],
        ["the function that deploys", [ran("function", "Invoke")], scripts, true],
        ["anything, where the pipeline has the stage no more", [ran("deploy", "Deploy")], undefined, true],
    ] as const) {
        it(`${title}: ${begun ? "yes" : "no"}`, () => assert.equal(hasBegunToDeploy(runs, declared), begun));
    }
});

describe("a failure of production", () => {
    it("began with the first of several actions that failed", () => {
        const failed = { status: "Failed" } as const;
        const own = execution({
            status: "Failed",
            runs: [run(production, "deploy", 0, 30, failed), run(production, "deploy--eu", 0, 20, failed)],
        });
        assert.deepEqual(
            outcomes(own, production).map(outcome => outcome.at),
            [at(20)],
        );
    });
});

describe("a rollback", () => {
    const released = (id: string, start: number, more: Partial<Execution> = {}) =>
        execution({
            id,
            start: at(start),
            changed: at(start + 50),
            runs: [run(production, "deploy", start, start + 50)],
            ...more,
        });
    const back = (id: string, start: number, target: string) => released(id, start, { rollback: true, target });

    it("undoes a change, though another was undone before it", () => {
        const others = [released("a", 0), released("b", 100), back("r1", 200, "a"), released("c", 300)];
        assert.equal(undoesChange({ own: back("r2", 400, "a"), others }, production), true);
    });
    it("undoes none, where one undid the same before", () => {
        const others = [released("a", 0), released("b", 100), released("c", 200, { status: "Failed" })];
        const first = back("r1", 300, "a");
        assert.equal(undoesChange({ own: first, others }, production), true);
        const failed = {
            ...first,
            status: "Failed",
            runs: [run(production, "deploy", 300, 350, { status: "Failed" })],
        };
        assert.equal(undoesChange({ own: back("r2", 400, "a"), others: [...others, failed] }, production), false);
    });
});

describe("an execution that has skipped production", () => {
    const skipped = execution({ id: "skipped", runs: [run("Source", "source", 0, 10)] });
    it("was not deployed", () => {
        assert.deepEqual(outcomes(skipped, production), []);
        assert.equal(standing({ own: execution(), others: [skipped] }, production, at(2000)), undefined);
    });
});

describe("the commit of an execution", () => {
    const source = (name: string, committed?: number) =>
        run("Source", name, 0, 10, {
            category: "Source",
            ...(committed !== undefined && { committed: at(committed) }),
        });
    const deployed = (runs: readonly Run[], more: Partial<Execution> = {}) =>
        execution({ runs: [...runs, run(production, "deploy", 900, 1000)], ...more });
    for (const [title, own, expected] of [
        [
            "is the newest of several sources",
            [source("a", -500), source("b", -100)],
            { times: [1_100_000], from: "commit" },
        ],
        ["is the one that is known", [source("a", -500), source("b")], { times: [1_500_000], from: "commit" }],
        [
            "is no more than what started it, where no source knows",
            [source("a")],
            { times: [1_000_000], from: "trigger" },
        ],
        ["is not of the future", [source("a", 5000)], { times: [0], from: "commit" }],
    ] as const) {
        it(title, () => assert.deepEqual(leadTimes({ own: deployed(own), others: [] }, production), expected));
    }

    it("is not told of an execution before the last deployment: it came with that, if at all", () => {
        const last = deployed([source("a", 100)], { id: "last", start: at(200), changed: at(300), commits: "last" });
        const failed = execution({ id: "failed", start: at(100), status: "Failed", commits: "failed" });
        const own = deployed([source("a", 600)], { start: at(700), commits: "own" });
        assert.deepEqual(leadTimes({ own, others: [failed, last] }, production)?.times, [400_000]);
    });

    it("is one of the hundred newest, where more come at once", () => {
        const others = Array.from({ length: 150 }, (_, index) =>
            execution({ id: `e${index}`, status: "Failed", start: at(index - 200), commits: `c${index}` }),
        );
        const { times = [] } =
            leadTimes({ own: deployed([source("a")], { commits: "own" }), others }, production) ?? {};
        assert.equal(times.length, 100);
        assert.equal(Math.max(...times), 1_000_000 + 149_000);
    });
});
