import { z } from "zod";
import type { SecretText } from "../functions/notify/settings";
import type { Location } from "./arn";
import { secretReference } from "./codebuild/secrets";
import { allow, type Grant } from "./grant";
import { template } from "./words";

/** A secret's name, or its ARN with the six characters that Secrets Manager added, and a field of the JSON that it holds. */
const pattern =
    /^(?:arn:aws(?:-[a-z]+)*:secretsmanager:[\w{}-]+:[\d{}a-z]+:secret:[\w/+=.@{}-]+-[A-Za-z0-9]{6}|(?!arn:|ssm:|[A-Za-z0-9]{32}$)[\w/+=.@{}-]+)(?::[\w.-]+)?$/;

const form =
    'the name of a secret in Secrets Manager, "name" or "name:field" for a field of the JSON that it holds, or its full ARN';

/** What is expected instead of `input`, and what to do with it. */
function wanted(input: string): string {
    if (/^[a-z]+:\/\//i.test(input)) {
        return `${form}, and no URL: who knows it can use it, so put it into a secret and name that here`;
    }
    if (/^[A-Za-z0-9]{32}$/.test(input)) {
        return `${form}, and no key: put the key into a secret and name that here`;
    }
    return input.startsWith("ssm:") ? `${form}, and no parameter of SSM` : form;
}

/** A text that is kept in Secrets Manager, by the name of its secret. */
export const secretText = (description: string) =>
    template(
        `${description} The name of a secret in Secrets Manager, \`name\` or \`name:field\`, or its ARN; never the text itself.`,
        z
            .string()
            .max(700)
            .regex(pattern, { error: ({ input }) => wanted(String(input)) }),
    );

/** What the function that tells is given of such a text. */
export function secretTextOf(text: string): SecretText {
    const parts = text.split(":");
    const named = text.startsWith("arn:") ? 7 : 1;
    const field = parts.at(named);
    return { secret: parts.slice(0, named).join(":"), ...(field !== undefined && { field }) };
}

/** Reading exactly the secrets of `texts`. */
export const readSecrets = (texts: readonly string[], at: Location): Grant =>
    allow(
        "ReadSecretsOfTargets",
        ["secretsmanager:GetSecretValue"],
        [...new Set(texts.map(text => secretReference(text, at).arn))],
    );
