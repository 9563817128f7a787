import * as assert from "node:assert/strict";
import { Later } from "../../../../functions/lib/errors";
import { noteFailure, noteSuccess } from "../../../../functions/notify/kept/stages";
import { MemoryTable } from "../../support/table";
import { stageEvent } from "../support/events";
import { at, execution } from "../support/world";

const failed = (clock: string) => stageEvent("prod", "FAILED", { id: `f-${clock}`, time: at(clock) });
const succeeded = (clock: string) =>
    stageEvent("prod", "SUCCEEDED", { id: `s-${clock}`, time: at(clock), execution: "other" });

describe("what is remembered of stages", () => {
    let memory: MemoryTable;
    const table = () => memory.table(() => at("12:00:00").getTime());
    beforeEach(() => (memory = new MemoryTable()));

    it("lies by pipeline and stage, with a version, for longer than AWS remembers", async () => {
        await noteFailure(table(), failed("10:00:00"));
        await noteFailure(table(), failed("10:30:00"));
        assert.deepEqual(memory.under("failing#shop--orders"), {
            prod: {
                value: {
                    S: JSON.stringify({
                        outcomes: [],
                        brokenSince: at("10:00:00"),
                        lastFailure: { time: at("10:30:00"), execution },
                    }),
                },
                version: { N: "2" },
                expires: { N: String(at("12:00:00").getTime() / 1000 + 400 * 24 * 60 * 60) },
            },
        });
    });

    it("says of a success the same, however often it is told", async () => {
        await noteFailure(table(), failed("10:00:00"));
        const outcome = {
            event: "s-11:00:00",
            brokenSince: at("10:00:00").toISOString(),
            before: { time: at("10:00:00").toISOString(), execution },
        };
        assert.deepEqual(await noteSuccess(table(), succeeded("11:00:00")), outcome);
        await noteFailure(table(), failed("11:10:00"));
        await noteSuccess(table(), succeeded("11:20:00"));
        assert.deepEqual(await noteSuccess(table(), succeeded("11:00:00")), outcome);
    });

    it("says of a failure that comes late when the stage has succeeded since", async () => {
        assert.equal(await noteFailure(table(), failed("10:00:00")), undefined);
        await noteSuccess(table(), succeeded("11:00:00"));
        assert.equal(await noteFailure(table(), failed("10:30:00")), at("11:00:00").toISOString());
    });

    it("is of one stage alone", async () => {
        await noteFailure(table(), failed("10:00:00"));
        const { brokenSince } = await noteSuccess(table(), { ...succeeded("11:00:00"), stage: "test" });
        assert.equal(brokenSince, undefined);
    });

    it("loses nothing of two who write at the same time", async () => {
        await Promise.all(["10:00:00", "10:10:00", "10:20:00"].map(clock => noteFailure(table(), failed(clock))));
        const { brokenSince } = await noteSuccess(table(), succeeded("11:00:00"));
        assert.equal(brokenSince, at("10:00:00").toISOString());
    });

    it("fails with a wait where others are always faster", async () => {
        let version = 100;
        memory.before = command => {
            if (command === "PutItemCommand") {
                memory.put({
                    pk: { S: "failing#shop--orders" },
                    sk: { S: "prod" },
                    value: { S: '{"outcomes":[]}' },
                    version: { N: String(version++) },
                });
            }
        };
        await assert.rejects(noteFailure(table(), failed("10:00:00")), Later);
        assert.equal(memory.sent.filter(command => command === "PutItemCommand").length, 5);
    });

    it("fails where the table does", async () => {
        memory.before = command => {
            if (command === "PutItemCommand") {
                throw new Error("no capacity");
            }
        };
        await assert.rejects(noteFailure(table(), failed("10:00:00")), { message: "no capacity" });
    });
});
