import { together } from "../lib/errors";
import type { Event } from "../lib/event";
import { draftsOf } from "./notices";
import { tell } from "./tell";
import { tick } from "./tick";
import type { WholeWorld } from "./world";

/**
 * Tells whoever wants to hear of `event`, and does what is done beside: neither keeps the other from being done. What has
 * failed is thrown when all else is done, so that the event comes again and only that is done again.
 */
export const handle = (event: Event, world: WholeWorld): Promise<void> =>
    together([
        ...world.beside.map(deed => () => deed(event)),
        async () => {
            if (event.kind === "tick") {
                return tick(world);
            }
            const drafts = await draftsOf(event, world);
            return together(drafts.map(draft => () => tell(draft, world)));
        },
    ]);
