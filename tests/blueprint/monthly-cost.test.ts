import * as assert from "node:assert/strict";
import fc from "fast-check";
import { costOf } from "../../blueprint/cost";
import { monthlyCost } from "../../blueprint/monthly-cost";
import { releaseCost } from "../../blueprint/release-cost";
import { ecsService, fleetOf, threeEnvironments } from "./support/fleet";

const checked = {
    ...ecsService("web"),
    suites: { unit: { commands: ["make"] } },
    pullRequests: { suites: ["unit"] },
};

const fleet = fleetOf({ services: { orders: ecsService("orders"), web: checked } });

const near = (found: number, wanted: number) =>
    assert.ok(Math.abs(found - wanted) < 1e-6 * Math.max(1, Math.abs(wanted)), `${found} instead of ${wanted}`);

/** What a line of the bill says, by a part of its words. */
const usd = (month: ReturnType<typeof monthlyCost>, part: string) =>
    month.items.filter(({ what }) => what.includes(part)).reduce((sum, item) => sum + item.usd, 0);

describe("a month of releases", () => {
    it("is 30 days of each release and check, what is at rest, and less what is free", () => {
        const month = monthlyCost(fleet, { releases: 2, checks: 3 });
        const [orders, web, check] = fleet.pipelines.map(pipeline => releaseCost(fleet, pipeline));
        const uses = 60 * (orders.usd + web.usd) + 90 * check.usd;
        const minutes = 60 * (orders.actionMinutes + web.actionMinutes) + 90 * check.actionMinutes;
        near(
            usd(month, "minutes of actions") - usd(month, "free, once an account: the first 100 minutes of actions"),
            minutes * 0.002,
        );
        near(usd(month, "at rest"), costOf(fleet).monthlyIdle);
        near(usd(month, "minutes of actions") - minutes * 0.002, -0.2);
        near(usd(month, "smallest builds"), -100 * 0.0034);
        near(month.usd, uses + costOf(fleet).monthlyIdle - 0.2 - 0.34);
        assert.deepEqual([month.days, month.services], [30, 2]);
    });

    it("is without releases what is at rest, and nothing is free of nothing", () => {
        const month = monthlyCost(fleet, { releases: 0 });
        near(month.usd, costOf(fleet).monthlyIdle);
        assert.ok(!month.items.some(({ what }) => what.startsWith("free")));
    });

    it("takes no more for free than is used, and no more than AWS gives", () => {
        const free = (releases: number) =>
            usd(monthlyCost(fleetOf({}), { releases, minutes: 1 }), "first 100 minutes of actions");
        const actions = releaseCost(fleetOf({}), fleetOf({}).pipelines[0], { minutes: 1 }).actionMinutes;
        near(free(0.1), -0.1 * 30 * actions * 0.002);
        near(free(50), -0.2);
    });

    it("of one service has neither what all share nor what is free, so that services add up", () => {
        const asked = { releases: 1.5, checks: 0.5 };
        const whole = monthlyCost(fleet, asked);
        const parts = ["orders", "web"].map(service => monthlyCost(fleet, asked, service));
        assert.deepEqual(
            parts.map(({ items }) => items.length),
            [3, 3],
        );
        near(
            parts.reduce((sum, part) => sum + part.usd, 0),
            whole.usd - usd(whole, "at rest") - usd(whole, "free"),
        );
        assert.deepEqual(
            whole.byService.map(({ service, usd: own }) => [service, own.toFixed(6)]),
            parts.map(part => [part.byService[0].service, part.usd.toFixed(6)]),
        );
    });

    it("of a fleet that has grown repeats its services, in use and at rest, and lists its own", () => {
        const month = monthlyCost(fleet, { releases: 1, services: 5 });
        const [orders, web] = ["orders", "web"].map(service => monthlyCost(fleet, { releases: 1 }, service).usd);
        near(month.usd - usd(month, "at rest") - usd(month, "free"), 3 * orders + 2 * web);
        assert.equal(month.services, 5);
        assert.deepEqual(
            month.byService.map(({ service }) => service),
            ["orders", "web"],
        );
        // Three services more: each six metrics, and a metric of each alarm that watches releases.
        near(usd(month, "at rest") - costOf(fleet).monthlyIdle, 3 * (6 * 0.3 + 2 * 0.1));
        near(monthlyCost(fleet, { releases: 1, services: 2 }).usd, monthlyCost(fleet, { releases: 1 }).usd);
    });

    it("says from how many releases V1 were cheaper, and what it lacks", () => {
        const { v1, byService } = monthlyCost(fleet, { releases: 1 });
        assert.deepEqual([v1.minutes, v1.monthly], [500, 1]);
        for (const { service, v1CheaperFromReleases: from = 0 } of byService) {
            const pipeline = fleet.pipelines.find(({ logicalName }) => logicalName === service);
            const { actionUsd } = releaseCost(fleet, pipeline ?? fleet.pipelines[0]);
            assert.ok(from * actionUsd > 1 && (from - 1) * actionUsd <= 1, `${service}: ${from}`);
        }
        const gated = fleetOf({ environments: threeEnvironments });
        assert.deepEqual(monthlyCost(gated, { releases: 1 }).v1.lacks.slice(-2), ["rollbacks", "conditions of stages"]);
    });

    it("names machines of which no price is known, with their minutes", () => {
        const service = ecsService("orders");
        const medium = fleetOf({
            services: { orders: { ...service, build: { commands: ["make"], compute: "medium" } } },
        });
        const { unpriced } = monthlyCost(medium, { releases: 1 });
        assert.deepEqual(
            unpriced.map(({ computeType, minutes }) => [computeType, minutes]),
            [["BUILD_GENERAL1_MEDIUM", 30 * releaseCost(medium, medium.pipelines[0]).buildMinutes]],
        );
    });

    it("never costs less with more releases, checks or minutes", () => {
        const amounts = fc.double({ min: 0, max: 40, noNaN: true });
        fc.assert(
            fc.property(amounts, amounts, amounts, amounts, (releases, checks, minutes, more) => {
                const base = monthlyCost(fleet, { releases, checks, minutes }).usd;
                for (const asked of [
                    { releases: releases + more, checks, minutes },
                    { releases, checks: checks + more, minutes },
                    { releases, checks, minutes: minutes + more },
                ]) {
                    assert.ok(monthlyCost(fleet, asked).usd >= base - 1e-9);
                }
            }),
            { numRuns: 50 },
        );
    });
});
