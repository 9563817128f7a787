import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { ActionPlan, PipelinePlan } from "../../../blueprint/plan";
import { releaseTime } from "../../../blueprint/release-time/critical-path";
import type { MeasuredDurations } from "../../../blueprint/release-time/durations";
import { fleetOf, pipelineOf, reference, threeEnvironments } from "../support/fleet";

const pipeline = pipelineOf(fleetOf({ environments: threeEnvironments, services: { orders: reference } }));
const [template] = pipeline.stages.flatMap(({ actions }) => actions);

/** Run order and minutes of each action of each stage. */
type Made = readonly (readonly (readonly [runOrder: number, minutes: number])[])[];

/** A pipeline of such stages, and what was measured of it. */
function made(stages: Made): { readonly plan: PipelinePlan; readonly measured: MeasuredDurations } {
    const named = (stage: number, index: number) => `action-${stage}-${index}`;
    const minutes = new Map(
        stages.flatMap((actions, stage) => actions.map(([, value], index) => [named(stage, index), value] as const)),
    );
    const plan: PipelinePlan = {
        ...pipeline,
        stages: stages.map((actions, stage) => ({
            ...pipeline.stages[0],
            name: `stage-${stage}`,
            actions: actions.map(([runOrder], index): ActionPlan => ({
                ...template,
                name: named(stage, index),
                runOrder,
            })),
        })),
    };
    return { plan, measured: { minutes: (_, __, name) => ({ minutes: minutes.get(name) ?? 0, count: 1 }) } };
}

const timeOf = (stages: Made) => {
    const { plan, measured } = made(stages);
    return releaseTime(plan, measured);
};

// Whole minutes: sums of them are exact.
const stagesOf = fc.array(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 6 }),
    {
        minLength: 1,
        maxLength: 5,
    },
);

/** Some stages, and one of their actions. */
const withOne = stagesOf.chain(stages =>
    fc
        .integer({ min: 0, max: stages.length - 1 })
        .chain(stage => fc.integer({ min: 0, max: stages[stage].length - 1 }).map(index => ({ stages, stage, index }))),
);

/** `stages` with another action in the place of one. */
const withAction = (stages: Made, stage: number, index: number, action: readonly [number, number]): Made =>
    stages.map((actions, at) =>
        at === stage ? actions.map((one, place) => (place === index ? action : one)) : actions,
    );

describe("the critical path", () => {
    for (const [title, stages, minutes, longest] of [
        ["adds stages", [[[1, 2]], [[1, 3]]], 5, "action-1-0"],
        [
            "takes the longest of a run order",
            [
                [
                    [1, 2],
                    [1, 7],
                    [1, 7],
                ],
            ],
            7,
            "action-0-1",
        ],
        [
            "lets a run order wait for all of the one before",
            [
                [
                    [1, 2],
                    [1, 4],
                    [2, 3],
                ],
            ],
            7,
            "action-0-1",
        ],
        [
            "does not mind run orders that are not there",
            [
                [
                    [1, 2],
                    [9, 4],
                ],
            ],
            6,
            "action-0-1",
        ],
        ["has no longest action where none takes time", [[[1, 0]]], 0, undefined],
    ] as readonly (readonly [string, Made, number, string | undefined])[]) {
        it(title, () => {
            const time = timeOf(stages);
            assert.deepEqual([time.minutes, time.longest?.action], [minutes, longest]);
        });
    }

    it("tells what each action has to spare, in the order in which they run", () => {
        const { stages } = timeOf([
            [
                [2, 3],
                [1, 2],
                [1, 4],
            ],
        ]);
        assert.deepEqual(
            stages[0].actions.map(({ name, critical, slackMinutes }) => [name, critical, slackMinutes]),
            [
                ["action-0-1", false, 2],
                ["action-0-2", true, 0],
                ["action-0-0", true, 0],
            ],
        );
    });

    it("keeps what it waits for apart from what machines do", () => {
        const { waits, watchedMinutes, stages, minutes } = releaseTime(pipeline);
        assert.deepEqual(
            waits.map(wait => [wait.stage, wait.for, wait.minutes]),
            [
                ["Approve-staging", "people", undefined],
                ["Approve-prod", "people", undefined],
                ["prod", "window", undefined],
                ["prod", "alarm", 10],
            ],
        );
        assert.equal(watchedMinutes, 10);
        assert.equal(
            minutes,
            stages.reduce((sum, stage) => sum + stage.minutes, 0),
        );
        const approvals = stages.filter(({ purpose }) => purpose === "approval");
        assert.deepEqual(
            approvals.map(stage => [stage.minutes, stage.actions.map(({ critical }) => critical)]),
            [
                [0, [false]],
                [0, [false]],
            ],
        );
    });

    it("counts alarms of one stage once: they are watched together", () => {
        const after = [5, 20].map(waitMinutes => ({ type: "alarm", name: `a-${waitMinutes}`, waitMinutes }));
        const watched = fleetOf({
            environments: [
                { name: "dev", after },
                { name: "qa", after: after.slice(0, 1) },
            ],
        });
        assert.equal(releaseTime(pipelineOf(watched)).watchedMinutes, 25);
    });

    it("does not count an alarm on entry, which passes at once unless it is raised", () => {
        const before = [{ type: "alarm", name: "a", waitMinutes: 30 }];
        assert.deepEqual(releaseTime(pipelineOf(fleetOf({ environments: [{ name: "dev", before }] }))).waits, []);
    });

    it("is at least as long as each action, and at most as long as all", () => {
        fc.assert(
            fc.property(stagesOf, stages => {
                const time = timeOf(stages);
                const all = stages.flat().map(([, minutes]) => minutes);
                assert.ok(all.every(minutes => time.minutes >= minutes));
                assert.ok(time.minutes <= time.actionMinutes);
                assert.equal(
                    time.actionMinutes,
                    all.reduce((sum, one) => sum + one, 0),
                );
                assert.equal(time.longest?.minutes ?? 0, Math.max(...all));
            }),
        );
    });

    it("is the sum of one critical action of each run order", () => {
        fc.assert(
            fc.property(stagesOf, stages => {
                const { minutes, stages: timed } = timeOf(stages);
                const sums = timed.map(({ actions }) => {
                    const orders = [...new Set(actions.map(({ runOrder }) => runOrder))];
                    const one = orders.map(order =>
                        actions.find(({ runOrder, critical }) => critical && runOrder === order),
                    );
                    return one.reduce((sum, action) => sum + (action?.minutes ?? NaN), 0);
                });
                assert.equal(
                    minutes,
                    sums.reduce((sum, one) => sum + one, 0),
                );
            }),
        );
    });

    it("does not change with a shorter action beside another", () => {
        fc.assert(
            fc.property(withOne, fc.nat({ max: 60 }), ({ stages, stage, index }, minutes) => {
                const [runOrder, beside] = stages[stage][index];
                const more = stages.map((actions, at) =>
                    at === stage ? [...actions, [runOrder, Math.min(minutes, beside)] as const] : actions,
                );
                assert.equal(timeOf(more).minutes, timeOf(stages).minutes);
            }),
        );
    });

    it("does not change where an action takes no more than it has to spare, and does with what is more", () => {
        fc.assert(
            fc.property(withOne, fc.integer({ min: 1, max: 9 }), ({ stages, stage, index }, over) => {
                const before = timeOf(stages);
                const [runOrder, minutes] = stages[stage][index];
                const { slackMinutes = NaN } =
                    before.stages[stage].actions.find(({ name }) => name === `action-${stage}-${index}`) ?? {};
                const longer = (more: number) =>
                    timeOf(withAction(stages, stage, index, [runOrder, minutes + slackMinutes + more])).minutes;
                assert.equal(longer(0), before.minutes);
                assert.equal(longer(over), before.minutes + over);
            }),
        );
    });
});
