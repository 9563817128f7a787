import * as assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { plain } from "../../cli/computed";

describe("a value as JSON", () => {
    const asset = { [runtime.specialSigKey]: runtime.specialAssetSig, text: "code", hash: "of the engine" };
    const shown = { bytes: 4, sha256: "5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b" };

    it("shows an archive by its files, whether the program or the engine's state tells of it", () => {
        const archive = { [runtime.specialSigKey]: runtime.specialArchiveSig, assets: { "index.js": asset } };
        assert.deepEqual(plain({ code: archive }), { code: { assets: { "index.js": shown } } });
        assert.deepEqual(plain({ ...archive, hash: "of all" }), { assets: { "index.js": shown } });
    });

    it("leaves a map of the program's own that is called `assets`", () => {
        assert.deepEqual(plain({ assets: { a: "b" }, hash: "c" }), { assets: { a: "b" }, hash: "c" });
    });
});
