import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { changeOf, type FleetChange } from "../blueprint/change";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { isFile, kindOf } from "./files";
import { UsageError, type Options } from "./options";

/** What a stack file is compared with. */
export interface Baseline {
    /** In words: `Pulumi.prod.yaml of HEAD`. */
    readonly name: string;
    readonly text: string;
}

/** What `file` says in git's `revision`; undefined outside a repository, and where the revision has no such file. */
export function committed(file: string, revision: string): Baseline | undefined {
    // What begins with a dash would be an option of git, and nothing at all what is staged.
    if (!/^[^-\s][^\0]*$/.test(revision)) {
        return undefined;
    }
    const { status, stdout } = spawnSync("git", ["show", `${revision}:./${basename(file)}`], {
        maxBuffer: 16 * 1024 * 1024,
        cwd: dirname(file),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
    });
    return status === 0 ? { name: `${basename(file)} of ${revision}`, text: stdout } : undefined;
}

/**
 * What `other` says, a file or else a revision of `file`; undefined when it is neither.
 *
 * @throws UsageError for a folder, a pipe or a device: one may never end
 */
export function baseline(file: string, other: string): Baseline | undefined {
    if (isFile(other)) {
        return { name: other, text: readFileSync(other, "utf8") };
    }
    const kind = kindOf(other);
    if (kind !== undefined) {
        throw new UsageError(`--compare: expected a file or a revision of git, found ${kind}: ${other}`);
    }
    return committed(file, other);
}

/** What a stack file is compared with, planned. */
export interface Previous {
    readonly since: string;
    /** Undefined where it has problems, so that it had no pipelines. */
    readonly plan?: FleetPlan;
}

/** What changed since a {@link Baseline}. */
export interface Comparison {
    readonly since: string;
    /** Undefined where the baseline has problems, so that it had no pipelines. */
    readonly change?: FleetChange;
}

/**
 * What is compared with: what `asked` names, or without it what was committed last, where the file is not the same.
 *
 * @throws UsageError when `asked` is neither a file nor a revision that has the stack file
 */
export function previous({
    stack,
    file,
    compare: asked,
}: Pick<Options, "stack" | "file" | "compare">): Previous | undefined {
    const base = asked === undefined ? committed(file, "HEAD") : baseline(file, asked);
    if (base === undefined) {
        if (asked !== undefined) {
            throw new UsageError(
                `--compare: ${JSON.stringify(asked)} is neither a file nor a revision of git that has ${basename(file)}`,
            );
        }
        return undefined;
    }
    if (asked === undefined && base.text === readFileSync(file, "utf8")) {
        return undefined;
    }
    const before = planOfText(file, stack, base.text);
    return { since: base.name, ...(before && { plan: before }) };
}

/** What `plan` changes against {@link previous}. */
export function comparison(
    asked: Pick<Options, "stack" | "file" | "compare">,
    plan: FleetPlan,
): Comparison | undefined {
    const base = previous(asked);
    return base && { since: base.since, ...(base.plan && { change: changeOf(base.plan, plan) }) };
}

/** The plan of what `text` says in the place of `file`; undefined when it has problems. */
export const planOfText = (file: string, stack: string, text: string): FleetPlan | undefined =>
    planStack(fromFile(file, stack, text)).plan;
