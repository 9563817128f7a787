import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { kind } from "../kind";
import type { ActionType } from "../plan";
import { template } from "../words";

const action: ActionType = {
    category: "Source",
    owner: "AWS",
    provider: "CodeCommit",
    version: "1",
    inputs: [0, 0],
    outputs: [1, 1],
    configuration: {
        required: ["RepositoryName", "BranchName"],
        optional: ["PollForSourceChanges", "OutputArtifactFormat"],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html",
};

/**
 * A CodeCommit repository of the pipeline's own account and region. Commits arrive as EventBridge events, never by polling.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/triggering.html the event of a commit
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-codecommit-gitclone.html what a full clone needs
 */
export const codeCommit = kind({
    type: "code-commit",
    actions: [action],
    limits: [
        "The repository is of the pipeline's own account and region.",
        "With a full clone only CodeBuild actions can take the source; a build that asks the repository for more needs `git-credential-helper: yes` in a buildspec of its own.",
        "With `executionMode: parallel` each execution takes the newest commit, not the one that started it.",
    ],
    settings: z.strictObject({
        repository: template(
            "Name of the repository.",
            z
                .string()
                .max(100)
                .regex(/^[\w.{}-]+$/, 'the name of a repository, such as "orders"'),
        ),
        branch: template("The branch whose commits are released."),
        fullClone: z
            .boolean()
            .default(false)
            .describe("Whether builds get a git clone with history instead of a ZIP of the files. @default false"),
    }),
    example: `
        type: code-commit
        repository: orders
        branch: main`,
    plan({ repository, branch, fullClone }, at) {
        const resource = arn("codecommit", repository, at.home);
        return [
            {
                name: at.unit,
                action,
                summary: `CodeCommit ${repository}, branch ${branch}`,
                configuration: {
                    RepositoryName: repository,
                    BranchName: branch,
                    PollForSourceChanges: "false",
                    OutputArtifactFormat: fullClone ? "CODEBUILD_CLONE_REF" : "CODE_ZIP",
                },
                inputs: [],
                outputs: [
                    fullClone
                        ? {
                              ...at.output(),
                              opening: [allow("CloneRepository", ["codecommit:GitPull"], [resource])],
                              clone: true,
                          }
                        : at.output(),
                ],
                namespace: at.namespace,
                grants: [
                    allow(
                        "ReadRepository",
                        [
                            "codecommit:CancelUploadArchive",
                            "codecommit:GetBranch",
                            "codecommit:GetCommit",
                            ...(fullClone ? ["codecommit:GetRepository"] : []),
                            "codecommit:GetUploadArchiveStatus",
                            "codecommit:UploadArchive",
                        ],
                        [resource],
                    ),
                ],
                ...(at.detectsChanges && {
                    needs: [
                        {
                            component: "EventTrigger",
                            logicalName: at.logicalName(at.unit, "commit"),
                            physicalName: at.physicalName(64, at.unit, "commit"),
                            roleName: at.physicalName(64, at.unit, "commit"),
                            description: `Starts the pipeline of ${at.service} on a commit`,
                            pattern: {
                                source: ["aws.codecommit"],
                                "detail-type": ["CodeCommit Repository State Change"],
                                resources: [resource],
                                detail: {
                                    event: ["referenceCreated", "referenceUpdated"],
                                    referenceType: ["branch"],
                                    referenceName: [branch],
                                },
                            },
                            pipelineArn: at.pipelineArn,
                        },
                    ],
                }),
                revision: {
                    label: "commit",
                    id: `#{${at.namespace}.CommitId}`,
                    message: `#{${at.namespace}.CommitMessage}`,
                },
            },
        ];
    },
    unmerged: ({ fullClone, ...settings }) => ({
        settings: { ...settings, fullClone: false },
        withheld: fullClone ? ["the clone of the repository"] : [],
    }),
});
