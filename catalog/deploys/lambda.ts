import { z } from "zod";
import { writeActionLog } from "../action-log";
import { arn } from "../arn";
import { allow } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import type { Problem } from "../problem";
import { template } from "../words";

const action: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "Lambda",
    version: "1",
    inputs: [0, 1],
    outputs: [0, 0],
    configuration: {
        required: ["FunctionName"],
        optional: ["FunctionAlias", "PublishedTargetVersion", "DeployStrategy", "Alarms"],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-LambdaDeploy.html",
};

/** Most alarms that the action watches. */
const mostAlarms = 10;

/** Longest time that traffic can take to shift: two days. */
const longestShiftMinutes = 2 * 24 * 60;

const strategyPattern = /^(?:AllAtOnce|(Canary|Linear)([1-9]\d?)Percent(Every)?([1-9]\d*)Minutes?)$/;

/** Minutes between the first share of traffic and the last; undefined where `strategy` is none. */
export function shiftMinutes(strategy: string): number | undefined {
    const match = strategyPattern.exec(strategy);
    const [, kindOfShift, percent, every, minutes] = match ?? [];
    if (match === null || (kindOfShift === "Linear") !== (every !== undefined)) {
        return undefined;
    }
    const waits = kindOfShift === undefined ? 0 : kindOfShift === "Canary" ? 1 : Math.ceil(100 / Number(percent)) - 1;
    return waits === 0 ? 0 : waits * Number(minutes);
}

/**
 * A new version of a Lambda function: code of the artifact, published, and where there is an alias its traffic shifted
 * to it. Or, with `version`, traffic alone, to a version that is published already.
 *
 * AWS's page calls the action's log group `/<region>/codepipeline/<pipeline>`, and all other pages of actions
 * `/aws/codepipeline/<pipeline>`: both may be written.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-LambdaDeploy.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-lambda-deploy.html
 */
export const lambda = kind({
    type: "lambda",
    actions: [action],
    settings: z.strictObject({
        function: template(
            "Name of the function.",
            z.string().regex(/^[A-Za-z0-9_{}-]{1,64}$/, "the name of a function: letters, digits, `_` and `-`"),
        ),
        alias: template(
            "Alias whose traffic is shifted; it points to one version, to which a failure goes back. @default none: the code becomes $LATEST and a new version",
            z.string().regex(/^(?!\d+$)[A-Za-z0-9_{}-]{1,128}$/, "the name of an alias: letters, digits, `_` and `-`"),
        ).optional(),
        strategy: z
            .string()
            .refine(strategy => shiftMinutes(strategy) !== undefined, {
                error: 'a strategy such as "AllAtOnce", "Canary10Percent5Minutes" or "Linear10PercentEvery1Minute"',
            })
            .optional()
            .describe("How the alias's traffic is shifted. @default AllAtOnce"),
        alarms: z
            .array(
                template(
                    "Name of a CloudWatch alarm.",
                    z
                        .string()
                        .max(255)
                        .regex(/^[^,*?]+$/, "the name of an alarm, without `,`, `*` and `?`"),
                ),
            )
            .max(mostAlarms)
            .default([])
            .describe("Alarms of the function's account that fail the deploy while they are in ALARM. @default none"),
        version: z
            .string()
            .regex(
                /^(?:[1-9]\d*|#\{[\w@-]+\.[\w@-]+\})$/,
                'a published version, such as "7", or a variable such as "#{variables.version}"',
            )
            .optional()
            .describe(
                "Published version to shift the alias to, instead of code of the artifact. @default the artifact's",
            ),
    }),
    example: `
        type: lambda
        function: "orders-{environment}"
        alias: live
        strategy: Canary10Percent5Minutes
        alarms: ["orders-errors-{environment}"]`,
    limits: [
        "Traffic takes at most 2 days to shift.",
        `At most ${mostAlarms} alarms, of the function's own account and region.`,
        "Without an alias traffic cannot be shifted, and no version can be named.",
    ],
    plan(settings, at) {
        const where = at.environment as Environment;
        const { function: name, alias, strategy, alarms, version } = settings;
        const itself = arn("lambda", `function:${name}`, where);
        const what = `Lambda function ${name}${alias === undefined ? "" : `, alias ${alias}`}`;
        const how = alias === undefined ? "a new version" : (strategy ?? "AllAtOnce");
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: `${what}: ${how}${version === undefined ? "" : ` to version ${version}`}`,
                configuration: {
                    FunctionName: name,
                    ...(alias !== undefined && { FunctionAlias: alias }),
                    ...(version !== undefined && { PublishedTargetVersion: version }),
                    ...(strategy !== undefined && { DeployStrategy: strategy }),
                    ...(alarms.length > 0 && { Alarms: alarms.join(",") }),
                },
                inputs: version === undefined ? [at.inputs[0].name] : [],
                outputs: [],
                namespace: at.namespace,
                grants: [
                    allow(
                        "DeployFunction",
                        [
                            "lambda:GetFunctionConfiguration",
                            ...(alias === undefined
                                ? []
                                : ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:UpdateAlias"]),
                            // With a version named, traffic alone is shifted: the code stays as it is.
                            ...(version === undefined ? ["lambda:PublishVersion", "lambda:UpdateFunctionCode"] : []),
                        ],
                        [itself, `${itself}:*`],
                    ),
                    ...(alarms.length > 0
                        ? [
                              allow(
                                  "WatchAlarms",
                                  ["cloudwatch:DescribeAlarms"],
                                  alarms.map(alarm => arn("cloudwatch", `alarm:${alarm}`, where)),
                              ),
                          ]
                        : []),
                    writeActionLog(at.pipelineArn, where, ["aws", where.region]),
                ],
                targets: [{ what, account: where.account }],
                ...(alias !== undefined && {
                    prerequisites: [
                        `the alias ${alias} of the Lambda function ${name} points to one published version, not to $LATEST`,
                    ],
                }),
            },
        ];
    },
    check({ alias, strategy, version }): Problem[] {
        const withoutAlias = Object.entries({ strategy, version }).flatMap(([key, value]) =>
            alias === undefined && value !== undefined
                ? [{ path: [key], message: "expected `alias` beside it: without one there is no traffic to shift" }]
                : [],
        );
        const minutes = shiftMinutes(strategy ?? "AllAtOnce") ?? 0;
        return [
            ...withoutAlias,
            ...(minutes > longestShiftMinutes
                ? [
                      {
                          path: ["strategy"],
                          message: `expected at most 2 days (${longestShiftMinutes} minutes) until all traffic is shifted, found ${minutes} minutes`,
                      },
                  ]
                : []),
        ];
    },
});
