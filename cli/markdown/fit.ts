/** A part of a summary. */
export interface Block {
    readonly lines: readonly string[];

    /** How many of {@link lines} stand or fall together, from the first: a heading, the head of a table. @default all of them */
    readonly head?: number;
}

/** Most of what is left that one part takes, where others follow. */
const share = 0.6;

/**
 * The parts, with an empty line between them, in at most `limit` characters: what is too much is left out from the end of a part, and a line
 * says so.
 */
export function fitted(blocks: readonly Block[], limit: number): string {
    let text = "";
    blocks.forEach((block, index) => {
        const left = limit - text.length;
        text += part(block, index === blocks.length - 1 ? left : Math.floor(left * share));
    });
    return text;
}

const leftOut = (count: number) =>
    `\n*${count} more ${count === 1 ? "line" : "lines"} left out: a comment has at most 65,536 characters. \`npm start\` shows all.*\n`;

/** One part in at most `room` characters; nothing where not even the line that says so has room. */
function part({ lines, head = lines.length }: Block, room: number): string {
    const whole = `${lines.join("\n")}\n\n`;
    if (whole.length <= room) {
        return whole;
    }
    const note = (count: number) => `${leftOut(count)}\n`;
    let kept = 0;
    let length = note(lines.length).length;
    while (kept < lines.length && length + lines[kept].length + 1 <= room) {
        length += lines[kept].length + 1;
        kept += 1;
    }
    const shown = kept < head ? [] : lines.slice(0, kept);
    const text = `${shown.map(line => `${line}\n`).join("")}${note(lines.length - shown.length)}`;
    return text.length <= room ? text : "";
}
