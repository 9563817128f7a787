import { alarm } from "./alarm";
import { lambda } from "./lambda";
import { variable } from "./variable";
import { window } from "./window";

/** Checks of a stage's entry (`before`) and of its success (`after`). */
export const gates = [alarm, lambda, variable, window] as const;
