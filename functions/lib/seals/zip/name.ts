import type { ExtraField } from "yauzl";
import { Unsound } from "../errors";
import { flag, quoted } from "./archive";
import { limits } from "./limits";

/** Reads UTF-8, and throws where something is none. */
export const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Info-ZIP's name in UTF-8, beside one in another encoding. */
const unicodePath = 0x7075;

/**
 * The name of an entry as every program reads it. Names that are not ASCII have to be UTF-8: written without the flag that
 * says so, some programs show other letters, but none of them finds a folder more, and two names stay two as long as all
 * of an archive are written in one way: see {@link refuseMixed}.
 *
 * @throws Unsound
 */
export function nameOf(raw: Buffer, flags: number, fields: readonly ExtraField[]): string {
    if (raw.length === 0 || raw.length > limits.name) {
        throw new Unsound(`expected names of 1 to ${limits.name} bytes, found one of ${raw.length}`);
    }
    let name: string;
    try {
        name = utf8.decode(raw);
    } catch {
        const encoding = (flags & flag.utf8) === 0 ? "" : ", which it says it is";
        throw new Unsound(`the name ${quoted(raw.toString("latin1"))} is no UTF-8${encoding}`);
    }
    for (const { data } of fields.filter(({ id }) => id === unicodePath)) {
        if (!data.subarray(5).equals(raw)) {
            throw new Unsound(`${quoted(name)} has another name in UTF-8: ${quoted(data.toString("utf8", 5))}`);
        }
    }
    const wrong = wrongIn(name);
    if (wrong !== undefined) {
        throw new Unsound(`the name ${quoted(name)} ${wrong}`);
    }
    return name;
}

function wrongIn(name: string): string | undefined {
    const path = name.endsWith("/") ? name.slice(0, -1) : name;
    const segments = path.split("/");
    if (/\p{Cc}/u.test(name)) {
        return "has a control character";
    }
    if (name.includes("\\")) {
        return "has a backslash, which parts folders on Windows";
    }
    if (name.startsWith("/")) {
        return "is absolute";
    }
    if (/^[A-Za-z]:/.test(name)) {
        return "begins with a drive letter";
    }
    if (segments.includes("..")) {
        return "leaves the folder";
    }
    if (segments.some(segment => segment === "" || segment === ".")) {
        return "can be written in a shorter way, so that two names could be one file";
    }
    return segments.some(segment => /^[. ]+$/.test(segment))
        ? "has nothing but dots and blanks in a place, which Windows takes for another folder"
        : undefined;
}

/** `name` as systems keep it that change the form of Unicode (macOS), or drop dots and blanks behind (Windows). */
export const kept = (name: string): string =>
    name
        .normalize("NFC")
        .split("/")
        .map(segment => segment.replace(/[. ]+$/, ""))
        .join("/");

/**
 * Makes sure that names beyond ASCII are written in one way: a program that reads those without the flag in another encoding
 * could find one name twice, and unpack another file than others do.
 *
 * @throws Unsound
 */
export function refuseMixed(entries: readonly { readonly rawName: Buffer; readonly flags: number }[]): void {
    const flagged = entries
        .filter(({ rawName }) => rawName.some(byte => byte > 0x7f))
        .map(({ flags }) => (flags & flag.utf8) !== 0);
    if (flagged.includes(true) && flagged.includes(false)) {
        throw new Unsound(
            "some of its names say that they are UTF-8 and some do not: programs would read them differently",
        );
    }
}
