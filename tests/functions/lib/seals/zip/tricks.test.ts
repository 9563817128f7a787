import * as assert from "node:assert/strict";
import { crc32, deflateRawSync } from "node:zlib";
import { contentsOf, wrongIn } from "../../../support/archive";
import { descriptor, end64, field, forge, u64, type Forged } from "../../../support/forge";

const data = Buffer.from("data");
const crc = crc32(data);

/** The size of one file's directory entry, and of its data with the header, when it is called a.txt. */
const [entry, local] = [46 + 5, 30 + 5 + 4];

describe("a ZIP archive of a forger", () => {
    const names: readonly (readonly [string, Forged["name"], RegExp])[] = [
        ["leaves the folder", "../a", /"..\/a" leaves the folder/],
        ["leaves it later", "a/../../b", /leaves the folder/],
        ["leaves it at the end", "a/..", /leaves the folder/],
        ["is the folder above", "../", /leaves the folder/],
        ["is absolute", "/etc/passwd", /is absolute/],
        ["has a backslash", "..\\a", /has a backslash/],
        ["begins with a drive letter", "c:a", /drive letter/],
        ["has a NUL", "a\0.txt", /"a\\u0000.txt" has a control character/],
        ["has a line break", "a\nb", /control character/],
        ["has a C1 character", "a\u0085b", /control character/],
        ["has an empty folder", "a//b", /shorter way/],
        ["has a dot as a folder", "./a", /shorter way/],
        ["is a slash", "/", /is absolute/],
        ["is a dot", ".", /shorter way/],
        ["is empty", "", /1 to 4096 bytes, found one of 0/],
        ["is too long", "a".repeat(4097), /found one of 4097/],
        ["is no UTF-8", Buffer.of(0xff, 0x41), /is no UTF-8/],
        ["is of dots", "a/.../b", /nothing but dots and blanks/],
        ["leaves the folder on Windows", ".. /a", /nothing but dots and blanks/],
        ["is UTF-8 in a longer way than needed", Buffer.of(0x2e, 0xc0, 0xae, 0x2f), /is no UTF-8/],
    ];
    for (const [title, name, message] of names) {
        it(`fails on a name that ${title}`, async () => {
            assert.match(await wrongIn(forge([{ name }])), message);
        });
    }

    const two = (one: string, other: string) => forge([{ name: one }, { name: other }]);
    const folder = { data: "" };
    const files: readonly (readonly [string, Buffer, RegExp])[] = [
        ["a name twice", two("a", "a"), /"a" is there twice/],
        ["a name twice in other forms of Unicode", two("\u00e9", "e\u0301"), /in Unicode/],
        ["a name twice on Windows", two("a/b", "a. /b"), /"a. \/b" is the same as "a\/b" on Windows/],
        ["a file that is also a folder on Windows", two("a.", "a/b"), /"a" is a file, and the folder of "a\/b"/],
        [
            "a name that others read as another one's",
            forge([{ name: "\u00e9" }, { name: "\u251c\u2310", flags: 0x800 }]),
            /some of its names say that they are UTF-8 and some do not/,
        ],
        [
            "a folder twice",
            forge([
                { name: "a/", ...folder },
                { name: "a/", ...folder },
            ]),
            /twice/,
        ],
        ["a file that is also a folder", two("a", "a/b"), /"a" is a file, and the folder of "a\/b"/],
        ["a file that is a folder further up", two("a/b/c", "a"), /is a file, and the folder/],
        ["a file and a folder of one name", forge([{ name: "a" }, { name: "a/", ...folder }]), /twice/],
        ["a device", forge([{ mode: 0o020666 }]), /is a special file/],
        ["a pipe", forge([{ mode: 0o010666 }]), /is a special file/],
        ["a folder by its mode alone", forge([{ mode: 0o040755 }]), /is a file by its name and a folder/],
        ["a folder by its attributes alone", forge([{ attributes: 0x10 }]), /is a file by its name and a folder/],
        [
            "a file by its mode that is called like a folder",
            forge([{ name: "a/", mode: 0o100644, ...folder }]),
            /by its name/,
        ],
        ["a folder with data", forge([{ name: "a/" }]), /is a folder with data/],
        ["a link in an extra field", forge([{ extra: field(0x756e, Buffer.alloc(14)) }]), /may make a link/],
        ["a link in another", forge([{ extra: field(0x000d, Buffer.alloc(14)) }]), /may make a link/],
        [
            "a link in its own header's field",
            forge([{ localExtra: field(0x756e, Buffer.alloc(14)) }]),
            /own header that may/,
        ],
        [
            "a mode in its own header's field",
            forge([{ localExtra: field(0x6c78, Buffer.alloc(9)) }]),
            /own header that may/,
        ],
        ["a name for Macintosh", forge([{ extra: field(0x2605, Buffer.from("b.txt")) }]), /give it another name/],
        ["another name in a field", forge([{ extra: pathField("b.txt") }]), /has another name in UTF-8: "b.txt"/],
        [
            "another name in its own header's field",
            forge([{ localExtra: pathField("b.txt") }]),
            /another name in UTF-8/,
        ],
        ["malformed fields", forge([{ extra: Buffer.from("abcdef") }]), /extra field length/],
        ["malformed fields in its own header", forge([{ localExtra: Buffer.from("abcdef") }]), /malformed fields/],
        ["an encrypted file", forge([{ flags: 1, size: 4, packedSize: 16, packed: Buffer.alloc(16) }]), /is encrypted/],
        ["strong encryption", forge([{ flags: 0x40 }]), /encryption/],
        ["a hidden directory", forge([{ flags: 0x2000 }]), /flags that are not known: 0x2000/],
        ["a method that is not known", forge([{ method: 12 }]), /other than "stored" and "deflated": 12/],
        ["another name in its own header", forge([{ localName: "b.txt" }]), /another name in its own header/],
        ["another method in its own header", forge([{ localMethod: 8 }]), /another method/],
        ["other flags in its own header", forge([{ localFlags: 8 }]), /other flags/],
        ["another sum in its own header", forge([{ localCrc: 1 }]), /other sizes, or another sum/],
        ["another size in its own header", forge([{ localSize: 3 }]), /other sizes/],
        ["another packed size in its own header", forge([{ localPackedSize: 3 }]), /other sizes/],
        ["no sizes in its own header, and no descriptor", forge([{ localSize: 0, localPackedSize: 0 }]), /other sizes/],
        ["another sum than its data", forge([{ crc: 1 }]), /another CRC-32/],
        ["more data than it says", forge([{ method: 8, size: 3 }]), /was to be 3 bytes unpacked, and is more/],
        ["less data than it says", forge([{ method: 8, size: 5 }]), /was to be 5 bytes unpacked, and is 4/],
        ["stored data of another size", forge([{ size: 5 }]), /size mismatch/],
        ["packed data that is none", forge([{ method: 8, packed: Buffer.from("nonsense") }]), /cannot be unpacked/],
        [
            "packed data that ends early",
            forge([{ method: 8, packed: deflateRawSync(data).subarray(0, -2) }]),
            /unpacked/,
        ],
        [
            "something behind its packed data",
            forge([{ method: 8, packed: Buffer.concat([deflateRawSync(data), Buffer.alloc(5000)]) }]),
            /something behind its packed data/,
        ],
        ["something behind its data", forge([{ behind: Buffer.from("x") }]), /followed by something/],
        ["much behind its data", forge([{ behind: Buffer.alloc(100) }]), /followed by something/],
        ["a descriptor that is not announced", forge([{ behind: descriptor(crc, 4, 4) }]), /followed by something/],
        ["an announced descriptor that is not there", forge([{ flags: 8 }]), /followed by something/],
        ["a descriptor of another size", forge([{ flags: 8, behind: descriptor(crc, 4, 5) }]), /followed by something/],
        ["a descriptor with another sum", forge([{ flags: 8, behind: descriptor(1, 4, 4) }]), /followed by something/],
        ["two files in one place", forge([{ name: "a" }, { name: "b", offset: 0 }]), /overlaps|before its first/],
        ["a file in another", forge([{ name: "aa" }, { name: "b", offset: 3 }]), /overlaps|is not where/],
        ["a file in the directory", forge([{ offset: local + 10 }]), /before its first entry/],
        ["a file that reaches into the directory", forge([{ packedSize: 60, size: 60 }]), /overlaps another entry/],
        ["its sizes twice", forge([{ extra: Buffer.concat([field(1, u64(4)), field(1, u64(5))]) }]), /sizes twice/],
        ["a bomb of one file", forge([{ method: 8, size: 0x7fffffff }]), /at most 200 times its size unpacked/],
        [
            "more unpacked than a machine takes",
            forge([{ method: 8, size: 0xffffffff, extra: field(1, u64(2 ** 40)) }]),
            /expected at most 68719476736 bytes unpacked/,
        ],
    ];
    for (const [title, bytes, message] of files) {
        it(`fails on ${title}`, async () => {
            assert.match(await wrongIn(bytes), message);
        });
    }

    const one = [{}];
    const around: readonly (readonly [string, Buffer, RegExp])[] = [
        ["something before it", forge(one, { before: Buffer.from("#!/bin/sh\n") }), /before its first entry, or it is/],
        [
            "an entry before it that the directory does not have",
            forge(one, { before: forge(one).subarray(0, local) }),
            /something is before/,
        ],
        ["something before the directory", forge(one, { beforeDirectory: Buffer.from("x") }), /followed by something/],
        ["something behind the directory", forge(one, { behindDirectory: Buffer.from("x") }), /does not end where/],
        [
            "something in the directory",
            forge(one, { behindDirectory: Buffer.from("x"), directorySize: entry + 1 }),
            /no entry/,
        ],
        ["an entry that is not counted", forge([{}, { name: "b" }], { entries: 1 }), /no entry/],
        ["fewer entries than it counts", forge(one, { entries: 2 }), /signature|truncated/],
        ["other counts", forge(one, { entriesHere: 0 }), /one of several parts/],
        ["another disk", forge(one, { disk: 1 }), /one of several parts/],
        ["something behind it", forge(one, { behind: Buffer.from("more") }), /comment is not as long/],
        [
            "a longer comment than it says",
            forge(one, { comment: Buffer.from("ab"), commentLength: 1 }),
            /comment is not/,
        ],
        ["an end in its comment", forge(one, { comment: forge([]) }), /more than one place/],
        ["half an end in its comment", forge(one, { comment: Buffer.from("PK\x05\x06") }), /more than one place/],
        ["its end cut off", forge(one).subarray(0, -22), /begins as a ZIP archive and has no end/],
        ["its beginning cut off", forge(one).subarray(10), /before its first entry, or it is/],
        [
            "its middle cut out",
            Buffer.concat([forge(one).subarray(0, 20), forge(one).subarray(40)]),
            /does not end where/,
        ],
        ["a directory outside", forge(one, { directoryStart: 0x7fffffff }), /does not end where/],
        ["a further archive behind it", Buffer.concat([forge(one), forge([{ name: "b" }])]), /does not end|before/],
        [
            "ZIP64 records that say something else",
            forge(one, { behindDirectory: end64(2, entry, local) }),
            /different things/,
        ],
        [
            "ZIP64 records elsewhere",
            forge(one, { behindDirectory: end64(1, entry, local, { at: 0 }) }),
            /not where it says/,
        ],
        [
            "ZIP64 records with further data",
            forge(one, { behindDirectory: end64(1, entry, local, { length: 48 }) }),
            /malformed/,
        ],
        [
            "ZIP64 records of several parts",
            forge(one, { behindDirectory: end64(1, entry, local, { disk: 1 }) }),
            /malformed/,
        ],
        [
            "a count without end",
            forge(one, { behindDirectory: end64(2 ** 40, entry, local), entries: 0xffff }),
            /at most 100000 files/,
        ],
    ];
    for (const [title, bytes, message] of around) {
        it(`fails on ${title}`, async () => {
            assert.match(await wrongIn(bytes), message);
        });
    }

    function pathField(name: string) {
        const sum = Buffer.alloc(5);
        sum[0] = 1;
        sum.writeUInt32LE(crc32(Buffer.from("a.txt")), 1);
        return field(0x7075, Buffer.concat([sum, Buffer.from(name)]));
    }

    const sound: readonly (readonly [string, Buffer, readonly string[]])[] = [
        ["one file", forge(one), ["a.txt"]],
        ["nothing", forge([]), []],
        ["a comment", forge(one, { comment: Buffer.from("f00d") }), ["a.txt"]],
        ["the longest comment", forge(one, { comment: Buffer.alloc(0xffff, 65) }), ["a.txt"]],
        ["a file of an archive, stored", forge([{ data: forge(one) }]), ["a.txt"]],
        ["names that differ in large and small letters", two("A", "a"), ["A", "a"]],
        ["dots in names", two("..a", "a..b/.c"), ["..a", "a..b/.c"]],
        ["a colon in a name", two("ab:c", "x"), ["ab:c", "x"]],
        ["UTF-8 without a flag", forge([{ name: "ä" }]), ["ä"]],
        ["its name in a field", forge([{ extra: pathField("a.txt") }]), ["a.txt"]],
        [
            "all names in UTF-8 with a flag",
            forge([{ name: "\u00e9", flags: 0x800 }, { name: "a" }, { name: "\u251c\u2310", flags: 0x800 }]),
            ["\u00e9", "a", "\u251c\u2310"],
        ],
        ["blanks and dots behind names", two("a. ", "b../c"), ["a. ", "b../c"]],
        [
            "modes of files and folders",
            forge([{ mode: 0o100755 }, { name: "d/", mode: 0o040755, attributes: 0x10, ...folder }]),
            ["a.txt", "d/"],
        ],
        ["a deflated folder", forge([{ name: "d/", method: 8, ...folder }]), ["d/"]],
        ["an empty file", forge([{ data: "" }]), ["a.txt"]],
        ["levels of effort that differ", forge([{ method: 8, flags: 2, localFlags: 4 }]), ["a.txt"]],
        ["ZIP64 records", forge(one, { behindDirectory: end64(1, entry, local) }), ["a.txt"]],
        [
            "ZIP64 records that are needed",
            forge(one, {
                behindDirectory: end64(1, entry, local),
                entries: 0xffff,
                directorySize: 0xffffffff,
                directoryStart: 0xffffffff,
            }),
            ["a.txt"],
        ],
        [
            "sizes of ZIP64",
            forge([
                {
                    size: 0xffffffff,
                    packedSize: 0xffffffff,
                    extra: field(1, Buffer.concat([u64(4), u64(4)])),
                    localExtra: field(1, Buffer.concat([u64(4), u64(4)])),
                },
            ]),
            ["a.txt"],
        ],
        ...[false, true].flatMap(marked =>
            [false, true].map(
                long =>
                    [
                        `a descriptor, ${marked ? "marked" : "not marked"}, ${long ? "long" : "short"}`,
                        forge([
                            {
                                flags: 8,
                                localCrc: 0,
                                localSize: 0,
                                localPackedSize: 0,
                                behind: descriptor(crc, 4, 4, { marked, long }),
                            },
                            { name: "b" },
                        ]),
                        ["a.txt", "b"],
                    ] as const,
            ),
        ),
    ];
    for (const [title, bytes, expected] of sound) {
        it(`may have ${title}`, async () => {
            const contents = await contentsOf(bytes);
            assert.deepEqual(typeof contents === "object" ? Object.keys(contents) : contents, expected);
        });
    }

    it("is none when it does not look like one", async () => {
        for (const text of ["", "P", "PK", "{}", "\x1f\x8b\x08 a tar", "PKX is a company"]) {
            assert.equal(await contentsOf(Buffer.from(text)), undefined, text);
        }
    });
});
