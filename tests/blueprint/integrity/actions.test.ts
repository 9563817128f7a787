import * as assert from "node:assert/strict";
import type { PipelinePlan } from "../../../blueprint/plan";
import { ecsService, type Words } from "../support/fleet";
import { planned, site, source } from "../support/parts";

const build = { commands: ["make"] };

describe("an action that seals or verifies", () => {
    const question = (stage: string, action: string, more: object = {}) => ({
        pipeline: "shop--orders",
        execution: "#{codepipeline.PipelineExecutionId}",
        stage,
        action,
        ...more,
    });
    const named = (pipeline: PipelinePlan, stage: string, name: string) => {
        const found = pipeline.stages.find(one => one.name === stage)?.actions.find(action => action.name === name);
        assert.ok(found, `${stage} ${name}`);
        const { configuration, summary, roleArn, region, outputs } = found;
        const { FunctionName, UserParameters } = configuration;
        return [FunctionName, JSON.parse(UserParameters as string) as unknown, summary, roleArn, region, outputs];
    };

    it("asks its function by the pipeline's role, with what only its pipeline knows", () => {
        const pipeline = planned({ source, build, deploy: site });
        assert.deepEqual(named(pipeline, "Build", "seal"), [
            "shop--fleet--seal",
            question("Build", "seal"),
            "seals BuildArtifact",
            undefined,
            undefined,
            [],
        ]);
        assert.deepEqual(named(pipeline, "prod", "verify"), [
            "shop--fleet--verify",
            question("prod", "verify"),
            "goes on only if BuildArtifact is as sealed",
            undefined,
            undefined,
            [],
        ]);
    });

    const blueGreen = {
        type: "ecs-blue-green",
        application: "orders",
        deploymentGroup: "{environment}",
        taskRoles: [],
        images: [{ placeholder: "WEB" }, { placeholder: "PROXY", artifact: "proxy" }],
        artifact: "web",
    };
    for (const [title, service, images] of [
        [
            "imagedefinitions.json of a rolling deploy",
            ecsService("orders"),
            { BuildArtifact: ["imagedefinitions.json"] },
        ],
        [
            "the files of several deploys of one artifact, each once",
            {
                ...ecsService("orders"),
                deploy: undefined,
                deploys: {
                    api: ecsService("api").deploy,
                    web: { ...(ecsService("web").deploy as Words), imageDefinitions: "web.json" },
                },
            },
            { BuildArtifact: ["imagedefinitions.json", "web.json"] },
        ],
        [
            "imageDetail.json of each artifact of a blue/green deploy",
            { source, builds: { web: build, proxy: build }, deploy: blueGreen },
            { web_artifact: ["imageDetail.json"], proxy_artifact: ["imageDetail.json"] },
        ],
        [
            "what a promotion reads",
            {
                ...ecsService("orders"),
                deploy: site,
                steps: {
                    promote: {
                        type: "promote",
                        when: "before",
                        from: { repository: "shop/orders" },
                        to: { repository: "shop/orders", tag: "{environment}" },
                    },
                },
            },
            { BuildArtifact: ["imageDetail.json"] },
        ],
        ["no file of an artifact that nothing asks for images", { source, build, deploy: site }, undefined],
        [
            "no file where the service says why images may be moved",
            { ...ecsService("orders"), mutableImages: "The base image is patched every night." },
            undefined,
        ],
        [
            "the file of the environment that does not say why images may be moved",
            { ...ecsService("orders"), environments: { dev: { mutableImages: "A playground." } } },
            { BuildArtifact: ["imagedefinitions.json"] },
        ],
    ] as const) {
        it(`asks for images by digest: ${title}`, () => {
            const [, asked] = named(planned(JSON.parse(JSON.stringify(service)) as Words), "Build", "seal");
            const found = (asked as { readonly images?: unknown }).images;
            assert.deepEqual(found, images);
        });
    }

    it("asks for what a step hands on by the files that its own taker reads", () => {
        const orders = {
            ...ecsService("orders"),
            steps: {
                promote: {
                    type: "promote",
                    when: "before",
                    file: "imagedefinitions.json",
                    from: { repository: "shop/orders" },
                    to: { repository: "shop/orders", tag: "{environment}" },
                },
            },
            deploy: { ...(ecsService("orders").deploy as Words), artifact: "promote" },
        };
        const [, asked, summary] = named(planned(orders), "prod", "seal-promote");
        assert.deepEqual(
            asked,
            question("prod", "seal-promote", { images: { promote_artifact__prod: ["imagedefinitions.json"] } }),
        );
        assert.equal(summary, "seals promote_artifact__prod, if imagedefinitions.json names images by digest");
    });
});
