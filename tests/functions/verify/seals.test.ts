import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { encoded } from "../../../functions/lib/seals/envelope";
import { Aws, settings } from "../support/aws";
import { p256Digest } from "../support/p256";
import { answered, built, executionId, zip } from "../support/seals";

const place = `seals/shop--orders/${executionId(1)}/orders.json`;

interface Envelope {
    payload: string;
    payloadType: string;
    signatures: { keyid: string; sig: string }[];
}

/** Signs `payload` as the stack's key would, or as another one. */
function signed(aws: Aws, payload: Buffer, key = settings.signingKey): Envelope {
    const digest = createHash("sha256").update(encoded(payload)).digest();
    const signature = p256Digest.sign(aws.keys.get(key) ?? assert.fail(), digest);
    return {
        payloadType: "application/vnd.in-toto+json",
        payload: payload.toString("base64"),
        signatures: [{ keyid: settings.signingKey, sig: signature.toString("base64") }],
    };
}

describe("attacks on seals", () => {
    /** What comes of a release whose seal is `attack`'s. */
    async function attacked(attack: (envelope: Envelope, aws: Aws) => object | string) {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await zip({ "app.js": "a" }) });
        await answered(aws, "seal", { artifacts });
        const forged = attack(JSON.parse(aws.bucket.read(place).toString()) as Envelope, aws);
        aws.bucket.put(place, typeof forged === "string" ? forged : JSON.stringify(forged));
        const answer = await answered(aws, "verify", { artifacts });
        return { ...answer, aws };
    }

    const edited = (envelope: Envelope, edit: (text: string) => string) => ({
        ...envelope,
        payload: Buffer.from(edit(Buffer.from(envelope.payload, "base64").toString())).toString("base64"),
    });
    /** A statement that the key has signed, with another word in it. */
    const restated = (from: string, to: string) => (envelope: Envelope, aws: Aws) =>
        signed(aws, Buffer.from(Buffer.from(envelope.payload, "base64").toString().replace(from, to)));
    const other = "arn:aws:kms:eu-west-1:111111111111:key/other";

    const attacks: readonly (readonly [string, (envelope: Envelope, aws: Aws) => object | string, RegExp])[] = [
        [
            "an edited statement",
            envelope => edited(envelope, text => text.replace('"size":', '"Size":')),
            /not signed by/,
        ],
        ["no statement", ({ signatures }) => ({ signatures, payloadType: "application/vnd.in-toto+json" }), /Base64/],
        [
            "a statement signed by another key",
            (envelope, aws) => {
                aws.addKey(other);
                return signed(aws, Buffer.from(envelope.payload, "base64"), other);
            },
            /not signed by the stack's key/,
        ],
        [
            "another key, named in the envelope",
            (envelope, aws) => {
                aws.addKey(other);
                const forged = signed(aws, Buffer.from(envelope.payload, "base64"), other);
                return { ...forged, signatures: [{ ...forged.signatures[0], keyid: other }] };
            },
            /not signed by the stack's key/,
        ],
        ["another type of payload", envelope => ({ ...envelope, payloadType: "text/plain" }), /with payloadType/],
        ["no signature", envelope => ({ ...envelope, signatures: [] }), /expected one signature/],
        ["an empty signature", envelope => ({ ...envelope, signatures: [{ sig: "" }] }), /expected one signature/],
        [
            "several signatures",
            envelope => ({ ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] }),
            /expected one signature/,
        ],
        [
            "an algorithm of its own",
            envelope => ({ ...envelope, alg: "none", signatures: [{ alg: "none", sig: "AAAA" }] }),
            /not signed by/,
        ],
        [
            "a signature of zeros",
            envelope => ({
                ...envelope,
                signatures: [{ sig: Buffer.of(0x30, 6, 2, 1, 0, 2, 1, 0).toString("base64") }],
            }),
            /not signed by/,
        ],
        [
            "the payload signed without its type",
            (envelope, aws) => {
                const payload = Buffer.from(envelope.payload, "base64");
                const key = aws.keys.get(settings.signingKey) ?? assert.fail();
                const sig = p256Digest.sign(key, createHash("sha256").update(payload).digest()).toString("base64");
                return { ...envelope, signatures: [{ sig }] };
            },
            /not signed by/,
        ],
        ["Base64 with something in it", envelope => ({ ...envelope, payload: `${envelope.payload}\n` }), /in Base64/],
        ["no JSON", () => "{", /it is no JSON/],
        ["nothing", () => "", /it is no JSON/],
        ["a list", () => "[]", /expected an envelope/],
        ["null", () => "null", /expected an envelope/],
        ["nesting without end", () => "[".repeat(5_000_000), /it is no JSON/],
        [
            "nesting to an end",
            () => `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
            /no JSON|expected an envelope/,
        ],
        ["many megabytes", () => " ".repeat(65 * 2 ** 20), /of at most 67108864 bytes, found more/],
        [
            "keys of a prototype",
            () => '{"__proto__":{"payloadType":"application/vnd.in-toto+json"}}',
            /expected an envelope/,
        ],
        [
            "a statement of another sort",
            restated("service-pipelines/seal/v1", "slsa.dev/provenance/v1"),
            /states something else/,
        ],
        ["a statement without parts", restated('"parts":["', '"parts":[],"x":["'), /states something else/],
        ["a statement of another version", restated("Statement/v1", "Statement/v2"), /states something else/],
        [
            "a statement of another bucket",
            restated('"bucket":"shop-artifacts"', '"bucket":"evil"'),
            /expected bucket shop/,
        ],
        ["a statement that is no JSON", (_, aws) => signed(aws, Buffer.from("{")), /states something else/],
        ["a statement that is a list", (_, aws) => signed(aws, Buffer.from("[[]]")), /states something else/],
    ];
    for (const [title, attack, message] of attacks) {
        it(`fails on ${title} in the seal`, async () => {
            const { verdict, message: found } = await attacked(attack);
            assert.equal(verdict, "no");
            assert.match(found, message);
            assert.equal(({} as Record<string, unknown>).payloadType, undefined);
        });
    }

    it("asks nothing of KMS but the one way of the one key", async () => {
        const { aws } = await attacked(envelope => ({
            ...envelope,
            signatures: [{ ...envelope.signatures[0], keyid: "other", alg: "RSASSA_PSS_SHA_512" }],
        }));
        const { input } = aws.calls.find(({ operation }) => operation === "VerifyCommand") ?? assert.fail();
        const { Message, Signature, ...way } = input;
        assert.deepEqual(way, { KeyId: settings.signingKey, MessageType: "DIGEST", SigningAlgorithm: "ECDSA_SHA_256" });
        assert.ok((Message as Buffer).length === 32 && Signature instanceof Uint8Array);
    });

    it("fails on whatever KMS says that is no clear yes", async () => {
        for (const answer of [{}, { SignatureValid: false }, { SignatureValid: true, KeyId: "other" }]) {
            const aws = new Aws();
            const artifacts = built(aws, { orders: "text" });
            await answered(aws, "seal", { artifacts });
            const kms = { send: () => Promise.resolve({ KeyId: settings.signingKey, ...answer }) };
            Object.defineProperty(aws, "tools", { value: { ...aws.tools, kms } });
            const { verdict, message } = await answered(aws, "verify", { artifacts });
            assert.equal(verdict, "no");
            assert.match(message, /not signed by the stack's key/);
        }
    });

    it("takes no work of seal's for a seal", async () => {
        const { verdict, message } = await attacked(() => ({ object: {}, parts: ["a"], files: [] }));
        assert.equal(verdict, "no");
        assert.match(message, /expected an envelope/);
    });
});
