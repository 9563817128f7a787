import { createECDH, randomBytes, type KeyObject } from "node:crypto";

/** The curve P-256. @see https://csrc.nist.gov/pubs/fips/186-5/final */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const base: Point = [
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
];

type Point = readonly [bigint, bigint];

const mod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;

function inverse(value: bigint, by: bigint): bigint {
    let [a, b, x, y] = [mod(value, by), by, 1n, 0n];
    while (a !== 0n) {
        const q = b / a;
        [a, b, x, y] = [b - q * a, a, y - q * x, x];
    }
    return mod(y, by);
}

function sum(one: Point | undefined, other: Point | undefined): Point | undefined {
    if (one === undefined || other === undefined) {
        return one ?? other;
    }
    const [[x1, y1], [x2, y2]] = [one, other];
    if (x1 === x2 && mod(y1 + y2, p) === 0n) {
        return undefined;
    }
    const slope = x1 === x2 ? (3n * x1 * x1 - 3n) * inverse(2n * y1, p) : (y2 - y1) * inverse(x2 - x1, p);
    const x = mod(slope * slope - x1 - x2, p);
    return [x, mod(slope * (x1 - x) - y1, p)];
}

function times(factor: bigint, point: Point): Point | undefined {
    let result: Point | undefined;
    let power: Point | undefined = point;
    for (let rest = factor; rest > 0n; rest >>= 1n) {
        if ((rest & 1n) === 1n) {
            result = sum(result, power);
        }
        power = sum(power, power);
    }
    return result;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);

const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, "0"), "hex");

/** An integer of DER. */
function integer(value: bigint): Buffer {
    const bytes = Buffer.from(value.toString(16).padStart(2 * Math.ceil(value.toString(16).length / 2), "0"), "hex");
    const positive = bytes[0] >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
}

const coordinate = (key: KeyObject, name: "d" | "x" | "y") =>
    numberOf(Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url"));

/** ECDSA over a digest that somebody else has made, as KMS does it: Node.js itself signs messages alone. */
export const p256Digest = {
    sign(key: KeyObject, digest: Uint8Array): Buffer {
        const ecdh = createECDH("prime256v1");
        const k = bytesOf(1n + (numberOf(randomBytes(32)) % (n - 1n)));
        ecdh.setPrivateKey(k);
        const r = mod(numberOf(ecdh.getPublicKey().subarray(1, 33)), n);
        const s = mod(inverse(numberOf(k), n) * (numberOf(digest) + r * coordinate(key, "d")), n);
        const body = Buffer.concat([integer(r), integer(s)]);
        return Buffer.concat([Buffer.of(0x30, body.length), body]);
    },

    /** Whatever is no signature in DER is a wrong one. */
    verify(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
        const rLength = signature[3];
        const r = numberOf(signature.slice(4, 4 + rLength));
        const s = numberOf(signature.slice(6 + rLength));
        const shaped = signature[0] === 0x30 && signature[1] === signature.length - 2 && signature[2] === 2;
        if (!shaped || r <= 0n || r >= n || s <= 0n || s >= n || digest.length !== 32) {
            return false;
        }
        const w = inverse(s, n);
        const publicPoint: Point = [coordinate(key, "x"), coordinate(key, "y")];
        const point = sum(times(mod(numberOf(digest) * w, n), base), times(mod(r * w, n), publicPoint));
        return point !== undefined && mod(point[0], n) === r;
    },
};
