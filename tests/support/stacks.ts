import * as assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { FleetPlan } from "../../blueprint/plan";
import { planStack } from "../../blueprint/stack";
import { projectFolder } from "../../cli/options";
import { stacksIn } from "../../config/from-file";
import { resourcesOf } from "../../cli/resources";
import { fromFile } from "../../config/from-file";
import { problemLines } from "../../config/read";
import type { StackSource } from "../../config/source";
import type { Registration } from "./recordings";

/** A stack file of the repository, and what it comes to. */
export interface Known {
    readonly source: StackSource;
    readonly plan: FleetPlan;
    readonly registrations: readonly Registration[];
}

const examples = join(projectFolder, "examples");

/** A stack file with everything on that tells, measures, audits and rolls back. */
export const allOperations = "tests/engine/fixtures/stacks/Pulumi.operations.yaml";

/** A stack file with everything on that keeps a fleet secure. */
export const allSecurity = "tests/engine/fixtures/stacks/Pulumi.security.yaml";

/**
 * Every stack file of the repository, by its path: the committed stacks, one with all of operations, one with all of
 * security, and an example of each kind.
 */
export const stackFiles: Readonly<Record<string, string>> = Object.fromEntries([
    [allOperations, "operations"],
    [allSecurity, "security"],
    ...stacksIn(projectFolder).map(stack => [`Pulumi.${stack}.yaml`, stack]),
    ...readdirSync(examples, { recursive: true, encoding: "utf8" })
        .filter(file => file.endsWith(".yaml"))
        .sort()
        .map(file => [relative(projectFolder, join(examples, file)), "example"]),
]) as Record<string, string>;

/** Reads, plans and records one of {@link stackFiles}. */
export async function known(file: string): Promise<Known> {
    const source = fromFile(join(projectFolder, file), stackFiles[file]);
    const { plan, problems } = planStack(source);
    assert.ok(plan, problemLines(problems).join("\n"));
    const { stackTraceLimit } = Error;
    try {
        const { registrations } = await resourcesOf(source, plan);
        return { source, plan, registrations };
    } finally {
        // The program switches stack traces off; a failed assertion needs its own.
        Error.stackTraceLimit = stackTraceLimit;
    }
}
