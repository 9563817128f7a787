import * as assert from "node:assert/strict";
import { contentsOf, wrongIn } from "../../../support/archive";
import { forge, type Forged } from "../../../support/forge";

const link = (name: string, target: string | Buffer, forged: Forged = {}): Forged => ({
    name,
    data: target,
    mode: 0o120777,
    ...forged,
});

const file = (name: string): Forged => ({ name, data: name, mode: 0o100644 });

describe("a symbolic link in an archive", () => {
    const sound: readonly (readonly [string, readonly Forged[]])[] = [
        [
            "a command of a package",
            [link("node_modules/.bin/tsc", "../typescript/bin/tsc"), file("node_modules/typescript/bin/tsc")],
        ],
        ["a file beside it", [file("lib.so.1.2"), link("lib.so.1", "lib.so.1.2"), link("lib.so", "./lib.so.1")]],
        ["a folder that has an entry", [{ name: "a/", data: "" }, link("b", "a/")]],
        ["a folder that its files show alone", [file("x/y/z"), link("b", "x//y")]],
        ["the folder that it is in, as packages that need each other have", [file("a/x"), link("a/self", "../a")]],
        ["the root", [file("x"), link("a/root", "..")]],
        ["a file behind another link", [file("store/p@1/bin"), link("p", "store/p@1"), link("bin", "p/bin")]],
        ["what comes later in the archive", [link("a", "b"), file("b")]],
        ["a target that is deflated", [file("b"), link("a", "b", { method: 8 })]],
        ["what another link points to, written otherwise", [file("t"), link("a", "t"), link("A", "t")]],
    ];
    for (const [title, entries] of sound) {
        it(`may point to ${title}`, async () => {
            assert.equal(typeof (await contentsOf(forge(entries))), "object", await wrongIn(forge(entries)));
        });
    }

    const wrong: readonly (readonly [string, readonly Forged[], RegExp])[] = [
        ["an absolute path", [link("a", "/etc/passwd")], /"a" is a symbolic link to "\/etc\/passwd", which is outside/],
        ["a drive", [link("a", "C:x")], /outside of the archive/],
        ["a server", [link("a", "\\\\host\\x")], /is no path/],
        ["what is above", [link("a", "../b"), file("b")], /outside of the archive/],
        ["what is above from a folder", [link("x/a", "../../b"), file("b")], /outside of the archive/],
        ["what is above, after it went down", [file("x/y"), link("a", "x/../../b")], /goes up again behind a name/],
        [
            "what is above through another link",
            [file("f"), link("d/root", ".."), link("a", "d/root/../f")],
            /goes up again/,
        ],
        ["what is not there", [link("a", "missing")], /to "missing", which is not in the archive.*cp -L/],
        [
            "what is not there behind a link",
            [file("x/y"), link("b", "x"), link("a", "b/z")],
            /to "x\/z", which is not in/,
        ],
        ["something behind a file", [file("x"), link("a", "x/y")], /which is not in the archive/],
        ["itself", [link("a", "a")], /leads through too many links, or to itself/],
        ["itself by another one", [link("a", "b"), link("b", "a")], /or to itself/],
        ["a path that grows", [link("a", "a/b")], /or to itself/],
        ["nothing as a folder", [link("a/", "")], /"a\/" is a symbolic link that is called like a folder/],
        ["a word of its data", [{ mode: 0o120777 }], /"a.txt" is a symbolic link to "data", which is not/],
        ["nothing", [link("a", "")], /is no path/],
        ["a NUL", [link("a", "b\0"), file("b")], /is no path/],
        ["no UTF-8", [link("a", Buffer.of(0xff))], /no UTF-8/],
        ["more than a path", [link("a", "b".repeat(4097))], /with a target of 4097 bytes/],
    ];
    for (const [title, entries, message] of wrong) {
        it(`fails when it points to ${title}`, async () => {
            assert.match(await wrongIn(forge(entries)), message);
        });
    }

    it("fails with something below it, or in its place", async () => {
        assert.match(
            await wrongIn(forge([file("x/y"), link("a", "x"), file("a/z")])),
            /"a" is a file, and the folder of/,
        );
        for (const name of ["A/z", "A", "A ./z"]) {
            assert.match(
                await wrongIn(forge([file("x/y"), link("a", "x"), file(name)])),
                /"a" is a symbolic link in the place of "A.*", or above it/,
            );
        }
    });

    it("fails where so many lead through each other that it would take hours", async () => {
        const deep = "d/".repeat(1000);
        const chain = Array.from({ length: 600 }, (_, index) => link(`${deep}l${index}`, `l${index + 1}`));
        assert.match(await wrongIn(forge([...chain, file(`${deep}l600`)])), /leads through too many links/);
    });
});
