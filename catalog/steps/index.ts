import { commands } from "./commands";
import { lambda } from "./lambda";
import { pipeline } from "./pipeline";
import { promote } from "./promote";
import { script } from "./script";
import { stepFunctions } from "./step-functions";

/** What is done in an environment beside the deploy. */
export const steps = [commands, lambda, pipeline, promote, script, stepFunctions] as const;
