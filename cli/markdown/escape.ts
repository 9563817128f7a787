/** What could end a span of code, or a cell of a table, also within one. */
const breaking = /[`|\\]/;

/**
 * `text` as code in GitHub's Markdown, so that it is seen as it is: within code there is no HTML, no link, no mention that tells somebody
 * and no reference to an issue. What is no character to be seen is a space.
 *
 * @see https://github.github.com/gfm/#code-spans
 * @see https://github.github.com/gfm/#tables- a pipe ends a cell also within code
 */
export function code(text: string): string {
    const line = seen(text);
    return line === "" || breaking.test(line) ? htmlCode(line) : `\`${line}\``;
}

/** `text` as code in HTML: all but letters, digits and blanks by its number. */
export const htmlCode = (text: string): string =>
    `<code>${[...seen(text)].map(character => (/[\p{L}\p{N} ]/u.test(character) ? character : `&#${character.codePointAt(0)};`)).join("")}</code>`;

const seen = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ").trim();

/** Several texts as code. */
export const codes = (texts: readonly string[]): string => texts.map(code).join(", ");

/** `text` in a comment of HTML, which nothing in it can end. */
export const hidden = (text: string): string => `<!-- ${text.replace(/[^\w.: ]+/g, "-").replace(/-+/g, "-")} -->`;
