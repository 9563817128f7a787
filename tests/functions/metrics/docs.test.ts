import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { basicUnits, stageUnits } from "../../../functions/metrics/metric";
import { bad, deploy, history, linesOf, minute, script, undoing } from "./support/histories";
import { production } from "./support/pipeline";
import { epoch, fine, type Script } from "./support/simulator";
import { valuesOf } from "./support/stand";

const page = readFileSync(join(__dirname, "../../../docs/metrics.md"), "utf8");

/** An execution whose commit is an hour older than itself, so many minutes after the first. */
const since = (minutes: number, each: Script): Script => ({ ...each, age: (60 - minutes) * minute });

const example = history(
    [
        since(0, script(0, 1)),
        since(20, script(20, 2, bad("fail", deploy, "retry-failed"))),
        since(40, { gap: 20 * minute, commit: 3, tries: [fine, bad("fail", 0)] }),
        since(60, script(20, 4)),
    ],
    { undoings: [undoing(90, 1)] },
);

/** What the table says of a time of day: numbers, by the metric before them. */
const told = (text: string) =>
    Object.fromEntries(
        [...text.matchAll(/`(\w+)` (\d+)(?: and (\d+))?/g)].map(([, name, ...numbers]) => [
            name,
            numbers.filter(number => number !== undefined).map(Number),
        ]),
    );

describe("docs/metrics.md", () => {
    it("has an example with the values that the function gives", async () => {
        const rows = [...page.matchAll(/^\| (\d\d:\d\d) +\| .*? +\| (.*?) *\|$/gm)]
            .map(([, time, text]) => [time, told(text)] as const)
            .filter(([, values]) => Object.keys(values).length > 0);
        const lines = (await linesOf(example)).filter(({ kind, Stage }) => kind === "stage" && Stage === production);
        const times = ["09:09", "09:28", "09:35", "10:09", "10:33"];
        assert.deepEqual(
            rows,
            lines.map((fields, index) => [
                times[index],
                Object.fromEntries(
                    Object.entries(valuesOf(fields))
                        .filter(([name]) => name in basicUnits)
                        // A rollback takes a second to begin.
                        .map(([name, value]) => [
                            name,
                            [value].flat().map(each => (each === 1 ? 1 : Math.round((each as number) / 60) * 60)),
                        ]),
                ),
            ]),
        );
        assert.equal(new Date(epoch).toISOString().slice(11, 16), "09:00");
    });

    it("says what each metric is, and its unit", () => {
        for (const [name, unit] of Object.entries({ ...basicUnits, ...stageUnits })) {
            const row = page.split("\n").find(line => line.startsWith("|") && line.includes(`\`${name}\``));
            assert.ok(row?.split("|")[2].trim() === unit, name);
        }
    });
});
