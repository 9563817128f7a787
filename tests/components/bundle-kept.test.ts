import * as assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import {
    appendFileSync,
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const repository = join(__dirname, "../..");

describe("bundles that are kept", function () {
    this.timeout(60_000);
    let folder: string;
    beforeEach(() => (folder = program()));
    afterEach(() => rmSync(folder, { recursive: true }));

    /** A program of one function of a line, with packages of this one and a `node_modules` of its own. */
    function program(): string {
        const made = mkdtempSync(join(tmpdir(), "kept-"));
        mkdirSync(join(made, "components"));
        mkdirSync(join(made, "functions/small"), { recursive: true });
        mkdirSync(join(made, "node_modules"));
        for (const name of ["esbuild", "@esbuild", "ts-node", "typescript"]) {
            symlinkSync(join(repository, "node_modules", name), join(made, "node_modules", name), "dir");
        }
        cpSync(join(repository, "components/bundle.ts"), join(made, "components/bundle.ts"));
        cpSync(join(repository, "tsconfig.json"), join(made, "tsconfig.json"));
        mkdirSync(join(made, "cli"));
        for (const file of ["transpile.js", "cache.js"]) {
            cpSync(join(repository, "cli", file), join(made, "cli", file));
        }
        writeFileSync(join(made, "functions/small/part.ts"), "export const answer: number = 42;\n");
        writeFileSync(
            join(made, "functions/small/index.ts"),
            'import { answer } from "./part";\nexport const handler = () => answer;\n',
        );
        return made;
    }

    const script = 'console.log(require("./components/bundle").bundleFile("small"))';
    const args = ["-r", "ts-node/register", "-e", script];
    const asked = (cwd = folder) => execFileSync(process.execPath, args, { cwd }).toString().trim();
    const keptIn = () => join(folder, "node_modules/.cache/service-pipelines/functions");
    const handled = (file: string) =>
        execFileSync(process.execPath, ["-p", `require("./${file}").handler()`], { cwd: folder })
            .toString()
            .trim();

    it("are made once: a second process reads them", () => {
        const file = asked();
        const before = statSync(join(folder, file)).mtimeMs;
        assert.equal(asked(), file);
        assert.equal(statSync(join(folder, file)).mtimeMs, before);
    });

    it("have the same path and content in every folder", () => {
        const file = asked();
        const text = readFileSync(join(folder, file), "utf8");
        const other = program();
        try {
            assert.equal(asked(other), file);
            assert.equal(readFileSync(join(other, file), "utf8"), text);
        } finally {
            rmSync(other, { recursive: true });
        }
    });

    it("are made anew when a file that went into them changes, beside those that another process may still read", () => {
        const old = asked();
        writeFileSync(join(folder, "functions/small/part.ts"), "export const answer: number = 43;\n");
        const file = asked();
        assert.notEqual(file, old);
        assert.deepEqual([handled(old), handled(file)], ["42", "43"]);
    });

    it("are made anew when they were written to, or cut short", () => {
        const file = asked();
        const text = readFileSync(join(folder, file), "utf8");
        appendFileSync(join(folder, file), "throw new Error();");
        assert.equal(asked(), file);
        assert.equal(readFileSync(join(folder, file), "utf8"), text);
        writeFileSync(join(folder, file), text.slice(0, -2));
        asked();
        assert.equal(readFileSync(join(folder, file), "utf8"), text);
    });

    it("are made anew when the record of them cannot be read", () => {
        const file = asked();
        writeFileSync(join(keptIn(), "small.json"), '{ "esbuild": "0');
        assert.equal(asked(), file);
    });

    it("are whole whenever several processes make them at once, which leave nothing else", async () => {
        const all = await Promise.all(
            Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, args, { cwd: folder })),
        );
        const [file] = new Set(all.map(({ stdout }) => stdout.trim()));
        assert.deepEqual(
            all.map(({ stdout }) => stdout.trim()),
            all.map(() => file),
        );
        assert.equal(handled(file), "42");
        assert.deepEqual(readdirSync(keptIn()).sort(), [file.split("/").at(-1), "small.json"].sort());
    });

    it("are text alone where nothing can be written below `node_modules`", () => {
        // A file in the way of the folder: root, who runs tests in containers, may write to a read-only one.
        writeFileSync(join(folder, "node_modules/.cache"), "");
        assert.equal(asked(), "undefined");
        const text = 'process.stdout.write(require("./components/bundle").bundled("small"))';
        writeFileSync(
            join(folder, "out.js"),
            execFileSync(process.execPath, ["-r", "ts-node/register", "-e", text], { cwd: folder }),
        );
        assert.equal(handled("out.js"), "42");
    });
});
