import * as assert from "node:assert/strict";
import type { Words } from "../support/fleet";
import { advised, armTwin, brief, everywhere, key, stack, suite, x86 } from "./support";

describe("what would shorten a release", () => {
    const rows: readonly (readonly [title: string, words: Words, expected: readonly unknown[]])[] = [
        ["nothing, where the stack file leaves nothing to do", stack(), []],
        [
            "suites side by side that wait for each other",
            stack({
                suites: {
                    integration: suite({ compute: "2xlarge" }),
                    e2e: suite({ compute: "2xlarge", needs: ["integration"] }),
                },
            }),
            [["parallel-suites", { [key("suites.e2e.needs")]: [] }, 2.7]],
        ],
        [
            "all suites side by side, in one advice",
            stack({
                suites: {
                    a: suite({ compute: "2xlarge" }),
                    b: suite({ compute: "2xlarge", needs: ["a"] }),
                    c: suite({ compute: "2xlarge", needs: ["b"] }),
                },
            }),
            [["parallel-suites", { [key("suites.b.needs")]: [], [key("suites.c.needs")]: [] }, 5.4]],
        ],
        [
            "no suite that reads what another leaves",
            stack({
                suites: {
                    a: suite({
                        compute: "2xlarge",
                        buildspec: undefined,
                        commands: ["make"],
                        exportedVariables: ["URL"],
                    }),
                    b: suite({ compute: "2xlarge", needs: ["a"], environment: { URL: "#{a.URL}" } }),
                },
            }),
            [],
        ],
        [
            "suites of the defaults, where the service can say otherwise",
            stack(
                {},
                {
                    defaults: {
                        source: { type: "connection", connection: "github", branch: "main" },
                        suites: { a: suite({ compute: "2xlarge" }), b: suite({ compute: "2xlarge", needs: ["a"] }) },
                    },
                },
            ),
            [["parallel-suites", { [key("suites.b.needs")]: [] }, 2.7]],
        ],
        [
            "a larger machine, of the next size whose price is known",
            stack({ build: { buildspec: "b.yml", image: armTwin, compute: "small" } }),
            [["larger-compute", { [key("build.compute")]: "large" }, 2.25]],
        ],
        [
            "no larger machine for what no release waits for",
            stack({
                suites: {
                    slow: suite({ compute: "2xlarge", after: "build", environments: undefined }),
                    fast: suite({ compute: "large", after: "build", environments: undefined }),
                },
            }),
            // Of two that take nearly as long only the longer one is waited for: 2xlarge is faster than large.
            [["larger-compute", { [key("suites.fast.compute")]: "xlarge" }, 0.45]],
        ],
        [
            "no larger machine for a batch, which says itself what its builds want",
            stack({ build: { buildspec: "b.yml", batch: true, compute: "small" } }),
            [],
        ],
        [
            "ARM for the same image of AWS's",
            stack({ build: { buildspec: "b.yml", image: x86, compute: "large" } }),
            [
                ["larger-compute", { [key("build.compute")]: "xlarge" }, 0.58],
                ["arm", { [key("build.image")]: armTwin }, 0],
            ],
        ],
        [
            "no ARM for a build that makes images",
            stack({ build: { buildspec: "b.yml", image: x86, compute: "large", privileged: true } }),
            [["larger-compute", { [key("build.compute")]: "xlarge" }, 0.58]],
        ],
        [
            "no ARM for an image that AWS has no twin of",
            stack({ build: { buildspec: "b.yml", image: "aws/codebuild/standard:7.0", compute: "2xlarge" } }),
            [],
        ],
        [
            "no ARM for a build whose suite makes images on the same machine",
            stack({
                build: { buildspec: "b.yml", image: x86, compute: "large" },
                suites: { images: { buildspec: "t.yml", privileged: true } },
            }),
            [
                ["larger-compute", { [key("build.compute")]: "xlarge" }, 1.05],
                ["larger-compute", { [key("suites.images.compute")]: "xlarge" }, 0.47],
            ],
        ],
        [
            "a cache for packages that the commands fetch",
            stack({ build: { commands: ["npm ci", "pip install ."], compute: "2xlarge" } }),
            [
                [
                    "cache",
                    { [key("build.cache")]: { type: "s3", paths: ["/root/.npm/**/*", "/root/.cache/pip/**/*"] } },
                    0.42,
                ],
            ],
        ],
        [
            "no cache where there is one",
            stack({
                build: { commands: ["npm ci"], compute: "2xlarge", cache: { type: "s3", paths: ["/root/.npm/**/*"] } },
            }),
            [],
        ],
        ["no cache for commands that fetch nothing", stack({ build: { commands: ["make"], compute: "2xlarge" } }), []],
        [
            "a build once, which is made anew for each environment, with the suites that follow it",
            stack({
                build: { buildspec: "b.yml", perEnvironment: true, compute: "2xlarge" },
                suites: { unit: suite({ after: "build", environments: undefined, compute: "2xlarge" }) },
            }),
            [["build-once", { [key("build.perEnvironment")]: false }, 6.13]],
        ],
        [
            "a suite once, which cannot tell environments apart",
            stack({
                suites: {
                    smoke: suite({
                        environments: undefined,
                        buildspec: undefined,
                        commands: ["make smoke"],
                        compute: "2xlarge",
                    }),
                },
            }),
            [["suite-once", { [key("suites.smoke.environments")]: ["dev"] }, 2.7]],
        ],
        [
            "no suite once that is told where it is",
            stack({
                suites: {
                    a: suite({
                        ...everywhere,
                        commands: ["make"],
                        environment: { URL: "https://{environment}.shop.example" },
                    }),
                },
            }),
            [],
        ],
        [
            "no suite once that asks where it is",
            stack({ suites: { a: suite({ ...everywhere, commands: ["make $ENVIRONMENT"] }) } }),
            [],
        ],
        [
            "no suite once whose commands are not known",
            stack({ suites: { a: suite({ ...everywhere, buildspec: "test.yml" }) } }),
            [],
        ],
        [
            "builds once together, where each by itself would only be cheaper",
            stack({
                build: undefined,
                builds: {
                    api: { buildspec: "a.yml", perEnvironment: true },
                    web: { buildspec: "b.yml", perEnvironment: true },
                },
                deploy: { type: "s3", bucket: "orders-{environment}", artifact: "api" },
            }),
            [
                [
                    "build-once",
                    { [key("builds.api.perEnvironment")]: false, [key("builds.web.perEnvironment")]: false },
                    6.3,
                ],
            ],
        ],
        [
            "regions at once that wait for one another",
            stack(
                { deploy: { type: "s3", bucket: "orders-{region}" } },
                { environments: [{ name: "dev", regions: ["eu-west-1", "eu-central-1"], regionsInOrder: true }] },
            ),
            [["regions-together", { "environments[0].regionsInOrder": false }, 0.5]],
        ],
        [
            "a stack where everything is deployed",
            stack(
                {},
                {
                    environments: [
                        { name: "dev", regions: ["eu-central-1"] },
                        { name: "prod", regions: ["eu-central-1"] },
                    ],
                },
            ),
            [["home-region", { "aws:region": "eu-central-1" }, 1]],
        ],
        [
            "no other region for what is deployed to two",
            stack({}, { environments: [{ name: "dev", regions: ["eu-central-1"] }, { name: "prod" }] }),
            [],
        ],
    ];
    for (const [title, words, expected] of rows) {
        it(title, () => {
            assert.deepEqual(advised(words).advice.map(brief), expected);
        });
    }
});
