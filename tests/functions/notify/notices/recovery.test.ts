import * as assert from "node:assert/strict";
import { stageEvent } from "../support/events";
import { at, execution, pipeline, settings, TestWorld } from "../support/world";

describe("notices of stages that have failed before", () => {
    let test: TestWorld;
    beforeEach(() => (test = new TestWorld()));

    const fail = (clock: string, id = `f-${clock}`) => stageEvent("prod", "FAILED", { id, time: at(clock) });
    const succeed = (clock: string, id = `s-${clock}`) => stageEvent("prod", "SUCCEEDED", { id, time: at(clock) });
    const titles = async (...events: Parameters<TestWorld["told"]>[0][]) => {
        const all: string[] = [];
        for (const event of events) {
            all.push(...(await test.told(event)).map(({ happening, title }) => `${happening}: ${title}`));
        }
        return all;
    };

    it("say that it works again, and how long it did not, instead of that it is there", async () => {
        assert.deepEqual(await titles(fail("10:15:00"), succeed("11:00:00"), succeed("11:30:00")), [
            "failed: orders 0123456 has failed in prod",
            "recovered: orders 0123456 works again in prod, after 45 min",
            "succeeded: orders 0123456 is in prod",
        ]);
        assert.deepEqual(
            test.delivered.map(({ notice }) => notice.durationSeconds),
            [900, 45 * 60, 90 * 60],
        );
    });

    it("say of a build, too, that it works again", async () => {
        const build = { pipeline, execution };
        assert.deepEqual(
            await titles(
                stageEvent("Build", "FAILED", { ...build, id: "1", time: at("10:00:10") }),
                stageEvent("Build", "SUCCEEDED", { ...build, id: "2", time: at("10:01:00") }),
            ),
            [
                "failed: orders 0123456 has failed in Build",
                "recovered: orders 0123456 works again in Build, after 50 s",
            ],
        );
    });

    it("say of a failure that comes late that it is over", async () => {
        await titles(succeed("11:00:00"));
        const [{ happening, advice }] = await test.told(fail("10:30:00"));
        assert.deepEqual(
            [happening, advice],
            ["failed", "The stage has succeeded since, at 2026-11-27T11:00:00.000Z."],
        );
        assert.deepEqual(await titles(succeed("11:30:00")), ["succeeded: orders 0123456 is in prod"]);
    });

    it("do not take a no for one", async () => {
        await test.told(stageEvent("Approve-prod", "FAILED", { id: "1" }));
        assert.deepEqual(await titles(succeed("11:30:00")), ["succeeded: orders 0123456 is in prod"]);
    });

    for (const [wanted, expected] of [
        [["succeeded"], "succeeded"],
        [["recovered"], "recovered"],
        [["succeeded", "recovered"], "recovered"],
    ] as const) {
        it(`tell who wants ${wanted.join(" and ")} of ${expected}, once`, async () => {
            test = new TestWorld({ ...settings, notify: { all: wanted } });
            await test.told(fail("10:15:00"));
            const event = succeed("11:00:00");
            const told = [...(await test.told(event)), ...(await test.told(event))];
            assert.deepEqual(
                told.map(({ happening }) => happening),
                [expected],
            );
        });
    }
});
