import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { planStack } from "../blueprint/stack";
import type { FleetPlan } from "../blueprint/plan";
import { fromFile } from "../config/from-file";

/** What a stack file is compared with. */
export interface Baseline {
    /** In words: `Pulumi.prod.yaml of HEAD`. */
    readonly name: string;
    readonly text: string;
}

/** What `file` says in git's `revision`; undefined outside a repository, and where the revision has no such file. */
export function committed(file: string, revision: string): Baseline | undefined {
    const { status, stdout } = spawnSync("git", ["show", `${revision}:./${basename(file)}`], {
        cwd: dirname(file),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
    });
    return status === 0 ? { name: `${basename(file)} of ${revision}`, text: stdout } : undefined;
}

/** What `other` says, a file or else a revision of `file`; undefined when it is neither. */
export function baseline(file: string, other: string): Baseline | undefined {
    return existsSync(other) ? { name: other, text: readFileSync(other, "utf8") } : committed(file, other);
}

/** The plan of what `text` says in the place of `file`; undefined when it has problems. */
export const planOfText = (file: string, stack: string, text: string): FleetPlan | undefined =>
    planStack(fromFile(file, stack, text)).plan;
