// eslint-disable-next-line @typescript-eslint/no-require-imports -- what it exports is a function, not a namespace
import program = require("../index");
import { joinDebugMessages } from "./debug-messages";

joinDebugMessages();

/** What `main.js` hands to the Pulumi engine: the stack, as `index.ts` builds it. */
export = program;
