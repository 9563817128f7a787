import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contentsOf } from "../../../support/archive";

const folder = join(__dirname, "../../../fixtures/archives");

const sum = (text: string) => createHash("sha256").update(text).digest("hex");

const [none, hi, long, x] = ["", "hi\n", "abc\n".repeat(750), "x\n"].map(sum);

/** Archives that honest tools have made of the same files, with what they add themselves. */
describe("a ZIP archive of an honest tool", () => {
    const files = { "a.txt": hi, "sub/t.txt": long, "ä.txt": x };
    const folders = { "empty/": none, "sub/": none };
    const inFolder = (all: Readonly<Record<string, string>>) =>
        Object.fromEntries(Object.entries(all).map(([name, found]) => [`d/${name}`, found]));
    const made: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        "info-zip": { ...files, ...folders },
        "info-zip-streamed": { ...files, ...folders },
        "info-zip-zip64": { ...files, ...folders },
        python: inFolder({ ...files, ...folders }),
        "python-empty": {},
        "python-streamed": { ...inFolder({ ...files, ...folders }), large: sum("abc".repeat(1000)) },
        go: { ...files, ...folders, "dir/": none, raw: sum("raw") },
        java: { "dir/": none, "dir/ä.txt": sum("hello"), e: none },
        "git-archive": { ...files, "sub/": none },
    };
    for (const [tool, contents] of Object.entries(made)) {
        it(`is sound: ${tool}`, async () => {
            assert.deepEqual(await contentsOf(readFileSync(join(folder, `${tool}.zip`))), contents);
        });
    }

    it("is sound: jar, which writes a manifest", async () => {
        const contents = await contentsOf(readFileSync(join(folder, "jar.zip")));
        assert.ok(typeof contents === "object");
        const own = Object.fromEntries(Object.entries(contents).filter(([name]) => name.startsWith("d/")));
        assert.equal(own["d/a.txt"], hi);
        assert.ok("META-INF/MANIFEST.MF" in contents);
    });

    const links = {
        "lib/lib.so": sum("lib.so.1"),
        "lib/lib.so.1": x,
        "node_modules/.bin/tool": sum("../tool/bin/tool.js"),
        "node_modules/tool/bin/tool.js": hi,
    };
    for (const tool of ["info-zip", "git-archive", "go"]) {
        it(`is sound with links: ${tool}`, async () => {
            const contents = await contentsOf(readFileSync(join(folder, `${tool}-links.zip`)));
            assert.ok(typeof contents === "object");
            assert.deepEqual(
                Object.fromEntries(Object.entries(contents).filter(([name]) => !name.endsWith("/"))),
                links,
            );
        });
    }
});
