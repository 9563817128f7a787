import * as assert from "node:assert/strict";
import { judge } from "../../../blueprint/simulation/expectations";
import { readScript } from "../../../blueprint/simulation/read-script";
import { simulate } from "../../../blueprint/simulation/simulate";
import { readOwnYaml } from "../../../config/yaml-file";
import { pipelineWith } from "./support";

const orders = pipelineWith({
    environments: [
        { name: "dev", onFailure: "rollback" },
        { name: "prod", approval: { notify: ["release@shop.example"] } },
    ],
    notify: { people: ["succeeded", "failed", "rolled-back"] },
});

/** b fails in dev, which goes back to a; c has its deploy to prod fail halfway. */
const script = `
commits: [{ id: a }, { id: b, at: 3h }, { id: c, at: 6h }, { id: d, at: 9h, branch: other }]
durations: { default: 10m }
failures: [{ action: dev/deploy, commit: b }, { action: prod/deploy, commit: c }]
`;

const verdict = (expectation: string) => {
    const read = readScript(readOwnYaml("release.yaml", `${script}expect: [${expectation}]`), orders);
    assert.deepEqual(read.problems, []);
    assert.ok(read.script);
    const { script: happens } = read;
    const until = (end?: number) => simulate(orders, happens, undefined, end);
    const [judgement] = judge(read.expectations, until(), until);
    return judgement;
};

describe("simulation: expectations", () => {
    for (const [expectation, met] of [
        ["reaches: { commit: a, environment: prod }", true],
        ["reaches: { commit: a, environment: prod, by: 2h }", true],
        ["reaches: { commit: a, environment: prod, by: 20m }", false],
        ["reaches: { commit: b, environment: dev }", false],
        ["never: { commit: b, reaches: prod }", true],
        ["never: { commit: a, reaches: prod }", false],
        // Of what fails halfway neither is met.
        ["reaches: { commit: c, environment: prod }", false],
        ["never: { commit: c, reaches: prod }", false],
        ["deployed: { environment: dev, commit: c }", true],
        ["deployed: { environment: prod, commit: a }", true],
        ["deployed: { environment: dev, commit: a, at: 5h }", true],
        ["deployed: { environment: dev, commit: c, at: 5h }", false],
        ["status: { commit: a, is: InProgress, at: 5m }", true],
        ["status: { commit: a, is: InProgress }", false],
        ["status: { commit: b, is: NotStarted, at: 2h }", true],
        ["stage: { commit: a, stage: Build, is: InProgress, at: 15m }", true],
        ["stage: { commit: a, stage: Build, is: InProgress, at: 5m }", false],
        ["status: { commit: b, is: Failed }", true],
        ["status: { commit: b, is: Succeeded }", false],
        ["status: { commit: d, is: NotStarted }", true],
        ["stage: { stage: prod, commit: b, is: NotReached }", true],
        ["stage: { stage: dev, commit: b, is: Succeeded }", false],
        ["rolledBack: { environment: dev }", true],
        ["rolledBack: { environment: dev, to: a }", true],
        ["rolledBack: { environment: dev, to: c }", false],
        ["rolledBack: { environment: dev, by: 3h }", false],
        ["rolledBack: { environment: prod }", false],
        ["never: { rolledBack: { environment: prod } }", true],
        ["never: { rolledBack: { environment: dev } }", false],
        ["told: { target: people, happening: failed }", true],
        ["told: { target: people, happening: failed, environment: prod, commit: b }", false],
        ["told: { target: people, happening: failed, times: 2 }", true],
        ["told: { target: people, happening: failed, times: 1 }", false],
        ["told: { target: people, by: 1h }", true],
        ["told: { target: people, happening: started }", false],
        ["never: { told: { target: people, happening: failed, commit: a } }", true],
        ["asked: { environment: prod, commit: a }", true],
        ["asked: { environment: prod, commit: b }", false],
        ["never: { asked: { environment: prod, commit: b } }", true],
        ["waits: { stage: prod, commit: a }", false],
        ["never: { waits: { stage: prod, commit: a } }", true],
    ] as const) {
        it(`${expectation} is ${met ? "met" : "not met"}`, () => {
            const { expected, found, ...judgement } = verdict(`{ ${expectation} }`);
            assert.equal(judgement.met, met, `${expected}: ${found}`);
            assert.ok(expected.length > 0 && found.length > 0);
        });
    }

    it("tells what was expected and what happened instead", () => {
        assert.deepEqual(verdict("{ reaches: { commit: b, environment: prod, by: 5h } }"), {
            path: ["expect", 0, "reaches"],
            met: false,
            expected: "b reaches prod by 5h",
            found: "b ended as Failed; at 3h50m b fails in dev: deploy failed",
        });
        assert.equal(
            verdict("{ status: { commit: d, is: Failed } }").found,
            "d is NotStarted; d starts nothing: the source takes main",
        );
    });
});
