import * as assert from "node:assert/strict";
import { codeCommit } from "../../../catalog/sources/code-commit";
import { at, only, read, refusals, silently, triggerOf } from "../support/place";

const repository = "arn:aws:codecommit:eu-west-1:111111111111:orders";
const settings = (more = "") => read(codeCommit.settings, `{ repository: orders, branch: main${more} }`);
const planned = (more?: string) => only(codeCommit.plan(settings(more), at("source")));

describe("source code-commit", () => {
    it("never polls, and hands on a ZIP of the commit", () => {
        const { needs, ...step } = planned();
        assert.equal(needs?.length, 1);
        assert.deepEqual(step, {
            name: "source",
            action: {
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
            },
            summary: "CodeCommit orders, branch main",
            configuration: {
                RepositoryName: "orders",
                BranchName: "main",
                PollForSourceChanges: "false",
                OutputArtifactFormat: "CODE_ZIP",
            },
            inputs: [],
            outputs: [{ key: "source", name: "SourceArtifact", opening: [] }],
            namespace: "SourceVariables",
            grants: [
                {
                    sid: "ReadRepository",
                    actions: [
                        "codecommit:CancelUploadArchive",
                        "codecommit:GetBranch",
                        "codecommit:GetCommit",
                        "codecommit:GetUploadArchiveStatus",
                        "codecommit:UploadArchive",
                    ],
                    resources: [repository],
                },
            ],
            revision: {
                label: "commit",
                id: "#{SourceVariables.CommitId}",
                message: "#{SourceVariables.CommitMessage}",
            },
        });
    });

    it("is started by commits of its branch, not by the end of one, by a rule of its own", () => {
        assert.deepEqual(triggerOf(planned()), {
            component: "EventTrigger",
            logicalName: "orders--source--commit",
            physicalName: "shop--orders--source--commit",
            roleName: "shop--orders--source--commit",
            description: "Starts the pipeline of orders on a commit",
            pattern: {
                source: ["aws.codecommit"],
                "detail-type": ["CodeCommit Repository State Change"],
                resources: [repository],
                detail: {
                    event: ["referenceCreated", "referenceUpdated"],
                    referenceType: ["branch"],
                    referenceName: ["main"],
                },
            },
            pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
        });
    });

    it("lets the pipeline find, and builds pull, the repository of a full clone", () => {
        const step = planned(", fullClone: true");
        assert.equal(step.configuration.OutputArtifactFormat, "CODEBUILD_CLONE_REF");
        assert.deepEqual(step.outputs, [
            {
                key: "source",
                name: "SourceArtifact",
                opening: [{ sid: "CloneRepository", actions: ["codecommit:GitPull"], resources: [repository] }],
                clone: true,
            },
        ]);
        const added = step.grants[0].actions.filter(action => !planned().grants[0].actions.includes(action));
        assert.deepEqual(added, ["codecommit:GetRepository"]);
    });

    it("is only read where something else starts the pipeline", () => {
        const { needs, ...same } = planned();
        assert.equal(needs?.length, 1);
        assert.deepEqual(only(codeCommit.plan(settings(), silently("source"))), same);
    });

    it("hands no clone to unmerged code", () => {
        const clone = settings(", fullClone: true");
        assert.deepEqual(codeCommit.unmerged?.(clone), {
            settings: settings(),
            withheld: ["the clone of the repository"],
        });
        assert.deepEqual(codeCommit.unmerged?.(settings()), { settings: settings(), withheld: [] });
    });

    for (const [title, yaml, refused] of [
        ["no branch", "repository: orders", "branch"],
        ["a repository with a slash", "repository: acme/orders, branch: main", "repository"],
        ["a repository of 101 characters", `repository: ${"r".repeat(101)}, branch: main`, "repository"],
        ["all repositories, which the permission would then reach", 'repository: "*", branch: main', "repository"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(codeCommit.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("takes a repository of 100 characters", () => {
        assert.deepEqual(refusals(codeCommit.settings, `{ repository: ${"r".repeat(100)}, branch: main }`), []);
    });
});
