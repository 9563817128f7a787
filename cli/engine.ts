import * as program from "../index";

/** What `main.js` hands to the Pulumi engine: the stack, as `index.ts` builds it. */
export = program;
