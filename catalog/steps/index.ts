import { script } from "./script";

/** What is done in an environment beside the deploy. */
export const steps = [script] as const;
