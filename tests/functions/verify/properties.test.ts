import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { kept } from "../../../functions/lib/seals/zip/name";
import { contentsOf } from "../support/archive";
import { Aws } from "../support/aws";
import { answered, built, zip } from "../support/seals";

/** A name that may be sealed: of dots and blanks alone there is none, see tricks.test.ts. */
const segment = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter(text => !/[/\\\p{C}\p{Cs}]/u.test(text) && !/^[. ]+$/.test(text) && !text.includes(":"));

/** Files of different names, of which none is a folder of another. */
const files = fc
    .uniqueArray(fc.tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.uint8Array({ maxLength: 3000 })), {
        maxLength: 8,
        selector: ([path]) => kept(path[0]),
    })
    .map(all => Object.fromEntries(all.map(([path, data]) => [path.join("/"), Buffer.from(data)])));

describe("seals of any archive", function () {
    this.timeout(120_000);

    it("find every file as it is", async () => {
        await fc.assert(
            fc.asyncProperty(files, fc.boolean(), async (all, compress) => {
                const sums = Object.entries(all).map(([name, data]) => [
                    name,
                    createHash("sha256").update(data).digest("hex"),
                ]);
                assert.deepEqual(await contentsOf(await zip(all, compress)), Object.fromEntries(sums));
            }),
        );
    });

    it("hold, and no longer when any one byte is another", async () => {
        await fc.assert(
            fc.asyncProperty(files, fc.nat(), fc.integer({ min: 1, max: 255 }), async (all, at, difference) => {
                const aws = new Aws();
                const archive = await zip(all);
                const artifacts = built(aws, { orders: archive });
                assert.equal((await answered(aws, "seal", { artifacts })).verdict, "yes");
                assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
                const other = Buffer.from(archive);
                other[at % archive.length] ^= difference;
                aws.bucket.put(artifacts[0].key, other);
                const { verdict, message } = await answered(aws, "verify", { artifacts });
                assert.equal(verdict, "no");
                assert.match(message, /is not what was sealed: /);
            }),
            { numRuns: 40 },
        );
    });

    it("or of anything else are made or refused, and nothing breaks", async () => {
        await fc.assert(
            fc.asyncProperty(
                files,
                fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
                async (all, changes) => {
                    const archive = await zip(all);
                    changes.forEach(([at, byte]) => (archive[at % archive.length] = byte));
                    const contents = await contentsOf(archive);
                    assert.ok(contents === undefined || ["object", "string"].includes(typeof contents));
                },
            ),
            { numRuns: 300 },
        );
    });
});
