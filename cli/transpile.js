"use strict";
// Turns a file of TypeScript into JavaScript for ts-node (`"transpiler"` in tsconfig.json): esbuild takes a tenth of the
// time that the compiler takes, and types are checked by `npm test` alone. Plain JavaScript, as ts-node itself loads it.
const { basename, dirname, join } = require("node:path");

/**
 * `import * as x` and `import()` are what `require` returns, as the compiler makes them without `esModuleInterop`:
 * esbuild's wrapper would be a copy, and neither could be called nor changed.
 */
const plainRequire = code =>
    code.replace(/__toESM\((require(?:_\w+)?\((?:"[^"\n]*"|'[^'\n]*')?\))(?:, 1)?\)/g, (_, call) => call);

/** What every file and every bundle is made with. */
const settings = { format: "cjs", platform: "node", target: "es2022", supported: { "dynamic-import": false } };

exports.create = () => ({
    transpile(input, { fileName }) {
        return isCommand(fileName) ? asBundle(fileName) : asModule(input, fileName);
    },
});

function asModule(input, sourcefile) {
    const { code, map } = require("esbuild").transformSync(input, {
        ...settings,
        loader: "ts",
        sourcemap: true,
        sourcefile,
    });
    return { outputText: plainRequire(code), sourceMapText: map };
}

/** Whether Node.js was started on this file, and it is a command: it then runs as `npm start` runs it. */
const isCommand = fileName => fileName === process.argv[1] && dirname(fileName) === __dirname;

/** Of a text that stands in no source. */
const noMap = JSON.stringify({ version: 3, sources: [], names: [], mappings: "" });

function asBundle(fileName) {
    const [run, command] = [join(__dirname, "run.js"), basename(fileName, ".ts")].map(text => JSON.stringify(text));
    return { outputText: `require(${run}).run(${command});\n`, sourceMapText: noMap };
}

exports.plainRequire = plainRequire;
exports.settings = settings;
