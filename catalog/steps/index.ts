import { commands } from "./commands";
import { lambda } from "./lambda";
import { pipeline } from "./pipeline";
import { script } from "./script";
import { stepFunctions } from "./step-functions";

/** What is done in an environment beside the deploy. */
export const steps = [commands, lambda, pipeline, script, stepFunctions] as const;
