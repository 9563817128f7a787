import { alarm } from "./alarm";
import { window } from "./window";

/** Checks of a stage's entry (`before`) and of its success (`after`). */
export const gates = [alarm, window] as const;
