import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import type { Ask } from "./questions";

/** Whoever was asked does not want to go on: Ctrl+C, Ctrl+D. */
export class Stopped extends Error {}

/**
 * Questions to whoever types on `input`. Lines that were typed before their question, as pasted ones are, answer those that come.
 *
 * @param isTerminal - whether keys are read one by one. @default as `output` is
 * @returns ask, which rejects with {@link Stopped} once there are no more lines; and goOn, which does so where somebody has stopped it since
 */
export function linesOn(
    input: NodeJS.ReadableStream,
    output: NodeJS.WritableStream,
    isTerminal?: boolean,
): { readonly ask: Ask; readonly goOn: () => Promise<void>; readonly close: () => void } {
    const lines = createInterface({ input, output, ...(isTerminal !== undefined && { terminal: isTerminal }) });
    const typed = lines[Symbol.asyncIterator]();
    let isClosed = false;
    lines.on("close", () => {
        isClosed = true;
    });
    return {
        async goOn() {
            // What was typed while nobody waited for it is read in the next turn of the event loop.
            await setImmediate();
            await setImmediate();
            if (isClosed) {
                throw new Stopped();
            }
        },
        async ask(question) {
            // Only the last line is the prompt, which is drawn anew with each key.
            const at = question.lastIndexOf("\n") + 1;
            output.write(question.slice(0, at));
            lines.setPrompt(question.slice(at));
            lines.prompt();
            const next = await typed.next();
            if (next.done === true) {
                throw new Stopped();
            }
            return next.value;
        },
        close: () => lines.close(),
    };
}
