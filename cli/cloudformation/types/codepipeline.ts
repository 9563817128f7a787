import type { CustomActionTypeArgs, PipelineArgs } from "@pulumi/aws/codepipeline";
import type { codepipeline } from "@pulumi/aws/types/input";
import { isRecord } from "../../computed";
import { each, named, part, read, shape, tags, to, under, type Field, type Shape } from "../shape";
import { arnOf, refOnly, type Mappings } from "./mapping";

/** Artifacts: names in Pulumi, objects with a name in CloudFormation. */
const artifacts =
    (name: string): Field =>
    value => ({ [name]: (value as string[]).map(one => ({ Name: one })) });

const includesExcludes = shape<codepipeline.PipelineTriggerGitConfigurationPushBranches>(["excludes", "includes"]);

/** Inputs of an action that stand one level deeper in a template. */
const actionTypeId = (name: string): Field => under("ActionTypeId", to(name));

const action = shape<codepipeline.PipelineStageAction>(
    ["commands", "configuration", "name", "namespace", "outputVariables", "region", "roleArn", "runOrder"],
    {
        category: actionTypeId("Category"),
        owner: actionTypeId("Owner"),
        provider: actionTypeId("Provider"),
        version: actionTypeId("Version"),
        inputArtifacts: artifacts("InputArtifacts"),
        outputArtifacts: artifacts("OutputArtifacts"),
        outputArtifactsForComputeActions: each(
            "OutputArtifacts",
            shape<codepipeline.PipelineStageActionOutputArtifactsForComputeAction>(["files", "name"]),
        ),
        timeoutInMinutes: to("TimeoutInMinutes"),
    },
);

const rule = shape<codepipeline.PipelineStageBeforeEntryConditionRule>(
    ["commands", "configuration", "name", "region", "roleArn"],
    {
        inputArtifacts: artifacts("InputArtifacts"),
        ruleTypeId: part(
            "RuleTypeId",
            shape<codepipeline.PipelineStageBeforeEntryConditionRuleRuleTypeId>([
                "category",
                "owner",
                "provider",
                "version",
            ]),
        ),
    },
);

/** One condition in Pulumi, a list of them in CloudFormation. */
const condition = each(
    "Conditions",
    shape<codepipeline.PipelineStageBeforeEntryCondition>(["result"], { rules: each("Rules", rule) }),
);

const stage = shape<codepipeline.PipelineStage>(["name"], {
    actions: each("Actions", action),
    beforeEntry: part("BeforeEntry", { condition }),
    onSuccess: part("OnSuccess", { condition }),
    onFailure: part(
        "OnFailure",
        shape<codepipeline.PipelineStageOnFailure>(["result"], {
            condition,
            retryConfiguration: part(
                "RetryConfiguration",
                shape<codepipeline.PipelineStageOnFailureRetryConfiguration>(["retryMode"]),
            ),
        }),
    ),
});

const filters = { branches: part("Branches", includesExcludes), filePaths: part("FilePaths", includesExcludes) };

const trigger = shape<codepipeline.PipelineTrigger>(["providerType"], {
    gitConfiguration: part(
        "GitConfiguration",
        shape<codepipeline.PipelineTriggerGitConfiguration>(["sourceActionName"], {
            pushes: each(
                "Push",
                shape<codepipeline.PipelineTriggerGitConfigurationPush>([], {
                    ...filters,
                    tags: part("Tags", includesExcludes),
                }),
            ),
            pullRequests: each(
                "PullRequest",
                shape<codepipeline.PipelineTriggerGitConfigurationPullRequest>(["events"], filters),
            ),
        }),
    ),
});

const store: Shape = shape<codepipeline.PipelineArtifactStore>(["type"], {
    location: named("Location", "aws:s3/bucket:Bucket"),
    encryptionKey: part("EncryptionKey", shape<codepipeline.PipelineArtifactStoreEncryptionKey>(["id", "type"])),
});

/** One store for the pipeline's own region, or one for each region that has actions. */
const stores: Field = (value, at) => {
    const all = (value as unknown[]).map((one, index) => {
        const { region, ...rest } = isRecord(one) ? one : {};
        return { region, store: read(store, rest, at.at(String(index))) };
    });
    return all.length === 1 && all[0].region === undefined
        ? { ArtifactStore: all[0].store }
        : { ArtifactStores: all.map(one => ({ Region: one.region, ArtifactStore: one.store })) };
};

/**
 * Pipelines and action types of one's own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CodePipeline.html
 */
export const codePipeline: Mappings = {
    "aws:codepipeline/pipeline:Pipeline": {
        type: "AWS::CodePipeline::Pipeline",
        shape: shape<PipelineArgs>(["executionMode", "name", "pipelineType", "roleArn"], {
            artifactStores: stores,
            stages: each("Stages", stage),
            tags,
            triggers: each("Triggers", trigger),
            variables: each("Variables", shape<codepipeline.PipelineVariable>(["defaultValue", "description", "name"])),
        }),
        // The attributes hold the version alone.
        outputs: { id: "${}", name: "${}", arn: arnOf("codepipeline", "${}") },
    },
    "aws:codepipeline/customActionType:CustomActionType": {
        type: "AWS::CodePipeline::CustomActionType",
        shape: shape<CustomActionTypeArgs>(["category", "version"], {
            configurationProperties: each(
                "ConfigurationProperties",
                shape<codepipeline.CustomActionTypeConfigurationProperty>([
                    "description",
                    "key",
                    "name",
                    "queryable",
                    "required",
                    "secret",
                    "type",
                ]),
            ),
            inputArtifactDetails: part(
                "InputArtifactDetails",
                shape<codepipeline.CustomActionTypeInputArtifactDetails>(["maximumCount", "minimumCount"]),
            ),
            outputArtifactDetails: part(
                "OutputArtifactDetails",
                shape<codepipeline.CustomActionTypeOutputArtifactDetails>(["maximumCount", "minimumCount"]),
            ),
            providerName: to("Provider"),
            settings: part(
                "Settings",
                shape<codepipeline.CustomActionTypeSettings>([
                    "entityUrlTemplate",
                    "executionUrlTemplate",
                    "revisionUrlTemplate",
                    "thirdPartyConfigurationUrl",
                ]),
            ),
            tags,
        }),
        outputs: refOnly,
    },
};
