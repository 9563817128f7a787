import { styleText } from "node:util";

/** Marks parts of a text for the eye; on anything but a terminal the text stays as it is. */
export interface Paint {
    readonly heading: (text: string) => string;
    readonly quiet: (text: string) => string;
    readonly warning: (text: string) => string;
    readonly problem: (text: string) => string;
}

/** Colours for `stream`: on a terminal, unless NO_COLOR says otherwise (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
    const colours = stream.isTTY === true && !process.env.NO_COLOR;
    const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
        colours ? styleText(format, text, { validateStream: false }) : text;
    return { heading: paint("bold"), quiet: paint("dim"), warning: paint("yellow"), problem: paint("red") };
}
