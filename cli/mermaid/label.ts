/** Most characters of a label: beyond it a node is wider than a page. */
const longest = 100;

/** What stands in a label as it is: nothing that Mermaid, Markdown or HTML gives a meaning to. */
const plain = /[\p{L}\p{N} ,./()'?!=+@:;…-]/u;

/** Words that have a meaning before a colon, also within quotes: of a style, and of an icon. */
const styles = /style|classDef|fa[a-z]?:/i;

/**
 * `text` as a label of Mermaid, between double quotes: what might have a meaning to Mermaid, to Markdown in it or to HTML is written as
 * an entity code, so that it is seen and does nothing. What is no character to be seen is a space, also where there is nothing else.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function label(text: string): string {
    const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ").trim();
    // Mermaid reads no label of nothing.
    const all = [...(line === "" ? "\u00a0" : line)];
    const shown = all.length > longest ? [...all.slice(0, longest - 1), "…"] : all;
    // A line that begins as a list does would be taken for one.
    const list = /^([-+]|\d+[.)])\s/.exec(line)?.[1].length ?? 0;
    const styled = styles.test(line);
    const stays = (character: string, index: number) =>
        plain.test(character) && index !== list - 1 && !(styled && character === ":");
    return `"${shown.map((character, index) => (stays(character, index) ? character : entity(character))).join("")}"`;
}

const entity = (character: string) => `#${character.codePointAt(0)};`;
