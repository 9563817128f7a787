import * as assert from "node:assert/strict";
import { Later, Malformed } from "../../../functions/lib/queue";
import { eventOf } from "../../../functions/lib/parse";
import { answered, minute, noon, risen, World } from "./support/pipeline";

const twoReleases = () => new World().release("good").release("bad");

/** Throws `error` the first time that `command` is sent. */
function onceAt(command: string, error: Error) {
    let thrown = false;
    return (name: string) => {
        if (name === command && !thrown) {
            thrown = true;
            throw error;
        }
    };
}

const refusalsOf = ({ told }: World) => told.map(({ detail }) => detail.refusal);

describe("rollback", () => {
    const { log } = console;

    before(() => {
        console.log = () => undefined;
    });
    after(() => {
        console.log = log;
    });

    it("goes back to the release before, and tells notify of it", async () => {
        const world = twoReleases();
        await world.handle(risen());
        assert.deepEqual(world.begun, ["good"]);
        assert.deepEqual(world.told, [
            {
                id: "event-1#shop--orders#prod",
                time: "2026-01-15T12:00:00.000Z",
                source: "service-pipelines",
                "detail-type": "Rollback",
                detail: {
                    pipeline: "shop--orders",
                    stage: "prod",
                    alarm: "orders-5xx",
                    started: { execution: "rollback-1", target: "good" },
                    from: "bad",
                    reason: "the alarm orders-5xx rose after the release bad: Threshold Crossed",
                },
            },
        ]);
        const told = eventOf(world.told[0]);
        assert.deepEqual([told.kind, told.id], ["rollback", "event-1#shop--orders#prod"]);
    });

    it("tells of two stages that one alarm is named by under two ids", async () => {
        const world = twoReleases();
        await world.handle(risen());
        await world.handle({ ...risen(), stage: "staging" });
        assert.deepEqual(
            world.told.map(({ id }) => id),
            ["event-1#shop--orders#prod", "event-1#shop--orders#staging"],
        );
        assert.deepEqual(refusalsOf(world), [undefined, "gone"]);
    });

    for (const [title, change] of [
        ["goes down", { state: { value: "OK" }, previousState: { value: "ALARM" } }],
        ["lacks data", { state: { value: "INSUFFICIENT_DATA" }, previousState: { value: "OK" } }],
        ["stays raised", { previousState: { value: "ALARM" } }],
    ] as const) {
        it(`does nothing, and asks nobody, when the alarm ${title}`, async () => {
            const world = twoReleases();
            await world.handle(risen(change));
            assert.deepEqual([world.sent, world.table.sent, world.told], [[], [], []]);
        });
    }

    it("counts a rise from too little data", async () => {
        const world = twoReleases();
        await world.handle(risen({ previousState: { value: "INSUFFICIENT_DATA" } }));
        assert.deepEqual(world.begun, ["good"]);
    });

    for (const [title, body] of [
        ["no object", "rise"],
        ["no event", { ...risen(), event: undefined }],
        [
            "another event",
            { ...risen(), event: { ...risen().event, "detail-type": "Tick", source: "service-pipelines" } },
        ],
        ["no stage", { ...risen(), stage: "" }],
        ["no pipeline", { ...risen(), pipeline: 7 }],
    ] as const) {
        it(`fails for good on ${title}`, async () => {
            const world = twoReleases();
            await assert.rejects(world.handle(body), Malformed);
            assert.deepEqual(world.sent, []);
        });
    }

    for (const [refusal, prepare, message] of [
        ["late", (world: World) => (world.now = noon + 59 * minute + 1), /more than an hour .* roll back by hand/],
        ["over", (world: World) => world.alarms.set("orders-5xx", "OK"), /is over by itself: it is OK/],
        ["over", (world: World) => world.alarms.clear(), /is not there any more/],
        [
            "gone",
            (world: World) => (world.before = onceAt("GetPipelineStateCommand", answered("PipelineNotFoundException"))),
            /no pipeline shop--orders any more/,
        ],
        [
            "by-aws",
            (world: World) =>
                (world.before = onceAt("RollbackStageCommand", answered("PipelineExecutionOutdatedException"))),
            /AWS does not roll prod back to the release good: PipelineExecutionOutdatedException/,
        ],
        [
            "by-aws",
            (world: World) => (world.before = onceAt("RollbackStageCommand", answered("AccessDeniedException"))),
            /AccessDeniedException/,
        ],
    ] as const) {
        it(`fails to go back: ${refusal}, ${String(message)}`, async () => {
            const world = twoReleases();
            prepare(world);
            await world.handle(risen());
            assert.deepEqual([world.begun, refusalsOf(world)], [[], [refusal]]);
            assert.match(String(world.told[0].detail.reason), message);
        });
    }

    it("goes back until the last moment of the hour", async () => {
        const world = twoReleases();
        world.now = noon + 59 * minute;
        await world.handle(risen());
        assert.deepEqual(world.begun, ["good"]);
    });

    it("fails to go back while the alarm is muted: somebody wants nothing to be done", async () => {
        const world = twoReleases();
        await world.handle(
            risen({ muteDetail: { mutedByArn: "arn:aws:cloudwatch:eu-west-1:111111111111:alarm-mute-rule:m" } }),
        );
        assert.deepEqual([world.begun, refusalsOf(world)], [[], ["muted"]]);
    });

    it("fails to go back to a release that began before an edit, whatever the list says", async () => {
        const world = new World().release("good", { version: 2 }).release("bad");
        world.late = true;
        await world.handle(risen());
        assert.deepEqual([world.begun, refusalsOf(world)], [[], ["no-target"]]);
        assert.match(String(world.told[0].detail.reason), /good was started before the pipeline was last edited/);
    });

    it("handles a rise once, however often it is told of it", async () => {
        const world = twoReleases();
        await world.handle(risen());
        await world.handle(risen());
        await world.handle(risen());
        assert.deepEqual([world.begun, world.told.length], [["good"], 1]);
    });

    it("goes back once for two alarms, one after the other", async () => {
        const world = twoReleases();
        world.alarms.set("orders-latency", "ALARM");
        await world.handle(risen());
        await world.handle(risen({}, "orders-latency", "event-2"));
        assert.deepEqual([world.begun, refusalsOf(world)], [["good"], [undefined, "already"]]);
    });

    it("goes back once for two alarms that see the same release at the same time", async () => {
        const world = twoReleases();
        world.alarms.set("orders-latency", "ALARM");
        let waiting: (() => void)[] = [];
        world.before = name =>
            name !== "RollbackStageCommand"
                ? undefined
                : new Promise<void>(resolve => {
                      waiting.push(resolve);
                  });
        const second = world.handle(risen({}, "orders-latency", "event-2"));
        const first = world.handle(risen());
        for (let turn = 0; turn < 100; turn += 1) {
            await Promise.resolve();
        }
        assert.equal(waiting.length, 1, "only one asks AWS");
        waiting.forEach(go => go());
        waiting = [];
        await Promise.all([first, second]);
        assert.deepEqual([world.begun, refusalsOf(world).sort()], [["good"], ["already", undefined]]);
    });

    it("goes back no further when the alarm rises again", async () => {
        const world = new World().release("older").release("good").release("bad");
        await world.handle(risen());
        world.executions[3].status = "Succeeded";
        world.now += 5 * minute;
        const again = risen({}, "orders-5xx", "event-2");
        await world.handle({ ...again, event: { ...again.event, time: new Date(world.now).toISOString() } });
        assert.deepEqual([world.begun, refusalsOf(world)], [["good"], [undefined, "of-a-rollback"]]);
    });

    it("goes back from the next bad release too, and past the one that it went back from", async () => {
        const world = twoReleases();
        await world.handle(risen());
        world.executions[2].status = "Succeeded";
        world.release("worse", { entered: noon + minute, started: noon });
        world.now = noon + 10 * minute;
        const again = risen({}, "orders-5xx", "event-2");
        await world.handle({ ...again, event: { ...again.event, time: new Date(world.now).toISOString() } });
        assert.deepEqual(world.begun, ["good", "good"]);
    });
});

describe("rollback, when something goes wrong", () => {
    const { log } = console;

    before(() => {
        console.log = () => undefined;
    });
    after(() => {
        console.log = log;
    });

    for (const name of ["ConflictException", "ThrottlingException"]) {
        it(`tries later when AWS says ${name}, and then goes back`, async () => {
            const world = twoReleases();
            world.before = onceAt("RollbackStageCommand", answered(name));
            await assert.rejects(
                world.handle(risen()),
                (error: unknown) => error instanceof Later && error.seconds === 30,
            );
            assert.deepEqual([world.begun, world.told], [[], []]);
            await world.handle(risen());
            assert.deepEqual([world.begun, refusalsOf(world)], [["good"], [undefined]]);
        });
    }

    it("tries later when AWS is too busy to be read", async () => {
        const world = twoReleases();
        world.before = onceAt("ListActionExecutionsCommand", answered("ThrottlingException"));
        await assert.rejects(world.handle(risen()), Later);
        await world.handle(risen());
        assert.deepEqual(world.begun, ["good"]);
    });

    it("finds the rollback whose answer was lost, and asks for no second one", async () => {
        const world = twoReleases();
        world.after = onceAt("RollbackStageCommand", new Error("socket hang up"));
        await assert.rejects(world.handle(risen()), /socket hang up/);
        world.executions[2].status = "Succeeded";
        await world.handle(risen());
        assert.deepEqual(
            [world.begun, world.told.map(({ detail }) => detail.started)],
            [["good"], [{ execution: "rollback-1", target: "good" }]],
        );
    });

    it("waits until a lost rollback would show before it asks again", async () => {
        const world = twoReleases();
        world.before = onceAt("RollbackStageCommand", answered("InternalFailure", "server"));
        await assert.rejects(world.handle(risen()), /InternalFailure/);
        await assert.rejects(world.handle(risen()), (error: unknown) => error instanceof Later && error.seconds === 60);
        world.now += 59_000;
        await assert.rejects(world.handle(risen()), (error: unknown) => error instanceof Later && error.seconds === 1);
        assert.deepEqual(world.begun, []);
        world.now += 1000;
        await world.handle(risen());
        assert.deepEqual([world.begun, refusalsOf(world)], [["good"], [undefined]]);
    });

    it("tells why not, where a lost rollback has become impossible, and lets another alarm ask", async () => {
        const world = twoReleases();
        world.before = onceAt("RollbackStageCommand", new Error("time-out"));
        await assert.rejects(world.handle(risen()), /time-out/);
        world.alarms.set("orders-5xx", "OK").set("orders-latency", "ALARM");
        world.now += minute;
        await world.handle(risen());
        await world.handle(risen({}, "orders-latency", "event-2"));
        assert.deepEqual([world.begun, refusalsOf(world)], [["good"], ["over", undefined]]);
    });

    it("only tells, when telling failed after the rollback had begun", async () => {
        const world = twoReleases();
        world.before = onceAt("SendMessageCommand", new Error("the queue is away"));
        await assert.rejects(world.handle(risen()), /the queue is away/);
        world.executions[2].status = "Succeeded";
        await world.handle(risen());
        assert.deepEqual([world.begun, world.told.length, refusalsOf(world)], [["good"], 1, [undefined]]);
    });

    it("keeps another alarm off while nobody knows whether the rollback has begun", async () => {
        const world = twoReleases();
        world.alarms.set("orders-latency", "ALARM");
        world.before = onceAt("RollbackStageCommand", new Error("time-out"));
        await assert.rejects(world.handle(risen()), /time-out/);
        await world.handle(risen({}, "orders-latency", "event-2"));
        assert.deepEqual([world.begun, refusalsOf(world)], [[], ["already"]]);
    });
});
