import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../cli/options";

/** What cli/cache.js has: it is plain JavaScript. */
interface Cache {
    readonly keyOf: (...parts: readonly string[]) => string;
    readonly cacheIn: (folder: string) => {
        readonly cached: (name: string, key: string, make: () => string) => string;
        readonly entryFile: (name: string, key: string) => string;
    };
}

describe("what is kept of what was made", () => {
    let folder: string;
    let keyOf: Cache["keyOf"];
    let cache: ReturnType<Cache["cacheIn"]>;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "cache-"));
        const module = (await import(join(projectFolder, "cli", "cache.js"))) as Cache;
        keyOf = module.keyOf;
        cache = module.cacheIn(folder);
    });
    after(() => rmSync(folder, { recursive: true }));

    /** The text under `key`, and whether it had to be made. */
    const asked = (key: string, name = "n") => {
        let made = false;
        const text = cache.cached(name, key, () => {
            made = true;
            return `text of ${key} → ✓`;
        });
        return { text, made };
    };

    it("is made once, and read after that", () => {
        assert.deepEqual(asked("a"), { text: "text of a → ✓", made: true });
        assert.deepEqual(asked("a"), { text: "text of a → ✓", made: false });
        assert.deepEqual(asked("a", "other"), { text: "text of a → ✓", made: true });
    });

    for (const [title, spoil] of [
        ["cut off", (content: Buffer) => content.subarray(0, -1)],
        ["changed", (content: Buffer) => Buffer.from(content.toString().replace("text", "test"))],
        ["empty", () => Buffer.alloc(0)],
    ] as const) {
        it(`is made again where it is ${title}`, () => {
            asked("b");
            const file = cache.entryFile("n", "b");
            writeFileSync(file, spoil(readFileSync(file)));
            assert.deepEqual(asked("b"), { text: "text of b → ✓", made: true });
            assert.deepEqual(asked("b").made, false);
        });
    }

    it("is twelve entries of a name, the newest", () => {
        const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
        keys.forEach(key => asked(key, "many"));
        const left = readdirSync(join(folder, "many"));
        assert.equal(left.length, 12);
        assert.ok(left.includes("k19"), "what was made last is gone");
    });

    it("is nothing where nothing can be written", () => {
        writeFileSync(join(folder, "file"), "");
        assert.deepEqual([asked("a", "file").made, asked("a", "file").made], [true, true]);
    });

    it("has a key that differs where any part does", () => {
        const keys = [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""]].map(parts => keyOf(...parts));
        assert.equal(new Set(keys).size, keys.length);
        assert.equal(keyOf("a", "b"), keyOf("a", "b"));
    });
});

describe("cli/run.js", () => {
    let copy: string;
    before(() => {
        copy = mkdtempSync(join(tmpdir(), "run-"));
        for (const entry of ["catalog", "config", "blueprint", "components", "functions", "cli", "index.ts"]) {
            cpSync(join(projectFolder, entry), join(copy, entry), { recursive: true });
        }
        for (const file of ["package.json", "package-lock.json", "tsconfig.json", "Pulumi.yaml", "Pulumi.dev.yaml"]) {
            cpSync(join(projectFolder, file), join(copy, file));
        }
        // Packages of the project, and a folder of its own for what is kept.
        mkdirSync(join(copy, "node_modules"));
        for (const name of readdirSync(join(projectFolder, "node_modules")).filter(entry => entry !== ".cache")) {
            symlinkSync(join(projectFolder, "node_modules", name), join(copy, "node_modules", name));
        }
    });
    after(() => rmSync(copy, { recursive: true }));

    const run = (args: readonly string[], node: readonly string[] = ["cli/run.js"]) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [...node, ...args], {
            cwd: copy,
            encoding: "utf8",
        });
        return { code: status, stdout, stderr };
    };
    const edit = (file: string, from: string, to: string) => {
        const path = join(copy, file);
        const text = readFileSync(path, "utf8");
        assert.ok(text.includes(from), `${file} has no ${from}`);
        writeFileSync(path, text.replace(from, to));
    };
    const kept = () => readdirSync(join(copy, "node_modules/.cache/service-pipelines/bundles/start"));

    it("runs a command as ts-node alone would, with its arguments and exit codes", () => {
        const { code, stdout, stderr } = run(["start", "--json", "--service", "web"]);
        assert.deepEqual([code, stderr], [0, ""]);
        assert.equal((JSON.parse(stdout) as { readonly stack: string }).stack, "dev");
        assert.equal(run(["start", "--stak", "dev"]).code, 2);
        assert.equal(kept().length, 1);
    });

    it("is what ts-node runs where it is started on the command", () => {
        const { code, stdout } = run(["--stack", "dev"], ["-r", "ts-node/register", "cli/start.ts"]);
        assert.equal(code, 0);
        assert.equal(stdout, run(["start"]).stdout);
        assert.equal(kept().length, 1);
    });

    it("runs what the sources say now, and traces it back to them", () => {
        edit("cli/options.ts", "Shows what a stack file makes", "Tells what a stack file makes");
        assert.match(run(["start", "--help"]).stdout, /\nTells what a stack file makes/);
        edit("config/from-file.ts", "export const stackOf", 'throw new Error("on purpose");\nexport const stackOf');
        const line = readFileSync(join(copy, "config/from-file.ts"), "utf8")
            .split("\n")
            .findIndex(text => text.includes("on purpose"));
        const tracedTo = (folder: string) => {
            const { code, stderr } = run(["start"]);
            assert.equal(code, 1);
            assert.match(stderr, new RegExp(`Error: on purpose\\n.*${folder}/config/from-file\\.ts:${line + 1}:`));
        };
        tracedTo(copy);
        assert.equal(kept().length, 3);
        // Now by what V8 has kept, which knows the folder in which it was made.
        const elsewhere = `${copy}-moved`;
        renameSync(copy, elsewhere);
        copy = elsewhere;
        tracedTo(copy);
        assert.equal(kept().length, 3);
    });

    it("runs without a place to keep anything", () => {
        edit("config/from-file.ts", 'throw new Error("on purpose");\n', "");
        rmSync(join(copy, "node_modules/.cache"), { recursive: true });
        writeFileSync(join(copy, "node_modules/.cache"), "");
        assert.match(run(["start", "--help"]).stdout, /\nTells what a stack file makes/);
    });
});
