import { statSync, type Stats } from "node:fs";

/** What is at `path`; undefined where nothing can be reached there. */
function stats(path: string): Stats | undefined {
    try {
        return statSync(path, { throwIfNoEntry: false });
    } catch {
        // Links in a circle, a file in place of a folder, a name that is too long or holds NUL.
        return undefined;
    }
}

/** Whether `path` is a file that ends: no pipe and no device. */
export const isFile = (path: string): boolean => stats(path)?.isFile() === true;

export const isFolder = (path: string): boolean => stats(path)?.isDirectory() === true;

/** In words what `path` is; undefined where nothing is. */
export function kindOf(path: string): string | undefined {
    const found = stats(path);
    if (found === undefined) {
        return undefined;
    }
    return found.isFile() ? "a file" : found.isDirectory() ? "a folder" : "a pipe or a device";
}
