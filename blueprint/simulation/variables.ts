import type { ActionPlan, PipelinePlan } from "../plan";
import type { Commit } from "./script";
import { sourcesOf, whyNot } from "./triggers";

type Parts = Pick<PipelinePlan, "stages" | "triggers" | "components">;

/** A revision of one source of a pipeline. */
interface Source {
    readonly pipeline: Parts;
    readonly action: ActionPlan;
    /** Absent of a further source: commits of the script are those of `source`. */
    readonly commit?: Commit;
}

type Values = Readonly<Record<string, (source: Source) => string | undefined>>;

const configured =
    (key: string) =>
    ({ action }: Source): string | undefined => {
        const value = action.configuration[key];
        return typeof value === "string" ? value : undefined;
    };

/** The branch of the push, or of the source, where its filters take that one: what is pushed to no branch has none. */
function branchOf(source: Source): string | undefined {
    const { pipeline, commit } = source;
    const branch = configured("BranchName")(source);
    if (commit === undefined || branch === undefined) {
        return branch;
    }
    const { branch: pushed, tag } = commit;
    return pushed ?? (tag === undefined && whyNot(pipeline, { ...commit, branch }) === undefined ? branch : undefined);
}

const ofCommits: Values = {
    BranchName: branchOf,
    CommitId: ({ commit }) => commit?.id,
    CommitMessage: ({ commit }) => commit?.message,
};

/**
 * Variables that a source action leaves, by its provider, as far as a script and the plan know them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
const ofProviders: Readonly<Record<string, Values>> = {
    CodeStarSourceConnection: {
        ...ofCommits,
        FullRepositoryName: configured("FullRepositoryId"),
        ConnectionArn: configured("ConnectionArn"),
    },
    CodeCommit: { ...ofCommits, RepositoryName: configured("RepositoryName") },
    S3: {
        VersionId: ({ commit }) => commit?.id,
        BucketName: configured("S3Bucket"),
        ObjectKey: configured("S3ObjectKey"),
    },
    ECR: { RepositoryName: configured("RepositoryName"), ImageTag: configured("ImageTag") },
};

/** The value of `#{namespace.name}` for `commit`; undefined where it is not known. */
export function valueOf(
    text: string,
    pipeline: Parts & Pick<PipelinePlan, "variables">,
    commit: Commit,
): string | undefined {
    const key = /^#\{(.+)\}$/.exec(text)?.[1] ?? text;
    const [namespace, name] = key.split(".");
    if (Object.hasOwn(commit.variables, key)) {
        return commit.variables[key];
    }
    if (namespace === "variables") {
        return pipeline.variables.find(one => one.name === name)?.default;
    }
    const action = sourcesOf(pipeline).find(one => one.namespace === namespace);
    const values = action && ofProviders[action.action.provider];
    return action !== undefined && values !== undefined && Object.hasOwn(values, name)
        ? values[name]({ pipeline, action, ...(action.name === "source" && { commit }) })
        : undefined;
}
