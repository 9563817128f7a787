import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { kind } from "../kind";
import type { ActionType } from "../plan";
import type { Problem } from "../problem";
import { serviceName, template, templateValue } from "../words";

const action: ActionType = {
    category: "Invoke",
    owner: "AWS",
    provider: "CodePipeline",
    version: "1",
    homeOnly: true,
    inputs: [0, 0],
    outputs: [0, 0],
    configuration: { required: ["PipelineName"], optional: ["SourceRevisions", "Variables"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-PipelineInvoke.html",
};

/** What a revision of a source is told by: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SourceRevisionOverride.html. */
const revisionTypes = ["COMMIT_ID", "IMAGE_DIGEST", "S3_OBJECT_KEY", "S3_OBJECT_VERSION_ID"] as const;

/**
 * Another pipeline that is started: that of another service of this stack, or one of the same account by its name.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-PipelineInvoke.html
 */
export const pipeline = kind({
    type: "pipeline",
    actions: [action],
    limits: [
        "The other pipeline is started; AWS documents no permission to read its execution, so nothing waits for its end, and nothing is left for later actions.",
        "CodePipeline documents the name of the other pipeline alone: it is of the pipeline's own account and region.",
        "It takes no artifact: what the other pipeline works on, `revisions` say.",
    ],
    settings: z.strictObject({
        service: serviceName(
            "The service of this stack whose pipeline is started. @default none: `pipeline` names one",
        ).optional(),
        pipeline: template(
            "The pipeline that is started, by its name in the pipeline's own account and region, instead of `service`. @default none: `service` names one",
            z
                .string()
                .max(100)
                .regex(
                    /^[A-Za-z0-9.@_{}-]+$/,
                    "the name of a pipeline of the same account and region (no ARN: CodePipeline starts none elsewhere)",
                ),
        ).optional(),
        revisions: z
            .record(
                z
                    .string()
                    .min(1)
                    .describe("The source action of the other pipeline; the only one of a service is called `source`."),
                z.strictObject({
                    type: z.enum(revisionTypes).describe("What the revision is told by."),
                    value: templateValue("The revision, for example `#{SourceVariables.CommitId}`."),
                }),
            )
            .optional()
            .describe("What the other pipeline takes from its sources, by the name of the action. @default the newest"),
        variables: z
            .record(
                z.string().regex(/^[A-Za-z0-9@_-]{1,128}$/, "the name of a variable of the other pipeline"),
                templateValue("The variable's value."),
            )
            .optional()
            .describe("Variables of the other pipeline, by name. @default their own defaults"),
    }),
    example: `
        type: pipeline
        when: end
        service: reports`,
    around: {
        services: `
            reports:
              source: { repository: acme/reports }
              build: { commands: [npm ci, npm test] }
              deploy: { type: s3, bucket: "shop-reports-{environment}" }`,
    },
    plan({ service, pipeline: name, revisions, variables }, at) {
        const started = service === undefined ? (name ?? "") : at.pipelineOf(service);
        return [
            {
                name: at.unit,
                action,
                summary: `starts the pipeline ${started}`,
                configuration: {
                    PipelineName: started,
                    ...(revisions !== undefined && {
                        SourceRevisions: JSON.stringify(
                            Object.entries(revisions).map(([actionName, { type, value }]) => ({
                                actionName,
                                revisionType: type,
                                revisionValue: value,
                            })),
                        ),
                    }),
                    ...(variables !== undefined && {
                        Variables: JSON.stringify(
                            Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
                        ),
                    }),
                },
                inputs: [],
                outputs: [],
                grants: [
                    allow(
                        "StartPipelines",
                        ["codepipeline:StartPipelineExecution"],
                        [arn("codepipeline", started, at.home)],
                    ),
                ],
            },
        ];
    },
    check: ({ service, pipeline: name }): Problem[] =>
        (service === undefined) === (name === undefined)
            ? [
                  {
                      path: [],
                      message: `expected either \`service\` or \`pipeline\`, found ${service === undefined ? "neither" : "both"}`,
                  },
              ]
            : [],
});
