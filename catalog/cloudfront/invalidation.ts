import { z } from "zod";
import { distributionArn } from "../arn";
import { codebuildActions } from "../codebuild/compute";
import { ownBuild, planEnvironmentBuild } from "../codebuild/script";
import { allow } from "../grant";
import type { Environment, Place } from "../kind";
import type { Step } from "../plan";

const actions = codebuildActions("Build");

/** The action that runs the invalidation. */
export const { inNetwork: invalidationAction } = actions;

/** Keys of an invalidation: CloudFront forgets what it holds of these paths, and asks the origin again. */
export const invalidation = z.strictObject({
    distribution: z
        .string()
        .regex(/^[A-Z0-9]{8,20}$/, 'the id of a distribution, such as "E1A2B3C4D5E6F7"')
        .describe("Id of the CloudFront distribution."),
    paths: z
        .array(
            z
                .string()
                .regex(
                    /^\/[A-Za-z0-9\-._~!$&()+,;=:@%/]*\*?$/,
                    "a path that begins with `/`, with `*` at its end alone, other characters encoded as in a URL",
                ),
        )
        .min(1)
        .default(["/*"])
        .describe('What CloudFront forgets; `*` only at the end. @default ["/*"], which counts as one path'),
});

/** Longer than the ten minutes that the AWS CLI waits. */
const timeoutMinutes = 20;

/** Most wildcard paths, and most paths without one, of invalidations in progress at one time. */
const most = { wildcard: 15, plain: 3000 };

/**
 * The step that invalidates and waits until it is done.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudfront/create-invalidation.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudfront/wait/invalidation-completed.html
 */
export function planInvalidation({ distribution, paths }: z.output<typeof invalidation>, at: Place): Step {
    const where = at.environment as Environment;
    const command = [
        `id=$(aws cloudfront create-invalidation --distribution-id ${distribution} --paths ${paths.map(path => `'${path}'`).join(" ")} --query Invalidation.Id --output text)`,
        `aws cloudfront wait invalidation-completed --distribution-id ${distribution} --id "$id"`,
    ].join(" && ");
    // The action wants an artifact; the build reads none.
    const here = { ...at, inputs: at.inputs.slice(0, 1) };
    return planEnvironmentBuild(ownBuild([command], timeoutMinutes), here, actions, {
        suffix: "invalidate",
        description: `Invalidates ${distribution} after ${at.service} went to ${where.name}: ${at.unit}`,
        summary: `CloudFront distribution ${distribution} forgets ${paths.join(", ")}`,
        grants: [
            allow(
                "InvalidateDistribution",
                ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
                [distributionArn(distribution, where)],
            ),
        ],
        asDeployRole: true,
    });
}

/**
 * Paths of which CloudFront takes no more at one time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html
 */
export function checkInvalidation({ paths }: z.output<typeof invalidation>): string[] {
    const wildcards = paths.filter(path => path.endsWith("*")).length;
    const plain = paths.length - wildcards;
    return [
        ...(wildcards > most.wildcard
            ? [`expected at most ${most.wildcard} paths with \`*\`, found ${wildcards}: "/*" is all of them`]
            : []),
        ...(plain > most.plain ? [`expected at most ${most.plain} paths, found ${plain}: end some with \`*\``] : []),
    ];
}
