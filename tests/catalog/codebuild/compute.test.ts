import * as assert from "node:assert/strict";
import { z } from "zod";
import { codebuild as build } from "../../../catalog/builds/codebuild";
import { computeTypes, isLambda, type Compute } from "../../../catalog/codebuild/compute";
import { checkBuild, commandShape, machineShape } from "../../../catalog/codebuild/settings";
import { script } from "../../../catalog/deploys/script";
import { codebuild as suite } from "../../../catalog/suites/codebuild";
import { at, built, dev, only, projectOf, read, source } from "../support/place";

const schema = z.strictObject({ ...machineShape, ...commandShape });
const check = (yaml: string) => checkBuild(read(schema, `{ commands: [make], ${yaml} }`));

const lambdaImage = "aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs22";
const inLambda = `compute: lambda-1gb, image: "${lambdaImage}", outsideNetwork: It reads no secret.`;

const kinds = [
    ["build", build, () => at("build", [source])],
    ["suite", suite, () => at("unit", [source, built])],
    ["script", script, () => at("deploy", [built, source], dev)],
] as const;

describe("compute", () => {
    for (const [size, type] of Object.entries(computeTypes)) {
        it(`${size} is a size of the stack file and ${type} in CodeBuild`, () => {
            assert.equal(read(schema, `{ compute: ${size} }`).compute, size);
            assert.match(type, size.startsWith("lambda-") ? /^BUILD_LAMBDA_(1|2|4|8|10)GB$/ : /^BUILD_GENERAL1_\w+$/);
            assert.equal(isLambda(size as Compute), size.startsWith("lambda-"));
        });
    }

    for (const [title, kind, place] of kinds) {
        it(`of a ${title} in Lambda stands in no network, has Lambda's own times, and says so`, () => {
            const settings = read(kind.settings, `{ commands: [make], ${inLambda} }`) as never;
            const step = only(kind.plan(settings, place()));
            const { network, timeoutMinutes, queuedTimeoutMinutes, computeType, environmentType, grants } =
                projectOf(step);
            assert.deepEqual(
                [network, timeoutMinutes, queuedTimeoutMinutes, computeType, environmentType],
                [undefined, undefined, undefined, "BUILD_LAMBDA_1GB", "ARM_LAMBDA_CONTAINER"],
            );
            assert.deepEqual(
                grants.flatMap(({ actions }) => actions.filter(action => action.startsWith("ec2:"))),
                [],
            );
            assert.equal(step.action.outsideVpc, "Lambda compute connects builds to no VPC");
            assert.deepEqual(step.weakens, [
                `${step.name} runs outside the build network, on machines of AWS's own: It reads no secret.`,
            ]);
            assert.ok(kind.actions.includes(step.action));
        });

        it(`of a ${title} is in the network unless it asks for Lambda`, () => {
            const step = only(kind.plan(read(kind.settings, "{ commands: [make] }") as never, place()));
            const { network, timeoutMinutes, queuedTimeoutMinutes, environmentType } = projectOf(step);
            assert.equal(network, place().network);
            assert.deepEqual([timeoutMinutes, queuedTimeoutMinutes, environmentType], [60, 480, "ARM_CONTAINER"]);
            assert.equal(step.action.outsideVpc, undefined);
        });
    }

    it("in Lambda on x86 is another environment", () => {
        const settings = read(
            build.settings,
            `{ commands: [make], ${inLambda.replace("aarch64", "x86_64").replace("1gb", "10gb")} }`,
        );
        const { computeType, environmentType } = projectOf(only(build.plan(settings, at("build", [source]))));
        assert.deepEqual([computeType, environmentType], ["BUILD_LAMBDA_10GB", "LINUX_LAMBDA_CONTAINER"]);
    });

    it("in Lambda takes an image of one's own", () =>
        assert.deepEqual(
            check(
                'compute: lambda-2gb, image: "acme/build@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", outsideNetwork: why',
            ),
            [],
        ));

    for (const [title, yaml, path, message] of [
        [
            "Lambda without a reason",
            `compute: lambda-2gb, image: "${lambdaImage}"`,
            "compute",
            "lambda-2gb runs outside the build network, on machines of AWS's own: say why that may be in `outsideNetwork`, or choose one of small, medium, large, xlarge, 2xlarge",
        ],
        [
            "a reason without Lambda",
            "compute: medium, outsideNetwork: why",
            "outsideNetwork",
            "is for Lambda compute alone: medium runs in the build network",
        ],
        [
            "Lambda with an image of other machines",
            "compute: lambda-1gb, outsideNetwork: why",
            "image",
            'expected an image for Lambda compute, such as "aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs22", found "aws/codebuild/amazonlinux-aarch64-standard:3.0"',
        ],
        [
            "Lambda that is privileged",
            `${inLambda}, privileged: true`,
            "privileged",
            "Lambda compute runs nothing privileged, and builds no Docker images",
        ],
        [
            "Lambda with a cache",
            `${inLambda}, cache: { type: s3, paths: [x] }`,
            "cache",
            "Lambda compute keeps no cache",
        ],
        [
            "Lambda with a timeout, even its own",
            `${inLambda}, timeoutMinutes: 15`,
            "timeoutMinutes",
            "Lambda compute takes no other timeout than its 15 minutes: leave it out",
        ],
        [
            "Lambda with a queue",
            `${inLambda}, queuedTimeoutMinutes: 5`,
            "queuedTimeoutMinutes",
            "in Lambda compute no build waits: leave it out",
        ],
    ] as const) {
        it(`fails for ${title}`, () => assert.deepEqual(check(yaml), [{ path: [path], message }]));
    }
});
