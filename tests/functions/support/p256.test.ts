import * as assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { p256Digest } from "./p256";

describe("the P-256 of tests", () => {
    it("signs and verifies as Node.js does", () => {
        const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        for (let round = 0; round < 10; round++) {
            const message = Buffer.from(`message ${round}`);
            const digest = createHash("sha256").update(message).digest();
            const ours = p256Digest.sign(privateKey, digest);
            assert.ok(verify("sha256", message, publicKey, ours));
            assert.ok(p256Digest.verify(createPublicKey(privateKey), digest, ours));
            assert.ok(p256Digest.verify(publicKey, digest, sign("sha256", message, privateKey)));
            assert.ok(!p256Digest.verify(publicKey, createHash("sha256").update("other").digest(), ours));
        }
    });
});
