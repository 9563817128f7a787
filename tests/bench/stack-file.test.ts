import * as assert from "node:assert/strict";
import { planStack } from "../../blueprint/stack";
import type { FleetPlan } from "../../blueprint/plan";
import { fromFile } from "../../config/from-file";
import { problemLines } from "../../config/read";
import { edited, edits, stackFile } from "../../bench/fleet/stack-file";
import { environmentNames, shapes, suiteNames, testedEnvironments, type Shape } from "../../bench/shape";

const shape = (name: keyof typeof shapes, services = 2): Shape => ({ ...shapes[name], services });

function planned(text: string): FleetPlan {
    const { plan, problems } = planStack(fromFile("Pulumi.bench.yaml", "bench", text));
    assert.ok(plan, problemLines(problems).join("\n"));
    return plan;
}

const actions = ({ pipelines }: FleetPlan) => pipelines.map(({ stages }) => stages.flatMap(stage => stage.actions));

describe("the fleet of the bench", () => {
    for (const name of ["reference", "monorepo"] as const) {
        it(`${name}: has the actions that the app of the CDK has, and those that keep artifacts whole`, () => {
            const each = shape(name);
            const { environments, suites } = each;
            const expected = {
                source: 1,
                build: 1,
                deploy: environments,
                approve: environments - 1,
                suite: suites * testedEnvironments(each).length,
            };
            for (const one of actions(planned(stackFile(each)))) {
                const counts: Record<string, number> = { source: 0, build: 0, deploy: 0, approve: 0, suite: 0 };
                for (const { name: action } of one.filter(other => !/^(seal|verify)/.test(other.name))) {
                    const kind = suiteNames(each).includes(action) ? "suite" : action;
                    counts[kind] = (counts[kind] ?? 0) + 1;
                }
                assert.deepEqual(counts, expected);
            }
        });
    }

    it("has a project, in the network and with a secret, for the build and each suite", () => {
        const { pipelines } = planned(stackFile(shape("reference", 1)));
        assert.equal(pipelines[0].components.filter(({ component }) => component === "BuildProject").length, 2);
    });

    it("has environments in the order of promotion, and tests before the last", () => {
        const names = (environments: number) => [
            environmentNames({ environments }),
            testedEnvironments({ environments }),
        ];
        assert.deepEqual(names(1), [["dev"], ["dev"]]);
        assert.deepEqual(names(2), [["dev", "prod"], ["dev"]]);
        assert.deepEqual(names(3), [
            ["dev", "staging", "prod"],
            ["dev", "staging"],
        ]);
        assert.deepEqual(names(5)[0], ["dev", "test-1", "test-2", "staging", "prod"]);
    });

    it("fails on a shape that no fleet has", () => {
        assert.throws(
            () => stackFile(shape("reference", 0)),
            /services: expected a whole number from 1 to 10000, found 0/,
        );
    });
});

describe("an edit of the bench", () => {
    const text = stackFile(shape("reference", 3));

    it("makes one problem, in the service that is edited", () => {
        const { problems } = planStack(
            fromFile("Pulumi.bench.yaml", "bench", edited(text, "service-0001", edits.mistake(1))),
        );
        assert.equal(problems.length, 1);
        assert.match(problemLines(problems)[0], /services\.service-0001\.deploy\.clusterrr: unknown key/);
    });

    it("changes one service, each time otherwise", () => {
        const [first, second] = [1, 2].map(run => edited(text, "service-0001", edits.change(run)));
        assert.notEqual(first, second);
        const changed = text
            .split("\n")
            .flatMap((line, index) => (line === first.split("\n")[index] ? [] : [line.trim()]));
        assert.deepEqual(changed, ["commands: [npm ci, npm test, npm run build]"]);
        assert.equal(first.indexOf("npm run build:1") > first.indexOf("service-0001:"), true);
        planned(first);
    });

    it("fails where there is nothing to edit", () => {
        assert.throws(() => edited(text, "service-0003", edits.change(1)), RangeError);
    });
});
