import * as fc from "fast-check";
import type { PipelinePlan } from "../../../blueprint/plan";
import type { Script } from "../../../blueprint/simulation/script";
import { simulate } from "../../../blueprint/simulation/simulate";
import type { TimelineEvent } from "../../../blueprint/simulation/simulation";
import { minute } from "../../../blueprint/simulation/times";

type Deeds = Pick<Script, "overrides" | "retries" | "rollbacks" | "stops">;

const none: Deeds = { overrides: [], retries: [], rollbacks: [], stops: [] };

const promising: readonly TimelineEvent["kind"][] = [
    "action-failed",
    "action-started",
    "approval-asked",
    "condition-failed",
    "condition-waits",
    "execution-stopped",
    "stage-failed",
    "stage-succeeded",
    "stage-waited-for",
];

/** What somebody may do about `event`, some minutes after it; nothing about most. */
function deedsAbout(event: TimelineEvent, delay: number, choice: boolean): Deeds {
    const { kind, commit = "", stage = "", environment, condition = "before" } = event;
    const at = event.at + delay * minute;
    switch (kind) {
        case "condition-waits":
        case "condition-failed":
            return { ...none, overrides: [{ at, commit, stage, condition }] };
        case "action-failed":
        case "stage-failed":
            return { ...none, retries: [{ at, commit, stage, mode: choice ? "failed-actions" : "all-actions" }] };
        case "stage-succeeded":
            return environment === undefined ? none : { ...none, rollbacks: [{ at, environment, to: commit }] };
        case "stage-waited-for":
        case "approval-asked":
        case "action-started":
            return { ...none, stops: [{ at, commit, abandon: choice }] };
        case "execution-stopped":
            return { ...none, retries: [{ at, commit, stage, mode: "failed-actions" }] };
        default:
            return none;
    }
}

/** `script`, and deeds at moments in which they can do something: about what happens without them. */
export function withDeeds(plan: PipelinePlan, script: Script): fc.Arbitrary<Script> {
    const { events } = simulate(plan, script);
    const kinds = [...new Set(events.map(({ kind }) => kind))].filter(kind => promising.includes(kind));
    if (kinds.length === 0) {
        return fc.constant(script);
    }
    // The kind comes first: of what happens rarely as much is made as of what happens all the time.
    const event = fc.constantFrom(...kinds).chain(kind => fc.constantFrom(...events.filter(one => one.kind === kind)));
    const deed = fc
        .record({ event, delay: fc.nat({ max: 45 }), choice: fc.boolean() })
        .map(({ event: about, delay, choice }) => deedsAbout(about, delay, choice));
    return fc.array(deed, { maxLength: 3 }).map(all =>
        all.reduce<Script>(
            (one, deeds) => ({
                ...one,
                overrides: [...one.overrides, ...deeds.overrides],
                retries: [...one.retries, ...deeds.retries],
                rollbacks: [...one.rollbacks, ...deeds.rollbacks],
                stops: [...one.stops, ...deeds.stops],
            }),
            script,
        ),
    );
}
