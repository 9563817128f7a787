/** Characters from which a piece is handed on; it may be longer by one entry of a list. */
const pieceLength = 65_536;

/**
 * `JSON.stringify(value, undefined, 2)` with a line break behind it, in pieces: of a large fleet the whole would take more memory
 * than the fleet.
 */
export function* jsonPieces(value: Readonly<Record<string, unknown>>): Generator<string> {
    let text = "";
    for (const part of parts(value)) {
        text += part;
        if (text.length >= pieceLength) {
            yield text;
            text = "";
        }
    }
    yield text;
}

function* parts(value: Readonly<Record<string, unknown>>): Generator<string> {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    let before = "{";
    for (const [key, one] of entries) {
        yield `${before}\n  ${JSON.stringify(key)}: `;
        if (Array.isArray(one) && one.length > 0) {
            yield* list(one);
        } else {
            yield indented(one, "  ");
        }
        before = ",";
    }
    yield entries.length === 0 ? "{}\n" : "\n}\n";
}

function* list(items: readonly unknown[]): Generator<string> {
    let before = "[";
    for (const item of items) {
        yield `${before}\n    ${indented(item, "    ")}`;
        before = ",";
    }
    yield "\n  ]";
}

/** What `value` is as JSON where lines begin with `space`; in a list nothing is `null`. */
const indented = (value: unknown, space: string) =>
    ((JSON.stringify(value, undefined, 2) as string | undefined) ?? "null").replaceAll("\n", `\n${space}`);
