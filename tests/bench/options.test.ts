import * as assert from "node:assert/strict";
import { options, parts, UsageError } from "../../bench/fleet/options";

describe("the options of the bench", () => {
    it("are all parts at five sizes, three runs each, where nothing is said", () => {
        assert.deepEqual(options([]), {
            shape: "reference",
            sizes: [1, 10, 100, 500, 1000],
            engineSizes: [1, 100],
            runs: 3,
            only: new Set(parts),
            write: false,
            assert: false,
            help: false,
        });
    });

    it("are what is said", () => {
        const words = ["--sizes", "100,1,1", "--runs", "5", "--only", "cdk,edit", "--write", "--assert"];
        const { sizes, engineSizes, runs, only, write, assert: asserts } = options(words);
        assert.deepEqual([sizes, engineSizes, runs, [...only]], [[1, 100], [1, 100], 5, ["cdk", "edit"]]); // prettier-ignore
        assert.ok(write && asserts);
    });

    it("measure the engine at sizes that it can do, unless others are said", () => {
        assert.deepEqual(options(["--sizes", "10,100"]).engineSizes, [100]);
        assert.deepEqual(options(["--sizes", "10,100", "--engine-sizes", "500"]).engineSizes, [500]);
    });

    it("are 300 services for a monorepo, and none on the engine", () => {
        const { sizes, engineSizes } = options(["--shape", "monorepo"]);
        assert.deepEqual([sizes, engineSizes], [[300], []]);
    });

    for (const [title, words, message] of [
        ["a size that is no number", ["--sizes", "1,many"], /--sizes: .*1 to 10000, found "many"/],
        ["a size of nothing", ["--sizes", ""], /--sizes: .*found ""/],
        ["no run", ["--runs", "0"], /--runs: .*1 to 100, found "0"/],
        ["an unknown part", ["--only", "offline,all"], /--only: .*offline, cdk, engine, edit, suite, found "all"/],
        ["an unknown shape", ["--shape", "round"], /--shape: .*reference, monorepo, found "round"/],
        ["an unknown option", ["--size", "1"], /--size/],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.throws(() => options(words), (error: unknown) => error instanceof UsageError && message.test(error.message)); // prettier-ignore
        });
    }
});
