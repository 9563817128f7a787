/**
 * The lines of JSON that functions write while a test runs, which are kept from the terminal. What Node.js itself says
 * between them is not. Call it inside `describe`.
 */
export function quiet(): string[] {
    const { error, log } = console;
    const lines: string[] = [];
    beforeEach(() => {
        lines.length = 0;
        console.error = console.log = (line: string) => (line.startsWith("{") ? void lines.push(line) : error(line));
    });
    afterEach(() => {
        Object.assign(console, { error, log });
    });
    return lines;
}
