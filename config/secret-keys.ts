import { z } from "zod";
import { kmsKeyArn } from "../catalog/words";

/** Keys of secrets; those that AWS's own key encrypts need none. */
export const secretKeys = z
    .array(kmsKeyArn("ARN of a key."))
    .default([])
    .describe(
        "Keys of KMS that secrets of Secrets Manager and SecureString parameters of SSM are encrypted with, where it is not AWS's own: whoever reads a secret may use them for it, and for nothing else. @default none",
    );
