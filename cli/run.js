"use strict";
// Runs a command of the offline tools: `node cli/run.js start --stack prod` is cli/start.ts with these arguments. All that the command
// needs of this project and of small packages is one text of JavaScript, which esbuild makes when a source has changed: to load
// hundreds of files of TypeScript one by one takes half a second.
const { existsSync, readFileSync, readdirSync } = require("node:fs");
const { Module, SourceMap, createRequire } = require("node:module");
const { join } = require("node:path");
const v8 = require("node:v8");
const { Script } = require("node:vm");
const { bytes, cached, entryFile, keep, keyOf } = require("./cache");
const { plainRequire, settings } = require("./transpile");

const project = join(__dirname, "..");

/** Folders whose files go into a bundle, or decide how it is made. */
const folders = ["catalog", "config", "blueprint", "components", "functions", "cli"];

/** Stay packages: they find files beside their own, or a recording changes them. */
const external = ["@pulumi/*", "@aws-sdk/*", "@aws/cloudformation-validate", "esbuild", "typescript"];

/** Runs the command `name` on the arguments of this process, as its main module; returns what it exports. */
exports.run = name => {
    optimiseLess();
    // `npm run doctor` says it; before each answer of AWS it is eight lines of warning.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    const entry = join(__dirname, `${name}.ts`);
    const key = keyOf(name, ...contents());
    const [bundles, maps] = [join("bundles", name), join("maps", name)];
    let made;
    const map = () => cached(maps, key, () => (made ??= bundled(entry)).map);
    const code = cached(bundles, key, () => (made ??= bundled(entry)).code);
    if (made !== undefined) {
        map();
    }
    const file = entryFile(bundles, key);
    traceBack(join(bundles, key), map);
    const script = compiled(
        `(function (exports, require, module, __filename, __dirname) {${code}\n})`,
        file,
        name,
        key,
    );
    // As if all stood in cli/: packages are found from there, and the folder of the project is the one above.
    const module = new Module(entry);
    const requireThere = Object.assign(createRequire(entry), { main: module });
    script.runInThisContext()(module.exports, requireThere, module, entry, __dirname);
    return module.exports;
};

/** `code` with what V8 has made of it before; what it makes of it now is kept when the process ends, where there was nothing. */
function compiled(code, filename, name, key) {
    const [place, version] = [join("compiled", name), keyOf(key, process.version, process.arch)];
    const cachedData = bytes(place, version);
    const script = new Script(code, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) {
        process.on("exit", () => keep(place, version, script.createCachedData()));
    }
    return script;
}

/**
 * A command ends after a second or ten, and few of the functions that V8 would optimise meanwhile earn it: a fifth of the processor
 * time is saved. Of versions in which nobody has tried it, nothing is asked.
 */
function optimiseLess() {
    const major = Number(process.versions.node.split(".")[0]);
    if (major >= 20 && major <= 24) {
        v8.setFlagsFromString("--interrupt-budget=528000");
    }
}

/** Whatever decides about a bundle: names and contents of all sources, and which packages are installed. */
function* contents() {
    for (const folder of folders) {
        for (const entry of readdirSync(join(project, folder), { recursive: true }).sort()) {
            if (/\.(ts|js)$/.test(entry)) {
                yield join(folder, entry);
                yield readFileSync(join(project, folder, entry));
            }
        }
    }
    for (const file of ["index.ts", "package-lock.json", "node_modules/.package-lock.json"]) {
        yield file;
        yield existsSync(join(project, file)) ? readFileSync(join(project, file)) : "";
    }
}

/** The command and all that it needs, in one text, and the map back to the sources. */
function bundled(entry) {
    const { outputFiles } = require("esbuild").buildSync({
        ...settings,
        absWorkingDir: project,
        entryPoints: [entry],
        outdir: project,
        bundle: true,
        write: false,
        external,
        // What a file around the program says must not change the text.
        tsconfigRaw: "{}",
        sourcemap: "external",
        sourcesContent: false,
        logLevel: "error",
    });
    const [map, code] = outputFiles.map(({ text }) => text);
    return { code: plainRequire(code), map };
}

/** Frames of stack traces in the bundle, a file whose path ends so, name the file and line of the source. */
function traceBack(ending, mapText) {
    let map;
    Error.prepareStackTrace = (error, frames) => {
        const lines = frames.map(frame => {
            const text = `    at ${frame}`;
            // What V8 has kept has the name from where it was kept: another folder, with the same sources and packages.
            const name = frame.getFileName() ?? "";
            if (!name.endsWith(ending)) {
                return text;
            }
            map ??= new SourceMap(JSON.parse(mapText()));
            const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
            const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
            return originalSource === undefined
                ? text
                : text.replace(
                      `${name}:${line}:${column}`,
                      () => `${join(project, originalSource)}:${originalLine + 1}:${originalColumn + 1}`,
                  );
        });
        return [String(error), ...lines].join("\n");
    };
}

if (require.main === module) {
    const [, , name, ...rest] = process.argv;
    process.argv.splice(1, process.argv.length, join(__dirname, `${name}.ts`), ...rest);
    exports.run(name);
}
