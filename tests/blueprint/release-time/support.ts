import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adviceFor, type Advice } from "../../../blueprint/release-time/advice";
import { releaseTime } from "../../../blueprint/release-time/critical-path";
import type { MeasuredDurations } from "../../../blueprint/release-time/durations";
import { planStack } from "../../../blueprint/stack";
import { fromFile } from "../../../config/from-file";
import { problemLines } from "../../../config/read";
import type { StackSource } from "../../../config/source";
import { pipelineOf, stackText, type Words } from "../support/fleet";

/** A stack file that says `words`, as it is read from a real file. */
export function sourceOf(words: Words, region?: string): StackSource {
    const folder = mkdtempSync(join(tmpdir(), "time-"));
    try {
        const file = join(folder, "Pulumi.test.yaml");
        writeFileSync(file, stackText(words, region));
        return fromFile(file, "test");
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** What would shorten the release of `orders` in a stack file that says `words`, and how long it takes. */
export function advised(
    words: Words,
    measured?: MeasuredDurations,
): { readonly advice: Advice[]; readonly minutes: number } {
    const source = sourceOf(words);
    const { plan, problems } = planStack(source);
    assert.deepEqual(problemLines(problems), []);
    assert.ok(plan);
    const pipeline = pipelineOf(plan);
    return { advice: adviceFor(source, pipeline, plan, measured), minutes: releaseTime(pipeline, measured).minutes };
}
