import type { Event } from "../../lib/event";
import type { Draft } from "../draft";
import { releases } from "../place";
import type { World } from "../world";
import { ofAlarm } from "./alarm";
import { ofApproval } from "./approval";
import { ofExecution } from "./execution";
import { ofRollback } from "./rollback";
import { ofStage } from "./stage";

/** What there is to tell of `event`, and whatever has to be remembered of it. */
export async function draftsOf(event: Exclude<Event, { kind: "tick" }>, world: World): Promise<Draft[]> {
    if (event.kind === "alarm") {
        return ofAlarm(event, world);
    }
    if (!releases(event.pipeline, world.settings)) {
        return [];
    }
    switch (event.kind) {
        case "pipeline":
            return ofExecution(event, world);
        case "stage":
            return ofStage(event, world);
        case "action":
            return ofApproval(event, world);
        case "rollback":
            return ofRollback(event, world);
    }
}
