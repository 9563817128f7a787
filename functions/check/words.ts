import { inLine } from "../lib/text";

/** `text` in one line of at most `limit` characters. */
export const shortened = (text: string, limit = 300): string => inLine(text, limit);

/** An error as people read it: its name and message. */
export const reasonOf = (error: unknown): string =>
    shortened(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
