/** What stands in an element: text, elements, or nothing. */
export type Child = Node | string | number | undefined | false | readonly Child[];

/** Attributes; one that is `undefined` or `false` is not there, one that is `true` has no value. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Characters that a reader would not see, or that change the order in which others are seen. */

const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** `text` with what nobody would see as its code: a name must not look like another one. */
export const visible = (text: string) =>
    text.replace(unseen, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== undefined && value !== false) {
            element.setAttribute(
                name,
                value === true ? "" : typeof value === "string" ? visible(value) : String(value),
            );
        }
    }
    append(element, children);
}

/** Adds `children` to `parent`, texts as text. */
export function append(parent: Element, children: readonly Child[]): void {
    for (const child of children) {
        if (child instanceof Node) {
            parent.append(child);
        } else if (typeof child === "string" || typeof child === "number") {
            parent.append(visible(String(child)));
        } else if (Array.isArray(child)) {
            append(parent, child as readonly Child[]);
        }
    }
}

/** An element of HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    fill(element, attributes, children);
    return element;
}

/** An element of SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: Child[]
): SVGElementTagNameMap[K] {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    fill(element, attributes, children);
    return element;
}

/** A heading with what stands below it, if anything does. */
export function section(title: string, id: string, ...children: readonly Child[]): HTMLElement | undefined {
    return children.flat(9).every(child => child === undefined || child === false)
        ? undefined
        : el("section", { "aria-labelledby": id, class: "card" }, el("h2", { id }, title), ...children);
}

/** Terms and what each is, one under the other; those without a value are left out. */
export const terms = (all: readonly (readonly [string, Child])[]) => {
    const there = all.filter(([, value]) => value !== undefined && value !== false && value !== "");
    return there.length === 0
        ? undefined
        : el("dl", {}, ...there.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
};

/** A list of texts, or nothing. */
export const bullets = (items: readonly Child[], attributes: Attributes = {}) =>
    items.length === 0 ? undefined : el("ul", attributes, ...items.map(item => el("li", {}, item)));

/** A word with a colour. */
export const badge = (tone: "good" | "warn" | "bad" | "info" | "plain", text: Child) =>
    el("span", { class: `badge ${tone}` }, text);

/** What can be opened; it is open in print. */
export const fold = (summary: Child, ...children: readonly Child[]) =>
    el("details", {}, el("summary", {}, summary), ...children);

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** US dollars: of little, as many figures as tell it from nothing. */
export const dollars = (usd: number) => `$${usd.toFixed(usd !== 0 && usd < 0.1 ? 4 : 2)}`;

/** Names and values, of which neither may be cut. */
export const code = (text: string) => el("code", {}, text);
