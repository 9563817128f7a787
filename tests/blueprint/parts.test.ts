import * as assert from "node:assert/strict";
import { stageOf } from "./support/fleet";
import { action, given, outline, planned, site, source } from "./support/parts";

describe("several sources", () => {
    const service = {
        source,
        sources: {
            "base-image": { type: "s3", bucket: "drops", key: "base.zip" },
            config: { repository: "acme/config" },
        },
        build: { commands: ["make"] },
        suites: { unit: { commands: ["make test"], artifact: "config" } },
        deploy: { ...site, artifact: "config" },
    };

    it("stand in the first stage, each with an artifact and a namespace of its own, the main one first", () => {
        const stage = stageOf(planned(service), "Source");
        assert.deepEqual(outline(stage), [
            ["source", 1, "", "SourceArtifact"],
            ["base-image", 1, "", "base_image_artifact"],
            ["config", 1, "", "config_artifact"],
        ]);
        assert.deepEqual(
            stage.actions.map(({ namespace }) => namespace),
            ["SourceVariables", "base-image", "config"],
        );
    });

    it("may be called like what every object of JavaScript has", () => {
        const sources = { constructor: { repository: "acme/config" } };
        const stage = stageOf(planned({ ...service, sources, suites: {}, deploy: site }), "Source");
        assert.deepEqual(outline(stage)[1], ["constructor", 1, "", "constructor_artifact"]);
    });

    it("take what the defaults say of every source", () => {
        const { configuration } = action(stageOf(planned(service), "Source"), "config");
        assert.equal(configuration.BranchName, "main");
        assert.equal(configuration.FullRepositoryId, "acme/config");
    });

    it("reach builds and suites all, and a deploy the one that it names", () => {
        const pipeline = planned(service);
        const { configuration, inputs } = action(stageOf(pipeline, "Build"), "build");
        assert.deepEqual(inputs, ["SourceArtifact", "base_image_artifact", "config_artifact"]);
        assert.equal(configuration.PrimarySource, "SourceArtifact");
        const unit = action(stageOf(pipeline, "Suites"), "unit");
        assert.deepEqual(unit.inputs, ["config_artifact", "SourceArtifact", "base_image_artifact", "BuildArtifact"]);
        assert.equal(unit.configuration.PrimarySource, "config_artifact");
        assert.deepEqual(action(stageOf(pipeline, "prod"), "deploy").inputs, ["config_artifact"]);
    });

    it("start the pipeline each by its own event", () => {
        const { components } = planned(service);
        assert.deepEqual(components.map(({ component, logicalName }) => [component, logicalName]).sort(), [
            ["BuildProject", "orders--build"],
            ["BuildProject", "orders--unit"],
            ["EventTrigger", "orders--base-image--upload"],
        ]);
    });
});

describe("several builds", () => {
    const service = {
        source,
        builds: {
            api: { commands: ["make api"] },
            docs: { commands: ["make docs"], needs: ["api"] },
            web: { commands: ["make web"] },
        },
        suites: { unit: { commands: ["make test"] } },
        deploys: {
            "api-files": { ...site, artifact: "api" },
            "web-site": { ...site, bucket: "web-{environment}", artifact: "web" },
        },
    };

    it("run in parallel unless they wait, and one that waits gets what it waits for", () => {
        assert.deepEqual(outline(stageOf(planned(service), "Build")), [
            ["api", 1, "SourceArtifact", "api_artifact"],
            ["docs", 2, "SourceArtifact api_artifact", "docs_artifact"],
            ["web", 1, "SourceArtifact", "web_artifact"],
            ["seal", 3, "api_artifact web_artifact", ""],
        ]);
    });

    it("hand on an artifact each, by its build's name", () => {
        const pipeline = planned(service);
        assert.deepEqual(outline(stageOf(pipeline, "dev")), [
            ["verify", 1, "api_artifact web_artifact", ""],
            ["api-files", 2, "api_artifact", ""],
            ["web-site", 2, "web_artifact", ""],
        ]);
        const inputs = ["SourceArtifact", "api_artifact", "docs_artifact", "web_artifact"];
        assert.deepEqual(action(stageOf(pipeline, "Suites"), "unit").inputs, inputs);
    });
});

describe("a build for each environment", () => {
    const service = {
        source,
        builds: {
            common: { commands: ["make common"] },
            web: {
                commands: ["make"],
                perEnvironment: true,
                needs: ["common"],
                environment: { API: "https://{environment}.example", RELEASE: "#{codepipeline.PipelineExecutionId}" },
                secrets: { KEY: "key-{environment}" },
            },
        },
        suites: { unit: { commands: ["make test"] }, smoke: { after: "deploy", commands: ["make smoke"] } },
        deploy: { ...site, artifact: "web" },
    };

    it("stands with its suites in the environment's stage, before the deploy of what it built there", () => {
        const pipeline = planned(service);
        assert.deepEqual(
            pipeline.stages.map(({ name }) => name),
            ["Source", "Build", "dev", "prod"],
        );
        assert.deepEqual(outline(stageOf(pipeline, "prod")), [
            ["web", 1, "SourceArtifact common_artifact", "web_artifact__prod"],
            ["seal", 2, "web_artifact__prod", ""],
            ["unit", 3, "SourceArtifact web_artifact__prod common_artifact", ""],
            ["verify", 4, "web_artifact__prod", ""],
            ["deploy", 5, "web_artifact__prod", ""],
            ["smoke", 6, "SourceArtifact web_artifact__prod common_artifact", ""],
        ]);
    });

    it("has a project for each environment, with that environment's variables and secrets alone", () => {
        const pipeline = planned(service);
        const project = pipeline.components.find(({ logicalName }) => logicalName === "orders--web--prod");
        assert.ok(project?.component === "BuildProject");
        assert.deepEqual(project.variables, [
            { name: "API", value: "https://prod.example", type: "PLAINTEXT" },
            { name: "KEY", value: "key-prod", type: "SECRETS_MANAGER" },
            { name: "ENVIRONMENT", value: "prod", type: "PLAINTEXT" },
        ]);
        const secrets = project.grants
            .filter(({ sid }) => sid === "ReadNamedSecrets")
            .flatMap(({ resources }) => resources);
        assert.deepEqual(secrets, ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:key-prod-??????"]);
        assert.deepEqual(given(action(stageOf(pipeline, "prod"), "web")), [
            { name: "RELEASE", value: "#{codepipeline.PipelineExecutionId}", type: "PLAINTEXT" },
        ]);
    });

    it("is told as what it weakens", () => {
        assert.deepEqual(planned(service).weakens, [
            "web builds anew for dev: what is deployed there was tested nowhere before",
            "web builds anew for prod: what is deployed there was tested nowhere before",
        ]);
    });
});
