import { createRequire } from "node:module";

/** What of the SDK's `log` is used here; a message may be of a resource, and of a stream. */
export type Log = Record<"debug" | "info" | "warn" | "error", (message: string, ...about: unknown[]) => Promise<void>>;

/** How long a message waits for others, in milliseconds. */
const longest = 50;

/** Characters at which those that wait are sent. */
const enough = 64 * 1024;

/**
 * Has the debug messages of `log` sent together, a line each. The SDK sends three for every resource, each in a call of its own that
 * waits for the answer to the one before: of a hundred services' preview a tenth goes by with them, though only `--debug` shows
 * them. None is left out, and the order stays: those that wait go before any other message, and before the program ends.
 *
 * @param log - is changed: the SDK looks its functions up at each call. @default the SDK's own
 * @param keepAlive - keeps the engine from being left until what it returns is called. @default the SDK's own
 */
export function joinDebugMessages(log: Log = sdkLog(), keepAlive: () => () => void = sdkKeepAlive()): void {
    const send = log.debug;
    let waiting: string[] = [];
    let length = 0;
    let sent = () => {};
    const flush = () => {
        if (waiting.length > 0) {
            const message = waiting.join("\n");
            waiting = [];
            length = 0;
            void send(message);
            sent();
        }
    };
    log.debug = (message, ...about) => {
        if (about.length > 0) {
            flush();
            return send(message, ...about);
        }
        if (waiting.length === 0) {
            const timer = setTimeout(flush, longest);
            const leave = keepAlive();
            sent = () => {
                clearTimeout(timer);
                leave();
            };
        }
        waiting.push(message);
        length += message.length;
        if (length >= enough) {
            flush();
        }
        return Promise.resolve();
    };
    for (const severity of ["info", "warn", "error"] as const) {
        const tell = log[severity];
        log[severity] = (...message) => {
            flush();
            return tell(...message);
        };
    }
}

const packages = createRequire(__filename);

const sdkLog = () => packages("@pulumi/pulumi/log") as Log;

const sdkKeepAlive = () =>
    (packages("@pulumi/pulumi/runtime/settings") as { readonly rpcKeepAlive: () => () => void }).rpcKeepAlive;
