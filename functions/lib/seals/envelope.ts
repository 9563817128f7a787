import { mapOf } from "../fields";

/** What stands in the envelope of a seal: a statement of in-toto. */
export const payloadType = "application/vnd.in-toto+json";

/** A payload and its signature. */
export interface Signed {
    readonly payload: Buffer;
    readonly signature: Buffer;
}

/**
 * The bytes that are signed: the type belongs to them, so that a signature of something else never fits.
 *
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export const encoded = (payload: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `), payload]);

/** A DSSE envelope as text. @see https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export const envelopeOf = ({ payload, signature }: Signed, keyid: string): string =>
    JSON.stringify({
        payloadType,
        payload: payload.toString("base64"),
        signatures: [{ keyid, sig: signature.toString("base64") }],
    });

/**
 * What is in an envelope, or why it is none. Which key has signed is not asked of it: there is one that may. One signature
 * is expected, as `seal` writes no more.
 */
export function opened(text: string): Signed | string {
    let envelope;
    try {
        envelope = mapOf(JSON.parse(text));
    } catch {
        return "it is no JSON";
    }
    if (envelope?.payloadType !== payloadType) {
        return `expected an envelope with payloadType ${payloadType}`;
    }
    const signatures: readonly unknown[] = Array.isArray(envelope.signatures) ? envelope.signatures : [];
    const payload = bytesOf(envelope.payload);
    const signature = bytesOf(mapOf(signatures.at(0))?.sig);
    if (signatures.length !== 1 || signature === undefined || signature.length > 200) {
        return "expected one signature";
    }
    return payload === undefined ? "expected a payload in Base64" : { payload, signature };
}

/** Written in one way only: what differs in nothing but its Base64 is not taken either. */
function bytesOf(value: unknown): Buffer | undefined {
    if (typeof value !== "string" || value === "") {
        return undefined;
    }
    const bytes = Buffer.from(value, "base64");
    return bytes.toString("base64") === value ? bytes : undefined;
}
