import { pullRequestEvents } from "../../catalog/pull-requests";
import { keyOf, unique, type ImportedAction } from "./stages";
import type { Reading } from "./reading";
import type { Notes } from "./notes";

/** Words of the sources of a service: the main one, and further ones by name. */
export interface Sources {
    readonly source?: Readonly<Record<string, unknown>>;
    readonly sources?: Readonly<Record<string, unknown>>;
    /** How pull requests are checked, of a pipeline that does nothing else. */
    readonly pullRequests?: Readonly<Record<string, unknown>>;
}

/** The source that the triggers watch, or else the first. */
export function mainSource(actions: readonly ImportedAction[], pipeline: Reading): ImportedAction | undefined {
    const watched = pipeline
        .at("triggers")
        .items()
        .map(trigger => trigger.at("gitConfiguration").textAt("sourceActionName"));
    return actions.find(({ name }) => watched.includes(name)) ?? actions.at(0);
}

/**
 * The sources of a pipeline.
 *
 * @param deploys - whether it deploys anything: a pipeline here either deploys or checks pull requests
 */
export function sourcesOf(
    actions: readonly ImportedAction[],
    pipeline: Reading,
    deploys: boolean,
    notes: Notes,
): Sources {
    const triggers = pipeline.at("triggers").items();
    const main = mainSource(actions, pipeline);
    const watching = triggers.filter(
        trigger => main !== undefined && trigger.at("gitConfiguration").at("sourceActionName").is(main.name),
    );
    const [git] = watching.map(trigger => trigger.at("gitConfiguration"));
    const filter = git && pullRequestsOf(git, deploys || triggers.length > 1, notes);
    const words = main && sourceOf(main, git !== undefined, notes);
    const taken = new Set(["source"]);
    const further = actions
        .filter(action => action !== main)
        .map(action => {
            const key = unique(keyOf(action.name, "source").slice(0, 20), taken);
            return [key, sourceOf(action, filter !== undefined, notes)] as const;
        })
        .filter(([, one]) => one !== undefined);
    for (const trigger of triggers) {
        trigger.at("providerType").done();
    }
    return {
        ...(words && { source: { ...words, ...(git && pushesOf(git)) } }),
        ...(further.length > 0 && { sources: Object.fromEntries(further) }),
        ...(filter && {
            pullRequests: { ...filter, ...(further.length > 0 && { sources: further.map(([key]) => key) }) },
        }),
    };
}

/**
 * What a stack file says of one source action; undefined where it has no word for it.
 *
 * @param triggered - whether triggers start the pipeline, and changes of its sources alone need not
 */
function sourceOf(
    { provider, name, configuration, json }: ImportedAction,
    triggered: boolean,
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
            if (of("DetectChanges") === "false" && !triggered) {
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

/** The pushes that a trigger watches for. */
function pushesOf(git: Reading): Readonly<Record<string, unknown>> {
    const words = git
        .at("push")
        .items()
        .map(push => ({
            ...patterns(push.at("branches"), "branches", "excludeBranches"),
            ...patterns(push.at("tags"), "tags", "excludeTags"),
            ...patterns(push.at("filePaths"), "paths", "excludePaths"),
        }));
    return words.length > 1 ? { pushes: words } : (words.at(0) ?? {});
}

/** The words for events of pull requests, by CodePipeline's. */
const events = new Map<string, string>(Object.entries(pullRequestEvents).map(([word, event]) => [event, word]));

/**
 * The pull requests that a trigger watches for, where they alone start the pipeline, and it deploys nothing: then it is what
 * `pullRequests` of a service makes.
 *
 * @param alsoElse - whether the pipeline does something else, too
 */
function pullRequestsOf(git: Reading, alsoElse: boolean, notes: Notes): Readonly<Record<string, unknown>> | undefined {
    const all = git.at("pullRequest");
    const [one, ...more] = all.items();
    if (one === undefined) {
        return undefined;
    }
    const told = one
        .at("events")
        .items()
        .map(event => events.get(String(event.peek())));
    const why =
        alsoElse || git.at("push").items().length > 0
            ? "this pipeline does something else, too"
            : more.length > 0
              ? "it has one filter here"
              : !one.at("branches").at("includes").isThere
                ? "it names the branches here that are merged into"
                : told.length === 0 || told.includes(undefined)
                  ? "it names its events here: opened, updated, closed"
                  : undefined;
    if (why !== undefined) {
        all.done();
        notes.lose(
            all.path,
            `pull requests are checked by a pipeline of their own, which deploys nothing: \`pullRequests\` of the service; ${why}`,
        );
        return undefined;
    }
    one.at("events").done();
    notes.fill(
        "pullRequests",
        "this pipeline checks pull requests and deploys nothing: where another one releases the service, move this key to its entry",
    );
    return {
        ...patterns(one.at("branches"), "branches", "excludeBranches"),
        ...patterns(one.at("filePaths"), "paths", "excludePaths"),
        events: told,
    };
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
