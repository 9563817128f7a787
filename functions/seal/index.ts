import { handlerOf } from "../lib/seals/handler";
import { handle } from "./handle";

/** Seals artifacts right after they were made: writes down what is in them, and signs it. No other function may. */
export const handler = handlerOf(handle);
