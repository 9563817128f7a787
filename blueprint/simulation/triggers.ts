import { isDeepStrictEqual } from "node:util";
import type { Patterns, PushFilter } from "../../catalog/plan";
import type { ActionPlan, PipelinePlan } from "../plan";
import type { Commit } from "./script";

/**
 * `glob` as an expression: `*` is any part of a name, `**` any folders, `{a,b}` one of several.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html
 */
export function globExpression(glob: string): RegExp {
    const text = glob.replace(/\*\*\/|\*\*|[*?{},.+^$()|[\]\\]/g, (part, index: number) => {
        const open = glob.lastIndexOf("{", index) > glob.lastIndexOf("}", index);
        switch (part) {
            case "**/":
                return "(?:.*/)?";
            case "**":
                return ".*";
            case "*":
                return "[^/]*";
            case "?":
                return "[^/]";
            case "{":
                return "(?:";
            case "}":
                return ")";
            case ",":
                return open ? "|" : ",";
            default:
                return `\\${part}`;
        }
    });
    try {
        return new RegExp(`^${text}$`, "s");
    } catch {
        // A brace without its other half: no file and no branch is meant by it.
        return /(?!)/;
    }
}

const one = (globs: readonly string[], names: readonly string[]) =>
    globs.some(glob => names.some(name => globExpression(glob).test(name)));

/** Whether one of `names` is included; what is both included and excluded is not. */
const takes = ({ includes, excludes = [] }: Patterns, name: string) =>
    (includes === undefined || one(includes, [name])) && !one(excludes, [name]);

/** A push that changes at least one file that is included, and not excluded. */
const takesPaths = (patterns: Patterns, paths: readonly string[]) => paths.some(path => takes(patterns, path));

function matches(filter: PushFilter, { tag, branch, paths }: Commit): boolean {
    if ("tags" in filter) {
        return tag !== undefined && takes(filter.tags, tag);
    }
    return (
        tag === undefined &&
        (branch === undefined || takes(filter.branches, branch)) &&
        (filter.paths === undefined || paths === undefined || takesPaths(filter.paths, paths))
    );
}

export const sourcesOf = ({ stages }: Pick<PipelinePlan, "stages">): ActionPlan[] =>
    stages.flatMap(({ actions }) => actions.filter(({ action }) => action.category === "Source"));

/** Branches that sources of the pipeline are read from, as far as they have any. */
export const branchesOf = (plan: Pick<PipelinePlan, "stages">): string[] =>
    sourcesOf(plan).flatMap(({ configuration: { BranchName } }) =>
        typeof BranchName === "string" ? [BranchName] : [],
    );

/**
 * Why `commit` does not start the pipeline; undefined where it does. Filters decide where there are any, else the source
 * action's own change detection does, which looks at its branch.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export function whyNot(
    plan: Pick<PipelinePlan, "triggers" | "stages" | "components">,
    commit: Commit,
): string | undefined {
    if (commit.byHand) {
        return undefined;
    }
    const pushes = plan.triggers.flatMap(trigger => ("pushes" in trigger ? trigger.pushes : []));
    if (pushes.length > 0) {
        return pushes.some(filter => matches(filter, commit)) ? undefined : "no filter of the pipeline takes it";
    }
    const sources = sourcesOf(plan);
    if (sources.length > 0 && sources.every(source => isBlind(plan, source))) {
        return "the pipeline does not start when its source changes";
    }
    if (commit.tag !== undefined) {
        return "no filter of the pipeline takes tags";
    }
    const branches = branchesOf(plan);
    return commit.branch === undefined || branches.length === 0 || branches.includes(commit.branch)
        ? undefined
        : `the source takes ${branches.join(", ")}`;
}

/** Whether nothing looks at the source of `action`: neither CodePipeline itself, nor a rule that starts the pipeline. */
const isBlind = (
    { components }: Pick<PipelinePlan, "components">,
    { action: { provider }, configuration }: ActionPlan,
) =>
    provider === "CodeStarSourceConnection"
        ? configuration.DetectChanges === "false"
        : !components.some(
              component =>
                  component.component === "EventTrigger" &&
                  !isDeepStrictEqual(component.pattern.source, ["aws.codepipeline"]),
          );
