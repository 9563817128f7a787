import { unknown } from "../../../policy-pack/rules/rule";
import { casesOf, type Case } from "./case";

const type = "aws:codepipeline/pipeline:Pipeline";
const key = "arn:aws:kms:eu-west-1:111111111111:key/k";

const action = (category: string, runOrder?: number) => ({ category, ...(runOrder !== undefined && { runOrder }) });
const stage = (name: string, ...actions: readonly object[]) => ({ name, actions });
const stages = (...all: readonly object[]) => ({ stages: [stage("Source", action("Source", 1)), ...all] });
const noApproval = (at: string) =>
    `it ${at}: expected an approval in the stage before it, or as its first action, found none: add a manual approval, or name your production stages in the rule's setting \`production\``;

/** What rules say of pipelines. */
export const pipelineCases: readonly Case[] = [
    ...casesOf("pipeline-v2", type, [
        ["V2", { pipelineType: "V2" }],
        ["what is not known yet", { pipelineType: unknown }],
        ["V1", { pipelineType: "V1" }, ['it pipelineType: expected "V2", found "V1": set pipelineType to V2']],
        ["no type", {}, ['it pipelineType: expected "V2", found nothing: set pipelineType to V2']],
    ]),
    ...casesOf("pipeline-encrypted", type, [
        ["a key", { artifactStores: [{ encryptionKey: { id: key, type: "KMS" } }] }],
        ["a key that is not known yet", { artifactStores: [{ encryptionKey: { id: unknown } }] }],
        [
            "a store without a key, in the second region",
            { artifactStores: [{ encryptionKey: { id: key } }, { location: "b" }] },
            [
                "it artifactStores[1].encryptionKey: expected a key of KMS of your own, found nothing: name one, so that the key's policy says who reads artifacts",
            ],
        ],
        [
            "AWS's own key",
            { artifactStores: [{ encryptionKey: { id: "arn:aws:kms:eu-west-1:111111111111:alias/aws/s3" } }] },
            [
                'it artifactStores[0].encryptionKey: expected a key of KMS of your own, found "arn:aws:kms:eu-west-1:111111111111:alias/aws/s3": name one, so that the key\'s policy says who reads artifacts',
            ],
        ],
    ]),
    ...casesOf("pipeline-approval", type, [
        ["an approval stage before", stages(stage("Ask", action("Approval")), stage("prod", action("Deploy")))],
        ["an approval as its first action", stages(stage("prod", action("Approval", 1), action("Deploy", 2)))],
        [
            "an approval at the end of the stage before",
            stages(stage("staging", action("Deploy", 1), action("Approval", 2)), stage("prod", action("Deploy"))),
        ],
        ["a stage of another name", stages(stage("staging", action("Deploy")))],
        ["a stage of that name that only asks", stages(stage("Approve-prod", action("Approval")))],
        ["what is not known yet", { stages: unknown }],
        ["none before prod", stages(stage("prod", action("Deploy"))), [noApproval('stages[1] "prod"')]],
        [
            "none before PRODUCTION",
            stages(stage("PRODUCTION", action("Deploy"))),
            [noApproval('stages[1] "PRODUCTION"')],
        ],
        [
            "an approval beside the deploy",
            stages(stage("prod", action("Approval", 1), action("Deploy", 1))),
            [noApproval('stages[1] "prod"')],
        ],
        [
            "an approval after the deploy",
            stages(stage("prod", action("Deploy", 1), action("Approval", 2))),
            [noApproval('stages[1] "prod"')],
        ],
        [
            "an approval before the deploy of the stage before",
            stages(stage("staging", action("Approval", 1), action("Deploy", 2)), stage("prod", action("Deploy"))),
            [noApproval('stages[2] "prod"')],
        ],
        [
            "an approval two stages before",
            stages(
                stage("Ask", action("Approval")),
                stage("staging", action("Deploy")),
                stage("prod", action("Deploy")),
            ),
            [noApproval('stages[3] "prod"')],
        ],
        [
            "a production of another name",
            stages(stage("live", action("Deploy"))),
            [noApproval('stages[1] "live"')],
            { production: ["li*"] },
        ],
    ]),
];
