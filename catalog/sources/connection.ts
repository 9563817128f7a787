import { z } from "zod";
import { choosesPushes, filterProblems, filterText, pushFilter, pushKeys, pushShape } from "../filters";
import { allow } from "../grant";
import { kind } from "../kind";
import type { ActionType, PushFilter } from "../plan";
import type { Problem } from "../problem";
import { shown } from "../reference";
import { template, text } from "../words";

const action: ActionType = {
    category: "Source",
    owner: "AWS",
    provider: "CodeStarSourceConnection",
    version: "1",
    inputs: [0, 0],
    outputs: [1, 1],
    configuration: {
        required: ["ConnectionArn", "FullRepositoryId", "BranchName"],
        optional: ["OutputArtifactFormat", "DetectChanges"],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html",
};

const settings = z.strictObject({
    connection: text("Key of the connection, one of `service-pipelines:connections`."),
    repository: template(
        "The repository: owner/name; with GitLab also group/subgroup/name.",
        z.string().regex(/^[^\s/]+(\/[^\s/]+)+$/, 'owner/name, such as "acme/orders"'),
    ),
    branch: template(
        "The branch whose commits are released; also the one that is taken by a start without a push: by hand, by a schedule, after another service.",
    ),
    ...pushShape,
    pushes: z
        .array(z.strictObject(pushShape))
        .min(1)
        .max(3)
        .optional()
        .describe(
            "Up to three kinds of pushes, one of which has to match, instead of the keys that say one. @default one kind, as those keys say",
        ),
    fullClone: z
        .boolean()
        .default(false)
        .describe("Whether builds get a git clone with history instead of a ZIP of the files. @default false"),
});

type ConnectionSettings = z.output<typeof settings>;

/** The pushes that start the pipeline; none where every commit of the branch does. */
const pushesOf = ({ pushes, branch, ...words }: ConnectionSettings): PushFilter[] =>
    pushes !== undefined
        ? pushes.map(one => pushFilter(one, branch))
        : choosesPushes(words)
          ? [pushFilter(words, branch)]
          : [];

/**
 * A repository at GitHub, GitHub Enterprise Server, GitLab, Bitbucket or Azure DevOps, through a CodeConnections connection.
 * Commits arrive as events.
 *
 * The permission's prefix follows the connection's ARN (`codeconnections` or, for older ones, `codestar-connections`).
 * A pull request cannot start a pipeline that deploys, so there is no key for it here: see `pullRequests` of a service.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export const connection = kind({
    type: "connection",
    actions: [action],
    limits: [
        "With a full clone only CodeBuild actions can take the source.",
        "A filter is of tags, or of branches, or of branches and files; up to 3 of them, each list 1 to 8 globs of at most 255 characters.",
        "Where filters are given, `branch` is what a start without a push takes; AWS itself starts a pipeline so once, when it is made.",
        "AWS's list of providers with triggers does not name Azure DevOps.",
    ],
    settings,
    example: `
        type: connection
        connection: github
        repository: acme/shop
        branch: main
        branches: [main, "release/*"]
        paths: ["services/orders/**"]
        excludePaths: ["**/*.md"]`,
    plan(settings, at) {
        const arn = at.connections[settings.connection];
        const service = shown(arn).includes(":codestar-connections:") ? "codestar-connections" : "codeconnections";
        const use = allow("UseConnection", [`${service}:UseConnection`], [arn]);
        const pushes = at.detectsChanges ? pushesOf(settings) : [];
        const what = pushes.length === 0 ? `branch ${settings.branch}` : pushes.map(filterText).join(", or ");
        const everyBranch = pushes.some(push => "branches" in push && push.branches.includes?.some(isEvery));
        return [
            {
                name: at.unit,
                action,
                summary: `${settings.repository}, ${what}`,
                configuration: {
                    ConnectionArn: arn,
                    FullRepositoryId: settings.repository,
                    BranchName: settings.branch,
                    OutputArtifactFormat: settings.fullClone ? "CODEBUILD_CLONE_REF" : "CODE_ZIP",
                    // A trigger replaces the action's own change detection.
                    ...(pushes.length === 0 && { DetectChanges: String(at.detectsChanges) }),
                },
                inputs: [],
                outputs: [settings.fullClone ? { ...at.output(), opening: [use], clone: true } : at.output()],
                namespace: at.namespace,
                grants: [use],
                revision: {
                    label: "commit",
                    id: `#{${at.namespace}.CommitId}`,
                    message: `#{${at.namespace}.CommitMessage}`,
                },
                ...(pushes.length > 0 && { trigger: { action: at.unit, pushes } }),
                ...(everyBranch && {
                    weakens: [`${at.unit} starts with every branch: what nobody has merged is released`],
                }),
            },
        ];
    },
    check: ({ pushes = [], ...settings }): Problem[] => [
        ...filterProblems(settings),
        ...(pushes.length === 0 ? [] : pushKeys.filter(key => settings[key] !== undefined)).map(key => ({
            path: [key],
            message: `expected either \`${key}\` or \`pushes\`, found both: make it an entry of \`pushes\``,
        })),
        ...pushes.flatMap((push, index) =>
            choosesPushes(push)
                ? filterProblems(push).map(problem => ({ ...problem, path: ["pushes", index, ...problem.path] }))
                : [{ path: ["pushes", index], message: "expected branches, tags or paths, found nothing" }],
        ),
    ],
    // A clone is fetched with the connection, which reaches whatever it was given.
    unmerged: ({ fullClone, ...settings }) => ({
        settings: { ...settings, fullClone: false },
        withheld: fullClone ? ["the clone and the connection that fetches it"] : [],
    }),
});

/** Whether a glob matches every name. */
const isEvery = (glob: string) => /^\*+(\/\*+)?$/.test(glob);
