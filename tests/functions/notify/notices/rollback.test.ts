import * as assert from "node:assert/strict";
import { GetPipelineExecutionCommand, type TriggerType } from "@aws-sdk/client-codepipeline";
import type { RollbackEvent } from "../../../../functions/lib/event";
import { stageEvent } from "../support/events";
import { at, execution, links, pipeline, settings, TestWorld } from "../support/world";

const good = "22222222-2222-4222-8222-222222222222";
const bad = "33333333-3333-4333-8333-333333333333";

const ofProd = {
    version: 1,
    time: "2026-11-27T11:00:00.000Z",
    service: "orders",
    environment: "prod",
    pipeline,
    execution,
    stage: "prod",
};

const refused: RollbackEvent = {
    kind: "rollback",
    id: "r-1",
    time: at("11:00:00"),
    pipeline,
    stage: "prod",
    alarm: "orders-5xx",
    from: bad,
    reason: "no older execution in this version of the pipeline",
};

const started: RollbackEvent = {
    ...refused,
    started: { execution, target: good },
    reason: "the alarm was raised after the release",
};

describe("notices of rollbacks", () => {
    let test: TestWorld;
    beforeEach(() => {
        test = new TestWorld();
        brings(good, "9".repeat(40));
        brings(bad, "b".repeat(40));
        rollsBack("ManualRollback", "arn:aws:iam::111111111111:user/ben");
    });

    const known = (pipelineExecutionId: string) =>
        test.aws.on(GetPipelineExecutionCommand, { pipelineName: pipeline, pipelineExecutionId });
    const brings = (id: string, revisionId: string) =>
        known(id).resolves({ pipelineExecution: { artifactRevisions: [{ name: "SourceArtifact", revisionId }] } });
    const rollsBack = (triggerType: TriggerType, triggerDetail: string) =>
        known(execution).resolves({
            pipelineExecution: {
                executionType: "ROLLBACK",
                trigger: { triggerType, triggerDetail },
                artifactRevisions: [{ name: "SourceArtifact", revisionId: "9".repeat(40) }],
            },
        });
    const inProd = (id: string, clock: string, state: "FAILED" | "SUCCEEDED" = "SUCCEEDED") =>
        stageEvent("prod", state, { id: `e-${clock}`, execution: id, time: at(clock) });

    it("say from what to what a stage went back, and who did it", async () => {
        await test.told(inProd(bad, "10:00:00"));
        const before = test.asked().length;
        assert.deepEqual(await test.told(stageEvent("prod", "SUCCEEDED")), [
            {
                ...ofProd,
                id: "e-1#succeeded",
                happening: "rolled-back",
                title: "orders was rolled back in prod from bbbbbbb to 9999999",
                reason: "somebody has rolled back: ben",
                advice: "The next release goes out as usual: mend the cause before it does.",
                by: "ben",
                commit: { id: "9".repeat(40) },
                from: { id: "b".repeat(40) },
                links,
            },
        ]);
        assert.equal(test.asked().length - before, 1, "calls: the rest is known");
    });

    it("say that a failed deploy went back by itself, and how long it was broken", async () => {
        rollsBack("AutomatedRollback", bad);
        await test.told(inProd(good, "09:00:00"));
        await test.told(inProd(bad, "10:50:00", "FAILED"));
        const [{ happening, title, reason, by, durationSeconds }] = await test.told(stageEvent("prod", "SUCCEEDED"));
        assert.deepEqual(
            [happening, title, reason, by, durationSeconds],
            [
                "rolled-back",
                "orders was rolled back in prod from bbbbbbb to 9999999",
                "a deploy has failed",
                undefined,
                600,
            ],
        );
    });

    it("say for which alarm it went back", async () => {
        await test.told(started);
        const [{ reason, by }] = await test.told(stageEvent("prod", "SUCCEEDED"));
        assert.deepEqual([reason, by], ["the alarm orders-5xx was raised", "alarm orders-5xx"]);
    });

    it("believe the event where it says itself that it is one", async () => {
        known(execution).resolves({});
        const [{ title }] = await test.told(stageEvent("prod", "SUCCEEDED", { type: "ROLLBACK" }));
        assert.equal(title, "orders was rolled back in prod");
    });

    for (const [wanted, expected] of [
        [["recovered"], ["recovered"]],
        [["rolled-back", "recovered"], ["rolled-back"]],
        [["succeeded"], []],
    ] as const) {
        it(`tell who wants ${wanted.join(" and ")} after a failure of ${expected[0] ?? "nothing"}`, async () => {
            test = new TestWorld({ ...settings, notify: { all: wanted } });
            rollsBack("ManualRollback", "arn:aws:iam::111111111111:user/ben");
            await test.told(inProd(bad, "10:50:00", "FAILED"));
            assert.deepEqual(
                (await test.told(stageEvent("prod", "SUCCEEDED"))).map(({ happening }) => happening),
                expected,
            );
        });
    }

    it("say that one has begun because of an alarm", async () => {
        assert.deepEqual(await test.told(started), [
            {
                ...ofProd,
                id: "r-1#rolled-back",
                happening: "rolled-back",
                title: "orders is being rolled back in prod to 9999999: the alarm orders-5xx is raised",
                reason: "the alarm was raised after the release",
                advice: "Whether it helps, the end of the stage and the alarm tell.",
                by: "alarm orders-5xx",
                commit: { id: "9".repeat(40) },
                from: { id: "b".repeat(40) },
                links,
            },
        ]);
    });

    it("say that there is none, why not, and what to do", async () => {
        assert.deepEqual(await test.told(refused), [
            {
                ...ofProd,
                id: "r-1#rolled-back",
                happening: "rolled-back",
                execution: bad,
                title: "orders was NOT rolled back in prod, although the alarm orders-5xx is raised",
                reason: "no older execution in this version of the pipeline",
                advice: "Look at the alarm. Roll back by hand in the console (stage, Start rollback), or release a fix.",
                by: "alarm orders-5xx",
                commit: { id: "b".repeat(40) },
                links: { ...links, execution: links.execution.replace(execution, bad) },
            },
        ]);
    });

    for (const [refusal, title, advice] of [
        [
            "already",
            "orders is being rolled back in prod already: the alarm orders-5xx rose too",
            "Whether it helps, the end of the stage and the alarm tell.",
        ],
        [
            "over",
            "orders was NOT rolled back in prod: the alarm orders-5xx is over",
            "Look why the alarm came and went.",
        ],
    ] as const) {
        it(`ask nobody to roll back by hand, and page nobody, where there is none because of "${refusal}"`, async () => {
            const [notice] = await test.told({ ...refused, refusal });
            assert.deepEqual([notice.title, notice.advice, notice.settled], [title, advice, true]);
        });
    }

    for (const [title, event, expected] of [
        ["that has begun", started, "rolled-back"],
        ["that was refused", refused, "rollback-refused"],
        ["that was refused for a reason that has a name", { ...refused, refusal: "late" }, "rollback-refused-late"],
    ] as const) {
        it(`lead to the place of the runbook for one ${title}`, async () => {
            test = new TestWorld({ ...settings, runbook: "https://wiki/runbook" });
            const [{ links: all }] = await test.told(event);
            assert.equal(all.runbook, `https://wiki/runbook#${expected}`);
        });
    }

    it("say so where nothing is known of what is deployed", async () => {
        const { from: _, ...unknown } = refused;
        const [notice] = await test.told(unknown);
        assert.deepEqual(
            [notice.execution, notice.commit, notice.links],
            [undefined, undefined, { pipeline: links.pipeline }],
        );
    });
});
