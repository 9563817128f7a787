import { Later } from "../../lib/errors";
import { hold, passHold } from "../../lib/holds";
import { post, Refused } from "../../lib/http";
import { secretText, type SecretText } from "../../lib/secrets";
import type { World } from ".";

/** A message before it is written down; what is secret in it has been put in. */
interface Letter {
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: object;
}

/** Makes the letter of what `secret` finds. */
type Write = (secret: (text: SecretText) => Promise<string>) => Promise<Letter>;

/**
 * Sends what `write` writes, unless the target has told somebody to wait. When it is refused, a secret may have been rotated:
 * secrets are read anew, and what has become different is sent once more.
 *
 * @throws Later, Refused or Error as `post` does
 */
export async function send(target: string, world: World, write: Write): Promise<void> {
    const { table, secrets, fetch, timeout } = world;
    const { now = Date.now } = table;
    await passHold(table, target);
    const since = now();
    const old = await written(target, write, text => secretText(secrets, text, { now }));
    const way = { now, ...(fetch !== undefined && { fetch }), ...(timeout !== undefined && { timeout }) };
    try {
        try {
            await post(old, way);
        } catch (error) {
            if (!(error instanceof Refused)) {
                throw error;
            }
            const fresh = await written(target, write, text => secretText(secrets, text, { now, since }));
            if (JSON.stringify(fresh) === JSON.stringify(old)) {
                throw error;
            }
            await post(fresh, way);
        }
    } catch (error) {
        if (error instanceof Later) {
            await hold(table, target, error.seconds);
        }
        throw error;
    }
}

async function written(target: string, write: Write, secret: (text: SecretText) => Promise<string>) {
    const { body, ...letter } = await write(secret);
    return { ...letter, target, body: JSON.stringify(body) };
}
