import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** A text in Secrets Manager: the whole value, or one field of a JSON object. */
export interface SecretText {
    /** Name or ARN. */
    readonly secret: string;
    readonly field?: string;
}

/** How fresh a text has to be. */
export interface Freshness {
    /** Now, in milliseconds. @default Date.now */
    readonly now?: () => number;
    /** When it must have been read at the earliest, in milliseconds. @default - five minutes ago */
    readonly since?: number;
}

/** How long a value is kept: a rotated secret is known after it at the latest. In milliseconds. */
const memory = 5 * 60 * 1000;

interface Kept {
    readonly at: number;
    readonly value: Promise<string>;
}

/** What has been read, by client and secret. */
const kept = new WeakMap<SecretsManagerClient, Map<string, Kept>>();

/**
 * The text that `text` means. Secrets Manager is asked once for all that need it at the same time.
 *
 * @throws Error that says what is wrong, and never what the secret holds
 */
export async function secretText(
    client: SecretsManagerClient,
    { secret, field }: SecretText,
    { now = Date.now, since }: Freshness = {},
): Promise<string> {
    const known = kept.get(client) ?? new Map<string, Kept>();
    kept.set(client, known);
    const last = known.get(secret);
    const current =
        last !== undefined && now() - last.at < memory && (since === undefined || last.at > since)
            ? last
            : { at: now(), value: valueOf(client, secret) };
    known.set(secret, current);
    try {
        return picked(await current.value, secret, field);
    } catch (error) {
        // What is wrong may be mended before the next try.
        if (known.get(secret) === current) {
            known.delete(secret);
        }
        throw error;
    }
}

async function valueOf(client: SecretsManagerClient, secret: string): Promise<string> {
    let value: string | undefined;
    try {
        ({ SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: secret })));
    } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : "no error was given";
        throw new Error(`the secret ${secret} cannot be read: ${reason}`);
    }
    if (value === undefined) {
        throw new Error(`expected the secret ${secret} to be a text, found bytes`);
    }
    return value;
}

function picked(value: string, secret: string, field: string | undefined): string {
    const found = field === undefined ? value : fieldsOf(value)?.[field];
    // Who pastes a text into a file or a form often leaves a line break at its end.
    const text = typeof found === "string" ? found.trim() : "";
    if (text === "") {
        throw new Error(
            field === undefined
                ? `expected the secret ${secret} to hold a text, found none`
                : `expected the secret ${secret} to be a JSON object with the text "${field}"`,
        );
    }
    return text;
}

/** The error of JSON.parse repeats what it has read. */
function fieldsOf(value: string): Readonly<Record<string, unknown>> | undefined {
    try {
        const fields: unknown = JSON.parse(value);
        return typeof fields === "object" && fields !== null ? { ...fields } : undefined;
    } catch {
        return undefined;
    }
}
