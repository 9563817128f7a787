import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromFile } from "../../../config/from-file";
import { problemLines, readFleet } from "../../../config/read";
import { fromText, type StackSource } from "../../../config/source";

/** Name of the stack of all tests; its file is `Pulumi.t.yaml`. */
export const stack = "t";

/** Calls `use` with a folder that holds `files`, and removes it. */
export function inFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    try {
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
        return use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** The source of a stack file with `text`, beside a `Pulumi.yaml` where one is given. */
export const sourceOf = (text: string, projectText?: string): StackSource =>
    inFolder(
        { [`Pulumi.${stack}.yaml`]: text, ...(projectText !== undefined && { "Pulumi.yaml": projectText }) },
        folder => fromFile(join(folder, `Pulumi.${stack}.yaml`), stack),
    );

/** The lines of what is wrong with a stack file of `text`. */
export const linesOf = (text: string): string[] => problemLines(readFleet(sourceOf(text)).problems);

/** `value` with the keys of its maps in order, as the engine hands them over. */
const sorted = (value: unknown): unknown =>
    Array.isArray(value)
        ? value.map(sorted)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
                Object.entries(value)
                    .sort(([a], [b]) => (a < b ? -1 : 1))
                    .map(([key, inner]) => [key, sorted(inner)]),
            )
          : value;

/** `value` as the text that the engine hands over. */
export const engineText = (value: unknown): string =>
    value === null ? "" : typeof value === "string" ? value : JSON.stringify(sorted(value));

/** What `source` would be if its values had come through the engine. */
export const throughEngine = (source: StackSource): StackSource => ({
    ...source,
    values: Object.fromEntries(
        Object.entries(source.values).map(([key, value]) => [key, fromText(key, engineText(value))]),
    ),
});
