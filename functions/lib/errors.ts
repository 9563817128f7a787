/** Nothing will ever make this message right: it goes to the dead letters with the reason. */
export class Malformed extends Error {
    override readonly name: string = "Malformed";
}

/** Somebody has to mend a setting first: until then the message lies in the dead letters with the reason. */
export class Misconfigured extends Error {
    override readonly name: string = "Misconfigured";
}

/** Later is better: the receiver has said so, or somebody else is at it. */
export class Later extends Error {
    override readonly name: string = "Later";

    /** @param seconds - until it is worth trying again */
    constructor(
        readonly seconds: number,
        message: string,
    ) {
        super(message);
    }
}

/** Seconds after which a message comes again of which one part has failed and another was told to wait. */
const soon = 30;

/**
 * Does all `deeds` of one message, whatever becomes of each other, and throws what is best for the message when some have
 * failed. One whose receiver says "later", or does not answer, is worth another try, so the message is not given up because
 * of a target that is wrong.
 *
 * @throws Later when one of them has to wait; else Error when trying again may help; else Misconfigured
 */
export async function together(deeds: readonly (() => Promise<unknown>)[]): Promise<void> {
    const errors: unknown[] = [];
    await Promise.all(
        deeds.map(async deed => {
            try {
                await deed();
            } catch (error) {
                errors.push(error);
            }
        }),
    );
    if (errors.length <= 1) {
        if (errors.length === 1) {
            throw errors[0];
        }
        return;
    }
    const reason = [...new Set(errors.map(error => (error instanceof Error ? error.message : String(error))))].join(
        "; ",
    );
    const waits = errors.flatMap(error => (error instanceof Later ? [error.seconds] : []));
    const wrong = errors.filter(error => error instanceof Malformed || error instanceof Misconfigured);
    if (waits.length > 0) {
        throw new Later(Math.min(...waits, ...(waits.length + wrong.length < errors.length ? [soon] : [])), reason);
    }
    throw wrong.length === errors.length ? new Misconfigured(reason) : new Error(reason);
}
