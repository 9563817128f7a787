import { cloudformation } from "./cloudformation";
import { ecs } from "./ecs";
import { s3 } from "./s3";
import { sam } from "./sam";
import { script } from "./script";
import { stackSet } from "./stack-set";

/** What brings a service into an environment. */
export const deploys = [cloudformation, ecs, s3, sam, script, stackSet] as const;
