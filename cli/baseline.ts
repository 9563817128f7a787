import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { changeOf, type FleetChange } from "../blueprint/change";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile, readOwn, stackFile, stacksAmong, stacksIn } from "../config/from-file";
import type { StackFiles } from "../config/spread";
import { nearest } from "../config/suggest";
import { isFile, kindOf } from "./files";
import { UsageError, type Options } from "./options";

/** What a stack file is compared with. */
export interface Baseline {
    /** In words: `Pulumi.prod.yaml of HEAD`. */
    readonly name: string;
    readonly text: string;

    /** The stack files beside it, where they are of that revision too. @default those that are there now */
    readonly beside?: StackFiles;
}

/** Runs git in the folder of `file`; undefined where it fails. */
function git(file: string, ...args: readonly string[]): string | undefined {
    const { status, stdout } = spawnSync("git", args, {
        maxBuffer: 16 * 1024 * 1024,
        cwd: dirname(file),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
    });
    return status === 0 ? stdout : undefined;
}

/** What `file` says in git's `revision`; undefined outside a repository, and where the revision has no such file. */
export function committed(file: string, revision: string): Baseline | undefined {
    // What begins with a dash would be an option of git, and nothing at all what is staged.
    if (!/^[^-\s][^\0]*$/.test(revision)) {
        return undefined;
    }
    const text = git(file, "show", `${revision}:./${basename(file)}`);
    return text === undefined
        ? undefined
        : { name: `${basename(file)} of ${revision}`, text, beside: committedBeside(file, revision) };
}

/** The stack files beside `file` as git's `revision` has them. */
function committedBeside(file: string, revision: string): StackFiles {
    const there = (stack: string) => stackFile(dirname(file), stack);
    return {
        stacks: () => stacksAmong((git(file, "ls-tree", "--name-only", revision, "./") ?? "").split("\n")),
        read: stack => {
            const text = git(file, "show", `${revision}:./${basename(there(stack))}`);
            return text === undefined ? undefined : readOwn(there(stack), stack, text);
        },
    };
}

/** Whether what `plan` was made of is what was committed last: `text` is its own file's. */
const isCommitted = (file: string, text: string, { spread }: FleetPlan): boolean =>
    text === readFileSync(file, "utf8") &&
    (spread.role === "both" || git(file, "status", "--porcelain", "--", "./Pulumi.*.yaml") === "");

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
    /** The stack that it is of, where that is another one: both live side by side, and nothing of one replaces what the other has. */
    readonly beside?: string;
}

/** What changed since a {@link Baseline}. */
export interface Comparison {
    readonly since: string;
    /** Undefined where the baseline has problems, so that it had no pipelines. */
    readonly change?: FleetChange;
}

/**
 * What `plan` is compared with: what `compare` names, or without it what was committed last, where the files that it was made of
 * are not the same.
 *
 * @throws UsageError when `compare` is neither a file nor a revision that has the stack file
 */
export function previous(
    { stack, file, compare: asked }: Pick<Options, "stack" | "file" | "compare">,
    plan: FleetPlan,
): Previous | undefined {
    const base = asked === undefined ? committed(file, "HEAD") : baseline(file, asked);
    if (base === undefined) {
        if (asked !== undefined) {
            throw new UsageError(
                `--compare: ${JSON.stringify(asked)} is neither a file nor a revision of git that has ${basename(file)}${meant(file, asked)}`,
            );
        }
        return undefined;
    }
    if (asked === undefined && isCommitted(file, base.text, plan)) {
        return undefined;
    }
    const before = planOfText(file, stack, base.text, base.beside);
    const other = asked !== undefined && isFile(asked) ? stacksAmong([basename(asked)]).at(0) : undefined;
    return {
        since: base.name,
        ...(before && { plan: before }),
        ...(other !== undefined && other !== stack && { beside: other }),
    };
}

/** What somebody who wrote `asked` may have meant: the file of another stack, or a branch or tag that is called nearly the same. */
function meant(file: string, asked: string): string {
    const folder = dirname(file);
    const stacks = stacksIn(folder).filter(stack => stackFile(folder, stack) !== file);
    const files = Object.fromEntries(
        stacks.flatMap(stack =>
            [stack, basename(stackFile(folder, stack))].map(name => [name, stackFile(folder, stack)]),
        ),
    );
    const revisions = git(file, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags") ?? "";
    const named = Object.hasOwn(files, asked) ? asked : nearest(asked, Object.keys(files));
    const revision = nearest(asked, revisions.split("\n"));
    const best = [
        ...(named === undefined ? [] : [shortest(files[named])]),
        ...(revision === undefined ? [] : [revision]),
    ];
    return best.length === 0 ? "" : `; did you mean ${best.join(" or ")}?`;
}

/** `file` from the current folder, where it is below it. */
function shortest(file: string): string {
    const path = relative(process.cwd(), file);
    return path.startsWith("..") ? file : path;
}

/** What `plan` changes against {@link previous}. */
export function comparison(
    asked: Pick<Options, "stack" | "file" | "compare">,
    plan: FleetPlan,
): Comparison | undefined {
    const base = previous(asked, plan);
    return base && { since: base.since, ...(base.plan && { change: changeOf(base.plan, plan) }) };
}

/** The plan of what `text` says in the place of `file`; undefined when it has problems. */
export const planOfText = (file: string, stack: string, text: string, beside?: StackFiles): FleetPlan | undefined =>
    planStack(fromFile(file, stack, text, beside)).plan;
