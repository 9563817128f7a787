import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Advice } from "../../../blueprint/release-time/advice";
import type { MeasuredDurations } from "../../../blueprint/release-time/durations";
import { trialOf } from "../../../blueprint/release-time/what-if";
import { pathText } from "../../../catalog/problem";
import type { Words } from "../support/fleet";
import { advised, sourceOf } from "./support";

const x86 = "aws/codebuild/amazonlinux-x86_64-standard:5.0";
const armTwin = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

/** A stack of a service that is deployed to dev and prod, with `words`; what waits for what, and runs where, is theirs. */
const stack = (words: Words = {}, others: Words = {}): Words => ({
    environments: [{ name: "dev" }, { name: "prod" }],
    ...others,
    services: {
        orders: {
            source: { repository: "acme/orders" },
            build: { buildspec: "buildspec.yml", image: x86, compute: "2xlarge", privileged: true },
            deploy: { type: "s3", bucket: "orders-{environment}" },
            ...words,
        },
    },
});

const suite = (words: Words = {}) => ({
    after: "deploy",
    environments: ["dev"],
    buildspec: "test.yml",
    image: armTwin,
    ...words,
});

/** Kind, keys with values, and minutes of `advice`; prices are looked at where they are what is tested. */
const brief = ({ kind, changes, savesMinutes }: Advice) => [
    kind,
    Object.fromEntries(changes.map(({ path, value }) => [pathText(path), value])),
    Number(savesMinutes.toFixed(2)),
];

const costsOf = (advice: readonly Advice[], kind: Advice["kind"]) =>
    advice
        .filter(one => one.kind === kind)
        .map(({ costs }) => (costs === undefined ? undefined : Number(costs.toFixed(4))));

const key = (name: string) => `services.orders.${name}`;

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
            [["parallel-suites", { [key("suites.e2e.needs")]: [] }, 2.67]],
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
            [["parallel-suites", { [key("suites.b.needs")]: [], [key("suites.c.needs")]: [] }, 5.33]],
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
            [["parallel-suites", { [key("suites.b.needs")]: [] }, 2.67]],
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
                    fast: suite({ compute: "xlarge", after: "build", environments: undefined }),
                },
            }),
            // Of two that take nearly as long only the longer one is waited for: 2xlarge is faster than xlarge.
            [["larger-compute", { [key("suites.fast.compute")]: "2xlarge" }, 0.07]],
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
            stack({ build: { buildspec: "b.yml", image: x86, compute: "2xlarge", privileged: true } }),
            [],
        ],
        [
            "no ARM for an image that AWS has no twin of",
            stack({ build: { buildspec: "b.yml", image: "aws/codebuild/standard:7.0", compute: "2xlarge" } }),
            [],
        ],
        [
            "no ARM for a build whose suite makes images on the same machine",
            stack({
                build: { buildspec: "b.yml", image: x86, compute: "2xlarge" },
                suites: { images: { buildspec: "t.yml", privileged: true } },
            }),
            [],
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
            [["build-once", { [key("build.perEnvironment")]: false }, 6.05]],
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
            [["suite-once", { [key("suites.smoke.environments")]: ["dev"] }, 2.67]],
        ],
        [
            "no suite once that is told where it is, asks for it, or whose commands are not known",
            stack({
                suites: {
                    a: suite({
                        environments: undefined,
                        buildspec: undefined,
                        commands: ["make"],
                        compute: "2xlarge",
                        environment: { URL: "https://{environment}.shop.example" },
                    }),
                    b: suite({
                        environments: undefined,
                        buildspec: undefined,
                        commands: ["make $ENVIRONMENT"],
                        compute: "2xlarge",
                    }),
                    c: suite({ environments: undefined, compute: "2xlarge" }),
                },
            }),
            [],
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
            stack({}, { environments: [{ name: "dev" }, { name: "prod", regions: ["eu-central-1"] }] }),
            [],
        ],
    ];
    for (const [title, words, expected] of rows) {
        it(title, () => {
            assert.deepEqual(advised(words).advice.map(brief), expected);
        });
    }

    it("costs what the machines of all cost that take theirs from the build", () => {
        const { advice } = advised(
            stack({
                build: { buildspec: "b.yml", image: armTwin },
                suites: { unit: { buildspec: "t.yml" }, own: { buildspec: "t.yml", compute: "small" } },
            }),
        );
        const build = advice.find(({ changes }) => pathText(changes[0].path) === key("build.compute"));
        assert.ok(build);
        assert.deepEqual(build.followers, ["unit"]);
        // Build 6 → 4 min, unit 5 → 4 min (3.2 begun), each $0.0034 → $0.015 a minute and $0.002 of the action.
        assert.equal(build.costs?.toFixed(4), (8 * 0.017 - 11 * 0.0054).toFixed(4));
    });

    it("says by how much ARM is cheaper, and what has no price it says nothing of", () => {
        const arm = stack({ build: { buildspec: "b.yml", image: x86, compute: "small" } });
        assert.deepEqual(costsOf(advised(arm).advice, "arm"), [-0.0096]);
        const batch = stack({ build: { buildspec: "b.yml", image: armTwin, compute: "medium" } });
        assert.deepEqual(costsOf(advised(batch).advice, "larger-compute"), [undefined]);
    });

    it("advises ARM of a build once, and not of what takes its machine from it", () => {
        const { advice } = advised(
            stack({
                build: { buildspec: "b.yml", image: x86, compute: "2xlarge" },
                suites: { unit: { buildspec: "t.yml" } },
            }),
        );
        // Of 2xlarge no price is known here, so nothing is known to be cheaper.
        assert.deepEqual(advice, []);
        const small = advised(
            stack({ build: { buildspec: "b.yml", image: x86 }, suites: { unit: { buildspec: "t.yml" } } }),
        );
        assert.deepEqual(
            small.advice
                .filter(({ kind }) => kind === "arm")
                .map(one => [pathText(one.changes[0].path), one.followers]),
            [[key("build.image"), ["unit"]]],
        );
    });

    it("scales what was measured: a larger machine shortens the work and not the minute before it", () => {
        const measured: MeasuredDurations = {
            minutes: (_, __, name) => (name === "build" ? { minutes: 21, count: 9 } : undefined),
        };
        const words = stack({ build: { buildspec: "b.yml", image: armTwin } });
        assert.deepEqual(advised(words, measured).advice.map(brief), [
            ["larger-compute", { [key("build.compute")]: "large" }, 20 * 0.45],
        ]);
    });

    it("takes what was measured of a build in its environment for the one that is built once", () => {
        const measured: MeasuredDurations = {
            minutes: (_, stage, name) =>
                name === "build" ? { minutes: stage === "dev" ? 11 : 13, count: 9 } : undefined,
        };
        const words = stack({ build: { buildspec: "b.yml", perEnvironment: true, compute: "2xlarge" } });
        const { advice, minutes } = advised(words, measured);
        // Once 11 min instead of 11 and 13, and one seal instead of two.
        assert.deepEqual(advice.map(brief), [["build-once", { [key("build.perEnvironment")]: false }, 13.3]]);
        assert.equal(advice[0].minutes.toFixed(2), (minutes - 13.3).toFixed(2));
    });

    it("plans with the other services where the service speaks of one", () => {
        const words = stack({
            trigger: { after: ["base"] },
            build: { buildspec: "b.yml", perEnvironment: true, compute: "2xlarge" },
        });
        const services = {
            ...(words.services as Words),
            base: { source: { repository: "acme/base" }, deploy: { type: "s3", bucket: "base-{environment}" } },
        };
        assert.deepEqual(
            advised({ ...words, services }).advice.map(({ kind }) => kind),
            ["build-once"],
        );
    });

    it("never lengthens the way, and plans without a problem", () => {
        const word = <T>(...values: readonly T[]) => fc.constantFrom(...values);
        const machine = fc.record(
            {
                compute: word("small", "medium", "large", "xlarge", "2xlarge"),
                image: word(x86, armTwin, "aws/codebuild/standard:7.0"),
                privileged: fc.boolean(),
                cache: word({ type: "none" }, { type: "s3", paths: ["/root/.npm/**/*"] }),
            },
            { requiredKeys: [] },
        );
        const suites = fc
            .array(fc.tuple(machine, word("build", "deploy"), fc.nat({ max: 3 })), { maxLength: 4 })
            .map(all =>
                Object.fromEntries(
                    all.map(([own, after, back], index) => {
                        const needed = all[index - back] as (typeof all)[number] | undefined;
                        const needs = back > 0 && needed?.[1] === after ? [`suite-${index - back}`] : [];
                        return [`suite-${index}`, { ...own, after, needs, commands: ["npm ci"] }];
                    }),
                ),
            );
        const minutes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 7 });
        fc.assert(
            fc.property(machine, fc.boolean(), suites, fc.option(minutes), (own, perEnvironment, tests, values) => {
                const words = stack({ build: { commands: ["npm ci"], ...own, perEnvironment }, suites: tests });
                const measured: MeasuredDurations = {
                    minutes: (_, stage, name) =>
                        values === null
                            ? undefined
                            : { minutes: values[(stage.length + name.length * 3) % values.length], count: 1 },
                };
                const { advice, minutes: before } = advised(words, measured);
                const trial = trialOf(sourceOf(words), "orders");
                for (const { changes, savesMinutes, minutes: after, costs } of advice) {
                    assert.ok(savesMinutes >= 0 && after <= before + 1e-6);
                    assert.ok(savesMinutes > 0 || (costs ?? 0) < 0);
                    assert.ok(trial.planned(changes));
                }
            }),
            { numRuns: 25 },
        );
    }).timeout(60_000);
});
