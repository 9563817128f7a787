import * as assert from "node:assert/strict";
import { problemLines } from "../../../config/read";
import { ecsService, stackOf, type Words } from "../support/fleet";

const lines = (problems: Parameters<typeof problemLines>[0]) =>
    problemLines(problems).map(line => line.replace(/^\S+ /, ""));

describe("rules of integrity", () => {
    const warned = (retention: Words) =>
        lines(stackOf({ retention }).warnings).filter(line => line.startsWith("retention"));

    it("artifacts-outlive-rollbacks: warns of artifacts that are gone while one may want to go back to them", () => {
        assert.deepEqual(warned({ artifactDays: 30 }), []);
        assert.deepEqual(warned({ artifactDays: 29 }), [
            "retention.artifactDays: artifacts and their seals are kept for 29 days, and releases are to be gone back to for 30 (retention.rollbackDays): an older rollback finds nothing; keep them longer, or say fewer rollbackDays",
        ]);
        assert.deepEqual(warned({ artifactDays: 14, rollbackDays: 14 }), []);
        assert.equal(warned({ artifactDays: 90, rollbackDays: 91 }).length, 1);
    });

    for (const [title, rollbackDays] of [
        ["no day at all", 0],
        ["more than CodePipeline remembers", 366],
        ["half a day", 0.5],
    ] as const) {
        it(`fails on a rollback for ${title}`, () => {
            const { plan, problems } = stackOf({ retention: { rollbackDays, artifactDays: 400 } });
            assert.equal(plan, undefined);
            assert.match(lines(problems)[0], /^retention\.rollbackDays: expected /);
        });
    }

    it("configuration-value-length: fails on more files of images than an action can be told", () => {
        const deploys = (count: number) =>
            Object.fromEntries(
                Array.from({ length: count }, (_, index) => [
                    `d${index}`,
                    {
                        ...(ecsService(`s${index}`).deploy as Words),
                        imageDefinitions: `${index}-${"i".repeat(97)}.json`,
                    },
                ]),
            );
        const said = (count: number) => {
            const { deploy, ...orders } = ecsService("orders");
            return lines(stackOf({ services: { orders: { ...orders, deploys: deploys(count) } } }).problems);
        };
        assert.deepEqual(said(7), []);
        assert.deepEqual(said(9), [
            "services.orders: UserParameters of the action seal would be 1101 characters long, of at most 1000: shorten what it is made of",
        ]);
    });
});
