import { keyOf, unique, type ImportedAction } from "./stages";
import type { Reading } from "./reading";
import type { Notes } from "./notes";

/** Words of the sources of a service: the main one, and further ones by name. */
export interface Sources {
    readonly source?: Readonly<Record<string, unknown>>;
    readonly sources?: Readonly<Record<string, unknown>>;
}

/** The sources of a pipeline. The one that the triggers watch is the main one, or else the first. */
export function sourcesOf(actions: readonly ImportedAction[], pipeline: Reading, notes: Notes): Sources {
    const triggers = pipeline.at("triggers").items();
    const watched = triggers.map(trigger => trigger.at("gitConfiguration").textAt("sourceActionName"));
    const main = actions.find(({ name }) => watched.includes(name)) ?? actions.at(0);
    const taken = new Set(["source"]);
    const further = actions
        .filter(action => action !== main)
        .map(action => [unique(keyOf(action.name, "source").slice(0, 20), taken), sourceOf(action, notes)] as const)
        .filter(([, words]) => words !== undefined);
    const words = main && sourceOf(main, notes);
    for (const trigger of triggers) {
        trigger.at("providerType").done();
        const isMain = trigger.at("gitConfiguration").textAt("sourceActionName") === main?.name;
        if (words !== undefined && isMain) {
            Object.assign(words, pushesOf(trigger.at("gitConfiguration"), notes));
        }
    }
    return { ...(words && { source: words }), ...(further.length > 0 && { sources: Object.fromEntries(further) }) };
}

/** What a stack file says of one source action; undefined where it has no word for it. */
function sourceOf(
    { provider, name, configuration, json }: ImportedAction,
    notes: Notes,
): Record<string, unknown> | undefined {
    const of = (key: string) => configuration.textAt(key);
    const clone = of("OutputArtifactFormat") === "CODEBUILD_CLONE_REF" ? { fullClone: true } : {};
    switch (provider) {
        case "CodeStarSourceConnection": {
            notes.fill(
                "source.connection",
                `the key, in \`connections\` of the stack file, of ${of("ConnectionArn") ?? "the connection"}: \`{ arn: … }\` there keeps it`,
            );
            if (of("DetectChanges") === "false") {
                notes.lose(
                    [...configuration.path, "DetectChanges"],
                    "changes do not start the pipeline: `trigger: { commits: false }` says so",
                );
            }
            return {
                type: "connection",
                connection: "github",
                repository: of("FullRepositoryId"),
                branch: of("BranchName"),
                ...clone,
            };
        }
        case "CodeCommit":
            configuration.at("PollForSourceChanges").done();
            return { type: "code-commit", repository: of("RepositoryName"), branch: of("BranchName"), ...clone };
        case "S3":
            configuration.at("PollForSourceChanges").done();
            configuration.at("AllowOverrideForS3ObjectKey").done();
            return { type: "s3", bucket: of("S3Bucket"), key: of("S3ObjectKey") };
        case "ECR": {
            const tag = of("ImageTag");
            return { type: "ecr", repository: of("RepositoryName"), ...(tag !== undefined && { tag }) };
        }
        case "GitHub":
            notes.fill(
                "source.connection",
                "a connection takes the place of the OAuth token: its key in `connections` of the stack file",
            );
            configuration.at("OAuthToken").done();
            configuration.at("PollForSourceChanges").done();
            return {
                type: "connection",
                connection: "github",
                repository: `${of("Owner")}/${of("Repo")}`,
                branch: of("Branch"),
            };
        default:
            notes.lose(
                json.path,
                `there is no source for ${provider} (${name}): docs/reference/sources.md has those that there are`,
            );
            return undefined;
    }
}

/** The pushes that a trigger watches for, and what pull requests come to. */
function pushesOf(git: Reading, notes: Notes): Readonly<Record<string, unknown>> {
    const words = git
        .at("push")
        .items()
        .map(push => ({
            ...patterns(push.at("branches"), "branches", "excludeBranches"),
            ...patterns(push.at("tags"), "tags", "excludeTags"),
            ...patterns(push.at("filePaths"), "paths", "excludePaths"),
        }));
    if (git.at("pullRequest").items().length > 0) {
        git.at("pullRequest").done();
        notes.lose(
            git.at("pullRequest").path,
            "pull requests are checked by a pipeline of their own: `pullRequests` of the source",
        );
    }
    return words.length > 1 ? { pushes: words } : (words.at(0) ?? {});
}

function patterns(json: Reading, includes: string, excludes: string): Readonly<Record<string, unknown>> {
    const of = (key: string) =>
        json
            .at(key)
            .items()
            .map(item => item.text());
    return {
        ...(json.at("includes").isThere && { [includes]: of("includes") }),
        ...(json.at("excludes").isThere && { [excludes]: of("excludes") }),
    };
}
