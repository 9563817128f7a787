"use strict";
// What Pulumi runs (`main` in Pulumi.yaml): index.ts with all that it needs, as one text that is made when a source has
// changed. The host's own way, TypeScript's compiler and each file by itself, takes longer than a service does.
module.exports = require("./cli/run").run("engine");
