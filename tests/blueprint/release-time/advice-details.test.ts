import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Advice } from "../../../blueprint/release-time/advice";
import type { MeasuredDurations } from "../../../blueprint/release-time/durations";
import { machineProposals, runsOf } from "../../../blueprint/release-time/proposals";
import { trialOf } from "../../../blueprint/release-time/what-if";
import { pathText } from "../../../catalog/problem";
import { fleetOf, pipelineOf, type Words } from "../support/fleet";
import { advised, armTwin, brief, key, sourceOf, stack, x86 } from "./support";

const costsOf = (advice: readonly Advice[], kind: Advice["kind"]) =>
    advice
        .filter(one => one.kind === kind)
        .map(({ costs }) => (costs === undefined ? undefined : Number(costs.toFixed(4))));

describe("what advice saves and costs", () => {
    it("costs what the machines of all cost that take theirs from the build", () => {
        const { advice } = advised(
            stack({
                build: { buildspec: "b.yml", image: armTwin },
                suites: { unit: { buildspec: "t.yml" }, own: { buildspec: "t.yml", compute: "small" } },
            }),
        );
        const build = advice.find(({ changes }) => pathText(changes[0].path) === key("build.compute"));
        assert.ok(build);
        assert.deepEqual(build.followers, ["unit"]);
        // Build 6 → 4 min, unit 5 → 4 min (3.2 begun), each $0.0034 → $0.015 a minute and $0.002 of the action.
        const machines = 8 * 0.017 - 11 * 0.0054;
        // And the log of three minutes less.
        assert.ok(build.costs !== undefined && build.costs < machines && build.costs > machines - 0.001);
    });

    it("says by how much ARM is cheaper, and what has no price it says nothing of", () => {
        const arm = stack({ build: { buildspec: "b.yml", image: x86, compute: "small" } });
        assert.deepEqual(costsOf(advised(arm).advice, "arm"), [-0.0096]);
        const batch = stack({ build: { buildspec: "b.yml", image: armTwin, compute: "medium" } });
        assert.deepEqual(costsOf(advised(batch).advice, "larger-compute"), [undefined]);
    });

    it("advises ARM of a build once, and not of what takes its machine from it", () => {
        const { advice } = advised(
            stack({
                build: { buildspec: "b.yml", image: x86, compute: "2xlarge" },
                suites: { unit: { buildspec: "t.yml" } },
            }),
        );
        // Of 2xlarge no price is known here, so nothing is known to be cheaper.
        assert.deepEqual(advice, []);
        const small = advised(
            stack({ build: { buildspec: "b.yml", image: x86 }, suites: { unit: { buildspec: "t.yml" } } }),
        );
        assert.deepEqual(
            small.advice
                .filter(({ kind }) => kind === "arm")
                .map(one => [pathText(one.changes[0].path), one.followers]),
            [[key("build.image"), ["unit"]]],
        );
    });

    it("scales what was measured: a larger machine shortens the work and not the minute before it", () => {
        const measured: MeasuredDurations = {
            minutes: (_, __, name) => (name === "build" ? { minutes: 21, count: 9 } : undefined),
        };
        const words = stack({ build: { buildspec: "b.yml", image: armTwin } });
        assert.deepEqual(advised(words, measured).advice.map(brief), [
            ["larger-compute", { [key("build.compute")]: "large" }, 20 * 0.45],
        ]);
    });

    it("takes what was measured of a build in its environment for the one that is built once", () => {
        const measured: MeasuredDurations = {
            minutes: (_, stage, name) =>
                name === "build" ? { minutes: stage === "dev" ? 11 : 13, count: 9 } : undefined,
        };
        const words = stack({ build: { buildspec: "b.yml", perEnvironment: true, compute: "2xlarge" } });
        const { advice, minutes } = advised(words, measured);
        // Once 11 min instead of 11 and 13, and one seal instead of two.
        assert.deepEqual(advice.map(brief), [["build-once", { [key("build.perEnvironment")]: false }, 13.3]]);
        assert.equal(advice[0].minutes.toFixed(2), (minutes - 13.3).toFixed(2));
    });

    it("keeps what was measured of each environment apart", () => {
        const measured: MeasuredDurations = {
            minutes: (_, stage, name) =>
                name === "deploy" ? { minutes: stage === "dev" ? 1 : 30, count: 9 } : undefined,
        };
        const { advice, minutes } = advised(stack({ build: { buildspec: "b.yml", image: armTwin } }), measured);
        assert.deepEqual(
            advice.map(({ savesMinutes, minutes: after }) => [savesMinutes.toFixed(2), after.toFixed(2)]),
            [["2.25", (minutes - 2.25).toFixed(2)]],
        );
    });

    it("proposes no cache where there is one, whatever it would save", () => {
        const withCache = (cache: object) =>
            machineProposals(
                runsOf(pipelineOf(fleetOf(stack({ build: { commands: ["npm ci"], cache } })))),
                "eu-west-1",
            ).filter(({ kind }) => kind === "cache").length;
        assert.deepEqual([withCache({ type: "none" }), withCache({ type: "s3", paths: ["/root/x/**/*"] })], [1, 0]);
    });

    it("plans with the other services where the service speaks of one", () => {
        const words = stack({
            trigger: { after: ["base"] },
            build: { buildspec: "b.yml", perEnvironment: true, compute: "2xlarge" },
        });
        const services = {
            ...(words.services as Words),
            base: { source: { repository: "acme/base" }, deploy: { type: "s3", bucket: "base-{environment}" } },
        };
        assert.deepEqual(
            advised({ ...words, services }).advice.map(({ kind }) => kind),
            ["build-once"],
        );
    });

    it("never lengthens the way, and plans without a problem", () => {
        const word = <T>(...values: readonly T[]) => fc.constantFrom(...values);
        const machine = fc.record(
            {
                compute: word("small", "medium", "large", "xlarge", "2xlarge"),
                image: word(x86, armTwin, "aws/codebuild/standard:7.0"),
                privileged: fc.boolean(),
                cache: word({ type: "none" }, { type: "s3", paths: ["/root/.npm/**/*"] }),
            },
            { requiredKeys: [] },
        );
        const suites = fc
            .array(fc.tuple(machine, word("build", "deploy"), fc.nat({ max: 3 })), { maxLength: 4 })
            .map(all =>
                Object.fromEntries(
                    all.map(([own, after, back], index) => {
                        const needed = all[index - back] as (typeof all)[number] | undefined;
                        const needs = back > 0 && needed?.[1] === after ? [`suite-${index - back}`] : [];
                        return [`suite-${index}`, { ...own, after, needs, commands: ["npm ci"] }];
                    }),
                ),
            );
        const minutes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 7 });
        fc.assert(
            fc.property(machine, fc.boolean(), suites, fc.option(minutes), (own, perEnvironment, tests, values) => {
                const words = stack({ build: { commands: ["npm ci"], ...own, perEnvironment }, suites: tests });
                const measured: MeasuredDurations = {
                    minutes: (_, stage, name) =>
                        values === null
                            ? undefined
                            : { minutes: values[(stage.length + name.length * 3) % values.length], count: 1 },
                };
                const { advice, minutes: before } = advised(words, measured);
                const trial = trialOf(sourceOf(words), "orders");
                for (const { changes, savesMinutes, minutes: after, costs } of advice) {
                    assert.ok(savesMinutes >= 0 && after <= before + 1e-6);
                    assert.ok(savesMinutes > 0 || (costs ?? 0) < 0);
                    assert.ok(trial.planned(changes));
                }
            }),
            { numRuns: 25 },
        );
    }).timeout(60_000);
});
