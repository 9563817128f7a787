import { join } from "node:path";
import { buildSync } from "esbuild";

/** Folder of the program, where `functions/` is. */
const folder = join(__dirname, "..");

/** The major version of Node.js that functions run on: the newest that Lambda has. */
export const nodeVersion = 24;

const bundles = new Map<string, string>();

/**
 * The code of `functions/<key>/` and all that it imports, in one file. The same sources give the same text in every
 * folder, so that `up` updates a function only when its code has changed.
 *
 * @throws Error when it does not compile
 */
export function bundled(key: string): string {
    const known = bundles.get(key);
    if (known !== undefined) {
        return known;
    }
    const { outputFiles } = buildSync({
        absWorkingDir: folder,
        entryPoints: [`functions/${key}/index.ts`],
        bundle: true,
        write: false,
        platform: "node",
        target: `node${nodeVersion}`,
        format: "cjs",
        // Modules first: of the SDK only what is used goes into the bundle.
        mainFields: ["module", "main"],
        minify: true,
        legalComments: "none",
        // What a file around the program says must not change the text.
        tsconfigRaw: "{}",
        logLevel: "silent",
    });
    const [{ text }] = outputFiles;
    bundles.set(key, text);
    return text;
}
