import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { jsonPieces } from "../../cli/json-text";

const text = (value: Record<string, unknown>) => [...jsonPieces(value)].join("");

describe("JSON in pieces", () => {
    it("is that of JSON.stringify, whatever the value", () =>
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.anything({ withBigInt: false })), value => {
                assert.equal(text(value), `${JSON.stringify(value, undefined, 2)}\n`);
            }),
        ));

    it("is that of JSON.stringify where values are left out, or lists hold nothing", () => {
        const value = { a: undefined, b: [undefined, () => 1, { c: undefined }], d: [], e: {}, f: null, g: [[]] };
        assert.equal(text(value), `${JSON.stringify(value, undefined, 2)}\n`);
        assert.equal(text({ a: undefined }), "{}\n");
    });

    it("comes in pieces where it is long: none is much longer than 64 KiB", () => {
        const value = { list: Array.from({ length: 10_000 }, (_, index) => ({ index, name: `→ ${index}` })) };
        const pieces = [...jsonPieces(value)];
        assert.equal(pieces.join(""), `${JSON.stringify(value, undefined, 2)}\n`);
        assert.ok(pieces.length > 5);
        assert.ok(pieces.every(piece => piece.length < 66_000));
    });
});
