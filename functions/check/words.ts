/** `text` in one line of at most `limit` characters. */
export function shortened(text: string, limit = 300): string {
    const line = text.replace(/\s+/g, " ").trim();
    return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** An error as people read it: its name and message. */
export const reasonOf = (error: unknown): string =>
    shortened(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
