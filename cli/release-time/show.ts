import type { FleetPlan } from "../../blueprint/plan";
import { adviceFor } from "../../blueprint/release-time/advice";
import { releaseTime } from "../../blueprint/release-time/critical-path";
import type { StackSource } from "../../config/source";
import type { Options } from "../options";
import type { Paint } from "../paint";
import { readDurations } from "./durations-file";
import { releaseTimesJson } from "./json";
import { releaseTimesText, releaseTimeText, type Shown } from "./text";

/** What is asked of the releases of a stack. */
export type AskedTime = Pick<Options, "service" | "durations" | "json">;

/** What is printed, and whether the file of durations has what the stack does not have any more. */
export interface TimeAnswer {
    readonly text: string;
    readonly stale: boolean;
}

/**
 * How long releases take, as text or as JSON: of one service with its whole way, and what would shorten it.
 *
 * @throws UsageError when there is no file of measured durations; Error when it is none
 */
export function releaseTimeAnswer(
    { service, durations: file, json }: AskedTime,
    source: StackSource,
    plan: FleetPlan,
    paint: Paint,
): TimeAnswer {
    const releases = plan.pipelines.filter(({ purpose }) => purpose === "release");
    const known = file === undefined ? undefined : readDurations(file, releases);
    const asked = service === undefined ? releases : releases.filter(pipeline => pipeline.service === service);
    const shown: Shown = {
        prefix: plan.prefix,
        stack: plan.stack,
        region: plan.home.region,
        origin: known === undefined ? { stale: [] } : { file: file ?? "", at: known.at, stale: known.stale },
        times: asked.map(pipeline => releaseTime(pipeline, known?.measured)),
    };
    // A plan for each change: for one service that is nothing, and for a thousand a long wait for what nobody reads.
    const advice = service === undefined ? undefined : adviceFor(source, asked[0], plan, known?.measured);
    const text = advice === undefined ? releaseTimesText(shown, paint) : releaseTimeText(shown, advice, paint);
    return {
        text: json ? JSON.stringify(releaseTimesJson(shown, advice), undefined, 2) : text,
        stale: shown.origin.stale.length > 0,
    };
}
