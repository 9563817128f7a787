import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../cli/options";
import { readDurations, type DurationsFile } from "../../../cli/release-time/durations-file";
import { planOf, stackFile } from "../../support/plans";

const { pipelines } = planOf(stackFile());
const [{ name, stages }] = pipelines;
const build = { medianMinutes: 4.5, p90Minutes: 6, count: 7 };

const sound: DurationsFile = {
    version: 1,
    stack: "dev",
    account: "111111111111",
    region: "eu-west-1",
    at: "2026-11-24T10:00:00.000Z",
    executions: 20,
    pipelines: { [name]: { service: "orders", executions: 7, stages: { Source: { source: build } }, approvals: {} } },
};

describe("a file of measured durations", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "durations-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    const read = (content: unknown) => {
        const file = join(folder, "durations.json");
        writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
        return readDurations(file, pipelines);
    };
    const withPipelines = (more: DurationsFile["pipelines"]) => read({ ...sound, pipelines: more });

    it("tells the median of what was measured, and nothing of all else", () => {
        const { measured, at, stale } = read(sound);
        assert.deepEqual([at, stale], [sound.at, []]);
        assert.deepEqual(measured.minutes(name, "Source", "source"), { minutes: 4.5, count: 7 });
        for (const place of [
            [name, "Source", "other"],
            [name, "Build", "source"],
            ["other", "Source", "source"],
            ["constructor", "Source", "source"],
            [name, "constructor", "name"],
            [name, "Source", "toString"],
        ] as const) {
            const [pipeline, stage, action] = place;
            assert.equal(measured.minutes(pipeline, stage, action), undefined);
        }
    });

    it("tells what the stack does not have any more, and reads the rest", () => {
        const one = sound.pipelines[name];
        const { stale, measured } = withPipelines({
            [name]: {
                ...one,
                stages: { ...one.stages, Old: { a: build, b: build }, Source: { source: build, c: build } },
            },
            gone: one,
        });
        assert.deepEqual(stale, [
            `pipeline ${name} has no Source/c, Old/a, Old/b`,
            "pipeline gone is not in the stack",
        ]);
        assert.equal(measured.minutes(name, "Source", "source")?.minutes, 4.5);
        assert.ok(stages.length > 1);
    });

    it("refuses what is of another stack, in one line", () => {
        assert.throws(
            () => withPipelines({ gone: sound.pipelines[name], lost: sound.pipelines[name] }),
            /durations\.json: none of its pipelines is in this stack: it was measured on the stack dev$/,
        );
        assert.deepEqual(withPipelines({}).stale, []);
    });

    for (const [title, content, message] of [
        ["what is no JSON", "{", /durations\.json: expected JSON, as `npm run durations` writes it: /],
        ["an empty file", "", /expected JSON/],
        [
            "a list",
            [],
            /durations\.json: no durations, as `npm run durations` writes them: the file: .*expected object/,
        ],
        ["null", null, /the file: .*expected object/],
        ["another version", { ...sound, version: 2 }, /expected version 1 of the file, found 2: write it anew/],
        ["no version", { ...sound, version: undefined }, /: version: /],
        ["a key too many", { ...sound, more: 1 }, /Unrecognized key: "more"$/],
        [
            "minutes that are none, with the place, and how much else is wrong",
            {
                ...sound,
                pipelines: {
                    [name]: {
                        ...sound.pipelines[name],
                        stages: { Source: { source: { ...build, medianMinutes: -1, count: 0 } } },
                    },
                },
            },
            /: pipelines\.[\w-]+\.stages\.Source\.source\.medianMinutes: .* \(and 1 more\)$/,
        ],
    ] as const) {
        it(`refuses ${title}, in one line`, () => {
            assert.throws(
                () => read(content),
                (error: unknown) => {
                    assert.ok(error instanceof Error && !(error instanceof UsageError));
                    assert.match(error.message, message);
                    assert.equal(error.message.split("\n").length, 1);
                    return true;
                },
            );
        });
    }

    it("says how one is made where there is none", () => {
        assert.throws(
            () => readDurations(join(folder, "none.json"), pipelines),
            (error: unknown) =>
                error instanceof UsageError &&
                /no file ".*none\.json"; `npm run durations` makes one$/.test(error.message),
        );
    });
});
