import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Later } from "../../../functions/lib/errors";
import type { Event } from "../../../functions/lib/event";
import { handle } from "../../../functions/notify/handle";
import { quiet } from "../support/quiet";
import { approvalEvent, pipelineEvent, stageEvent } from "./support/events";
import { settings, TestWorld } from "./support/world";

const everywhere = {
    ...settings,
    targets: { a: settings.targets.all, b: settings.targets.all, c: settings.targets.all },
    notify: { a: settings.notify.all, b: settings.notify.all, c: settings.notify.all },
};

describe("an event", () => {
    const failure = stageEvent("prod", "FAILED");

    it("is told to all targets, though one fails, and then to that one alone", async () => {
        const test = new TestWorld(everywhere);
        const tried: string[] = [];
        let broken = true;
        test.receive = (_, target) => {
            tried.push(target);
            if (target === "b" && broken) {
                throw new Error("b is broken");
            }
        };
        await assert.rejects(handle(failure, test.world), { message: "b is broken" });
        assert.deepEqual(tried.sort(), ["a", "b", "c"]);
        broken = false;
        await handle(failure, test.world);
        await handle(failure, test.world);
        assert.deepEqual(test.delivered.map(({ target }) => target).sort(), ["a", "b", "c"]);
    });

    it("waits as short as one of its targets wants", async () => {
        const test = new TestWorld(everywhere);
        test.receive = (_, target) => {
            if (target !== "c") {
                throw new Later(target === "a" ? 60 : 20, `${target} is busy`);
            }
        };
        await assert.rejects(handle(failure, test.world), { name: "Later", seconds: 20 });
        assert.deepEqual(
            test.delivered.map(({ target }) => target),
            ["c"],
        );
    });

    it("is told although what is done beside fails, and that is done although nobody can be told", async () => {
        const test = new TestWorld();
        const beside = [() => Promise.reject(new Error("no status")), ...test.world.beside];
        await assert.rejects(handle(failure, { ...test.world, beside }), { message: "no status" });
        assert.equal(test.delivered.length, 1);
        test.receive = () => Promise.reject(new Error("no target"));
        await assert.rejects(handle({ ...failure, id: "e-2" }, { ...test.world, beside }));
        assert.deepEqual([test.delivered.length, test.events.length], [1, 2]);
    });

    it("waits where CodePipeline is asked too much, and nothing is lost", async () => {
        const test = new TestWorld();
        test.aws.onAnyCommand().rejects(Object.assign(new Error("slow down"), { name: "ThrottlingException" }));
        await assert.rejects(handle(failure, test.world), { name: "Later", seconds: 30 });
        const calm = new TestWorld();
        await handle(failure, { ...test.world, facts: calm.world.facts });
        assert.equal(test.delivered.length, 1);
    });
});

/** Seconds since the beginning of a history. */
const time = (second: number) => new Date(Date.UTC(2026, 10, 27, 10) + second * 1000);

/** An event of a history, by its place in it. */
const eventAt = (kind: number, second: number): Event => {
    const at = { id: `e-${second}`, time: time(second), execution: `x-${second % 3}` };
    return [
        pipelineEvent("STARTED", at),
        pipelineEvent("STOPPED", at),
        stageEvent("prod", "FAILED", at),
        stageEvent("prod", "SUCCEEDED", at),
        stageEvent("test", "SUCCEEDED", at),
        stageEvent("Build", "FAILED", at),
        approvalEvent("STARTED", { ...at, actionExecution: at.id }),
        approvalEvent("FAILED", { ...at, actionExecution: at.id }),
    ][kind];
};

/** What may go wrong with one try. */
type Mishap = "cut" | "dies before" | "dies behind" | "fine" | "refuses" | "table";

describe("a history of events", () => {
    quiet();
    const happenings = fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 10 });
    const mishaps = fc.array(
        fc.constantFrom<Mishap>("cut", "dies before", "dies behind", "fine", "fine", "refuses", "table"),
        { maxLength: 40 },
    );

    /**
     * Sends every event, some of them twice, in an order that `order` gives, and sends again what has failed, as SQS does,
     * until nothing is left. Counts by event and target what receivers got, and how often nobody could know that they had.
     */
    async function played(kinds: readonly number[], order: readonly number[], mischief: readonly Mishap[]) {
        const test = new TestWorld(everywhere);
        const events = kinds.map((kind, second) => eventAt(kind, second));
        const left = [...mischief];
        const received = new Map<string, number>();
        const doubts = new Map<string, number>();
        const count = (of: Map<string, number>, key: string) => of.set(key, (of.get(key) ?? 0) + 1);
        let taken: string[] = [];
        let dead = false;
        const die = () => {
            dead = true;
            throw new Error("died");
        };
        test.receive = ({ id }, target) => {
            const mishap = dead ? die() : left.pop();
            if (mishap === "refuses") {
                throw new Later(1, "later");
            }
            if (mishap === "dies before") {
                die();
            }
            taken.push(`${id} ${target}`);
            if (mishap === "dies behind") {
                die();
            }
            if (mishap === "cut") {
                throw new Error("connection reset");
            }
        };
        test.memory.before = () => {
            if (dead || left.at(-1) === "table") {
                left.pop();
                throw new Error(dead ? "died" : "throttled");
            }
        };
        const isMarked = (key: string) => {
            const [id, target] = key.split(" ");
            const mark = test.memory.under(`done#${id}`)[target];
            return mark !== undefined && mark.claimed === undefined;
        };
        const queue = order.map(index => events[index % events.length]).concat(events);
        for (let tries = 0; queue.length > 0; tries++) {
            assert.ok(tries < 1000, "it never ends");
            const event = queue.shift() as Event;
            taken = [];
            dead = false;
            try {
                await handle(event, test.world);
            } catch {
                // It comes again behind the others, when the leases of the dead are over.
                test.clock += 6 * 60 * 1000;
                queue.push(event);
            }
            taken.forEach(key => count(received, key));
            taken.filter(key => !isMarked(key)).forEach(key => count(doubts, key));
        }
        return { events, received, doubts };
    }

    const told = [
        "started",
        "failed",
        "failed",
        "succeeded",
        "succeeded",
        "failed",
        "approval-needed",
        "approval-answered",
    ];

    it("is told whole, and nothing twice but what a receiver took without our knowing, whatever happens", async () => {
        const order = fc.array(fc.nat(), { maxLength: 20 });
        await fc.assert(
            fc.asyncProperty(happenings, order, mishaps, async (kinds, places, mischief) => {
                const { events, received, doubts } = await played(kinds, places, mischief);
                const expected = events.flatMap(({ id }, index) =>
                    ["a", "b", "c"].map(target => `${id}#${told[kinds[index]]} ${target}`),
                );
                assert.deepEqual([...received.keys()].sort(), expected.sort());
                for (const [key, times] of received) {
                    assert.ok(times <= 1 + (doubts.get(key) ?? 0), `${key} came ${times} times`);
                }
            }),
            { numRuns: 100 },
        );
    });

    it("tells of a recovery exactly behind the failure that it ends, where events come in order", async () => {
        const kinds = fc.array(fc.constantFrom(2, 3), { minLength: 1, maxLength: 10 });
        await fc.assert(
            fc.asyncProperty(kinds, fc.boolean(), async (kinds, twice) => {
                const test = new TestWorld();
                const told: string[] = [];
                for (const [second, kind] of kinds.entries()) {
                    for (let time = 0; time < (twice ? 2 : 1); time++) {
                        told.push(...(await test.told(eventAt(kind, second))).map(({ happening }) => happening));
                    }
                }
                assert.deepEqual(
                    told,
                    kinds.map((kind, index) =>
                        kind === 2 ? "failed" : kinds[index - 1] === 2 ? "recovered" : "succeeded",
                    ),
                );
            }),
            { numRuns: 50 },
        );
    });

    it("tells of each recovery once, though it is told late and other releases have come between", async () => {
        const kinds = fc.array(fc.constantFrom(2, 3), { minLength: 1, maxLength: 10 });
        await fc.assert(
            fc.asyncProperty(kinds, fc.func(fc.boolean()), async (kinds, fails) => {
                const test = new TestWorld({ ...settings, notify: { all: ["recovered"] } });
                const events = kinds.map((kind, second) => eventAt(kind, second));
                test.receive = ({ id }) => {
                    if (fails(id)) {
                        throw new Error("busy");
                    }
                };
                for (const event of events) {
                    await handle(event, test.world).catch(() => undefined);
                }
                test.receive = () => undefined;
                for (const event of events) {
                    await handle(event, test.world);
                }
                const expected = events.filter((_, index) => kinds[index] === 3 && kinds[index - 1] === 2);
                assert.deepEqual(
                    test.delivered.map(({ notice }) => notice.id).sort(),
                    expected.map(({ id }) => `${id}#succeeded`).sort(),
                );
            }),
            { numRuns: 50 },
        );
    });
});
