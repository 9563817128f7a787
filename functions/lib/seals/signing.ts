import { createHash } from "node:crypto";
import { SignCommand, VerifyCommand, type KMSClient } from "@aws-sdk/client-kms";
import { encoded, type Signed } from "./envelope";
import { asked, nameOf, Refusal } from "./errors";

/** The one way in which seals are signed: nothing else is asked of the key, and the envelope has no say in it. */
const way = { MessageType: "DIGEST", SigningAlgorithm: "ECDSA_SHA_256" } as const;

const digest = (payload: Buffer): Buffer => createHash("sha256").update(encoded(payload)).digest();

/**
 * `payload` with its signature by the stack's key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
export async function signed(kms: KMSClient, KeyId: string, payload: Buffer): Promise<Signed> {
    const { Signature, KeyId: by } = await asked("sign the seal", `kms:Sign on ${KeyId}`, () =>
        kms.send(new SignCommand({ KeyId, Message: digest(payload), ...way })),
    );
    if (Signature === undefined || by !== KeyId) {
        throw new Refusal(`expected a signature by ${KeyId}, found none. Retry the stage`, "SystemUnavailable");
    }
    return { payload, signature: Buffer.from(Signature) };
}

/**
 * Whether the stack's key has signed.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html
 */
export async function isSigned(kms: KMSClient, KeyId: string, { payload, signature }: Signed): Promise<boolean> {
    return asked("check the signature of the seal", `kms:Verify on ${KeyId}`, async () => {
        try {
            const { SignatureValid, KeyId: by } = await kms.send(
                new VerifyCommand({ KeyId, Message: digest(payload), Signature: signature, ...way }),
            );
            return SignatureValid === true && by === KeyId;
        } catch (error) {
            if (nameOf(error) === "KMSInvalidSignatureException") {
                return false;
            }
            throw error;
        }
    });
}
