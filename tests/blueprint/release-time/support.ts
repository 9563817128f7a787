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
import { pathText } from "../../../catalog/problem";
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

export const x86 = "aws/codebuild/amazonlinux-x86_64-standard:5.0";
export const armTwin = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

/** A stack of a service that is deployed to dev and prod, with `words`; what waits for what, and runs where, is theirs. */
export const stack = (words: Words = {}, others: Words = {}): Words => ({
    environments: [{ name: "dev" }, { name: "prod" }],
    ...others,
    services: {
        orders: {
            source: { repository: "acme/orders" },
            build: { buildspec: "buildspec.yml", image: x86, compute: "2xlarge", privileged: true },
            deploy: { type: "s3", bucket: "orders-{environment}" },
            ...words,
        },
    },
});

export const suite = (words: Words = {}) => ({
    after: "deploy",
    environments: ["dev"],
    buildspec: "test.yml",
    image: armTwin,
    ...words,
});

export const everywhere = { environments: undefined, buildspec: undefined, compute: "2xlarge" };

/** Kind, keys with values, and minutes of `advice`; prices are looked at where they are what is tested. */
export const brief = ({ kind, changes, savesMinutes }: Advice) => [
    kind,
    Object.fromEntries(changes.map(({ path, value }) => [pathText(path), value])),
    Number(savesMinutes.toFixed(2)),
];

export const key = (name: string) => `services.orders.${name}`;
