import * as assert from "node:assert/strict";
import { minutesOf } from "../../blueprint/release-time/durations";
import { costOf } from "../../blueprint/cost";
import { assumptions } from "../../blueprint/prices/assumptions";
import { buildPriceIn, priceIn, type PriceKey } from "../../blueprint/prices/table";
import { isFree, releaseCost, roundedRelease } from "../../blueprint/release-cost";
import type { PipelinePlan } from "../../blueprint/plan";
import { ecsService, fleetOf, home, reference, threeEnvironments, type Words } from "./support/fleet";

const near = (found: number, wanted: number, what: string) =>
    assert.ok(Math.abs(found - wanted) < 1e-9, `${what}: ${found} instead of ${wanted}`);

const price = (key: PriceKey) => priceIn(key, home.region).usd;

const fleetWith = (service: Words, words: Words = {}) => fleetOf({ services: { orders: service }, ...words });

/** The cost of the one release pipeline of a fleet. */
function costWith(service: Words, words: Words = {}) {
    const fleet = fleetWith(service, words);
    const pipeline = fleet.pipelines.find(({ purpose }) => purpose === "release") as PipelinePlan;
    return { fleet, pipeline, cost: releaseCost(fleet, pipeline) };
}

const usdOf = (cost: ReturnType<typeof releaseCost>, what: string) =>
    cost.items.filter(item => item.what.includes(what)).reduce((sum, { usd }) => sum + usd, 0);

describe("the cost of a release", () => {
    it("of the reference service is, by hand, that of its actions, builds, artifacts, logs, functions and events", () => {
        const { fleet, pipeline, cost } = costWith(reference, {
            environments: threeEnvironments,
            network: { create: {} },
        });
        const timed = pipeline.stages.flatMap(stage =>
            stage.actions.map(action => ({ action, ...minutesOf({ pipeline, stage, action }) })),
        );
        const paid = timed.filter(({ action }) => action.action.category !== "Approval");
        assert.ok(paid.length < timed.length, "approvals are free");
        const minutes = paid.reduce((sum, one) => sum + Math.max(1, Math.ceil(one.minutes)), 0);
        assert.equal(cost.actionMinutes, minutes);
        near(cost.actionUsd, minutes * 0.002, "actions");

        const builds = paid.filter(({ project }) => project !== undefined);
        const buildMinutes = builds.reduce((sum, one) => sum + Math.ceil(one.minutes), 0);
        assert.equal(cost.buildMinutes, buildMinutes);
        near(cost.buildUsd, buildMinutes * 0.0034, "builds, on ARM of the smallest size");
        assert.deepEqual(
            cost.machines.map(({ environmentType, computeType, priceOf }) => [environmentType, computeType, priceOf]),
            [["ARM_CONTAINER", "BUILD_GENERAL1_SMALL", "us-east-1"]],
        );

        const written = paid.reduce((sum, { action }) => sum + action.outputs.length, 0);
        const read = paid.reduce((sum, { action }) => sum + action.inputs.length, 0);
        const gb = (written * assumptions.artifactMb.amount) / 1024;
        near(
            usdOf(cost, "artifacts"),
            written * price("objectWrite") +
                read * price("objectRead") +
                (written + read) * price("keyRequest") +
                (gb * fleet.shared.store.artifactDays * price("objectGbMonth")) / 30,
            "artifacts",
        );
        const logs = (builds.reduce((sum, one) => sum + one.minutes, 0) * assumptions.logMb.amount) / 1024;
        near(
            usdOf(cost, "logs"),
            logs * price("logGb") + (logs * fleet.shared.logs.days * price("logGbMonth")) / 30,
            "logs",
        );
        near(usdOf(cost, "NAT"), builds.length * assumptions.downloadGb.amount * 0.048, "downloads");
        near(usdOf(cost, "secrets"), price("secretRequest"), "the one secret of its build");

        // A seal, and a verification in each of three environments: 1 GB each.
        const asked = pipeline.stages
            .flatMap(({ actions }) => actions)
            .filter(({ action }) => action.provider === "Lambda" && action.category === "Invoke");
        assert.equal(asked.length, 4);
        near(
            usdOf(cost, "questions"),
            4 *
                (price("functionRequest") +
                    assumptions.functionSeconds.amount * price("functionGbSecond") +
                    price("signatureRequest")),
            "functions",
        );

        const events = 2 * (1 + pipeline.stages.length + timed.length);
        near(
            usdOf(cost, "events"),
            2 *
                events *
                (3 * price("queueRequest") +
                    price("functionRequest") +
                    0.25 * assumptions.eventSeconds.amount * price("functionGbSecond") +
                    2 * price("tableWrite") +
                    2 * price("tableRead")),
            "two functions hear each event",
        );
        near(
            cost.usd,
            cost.items.reduce((sum, { usd }) => sum + usd, 0),
            "the sum",
        );
    });

    it("says whose price it is, where none is known for the region", () =>
        assert.deepEqual(
            costWith(ecsService("orders")).cost.items.flatMap(({ what, priceOf }) =>
                priceOf === undefined ? [] : [what],
            ),
            [
                "minutes on ARM_CONTAINER BUILD_GENERAL1_SMALL",
                "artifacts, kept for 90 days",
                "questions to the stack's functions",
                "events that functions hear",
            ],
        ));

    for (const [title, build, machine, usd] of [
        [
            "a medium x86 machine, by the price of its own region",
            { compute: "medium", architecture: "x86_64", image: "aws/codebuild/amazonlinux-x86_64-standard:5.0" },
            "LINUX_CONTAINER BUILD_GENERAL1_MEDIUM",
            0.01,
        ],
        ["a large ARM machine", { compute: "large" }, "ARM_CONTAINER BUILD_GENERAL1_LARGE", 0.015],
        [
            "a size without a price: counted, and not in the sum",
            { compute: "medium" },
            "ARM_CONTAINER BUILD_GENERAL1_MEDIUM",
            undefined,
        ],
    ] as const) {
        it(`prices builds on ${title}`, () => {
            const service = ecsService("orders");
            const { cost } = costWith({ ...service, build: { ...(service.build as object), ...build } });
            const [{ environmentType, computeType, minutes, usd: found }] = cost.machines;
            assert.equal(`${environmentType} ${computeType}`, machine);
            assert.equal(found, usd === undefined ? undefined : minutes * usd);
            assert.equal(cost.buildUsd, found ?? 0);
            assert.equal(buildPriceIn(environmentType, computeType, home.region)?.usd, usd);
            assert.equal(
                cost.items.some(({ what }) => what.includes("no price")),
                usd === undefined,
            );
        });
    }

    it("counts Lambda compute by the second, and its minute not whole", () => {
        const service = ecsService("orders");
        const build = {
            commands: ["make"],
            compute: "lambda-1gb",
            image: "aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs22",
            outsideNetwork: "it needs no secret",
        };
        const { fleet, pipeline } = costWith({ ...service, build });
        const { machines, actionMinutes } = releaseCost(fleet, pipeline, { minutes: 1.5 });
        assert.deepEqual(
            machines.map(({ minutes, usd }) => [minutes, Number(usd?.toFixed(6))]),
            [[1.5, 0.0009]],
        );
        // Each of the others is paid for two minutes begun.
        assert.equal(actionMinutes % 2, 0);
    });

    it("takes every action for as long as is said, and each for a minute at least", () => {
        const { fleet, pipeline } = costWith(ecsService("orders"));
        const actions = pipeline.stages.flatMap(stage => stage.actions).filter(action => !isFree(action)).length;
        assert.deepEqual(
            [0, 0.2, 1, 1.01, 7].map(minutes => releaseCost(fleet, pipeline, { minutes }).actionMinutes / actions),
            [1, 1, 1, 2, 7],
        );
    });

    it("asks nothing for approvals and custom actions", () => {
        const { pipeline } = costWith(ecsService("orders"));
        const [{ actions }] = pipeline.stages;
        const of = (change: object) => isFree({ ...actions[0], action: { ...actions[0].action, ...change } });
        assert.deepEqual(
            [of({}), of({ category: "Approval" }), of({ owner: "Custom" }), of({ owner: "ThirdParty" })],
            [false, true, true, false],
        );
    });

    it("has no downloads where builds have no NAT gateway of the stack's", () =>
        assert.equal(
            usdOf(
                costWith(ecsService("orders"), { network: { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } } })
                    .cost,
                "NAT",
            ),
            0,
        ));

    it("stands in the bill of the fleet, a line for each pipeline and its check, to the millionth", () => {
        const checked = {
            ...ecsService("orders"),
            suites: { unit: { commands: ["make"] } },
            pullRequests: { suites: ["unit"] },
        };
        const fleet = fleetWith(checked);
        const { perRelease } = costOf(fleet);
        assert.deepEqual(
            perRelease.map(({ pipeline, purpose }) => [pipeline, purpose]),
            [
                ["orders", "release"],
                ["orders--check", "check"],
            ],
        );
        assert.deepEqual(perRelease[0], roundedRelease(releaseCost(fleet, fleet.pipelines[0])));
        assert.equal(perRelease[0].usd, Number(perRelease[0].usd.toFixed(6)));
    });
});
