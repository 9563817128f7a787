import { z } from "zod";
import { writeActionLog } from "../action-log";
import { arn } from "../arn";
import { filledAt } from "../codebuild/variables";
import { allow, allowAnywhere, type Grant } from "../grant";
import { kind, type Place } from "../kind";
import { outsideNetworkKey, outsideNetworkWeakness } from "../outside-network";
import type { ActionType } from "../plan";
import { template } from "../words";

const action: ActionType = {
    category: "Invoke",
    owner: "AWS",
    provider: "InspectorScan",
    version: "1",
    inputs: [0, 1],
    outputs: [1, 1],
    configuration: {
        required: ["InspectorRunMode"],
        optional: [
            "ECRRepositoryName",
            "ImageTag",
            "CriticalThreshold",
            "HighThreshold",
            "MediumThreshold",
            "LowThreshold",
        ],
    },
    outsideVpc: "it runs on CodeBuild machines that CodePipeline manages",
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html",
};

/** Severities: the key in the stack file → the action's. */
const severities = {
    critical: "CriticalThreshold",
    high: "HighThreshold",
    medium: "MediumThreshold",
    low: "LowThreshold",
} as const;

type Severity = keyof typeof severities;

const threshold = (severity: Severity) =>
    z
        .int()
        .min(0)
        .optional()
        .describe(`Most vulnerabilities of ${severity} severity that the suite passes with. @default any number`);

/**
 * A scan by Amazon Inspector for known vulnerabilities: of the artifact's files, or of an image in ECR. What it finds is
 * its output artifact; the highest severity is its variable `HighestScannedSeverity`.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
 */
export const inspectorScan = kind({
    type: "inspector-scan",
    actions: [action],
    limits: [
        "An image is one of the pipeline's own account and region.",
        "CodePipeline has no such action in the regions of China.",
        "It runs outside the build network, so `outsideNetwork` is required; where builds have no way out it is refused.",
    ],
    settings: z.strictObject({
        ecrImage: z
            .strictObject({
                repository: template(
                    "Repository of the pipeline's own account and region.",
                    z.string().regex(/^[a-z0-9{][a-z0-9._/{}-]{1,255}$/, "the name of an ECR repository (lower case)"),
                ),
                tag: template(
                    'The image\'s tag, for example "#{SourceVariables.CommitId}", or "#{build.TAG}" of a variable that the build exports.',
                ),
            })
            .optional()
            .describe("The image that is scanned. @default none: the files of the artifact are scanned"),
        thresholds: z
            .strictObject({
                critical: threshold("critical"),
                high: threshold("high"),
                medium: threshold("medium"),
                low: threshold("low"),
            })
            .describe("How many vulnerabilities the suite passes with; one more fails it."),
        outsideNetwork: outsideNetworkKey,
    }),
    example: `
        type: inspector-scan
        ecrImage: { repository: orders, tag: "#{SourceVariables.CommitId}" }
        thresholds: { critical: 0, high: 3 }
        outsideNetwork: It reads the image alone, no secret and no database.`,
    plan({ ecrImage, thresholds, outsideNetwork }, at) {
        const image = ecrImage && {
            repository: filledAt(ecrImage.repository, at),
            tag: filledAt(ecrImage.tag, at),
        };
        const limits = (Object.keys(severities) as Severity[]).flatMap(severity => {
            const most = thresholds[severity];
            return most === undefined ? [] : [{ severity, most }];
        });
        const scanned = image === undefined ? `the files of ${at.inputs[0].key}` : `${image.repository}:${image.tag}`;
        return [
            {
                name: at.unit,
                action,
                summary: `Inspector scan of ${scanned}, at most ${limits.map(({ severity, most }) => `${most} ${severity}`).join(", ")}`,
                configuration: {
                    InspectorRunMode: image === undefined ? "SourceCodeScan" : "ECRImageScan",
                    ...(image && { ECRRepositoryName: image.repository, ImageTag: image.tag }),
                    ...Object.fromEntries(limits.map(({ severity, most }) => [severities[severity], String(most)])),
                },
                namespace: at.namespace,
                inputs: image === undefined ? [at.inputs[0].name] : [],
                outputs: [at.output()],
                grants: grants(at, image?.repository),
                weakens: [outsideNetworkWeakness(at.unit, outsideNetwork)],
            },
        ];
    },
    check: ({ thresholds }) =>
        Object.values(thresholds).every(most => most === undefined)
            ? [
                  {
                      path: ["thresholds"],
                      message: `expected at least one of ${Object.keys(severities).join(", ")}: without any the scan never fails`,
                  },
              ]
            : [],
});

/**
 * What the action's page and the CDK's own action grant.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
 * @see https://github.com/aws/aws-cdk/tree/main/packages/aws-cdk-lib/aws-codepipeline-actions/lib/inspector
 */
function grants(at: Place, repository: string | undefined): Grant[] {
    return [
        allowAnywhere(
            "ScanForVulnerabilities",
            ["inspector-scan:ScanSbom"],
            "inspector-scan:ScanSbom has no resource-level permission",
        ),
        writeActionLog(at.pipelineArn, at.home),
        ...(repository === undefined
            ? []
            : [
                  allow(
                      "ReadScannedImage",
                      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                      [arn("ecr", `repository/${repository}`, at.home)],
                  ),
              ]),
    ];
}
