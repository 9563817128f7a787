import * as assert from "node:assert/strict";
import { format } from "prettier";
import { median, ratio } from "../../bench/fleet/arithmetic";
import { page } from "../../bench/fleet/results";
import { against, medians, wholeProcess, type Column, type Row } from "../../bench/fleet/rows";
import { shown, table } from "../../bench/fleet/table";
import { growthOf, targets, verdicts } from "../../bench/fleet/targets";

const measured = (wallSeconds: number) => ({ wallSeconds, cpuSeconds: 2 * wallSeconds, peakBytes: 1e6 * wallSeconds });
const runs = (...all: readonly [Column, ...number[]][]) =>
    new Map(all.map(([column, ...times]) => [column, times.map(measured)] as const));

describe("the arithmetic of the bench", () => {
    it("takes the middle value by size, and the mean of two", () => {
        assert.equal(median([10, 9, 100]), 10);
        assert.equal(median([4, 1, 3, 2]), 2.5);
        assert.throws(() => median([]), RangeError);
    });

    it("compares pair by pair, not median by median", () => {
        assert.equal(ratio([1, 2, 9], [2, 4, 3]), 0.5);
        assert.equal(ratio([1, 9, 8], [2, 3, 4]), 2);
        assert.throws(() => ratio([1], [1, 2]), RangeError);
    });
});

describe("a row of the bench", () => {
    it("is a median at each size", () => {
        const [wall, cpu, memory] = wholeProcess("preview", runs([1, 3, 1, 2], [10, 5]));
        assert.deepEqual([wall.name, wall.unit, [...wall.figures]], ["preview: wall", "s", [[1, 2], [10, 5]]]); // prettier-ignore
        assert.deepEqual([cpu.unit, cpu.figures.get(1), memory.unit, memory.figures.get(10)], ["s", 4, "MB", 5]);
    });

    it("compares only what both ran at", () => {
        const row = against("ours ÷ theirs", "wall", runs([1, 1], [10, 2]), runs([10, 8], [100, 1]));
        assert.deepEqual([...row.figures], [[10, 0.25]]);
    });

    it("grows from 100 to 1,000 services where both were measured, but for a ratio", () => {
        const [wall] = wholeProcess("preview", runs([100, 2], [1000, 17]));
        assert.equal(growthOf(wall), 8.5);
        assert.equal(growthOf({ ...wall, unit: "ratio" }), undefined);
        assert.equal(growthOf(wholeProcess("preview", runs([100, 2]))[0]), undefined);
        assert.equal(growthOf(wholeProcess("preview", runs([100, 0], [1000, 2]))[0]), undefined);
    });
});

describe("the targets of the bench", () => {
    it("ask more of a larger fleet", () => {
        const most = [1, 10, 100, 300, 500, 1000].map(size => targets.synth(size)?.most);
        assert.deepEqual(most, [1 / 2, 1 / 2, 1 / 5, 1 / 5, 1 / 6, 1 / 6]);
    });

    it("fail a command for ratios alone", () => {
        const all = [
            targets.synth(100),
            targets.growth,
            targets.engine(100),
            targets.previewMemory(1000),
            targets.planning(1000),
            targets.start(),
            targets.service(),
            targets.engineStart(1),
        ];
        assert.deepEqual(
            all.map(target => target?.asserted),
            [true, true, true, false, false, false, false, false],
        );
    });

    it("are met by what is as much, and told with the size", () => {
        const row: Row = {
            name: "preview",
            unit: "s",
            figures: new Map([[10, 1], [100, 10], [1000, 101]]), // prettier-ignore
            target: column => (column === 10 ? undefined : { most: 10, asserted: false }),
            growth: targets.growth,
        };
        assert.deepEqual(
            verdicts([row]).map(({ figure, met, target }) => [figure, met, target.asserted]),
            [
                ["preview, 100", true, false],
                ["preview, 1000", false, false],
                ["preview, growth", false, true],
            ],
        );
    });
});

describe("the table of the bench", () => {
    const rows: readonly Row[] = [
        ...wholeProcess("preview", runs([1000, 17], [100, 2]), { wall: { growth: targets.growth } }),
        against("preview ÷ cdk", "wall", runs([100, 2], [1000, 17]), runs([100, 8], [1000, 170]), {
            target: targets.synth,
        }),
        medians("start", "s", runs(["any", 1.4]), ({ wallSeconds }) => wallSeconds, { target: targets.start }),
    ];

    it("has a column for each size, and one for growth", () => {
        assert.equal(
            table(rows),
            [
                "|                     | unit |                     100 |                1,000 |           any size |         1,000 ÷ 100 |",
                "| ------------------- | ---- | ----------------------: | -------------------: | -----------------: | ------------------: |",
                "| preview: wall       | s    |                    2.00 |                17.00 |                    | 8.50 (≤ 10.00: met) |",
                "| preview: CPU        | s    |                    4.00 |                34.00 |                    |                8.50 |",
                "| preview: memory     | MB   |                       2 |                   17 |                    |                8.50 |",
                "| preview ÷ cdk: wall |      | 0.250 (≤ 0.200: missed) | 0.100 (≤ 0.167: met) |                    |                     |",
                "| start               | s    |                         |                      | 1.40 (≤ 1.50: met) |                     |",
            ].join("\n"),
        );
    });

    it("is as Prettier would write it", async () => {
        assert.equal(await format(table(rows), { parser: "markdown" }), `${table(rows)}\n`);
    });

    it("is nothing where nothing was measured, and the page is one of Prettier's too", async () => {
        assert.equal(table([]), "");
        for (const text of [page(["Date: today"], table(rows), ["skipped"]), page(["Date: today"], "", [])]) {
            assert.equal(await format(text, { parser: "markdown" }), text);
        }
    });

    it("shows each unit with the digits that count", () => {
        assert.deepEqual(
            [
                shown(1.234, "s"),
                shown(1234.5, "MB"),
                shown(0.16666, "ratio"),
                shown(1.3333, "ratio"),
                shown(1200, "count"),
            ],
            ["1.23", "1,235", "0.167", "1.33", "1,200"],
        );
    });
});
