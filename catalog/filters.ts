import { z } from "zod";
import type { Patterns, PushFilter } from "./plan";
import type { Problem } from "./problem";

/** Globs as a filter of triggers takes them: 1 to 8 of at most 255 characters (API model of codepipeline 2015-07-09). */
const globs = (description: string) =>
    z.array(z.string().min(1).max(255)).min(1).max(8).optional().describe(description);

/** Keys that choose among the files of a change. */
export const pathShape = {
    paths: globs("Only changes of one of these files (globs; for monorepos). @default every file"),
    excludePaths: globs("Not changes of these files (globs); where both match, this wins. @default none"),
};

/** Keys that choose among pushes. */
export const pushShape = {
    branches: globs("Pushes to these branches (globs). @default `branch`"),
    excludeBranches: globs("Of `branches`, not these (globs). @default none"),
    tags: globs("Pushes of these tags (globs), instead of pushes to branches. @default pushes to branches"),
    excludeTags: globs("Of `tags`, not these (globs). @default none"),
    ...pathShape,
};

/** What {@link pushShape} reads as. */
export type PushWords = z.output<z.ZodObject<typeof pushShape>>;

/** Names of the keys of {@link pushShape}. */
export const pushKeys = Object.keys(pushShape) as (keyof PushWords)[];

/** Whether `words` say anything of the pushes that are meant. */
export const choosesPushes = (words: PushWords) => pushKeys.some(key => words[key] !== undefined);

/** Patterns of what is meant and what is left out; undefined where neither is said. */
export function patterns(
    includes: readonly string[] | undefined,
    excludes: readonly string[] | undefined,
): Patterns | undefined {
    return includes === undefined && excludes === undefined
        ? undefined
        : { ...(includes && { includes }), ...(excludes && { excludes }) };
}

/** The filter that `words` ask for; `branch` is meant where they name neither a branch nor a tag. */
export function pushFilter(words: PushWords, branch: string): PushFilter {
    const tags = patterns(words.tags, words.excludeTags);
    const paths = patterns(words.paths, words.excludePaths);
    return tags !== undefined
        ? { tags }
        : {
              branches: { includes: [branch], ...patterns(words.branches, words.excludeBranches) },
              ...(paths && { paths }),
          };
}

/**
 * What AWS does not take together, and what leaves something out of nothing; paths are relative to the words.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export function filterProblems(words: PushWords): Problem[] {
    const said = (key: keyof PushWords) => words[key] !== undefined;
    const ofTags = (["tags", "excludeTags"] as const).find(said);
    const ofBranches = (["branches", "excludeBranches", "paths", "excludePaths"] as const).filter(said);
    if (ofTags !== undefined) {
        return [
            ...ofBranches.slice(0, 1).map(key => ({
                path: [key],
                message: `expected no \`${key}\` beside \`${ofTags}\`: a push is one of a tag or one to a branch; make two entries of \`pushes\``,
            })),
            ...(said("tags") ? [] : [outOfNothing("excludeTags", "tags")]),
        ];
    }
    return said("excludeBranches") && !said("branches") ? [outOfNothing("excludeBranches", "branches")] : [];
}

const outOfNothing = (key: string, whole: string): Problem => ({
    path: [key],
    message: `expected \`${whole}\` too: of which ${whole} these are left out`,
});

/** `patterns` in words: `main, release/*, but not release/old`. */
export function patternsText({ includes = [], excludes = [] }: Patterns): string {
    const all = includes.length === 0 ? "all" : includes.join(", ");
    return excludes.length === 0 ? all : `${all}, but not ${excludes.join(", ")}`;
}

/** `filter` in words: `branch main, only web/**`. */
export function filterText(filter: PushFilter): string {
    if ("tags" in filter) {
        return `tags ${patternsText(filter.tags)}`;
    }
    const { branches, paths } = filter;
    const one = branches.includes?.length === 1 && branches.excludes === undefined;
    return `${one ? "branch" : "branches"} ${patternsText(branches)}${paths === undefined ? "" : `, ${pathsText(paths)}`}`;
}

/** `paths` in words: `only web/**, but not web/*.md`. */
export const pathsText = (paths: Patterns) =>
    paths.includes === undefined ? `not ${(paths.excludes ?? []).join(", ")}` : `only ${patternsText(paths)}`;
