import type { Asking } from "../lib/seals/job";

/** `UserParameters` of an action that verifies its input artifacts. */
export type VerifyInput = Asking;
