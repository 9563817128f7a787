import { Later } from "../../lib/errors";
import type { World } from "../world";

/** How long CodePipeline's API may need to know what an event has told already, in milliseconds; nowhere is it promised. */
const lag = 60_000;

/** Seconds until it is asked again. */
const rest = 10;

/**
 * Waits until AWS knows the details of what happened at `time`: a notice with its reason a moment later is worth more than one
 * without. What it does not know after a minute it will never know.
 *
 * @throws Later when `isKnown` is false, and it is early
 */
export function expectKnown(isKnown: boolean, time: Date, { now }: Pick<World, "now">): void {
    if (!isKnown && now() - time.getTime() < lag) {
        throw new Later(rest, "CodePipeline does not yet know the details of its event");
    }
}
