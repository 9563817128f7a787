/** What a terminal understands as colours and the like; builds print it. */
const escapes = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/**
 * What no text of a message may have: control characters and halves of characters, which SQS and SNS refuse, and what turns
 * the direction of writing, by which a text can look like another.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html (characters)
 */
const illegible = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu;

/** `text` as every receiver takes it, and at most `limit` long; never empty. */
export function legible(text: string, limit = Infinity): string {
    const clean = text.replace(escapes, "").replace(illegible, "\uFFFD");
    return cut(clean === "" ? "-" : clean, limit);
}

/** `text`, or as much of its beginning as `limit` allows; a character is never halved. */
export function cut(text: string, limit: number): string {
    if (text.length <= limit) {
        return text;
    }
    const head = text.slice(0, limit - 1);
    return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}

/** `text` in one line of at most `limit` characters. */
export const inLine = (text: string, limit = Infinity): string => cut(text.replace(/\s+/g, " ").trim(), limit);

/** Longest text of somebody else's that is repeated within a message. */
const longest = 300;

/** A text of somebody else's, within a message. */
export const shortened = (text: string): string => inLine(text, longest);

/** An error as people read it: its name and message. */
export const reasonOf = (error: unknown): string =>
    shortened(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
