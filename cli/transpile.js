"use strict";
// Turns a file of TypeScript into JavaScript for ts-node (`"transpiler"` in tsconfig.json): esbuild takes a tenth of the
// time that the compiler takes, and types are checked by `npm test` alone. Plain JavaScript, as ts-node itself loads it.
const { transformSync } = require("esbuild");

/**
 * `import * as x` and `import()` are what `require` returns, as the compiler makes them without `esModuleInterop`:
 * esbuild's wrapper would be a copy, and neither could be called nor changed.
 */
const plainRequire = code =>
    code.replace(/__toESM\((require\((?:"[^"\n]*"|'[^'\n]*')\))(?:, 1)?\)/g, (_, call) => call);

exports.create = () => ({
    transpile(input, { fileName }) {
        const { code, map } = transformSync(input, {
            loader: "ts",
            format: "cjs",
            platform: "node",
            target: "es2022",
            supported: { "dynamic-import": false },
            sourcemap: true,
            sourcefile: fileName,
        });
        return { outputText: plainRequire(code), sourceMapText: map };
    },
});
