import program = require("../index");

/** What `main.js` hands to the Pulumi engine: the stack, as `index.ts` builds it. */
export = program;
