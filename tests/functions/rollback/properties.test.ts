import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { handle, type Tools } from "../../../functions/rollback/handle";
import { decide } from "../../../functions/rollback/target";
import { historyOf } from "../../../functions/rollback/history";
import { answered, minute, noon, risen, World, type Execution } from "./support/pipeline";

/** What may come to a stage: a release, an edit of the pipeline, a rollback to some release. */
const event = fc.oneof(
    {
        weight: 5,
        arbitrary: fc
            .constantFrom("Succeeded", "Succeeded", "Succeeded", "Failed", "Skipped")
            .map(status => ({ status }) as const),
    },
    { weight: 1, arbitrary: fc.constant({ edit: true } as const) },
    { weight: 2, arbitrary: fc.nat(10).map(back => ({ back })) },
);

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** A stage to which `events` have come, one every ten minutes; what AWS would refuse does not happen. */
function worldAfter(events: readonly Event[]): World {
    const world = new World();
    events.forEach((one, index) => {
        const entered = noon - 60 * minute * 10 + index * 10 * minute;
        if ("edit" in one) {
            world.version += 1;
        } else if ("status" in one) {
            world.release(`release-${index}`, { status: one.status, entered, started: entered - 25 * minute });
        } else {
            const targets = targetsIn(world);
            const target = targets.at(one.back % Math.max(1, targets.length));
            if (target !== undefined) {
                world.release(`back-${index}`, { type: "ROLLBACK", target: target.id, entered, started: entered });
            }
        }
    });
    return world;
}

const targetsIn = ({ executions, version }: World) =>
    executions.filter(one => one.type === "STANDARD" && one.status === "Succeeded" && one.version === version);

/** What ran before the last of `successes`, followed by hand from the first to the last. */
function ranBefore(successes: readonly Execution[]): string | undefined {
    const running = successes.map(one => one.target ?? one.id);
    return running.at(-2);
}

describe("rollback, over generated histories", () => {
    const { log, error } = console;

    before(() => {
        console.log = () => undefined;
        console.error = () => undefined;
    });
    after(() => {
        console.log = log;
        console.error = error;
    });

    it("goes to what ran before: never what is deployed, never a rollback, never another version", async () => {
        let gone = 0;
        await fc.assert(
            fc.asyncProperty(fc.array(event, { maxLength: 14 }), async events => {
                const world = worldAfter(events);
                const history = await historyOf(
                    { pipeline: "shop--orders", stage: "prod" },
                    world.tools().codepipeline,
                );
                assert.ok(history);
                const decision = decide("prod", { alarm: "orders-5xx", since: new Date(noon) }, history);
                if ("refusal" in decision) {
                    return;
                }
                gone += 1;
                const target = world.executions.find(({ id }) => id === decision.target);
                const successes = world.executions.filter(
                    ({ status, version }) => status === "Succeeded" && version === world.version,
                );
                assert.deepEqual(
                    [target?.type, target?.version, target?.status],
                    ["STANDARD", world.version, "Succeeded"],
                );
                assert.notEqual(decision.target, decision.from);
                assert.equal(decision.from, successes.at(-1)?.id);
                assert.equal(decision.target, ranBefore(successes));
            }),
            { numRuns: 300 },
        );
        assert.ok(gone > 20, `only ${gone} rollbacks`);
    });

    it("asks AWS once for each release, whatever is delivered twice, at the same time, lost or cut off", async () => {
        const fault = fc.record({
            command: fc.constantFrom(
                "RollbackStageCommand",
                "SendMessageCommand",
                "GetPipelineStateCommand",
                "GetPipelineExecutionCommand",
                "DescribeAlarmsCommand",
                "PutItemCommand",
                "UpdateItemCommand",
                "DeleteItemCommand",
                "QueryCommand",
            ),
            done: fc.boolean(),
            how: fc.constantFrom("lost", "dies", "ThrottlingException"),
        });
        const delivery = fc.record({
            alarm: fc.constantFrom("orders-5xx", "orders-latency"),
            together: fc.boolean(),
            seconds: fc.nat(400),
            ends: fc.boolean(),
            faults: fc.array(fault, { maxLength: 2 }),
        });
        let gone = 0;
        await fc.assert(
            fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 8 }), async deliveries => {
                const world = new World().release("older").release("good").release("bad");
                world.alarms.set("orders-latency", "ALARM");
                let running: Promise<unknown>[] = [];
                for (const { alarm, together, seconds, ends, faults } of deliveries) {
                    if (!together) {
                        await Promise.all(running);
                        running = [];
                        world.now += seconds * 1000;
                    }
                    const rollback = world.executions.find(({ type }) => type === "ROLLBACK");
                    if (ends && rollback !== undefined) {
                        rollback.status = "Succeeded";
                    }
                    running.push(delivered(world, risen({}, alarm, `event of ${alarm}`), faults));
                }
                await Promise.all(running);
                // In the end everything works, and all copies come once more.
                for (const alarm of ["orders-5xx", "orders-latency"]) {
                    for (let again = 0; again < 3; again += 1) {
                        world.now += 301_000;
                        await delivered(world, risen({}, alarm, `event of ${alarm}`));
                    }
                }
                assert.ok(world.begun.length <= 1, `began ${world.begun.join(", ")}`);
                assert.deepEqual(
                    world.begun.filter(target => target !== "good"),
                    [],
                );
                // Everybody hears of both alarms, and of the rollback if there was one.
                assert.equal(new Set(world.told.map(({ id }) => id)).size, 2);
                assert.equal(
                    new Set(
                        world.told.flatMap(({ detail }) => (detail.started ? [JSON.stringify(detail.started)] : [])),
                    ).size,
                    world.begun.length,
                );
                gone += world.begun.length;
            }),
            { numRuns: 300 },
        );
        assert.ok(gone > 100, `only ${gone} rollbacks`);
    });
});

interface Fault {
    readonly command: string;
    /** Whether AWS has done it when it goes wrong. */
    readonly done: boolean;
    readonly how: string;
}

interface Client {
    send(command: object): Promise<unknown>;
}

/** The tools of one delivery, in which each of `faults` happens once. A function that dies gets nothing more done. */
function breaking(tools: Tools, faults: readonly Fault[]): Tools {
    const left = new Set(faults);
    let dead = false;
    const happens = (name: string, done: boolean) => {
        const fault = [...left].find(({ command, done: after }) => command === name && after === done);
        if (fault !== undefined) {
            left.delete(fault);
            dead = fault.how === "dies";
            throw fault.how === "ThrottlingException" && !done ? answered(fault.how) : new Error("time-out");
        }
    };
    const wrapped = <T>(client: T): T => {
        const send = async (command: object) => {
            const { name } = command.constructor;
            assertAlive(dead);
            happens(name, false);
            const answer = await (client as Client).send(command);
            assertAlive(dead);
            happens(name, true);
            return answer;
        };
        return { send } as T;
    };
    const { asking, codepipeline, cloudwatch, sqs, table } = tools;
    return {
        ...tools,
        asking: wrapped(asking),
        codepipeline: wrapped(codepipeline),
        cloudwatch: wrapped(cloudwatch),
        sqs: wrapped(sqs),
        table: { ...table, dynamodb: wrapped(table.dynamodb) },
    };
}

function assertAlive(dead: boolean): void {
    if (dead) {
        throw new Error("dead");
    }
}

/** One delivery; what it throws brings the message back. */
const delivered = (world: World, body: unknown, faults: readonly Fault[] = []): Promise<void> =>
    handle(body, breaking(world.tools(), faults)).catch(() => undefined);
