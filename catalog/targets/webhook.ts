import { z } from "zod";
import { targetKind } from "../kind";
import { readSecrets, secretText, secretTextOf } from "../secret-text";

/**
 * Anything that takes what happened as JSON by POST. Its URL and its headers are kept in Secrets Manager, as mostly one of
 * them holds a password.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export const webhook = targetKind({
    type: "webhook",
    limits: ["A secret that is encrypted with a key of its own is read only if `secretKeys` names that key."],
    docs: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
    settings: z.strictObject({
        url: secretText("The URL, which begins with https://."),
        headers: z
            .record(
                z
                    .string()
                    .max(100)
                    .regex(
                        /^(?!(content-(type|length)|host)$)[a-z0-9-]+$/i,
                        "a header of letters, digits and hyphens that the message does not set itself, as it does Content-Type",
                    ),
                secretText("The header's value."),
            )
            .default({})
            .describe("Headers by name, such as Authorization: secrets in Secrets Manager. @default none"),
    }),
    example: `
        type: webhook
        url: deployments-api:url
        headers: { Authorization: "deployments-api:token" }`,
    plan: ({ url, headers }, { home }) => ({
        delivery: {
            type: "webhook",
            url: secretTextOf(url),
            headers: Object.fromEntries(
                Object.entries(headers)
                    .sort(([a], [b]) => (a < b ? -1 : 1))
                    .map(([name, text]) => [name, secretTextOf(text)]),
            ),
        },
        grants: [readSecrets([url, ...Object.values(headers)], home)],
        summary: `HTTPS to the URL in the secret ${url}`,
    }),
    check: ({ headers }) =>
        repeated(Object.keys(headers)).map(([name, first]) => ({
            path: ["headers", name],
            message: `is the header ${first} once more: upper and lower case mean the same`,
        })),
});

/** Names that differ from an earlier one in their case alone, with that one. */
const repeated = (names: readonly string[]): (readonly [string, string])[] =>
    names.flatMap((name, index) => {
        const first = names.slice(0, index).find(other => other.toLowerCase() === name.toLowerCase());
        return first === undefined ? [] : [[name, first] as const];
    });
