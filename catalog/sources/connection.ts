import { z } from "zod";
import { allow } from "../grant";
import { kind } from "../kind";
import type { ActionType } from "../plan";
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

/**
 * A repository at GitHub, GitLab or Bitbucket, through a CodeConnections connection. Commits arrive as events.
 *
 * The permission's prefix follows the connection's ARN (`codeconnections` or, for older ones, `codestar-connections`).
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export const connection = kind({
    type: "connection",
    actions: [action],
    settings: z.strictObject({
        connection: text("Key of the connection, one of `service-pipelines:connections`."),
        repository: template(
            "The repository: owner/name; with GitLab also group/subgroup/name.",
            z.string().regex(/^[^\s/]+(\/[^\s/]+)+$/, 'owner/name, such as "acme/orders"'),
        ),
        branch: template("The branch whose commits are released."),
        paths: z
            .array(z.string().min(1).max(255))
            .min(1)
            .max(8)
            .optional()
            .describe(
                "Only commits that change one of these files start the pipeline (globs; for monorepos). @default every commit of the branch",
            ),
        fullClone: z
            .boolean()
            .default(false)
            .describe("Whether builds get a git clone with history instead of a ZIP of the files. @default false"),
    }),
    example: `
        type: connection
        connection: github
        repository: acme/shop
        branch: main
        paths: ["services/orders/**"]`,
    plan(settings, at) {
        const arn = at.connections[settings.connection];
        const service = shown(arn).includes(":codestar-connections:") ? "codestar-connections" : "codeconnections";
        const use = allow("UseConnection", [`${service}:UseConnection`], [arn]);
        return [
            {
                name: at.unit,
                action,
                summary: `${settings.repository}, branch ${settings.branch}${settings.paths === undefined ? "" : `, only ${settings.paths.join(", ")}`}`,
                configuration: {
                    ConnectionArn: arn,
                    FullRepositoryId: settings.repository,
                    BranchName: settings.branch,
                    OutputArtifactFormat: settings.fullClone ? "CODEBUILD_CLONE_REF" : "CODE_ZIP",
                    // A trigger replaces the action's own change detection.
                    ...(settings.paths === undefined && { DetectChanges: "true" }),
                },
                inputs: [],
                outputs: [{ ...at.output(), opening: settings.fullClone ? [use] : [] }],
                namespace: at.namespace,
                grants: [use],
                revision: {
                    label: "commit",
                    id: `#{${at.namespace}.CommitId}`,
                    message: `#{${at.namespace}.CommitMessage}`,
                },
                ...(settings.paths && {
                    trigger: { action: at.unit, branches: [settings.branch], paths: settings.paths },
                }),
            },
        ];
    },
});
