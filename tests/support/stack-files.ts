import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { project } from "../../config/source";
import type { Values } from "./plans";

/** The stack file of `values`, whose keys of this project stand without their namespace. */
const textOf = (values: Values) =>
    stringify({
        config: Object.fromEntries(
            Object.entries(values).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
        ),
    });

/** What `use` makes of a folder with the stack files of `stacks`; a text stands as it is, and may belong to any other file. */
export function inFolder<T>(stacks: Readonly<Record<string, Values | string>>, use: (folder: string) => T): T {
    const folder = mkdtempSync(join(tmpdir(), "stacks-"));
    try {
        for (const [name, content] of Object.entries(stacks)) {
            const file = name.includes(".") ? name : `Pulumi.${name}.yaml`;
            writeFileSync(join(folder, file), typeof content === "string" ? content : textOf(content));
        }
        return use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}
