import { Later, Misconfigured } from "./errors";

/** A message on its way to a target. Its address and its headers are secrets, and stand in no error. */
export interface Post {
    /** What the target is called in messages. */
    readonly target: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** JSON. */
    readonly body: string;
}

/** How a message travels. */
export interface Way {
    /** @default fetch */
    readonly fetch?: typeof fetch;
    /** Milliseconds until an answer has begun. @default 10 s */
    readonly timeout?: number;
    /** Now, in milliseconds. @default Date.now */
    readonly now?: () => number;
}

/** The target does not take the message as it is: a wrong address or token, or a message that it does not understand. */
export class Refused extends Misconfigured {
    override readonly name = "Refused";
}

/** Seconds to wait when a target says that it is too much, and not for how long. */
const pause = 60;

/** The longest wait that a target may ask for, in seconds. */
const longestPause = 24 * 60 * 60;

/** Answers below 500 after which the same message may be taken. */
const passing = new Set([408, 409, 425]);

/**
 * Sends a message. It is taken when the answer begins with a status of success, whatever comes of the rest of it.
 *
 * @throws Later when the target says so: 429, and 503 with Retry-After
 * @throws Refused when trying again does not help
 * @throws Error when it may: no answer, or an error of the target's own
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (its errors are 400, 403, 404, 410 and 500)
 * @see https://developer.pagerduty.com/docs/events-api-v2-overview (400 for good; 429, 500 and no answer for now)
 */
export async function post(message: Post, way: Way = {}): Promise<void> {
    const { target, url, headers, body } = message;
    const { fetch: send = fetch, timeout = 10_000, now = Date.now } = way;
    const address = addressOf(url);
    if (address === undefined) {
        throw new Refused(`expected the address of ${target} to be an https URL`);
    }
    let response: Response;
    try {
        response = await send(address, {
            method: "POST",
            headers: { "content-type": "application/json; charset=utf-8", ...headers },
            body,
            // Followed, a redirection would end as a GET of some page, which says yes to everything.
            redirect: "manual",
            signal: AbortSignal.timeout(timeout),
        });
    } catch (error) {
        throw new Error(`${target} gave no answer: ${whyNot(error, timeout)}`);
    }
    const { status } = response;
    if (response.ok) {
        await letGo(response);
        return;
    }
    const answer = `${target} answered ${status}${await wordOf(response, message)}`;
    const asked = secondsOf(response.headers.get("retry-after"), now());
    if (status === 429 || (status === 503 && asked !== undefined)) {
        throw new Later(Math.min(longestPause, Math.max(1, asked ?? pause)), answer);
    }
    throw status >= 500 || passing.has(status) ? new Error(answer) : new Refused(answer);
}

/** Messages travel encrypted, but to the same machine. */
function addressOf(url: string): URL | undefined {
    if (!URL.canParse(url)) {
        return undefined;
    }
    const address = new URL(url);
    const near = ["127.0.0.1", "localhost", "[::1]"].includes(address.hostname);
    return address.protocol === "https:" || (near && address.protocol === "http:") ? address : undefined;
}

/** Why there was no answer, by the code alone: messages of fetch repeat addresses and headers. */
function whyNot(error: unknown, timeout: number): string {
    if (error instanceof Error && error.name === "TimeoutError") {
        return `none within ${timeout / 1000} s`;
    }
    const { cause } = (error ?? {}) as { readonly cause?: { readonly code?: unknown } };
    return typeof cause?.code === "string" && /^[A-Z][A-Z0-9_]*$/.test(cause.code) ? cause.code : "the request failed";
}

/** The seconds of a Retry-After, which may be a number or a date. */
export function secondsOf(value: string | null, now: number): number | undefined {
    if (value === null) {
        return undefined;
    }
    if (/^\s*\d+(\.\d+)?\s*$/.test(value)) {
        return Math.ceil(Number(value));
    }
    const date = /GMT\s*$/.test(value) ? Date.parse(value) : NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** What Slack says of an error is one word: `channel_is_archived`. Anything else may repeat what was sent. */
async function wordOf(response: Response, { url, headers = {}, body }: Post): Promise<string> {
    try {
        const word = Number(response.headers.get("content-length") ?? 0) > 100 ? "" : (await response.text()).trim();
        const repeats = [url, body, ...Object.values(headers)].some(sent => sent.includes(word));
        return /^[a-z]+(_[a-z]+)*$/.test(word) && word.length <= 60 && !repeats ? ` (${word})` : "";
    } catch {
        return "";
    }
}

/** Nobody reads the rest, and it must not hold the connection. */
async function letGo(response: Response): Promise<void> {
    try {
        await response.body?.cancel();
    } catch {
        // It is taken all the same.
    }
}
