import type * as fc from "fast-check";
import type { PipelinePlan } from "../../../blueprint/plan";
import type { Script } from "../../../blueprint/simulation/script";
import { simulate } from "../../../blueprint/simulation/simulate";
import type { Simulation } from "../../../blueprint/simulation/simulation";
import { withDeeds } from "./random-deeds";
import { randomPipeline } from "./random-pipeline";
import { randomScript } from "./random-script";

/** A script that was played. */
export interface RandomPlay {
    readonly plan: PipelinePlan;
    readonly script: Script;
    readonly simulation: Simulation;
}

/** Any script, with deeds that do something, played on any pipeline. */
export const randomPlay: fc.Arbitrary<RandomPlay> = randomPipeline.chain(plan =>
    randomScript(plan)
        .chain(script => withDeeds(plan, script))
        // Once more, about what has come of them: who retries what somebody has stopped?
        .chain(script => withDeeds(plan, script))
        .map(script => ({ plan, script, simulation: simulate(plan, script) })),
);
