import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { buildSync, version, type BuildOptions } from "esbuild";

/** Folder of the program, where `functions/` is. */
const folder = join(__dirname, "..");

/** Where bundles are kept, below the folder of the program that they belong to. */
const kept = "node_modules/.cache/service-pipelines/functions";

/** The major version of Node.js that functions run on: the newest that Lambda has. */
export const nodeVersion = 24;

const options = {
    bundle: true,
    write: false,
    metafile: true,
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
} as const satisfies BuildOptions;

/** What is kept of a bundle beside its text: it is made anew unless all this is as it was. */
interface Made {
    readonly esbuild: string;
    readonly options: object;
    /** Every file that went into it, by its path from the folder of the program, with its hash. */
    readonly inputs: Readonly<Record<string, string>>;
    readonly sha256: string;
}

/** Bundles of this process: the file, or the text alone where no file can be written. */
const bundles = new Map<string, { readonly file: string } | { readonly text: string }>();
const hashes = new Map<string, string | undefined>();

/**
 * Path of a file with the code of `functions/<key>/` and all that it imports, from the folder that the process works in.
 * The same sources give the same text and the same name in every folder, so that `up` updates a function only when its
 * code has changed, and it is bundled only then. `undefined` where nothing can be written below `node_modules/`: then
 * {@link bundled} has the text, which the engine takes for the same, as it compares hashes of content.
 *
 * @throws Error when it does not compile
 */
export function bundleFile(key: string): string | undefined {
    const known = bundle(key);
    return "file" in known ? relative(process.cwd(), known.file) : undefined;
}

/**
 * The text of {@link bundleFile}.
 *
 * @throws Error when it does not compile
 */
export function bundled(key: string): string {
    const known = bundle(key);
    return "file" in known ? readFileSync(known.file, "utf8") : known.text;
}

function bundle(key: string) {
    const known = bundles.get(key) ?? keptFile(key) ?? made(key);
    bundles.set(key, known);
    return known;
}

/** The file of an earlier process, where nothing that went into it has changed. */
function keptFile(key: string): { readonly file: string } | undefined {
    const record = recorded(key);
    if (record === undefined) {
        return undefined;
    }
    const file = fileOf(key, record.sha256);
    const isSame =
        record.esbuild === version &&
        JSON.stringify(record.options) === JSON.stringify(options) &&
        Object.entries(record.inputs).every(([path, sha256]) => hashOf(path) === sha256) &&
        // A copy that was cut short, or written to since, is none.
        hashOf(relative(folder, file)) === record.sha256;
    return isSame ? { file } : undefined;
}

function recorded(key: string): Made | undefined {
    try {
        return JSON.parse(readFileSync(join(folder, kept, `${key}.json`), "utf8")) as Made;
    } catch {
        return undefined; // There is none, or it is damaged.
    }
}

function made(key: string): { readonly file: string } | { readonly text: string } {
    const { outputFiles, metafile } = buildSync({
        absWorkingDir: folder,
        entryPoints: [`functions/${key}/index.ts`],
        ...options,
    });
    const [{ text }] = outputFiles;
    const sha256 = createHash("sha256").update(text).digest("hex");
    const inputs = Object.fromEntries(Object.keys(metafile.inputs).map(path => [path, hashOf(path) ?? ""]));
    const file = fileOf(key, sha256);
    const record: Made = { esbuild: version, options, inputs, sha256 };
    try {
        mkdirSync(join(folder, kept), { recursive: true });
        write(file, text);
        write(join(folder, kept, `${key}.json`), JSON.stringify(record));
    } catch {
        return { text }; // A folder that is read-only, a disk that is full.
    }
    return { file };
}

/** The name has the hash, so that a file never changes under an engine that is still reading it. */
const fileOf = (key: string, sha256: string) => join(folder, kept, `${key}-${sha256.slice(0, 16)}.js`);

/** At once or not at all: another process may make the same. */
function write(file: string, text: string): void {
    const part = `${file}.${process.pid}`;
    writeFileSync(part, text);
    renameSync(part, file);
}

/** SHA-256 of a file of the program; functions share most of theirs. */
function hashOf(path: string): string | undefined {
    if (!hashes.has(path)) {
        const file = join(folder, path);
        hashes.set(path, existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : undefined);
    }
    return hashes.get(path);
}
