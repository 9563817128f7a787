import * as assert from "node:assert/strict";
import type { AlarmEvent } from "../../../../functions/lib/event";
import { at, settings, TestWorld } from "../support/world";

const event: AlarmEvent = {
    kind: "alarm",
    id: "a-1",
    time: at("11:00:00"),
    alarm: "shop--fleet--dead-letters",
    alarmArn: "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop--fleet--dead-letters",
    state: "ALARM",
    previousState: "OK",
    reason: "1 datapoint was greater than 0",
    description: "Look at the reason of the message",
};

const notice = {
    version: 1,
    id: "a-1#alarm",
    happening: "alarm",
    time: "2026-11-27T11:00:00.000Z",
    reason: "1 datapoint was greater than 0",
    links: {
        alarm: "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/shop--fleet--dead-letters",
    },
};

describe("notices of alarms", () => {
    for (const [title, change, expected] of [
        [
            "raised",
            {},
            { title: "The alarm shop--fleet--dead-letters is raised", advice: "Look at the reason of the message" },
        ],
        [
            "raised from no data",
            { previousState: "INSUFFICIENT_DATA" },
            { title: "The alarm shop--fleet--dead-letters is raised", advice: "Look at the reason of the message" },
        ],
        [
            "over",
            { state: "OK", previousState: "ALARM" },
            { title: "The alarm shop--fleet--dead-letters is raised no more" },
        ],
        [
            "without data",
            { state: "INSUFFICIENT_DATA", previousState: "ALARM" },
            {
                title: "The alarm shop--fleet--dead-letters gets no data any more: whether it is still raised nobody knows",
                advice: "Look at the reason of the message",
            },
        ],
    ] as const) {
        it(`say that it is ${title}`, async () => {
            const test = new TestWorld();
            const changed = { ...event, ...change };
            const alarm = { name: event.alarm, state: changed.state };
            assert.deepEqual(await test.told(changed), [{ ...notice, alarm, ...expected }]);
            assert.deepEqual(test.asked(), []);
        });
    }

    for (const [state, previousState] of [
        ["OK", "INSUFFICIENT_DATA"],
        ["INSUFFICIENT_DATA", "OK"],
    ] as const) {
        it(`say nothing of one that was not raised: from ${previousState} to ${state}`, async () => {
            assert.deepEqual(await new TestWorld().told({ ...event, state, previousState }), []);
        });
    }

    for (const [state, previousState, end] of [
        ["ALARM", "OK", "is raised"],
        ["OK", "ALARM", "is raised no more"],
    ] as const) {
        it(`say for which of several time series it ${end}`, async () => {
            const of = { Service: "orders", Environment: "prod" };
            const told = await new TestWorld().told({ ...event, state, previousState, of });
            assert.deepEqual(
                told.map(({ title, service, environment, alarm }) => ({ title, service, environment, alarm })),
                [
                    {
                        title: `The alarm shop--fleet--dead-letters for Service orders, Environment prod ${end}`,
                        service: "orders",
                        environment: "prod",
                        alarm: { name: "shop--fleet--dead-letters", state },
                    },
                ],
            );
        });
    }

    it("say nothing of the sum of several time series, of which each is told of", async () => {
        assert.deepEqual(await new TestWorld().told({ ...event, sumsUp: true }), []);
    });

    it("go by the stack's routes alone", async () => {
        const environments = settings.environments.map(one => ({ ...one, notify: { all: ["alarm"] as const } }));
        const test = new TestWorld({ ...settings, environments, notify: {} });
        assert.deepEqual(await test.told({ ...event, of: { Environment: "prod" } }), []);
    });
});
