import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Later } from "../../../functions/lib/errors";
import { expected } from "./support/reference";
import { hour, scenarios } from "./support/scenarios";
import { simulate, type World } from "./support/simulator";
import { fieldsOf, Stand, valuesOf } from "./support/stand";

/** A delivery: which event, how much later, and whether once more. */
interface Delivery {
    readonly rank: number;
    readonly delay: number;
    readonly twice: boolean;
}

const deliveries = fc.infiniteStream(
    fc.record({
        rank: fc.nat(1_000_000),
        delay: fc.oneof(fc.constant(0), fc.nat(60_000), fc.nat(100 * hour)),
        twice: fc.boolean(),
    }),
);

async function outcome(world: World, how: Iterator<Delivery>): Promise<Map<string, unknown>> {
    const stand = new Stand(world);
    const parcels = world.told
        .map(event => ({ event, ...(how.next().value as Delivery) }))
        .flatMap(parcel => (parcel.twice ? [parcel, { ...parcel, rank: parcel.rank / 2 }] : [parcel]))
        .sort((a, b) => a.rank - b.rank);
    for (const { event, delay } of parcels) {
        await stand.deliver(event, event.at + delay);
    }
    assert.equal(stand.lines.length, world.told.length, "lines");
    return new Map(stand.lines.map(fieldsOf).map(fields => [String(fields.id), valuesOf(fields)]));
}

const sorted = (values: ReadonlyMap<string, unknown>) => Object.fromEntries([...values].sort());

describe("metrics of random histories", function () {
    this.timeout(120_000);

    it("are those of a plain calculation, in whichever order and however often events come", async () => {
        await fc.assert(
            fc.asyncProperty(scenarios, deliveries, async (scenario, how) => {
                const world = simulate(scenario);
                assert.deepEqual(sorted(await outcome(world, how[Symbol.iterator]())), sorted(expected(world)));
            }),
            { numRuns: 80 },
        );
    });

    it("wait until the API tells what the event tells", async () => {
        await fc.assert(
            fc.asyncProperty(scenarios, async scenario => {
                const world = simulate(scenario);
                const stand = new Stand(world);
                for (const event of world.told.filter(({ kind, runs }) => kind !== "pipeline" && runs?.length !== 0)) {
                    const early = stand.deliver(event, event.at - 1);
                    if (event.kind === "action") {
                        await assert.rejects(early, Later);
                    } else {
                        await early.catch((error: unknown) => assert.ok(error instanceof Later, String(error)));
                    }
                    await stand.deliver(event, event.at);
                }
                assert.equal(new Set(stand.lines.map(line => fieldsOf(line).id)).size, stand.lines.length);
            }),
            { numRuns: 30 },
        );
    });
});
