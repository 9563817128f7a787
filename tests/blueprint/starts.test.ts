import * as assert from "node:assert/strict";
import { changeOf } from "../../blueprint/change";
import type { PipelinePlan } from "../../blueprint/plan";
import { componentStatements, rolesOf } from "../../blueprint/roles";
import { ecsService, fleetOf, pipelineOf, stageOf, type Words } from "./support/fleet";

const drop: Words = {
    source: { type: "s3", bucket: "drops", key: "a.zip" },
    build: { commands: ["make test"] },
    deploy: { type: "s3", bucket: "site-{environment}" },
};

const fleetWith = (orders: Words, others: Words = {}) =>
    fleetOf({ services: { orders: { ...ecsService("orders"), ...orders }, drop: { ...drop, ...others } } });

const planned = (orders: Words): PipelinePlan => pipelineOf(fleetWith(orders));

/** Components beside the projects. */
const starters = ({ components }: PipelinePlan) => components.filter(({ component }) => component !== "BuildProject");

const sourceOf = (pipeline: PipelinePlan) => stageOf(pipeline, "Source").actions[0].configuration;

const schedule = { cron: "0 6 ? * MON-FRI *", timeZone: "Europe/Berlin" };

describe("a pipeline that says nothing of its start", () => {
    it("is started by its source, queues, and has no variable", () => {
        const pipeline = planned({});
        assert.deepEqual(
            [pipeline.purpose, pipeline.logicalName, pipeline.executionMode, pipeline.starts, pipeline.variables],
            ["release", "orders", "QUEUED", [], []],
        );
        assert.equal(sourceOf(pipeline).DetectChanges, "true");
        assert.deepEqual(starters(pipeline), []);
        assert.deepEqual(pipeline.weakens, []);
    });
});

describe("a pipeline that is started by hand", () => {
    const trigger = { manual: true };

    it("neither detects changes nor has a trigger, whatever its source filters", () => {
        for (const source of [{ repository: "acme/orders" }, { repository: "acme/orders", paths: ["web/**"] }]) {
            const pipeline = planned({ source, trigger });
            assert.equal(sourceOf(pipeline).DetectChanges, "false");
            assert.deepEqual(pipeline.triggers, []);
            assert.deepEqual(starters(pipeline), []);
            assert.deepEqual(pipeline.starts, ["by hand alone; AWS itself starts it once, when it is made"]);
        }
    });

    it("has no event rule, of its further sources neither", () => {
        const sources = {
            base: { type: "ecr", repository: "base" },
            code: { type: "code-commit", repository: "c", branch: "main" },
        };
        assert.deepEqual(starters(pipelineOf(fleetWith({}, { trigger, sources }), "drop")), []);
        assert.deepEqual(
            starters(pipelineOf(fleetWith({}, { sources }), "drop")).map(({ logicalName }) => logicalName),
            ["drop--upload", "drop--base--push", "drop--code--commit"],
        );
    });
});

describe("a schedule", () => {
    const pipeline = planned({ trigger: { schedule } });

    it("starts the pipeline beside its source", () => {
        assert.deepEqual(starters(pipeline), [
            {
                component: "ScheduleTrigger",
                logicalName: "orders--schedule",
                physicalName: "shop--orders--schedule",
                roleName: "shop--orders--schedule",
                description: "Starts the pipeline of orders on a schedule",
                ...schedule,
                pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
            },
        ]);
        assert.equal(sourceOf(pipeline).DetectChanges, "true");
        assert.deepEqual(pipeline.starts, ["at 0 6 ? * MON-FRI * (Europe/Berlin)"]);
    });

    it("may start this pipeline and no other", () => {
        const [starter] = starters(pipeline);
        assert.deepEqual(componentStatements(starter), [
            {
                Sid: "StartPipeline",
                Effect: "Allow",
                Action: ["codepipeline:StartPipelineExecution"],
                Resource: ["arn:aws:codepipeline:eu-west-1:111111111111:shop--orders"],
            },
        ]);
        assert.deepEqual(
            rolesOf(pipeline, fleetWith({}))
                .filter(({ name }) => name === "shop--orders--schedule")
                .map(({ of }) => of),
            ["schedule shop--orders--schedule"],
        );
    });

    it("starts it alone where changes are not to", () => {
        const alone = planned({ trigger: { schedule, commits: false } });
        assert.equal(sourceOf(alone).DetectChanges, "false");
        assert.deepEqual(alone.starts, ["not when its sources change", "at 0 6 ? * MON-FRI * (Europe/Berlin)"]);
    });

    it("can be changed without an edit of the pipeline, which would lose its rollback target", () => {
        const change = (trigger: Words) => changeOf(fleetWith({ trigger: { schedule } }), fleetWith({ trigger }));
        assert.deepEqual(change({ schedule: { ...schedule, cron: "0 7 ? * MON-FRI *" } }), {
            added: [],
            removed: [],
            edited: [],
            beside: ["orders"],
        });
    });
});

describe("the success of another service's pipeline", () => {
    const pipeline = planned({ trigger: { after: ["drop"] } });

    it("starts the pipeline by an event, unless it was a rollback's", () => {
        assert.deepEqual(starters(pipeline), [
            {
                component: "EventTrigger",
                logicalName: "orders--after",
                physicalName: "shop--orders--after",
                roleName: "shop--orders--after",
                description: "Starts the pipeline of orders after others",
                pattern: {
                    source: ["aws.codepipeline"],
                    "detail-type": ["CodePipeline Pipeline Execution State Change"],
                    detail: {
                        pipeline: ["shop--drop"],
                        state: ["SUCCEEDED"],
                        "execution-trigger": {
                            "trigger-type": [
                                { exists: false },
                                { "anything-but": ["ManualRollback", "AutomatedRollback"] },
                            ],
                        },
                    },
                },
                pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
            },
        ]);
        assert.deepEqual(pipeline.starts, ["after each release of drop"]);
    });

    it("is that of its pipeline by the name that it has, however long", () => {
        const long = "notification-dispatcher";
        const fleet = fleetOf({
            services: {
                orders: { ...ecsService("orders"), trigger: { after: [long, "drop"] } },
                [long]: ecsService(long),
                drop,
            },
        });
        const [starter] = starters(pipelineOf(fleet));
        assert.ok(starter.component === "EventTrigger");
        assert.deepEqual((starter.pattern.detail as Words).pipeline, [pipelineOf(fleet, long).name, "shop--drop"]);
    });

    it("changes nothing of the other service", () => {
        const [without, with_] = [fleetWith({}), fleetWith({ trigger: { after: ["drop"] } })];
        assert.deepEqual(pipelineOf(with_, "drop"), pipelineOf(without, "drop"));
        assert.deepEqual(with_.shared, without.shared);
    });
});

describe("an execution mode", () => {
    for (const [mode, expected, weaker] of [
        ["queued", "QUEUED", []],
        [
            "superseded",
            "SUPERSEDED",
            ["superseded: a later commit takes the place of one that waits, also of one that was approved"],
        ],
        [
            "parallel",
            "PARALLEL",
            [
                "parallel: executions deploy at the same time, so an earlier commit may overwrite a later one; no rollback",
            ],
        ],
    ] as const) {
        it(`may be ${mode}${weaker.length > 0 ? ", which is told as weaker" : ""}`, () => {
            const { executionMode, weakens } = planned({ executionMode: mode });
            assert.deepEqual([executionMode, weakens], [expected, weaker]);
        });
    }

    it("is an edit of the pipeline", () => {
        const change = changeOf(fleetWith({}), fleetWith({ executionMode: "superseded" }));
        assert.deepEqual(change.edited, [{ service: "orders", stages: [], rollsBack: false }]);
    });
});

describe("variables", () => {
    it("are the pipeline's, with what the stack file says of them", () => {
        const variables = { TARGET: { default: "blue", description: "Which side" }, "a-b": { default: "1" } };
        assert.deepEqual(planned({ variables }).variables, [
            { name: "TARGET", default: "blue", description: "Which side" },
            { name: "a-b", default: "1" },
        ]);
    });

    it("are read as they stand in every environment, also beside a deploy that is called so", () => {
        const fleet = fleetOf({
            services: {
                orders: {
                    source: { repository: "acme/orders" },
                    build: { commands: ["make"] },
                    variables: { SIDE: { default: "blue" } },
                    deploys: {
                        variables: { type: "script", commands: ["make"], environment: { SIDE: "#{variables.SIDE}" } },
                    },
                },
            },
        });
        const [, deploy] = stageOf(pipelineOf(fleet), "dev").actions;
        assert.deepEqual(JSON.parse(deploy.configuration.EnvironmentVariables as string), [
            { name: "SIDE", value: "#{variables.SIDE}", type: "PLAINTEXT" },
        ]);
    });
});
