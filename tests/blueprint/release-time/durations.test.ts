import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionPlan, PipelinePlan } from "../../../blueprint/plan";
import { minutesOf, type MeasuredDurations, type Timed } from "../../../blueprint/release-time/durations";
import { fleetOf, pipelineOf } from "../support/fleet";

const build = (words: object) => ({ build: { commands: ["make"], ...words } });

/** The pipeline of a service that is deployed to a bucket, with `words`. */
const planned = (words: object = {}) =>
    pipelineOf(
        fleetOf({
            environments: [{ name: "dev", approval: { notify: ["a@shop.example"] } }],
            services: {
                orders: {
                    source: { repository: "acme/orders" },
                    build: { commands: ["make"] },
                    deploy: { type: "s3", bucket: "orders-files" },
                    ...words,
                },
            },
        }),
    );

const at = (pipeline: PipelinePlan, stage: string, name: string): Timed => {
    const found = pipeline.stages.find(one => one.name === stage);
    const action = found?.actions.find(one => one.name === name);
    assert.ok(found && action, `${stage}/${name}`);
    return { pipeline, stage: found, action };
};

const minutes = (pipeline: PipelinePlan, stage: string, name: string) => minutesOf(at(pipeline, stage, name)).minutes;

const measured: MeasuredDurations = {
    minutes: (...place) => (place.join("/") === "shop--orders/Build/build" ? { minutes: 7.25, count: 3 } : undefined),
};

describe("how long an action takes", () => {
    for (const [title, words, stage, name, expected] of [
        ["a source", {}, "Source", "source", 0.5],
        ["a build on the smallest machine: one minute to get it", {}, "Build", "build", 6],
        ["a build on a machine with twice the processors", build({ compute: "medium" }), "Build", "build", 1 + 5 * 0.7],
        [
            "a build on the largest machine for ARM, which has fewer processors than that of x86_64",
            build({ compute: "2xlarge", image: "aws/codebuild/amazonlinux-aarch64-standard:3.0" }),
            "Build",
            "build",
            1 + 5 * (0.4 + (0.6 * 2) / 48),
        ],
        [
            "a build on the largest machine for x86_64",
            build({ compute: "2xlarge", image: "aws/codebuild/amazonlinux-x86_64-standard:5.0" }),
            "Build",
            "build",
            1 + 5 * (0.4 + (0.6 * 2) / 72),
        ],
        [
            "a build that keeps its packages",
            build({ cache: { type: "s3", paths: ["/root/.npm/**/*"] } }),
            "Build",
            "build",
            1 + 5 * 0.8,
        ],
        [
            "a build in Lambda, which no network interface is made for",
            build({
                compute: "lambda-2gb",
                image: "aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs22",
                outsideNetwork: "It reaches nothing inside.",
            }),
            "Build",
            "build",
            5.1,
        ],
        ["a suite", { suites: { unit: { commands: ["make test"] } } }, "Suites", "unit", 5],
        ["a seal", {}, "Build", "seal", 0.3],
        ["files in a bucket", {}, "dev", "deploy", 0.5],
        [
            "a script, which more processors do not help",
            { deploy: { type: "script", commands: ["./deploy"], compute: "large" } },
            "dev",
            "deploy",
            3,
        ],
        [
            "a change set",
            {
                deploy: {
                    type: "cloudformation",
                    stack: "s",
                    template: "t",
                    executionRoleArn: "arn:aws:iam::111111111111:role/r",
                },
            },
            "dev",
            "deploy-changes",
            1,
        ],
        [
            "the minutes of a strategy that shifts traffic",
            { deploy: { type: "lambda", function: "f", alias: "live", strategy: "Linear25PercentEvery2Minutes" } },
            "dev",
            "deploy",
            6.5,
        ],
    ] as const) {
        it(`knows ${title}`, () => {
            assert.equal(minutes(planned(words), stage, name), expected);
        });
    }

    it("takes longer where what it takes is copied to another region", () => {
        const abroad = pipelineOf(
            fleetOf({
                environments: [{ name: "dev", regions: ["eu-central-1"] }],
                services: {
                    orders: {
                        source: { repository: "acme/orders" },
                        build: { commands: ["make"] },
                        deploy: { type: "s3", bucket: "orders-files" },
                    },
                },
            }),
        );
        assert.deepEqual(minutesOf(at(abroad, "dev", "deploy--eu-central-1")), {
            minutes: 1,
            source: "default",
            reason: "assumed for files to be copied; copied to eu-central-1 in 0.5 min",
        });
    });

    it("is no time of a machine's where people are asked", () => {
        assert.deepEqual(
            minutesOf(at(planned(), "Approve-dev", "approve"), { minutes: () => ({ minutes: 9, count: 1 }) }),
            {
                minutes: 0,
                waits: "people",
                source: "default",
                reason: "waits for people",
            },
        );
    });

    it("is what was measured, where it was, and names the project that runs", () => {
        const pipeline = planned();
        const { project, ...time } = minutesOf(at(pipeline, "Build", "build"), measured);
        assert.deepEqual(time, { minutes: 7.25, source: "measured", reason: "the median of 3 executions" });
        assert.equal(project?.physicalName, "shop--orders--build");
        assert.equal(minutesOf(at(pipeline, "dev", "deploy"), measured).source, "default");
    });

    it("has a default for every provider that the catalog knows", () => {
        const folder = join(__dirname, "../../../catalog");
        const text = readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter(file => file.endsWith(".ts") && !file.startsWith("gates"))
            .map(file => readFileSync(join(folder, file), "utf8"))
            .join("\n");
        const providers = [...text.matchAll(/^ {4,8}provider: "(\w+)",$/gm)].map(([, provider]) => provider);
        assert.ok(providers.includes("ECS") && providers.includes("InspectorScan"));
        const pipeline = planned();
        const { stage, action } = at(pipeline, "dev", "deploy");
        const unknown = providers.filter(provider => {
            const one = { ...action, action: { ...action.action, provider } } as ActionPlan;
            return /nothing is known/.test(minutesOf({ pipeline, stage, action: one }).reason);
        });
        // Builds have a project; an approval is asked for before.
        assert.deepEqual([...new Set(unknown)].sort(), ["CodeBuild", "Manual"]);
    });
});
