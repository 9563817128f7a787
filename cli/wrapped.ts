/** Characters of a line of the preview, where words let it. */
const width = 118;

/** `text` in lines of at most 118 characters, broken between words; those after the first begin with `further`. */
export function wrapped(text: string, first: string, further: string): string[] {
    const lines: string[] = [];
    let line = first;
    let empty = true;
    for (const word of text.split(" ")) {
        if (!empty && line.length + 1 + word.length > width) {
            lines.push(line);
            line = further;
            empty = true;
        }
        line += empty ? word : ` ${word}`;
        empty = false;
    }
    return [...lines, line];
}
