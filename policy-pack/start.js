"use strict";
const { readFileSync } = require("node:fs");
const { create } = require("../cli/transpile");
const { transpile } = create();
require.extensions[".ts"] = (module, fileName) =>
    module._compile(transpile(readFileSync(fileName, "utf8"), { fileName }).outputText, fileName);
require("./index.ts");
