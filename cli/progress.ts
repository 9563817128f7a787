/** Milliseconds before which nobody wonders what takes so long. */
const patience = 1000;

/**
 * A bar on standard error, for what takes longer than a second; nothing where standard error is no terminal.
 *
 * @param total - how many steps there are
 * @returns `step` after each of them, `clear` at the end
 */
export function progress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr) {
    const begun = Date.now();
    let done = 0;
    let shown = false;
    return {
        step(): void {
            done += 1;
            if (stream.isTTY && Date.now() - begun > patience) {
                const width = 30;
                const filled = Math.round((width * done) / Math.max(total, 1));
                stream.write(`\r${label} ${"█".repeat(filled)}${"░".repeat(width - filled)} ${done}/${total}`);
                shown = true;
            }
        },
        clear(): void {
            if (shown) {
                stream.write("\r\u001b[K");
            }
        },
    };
}
