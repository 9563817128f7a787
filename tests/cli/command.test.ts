import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { projectFolder } from "../../cli/options";

const args = (run: string, otherwise = "") => [
    "-r",
    "ts-node/register",
    "-e",
    `const { UsageError } = require("./cli/options"); require("./cli/command").asCommand(${run}, ${JSON.stringify(otherwise)});`,
];

describe("a command", () => {
    const cases: readonly (readonly [string, string, string, number, string])[] = [
        ["what it returns", "() => 0", "", 0, ""],
        ["what it returns later", "async () => 1", "", 1, ""],
        [
            "2 for wrong usage",
            '() => { throw new UsageError("expected more"); }',
            "",
            2,
            "expected more\n--help tells the usage\n",
        ],
        [
            "2 for wrong usage, without the other word",
            'async () => { throw new UsageError("x"); }',
            "nothing was done",
            2,
            "x\n--help tells the usage\n",
        ],
        ["1 for what it refuses", '() => { throw new Error("no such file"); }', "", 1, "no such file\n"],
        [
            "1 for what it refuses, with its word",
            '() => { throw new Error("no"); }',
            "nothing was done",
            1,
            "no\nnothing was done\n",
        ],
        [
            "1 for a mistake of its own, by its name",
            '() => { throw new TypeError("x is not y"); }',
            "",
            1,
            "TypeError: x is not y\n",
        ],
        ["1 for what is no error", '() => { throw "odd"; }', "", 1, "odd\n"],
    ];
    for (const [title, run, otherwise, code, told] of cases) {
        it(`ends with ${title}`, () => {
            const { status, stdout, stderr } = spawnSync(process.execPath, args(run, otherwise), {
                cwd: projectFolder,
                encoding: "utf8",
            });
            assert.deepEqual([status, stdout, stderr], [code, "", told]);
        });
    }

    it("ends in silence when whoever reads it has seen enough", async () => {
        const many = '() => { for (let i = 0; i < 1e5; i++) process.stdout.write("line\\n"); return 0; }';
        const child = spawn(process.execPath, args(many), { cwd: projectFolder });
        let told = "";
        child.stderr.on("data", (text: Buffer) => (told += text.toString()));
        child.stdout.once("data", () => child.stdout.destroy());
        const [code] = (await once(child, "close")) as [number];
        assert.deepEqual([code, told], [0, ""]);
    });
});
