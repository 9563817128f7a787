import { handlerOf } from "../lib/seals/handler";
import { handle } from "./handle";

/** Looks at artifacts right before they are deployed: whether they are what was sealed when they were made. */
export const handler = handlerOf(handle);
