import * as assert from "node:assert/strict";
import { actionsOf, type PlannedUnit } from "../../blueprint/units";
import { codebuildActions } from "../../catalog/codebuild/compute";
import { Reference } from "../../catalog/reference";
import { shown } from "../../catalog/reference";
import type { ActionPlan, StagePlan } from "../../blueprint/plan";
import { fleetOf, pipelineOf, stageOf, type Words } from "./support/fleet";

const planned = (service: Words, environments: readonly object[] = [{ name: "dev" }, { name: "prod" }]) =>
    pipelineOf(fleetOf({ environments, services: { orders: service } }));

const outline = ({ actions }: StagePlan) =>
    actions.map(({ name, runOrder, inputs, outputs }) => [name, runOrder, inputs.join(" "), outputs.join(" ")]);

const action = (stage: StagePlan, name: string): ActionPlan => {
    const found = stage.actions.find(candidate => candidate.name === name);
    assert.ok(found, `no action ${name}`);
    return found;
};

/** The variables that `from` gives to its project's run. */
const given = ({ configuration }: ActionPlan): unknown => JSON.parse(shown(configuration.EnvironmentVariables));

const site = { type: "s3", bucket: "site-{environment}" };
const source = { repository: "acme/orders" };

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
        ]);
    });

    it("hand on an artifact each, by its build's name", () => {
        const pipeline = planned(service);
        assert.deepEqual(outline(stageOf(pipeline, "dev")), [
            ["api-files", 1, "api_artifact", ""],
            ["web-site", 1, "web_artifact", ""],
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
            ["unit", 2, "SourceArtifact web_artifact__prod common_artifact", ""],
            ["deploy", 3, "web_artifact__prod", ""],
            ["smoke", 4, "SourceArtifact web_artifact__prod common_artifact", ""],
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

describe("steps", () => {
    const script = { type: "script", commands: ["make"] };
    const service = {
        source,
        build: { commands: ["make"] },
        steps: {
            migrate: {
                ...script,
                when: "before",
                secrets: { DB: "db-{environment}" },
                exportedVariables: ["Version"],
            },
            seed: { ...script, when: "before", needs: ["migrate"], environments: ["dev"] },
            warm: { ...script, when: "after", environment: { FROM: "#{migrate.Version} #{SourceVariables.CommitId}" } },
            tidy: { ...script, when: "end" },
        },
        suites: { smoke: { after: "deploy", commands: ["make smoke"] } },
        deploy: site,
    };

    it("run before and after the deploy and at the end, in the environments that they name", () => {
        const pipeline = planned(service);
        const order = (stage: string) => stageOf(pipeline, stage).actions.map(({ name, runOrder }) => [name, runOrder]);
        assert.deepEqual(order("dev"), [
            ["migrate", 1],
            ["seed", 2],
            ["deploy", 3],
            ["warm", 4],
            ["smoke", 5],
            ["tidy", 6],
        ]);
        assert.deepEqual(order("prod"), [
            ["migrate", 1],
            ["deploy", 2],
            ["warm", 3],
            ["smoke", 4],
            ["tidy", 5],
        ]);
    });

    it("have a project and a role for each environment", () => {
        const names = planned(service).components.map(({ logicalName }) => logicalName);
        assert.deepEqual(
            names.filter(name => /migrate|seed/.test(name)),
            ["orders--migrate--dev", "orders--seed--dev", "orders--migrate--prod"],
        );
    });

    it("read what a step of their own environment left", () => {
        assert.deepEqual(given(action(stageOf(planned(service), "prod"), "warm")), [
            { name: "FROM", value: "#{migrate__prod.Version} #{SourceVariables.CommitId}", type: "PLAINTEXT" },
        ]);
        const unit = (name: string, text = ""): PlannedUnit => ({
            steps: [
                {
                    name,
                    action: codebuildActions("Build").inNetwork,
                    summary: name,
                    configuration: { EnvironmentVariables: text, Handle: new Reference("artifactKey") },
                    inputs: [],
                    outputs: [],
                    grants: [],
                },
            ],
            unit: { name, needs: [], length: 1 },
            path: [],
        });
        const read = "#{migrate.Version} #{tidy.Version} #{SourceVariables.CommitId} #{variables.SIDE}";
        const groups = [[unit("migrate")], [unit("warm", read), unit("variables")]];
        assert.deepEqual(actionsOf(groups, { name: "prod" })[1].configuration, {
            EnvironmentVariables:
                "#{migrate__prod.Version} #{tidy.Version} #{SourceVariables.CommitId} #{variables.SIDE}",
            Handle: new Reference("artifactKey"),
        });
        assert.equal(actionsOf(groups)[1].configuration.EnvironmentVariables, read);
    });

    it("come from the defaults too", () => {
        const fleet = fleetOf({
            defaults: {
                source: { type: "connection", connection: "github", branch: "main" },
                steps: { tidy: service.steps.tidy },
            },
            services: {
                orders: { source, build: { commands: ["make"] }, steps: { tidy: { when: "after" } }, deploy: site },
            },
        });
        assert.deepEqual(
            stageOf(pipelineOf(fleet), "dev").actions.map(({ name }) => name),
            ["deploy", "tidy"],
        );
    });
});

describe("a build in another artifact than the main source", () => {
    const service = {
        source,
        sources: { config: { repository: "acme/config" } },
        builds: {
            docs: { commands: ["make"], artifact: "config" },
            app: { commands: ["make"], needs: ["docs"], artifact: "docs" },
        },
        deploy: { ...site, artifact: "app" },
    };

    it("starts in a further source, or in what the build handed on that it waited for", () => {
        const stage = stageOf(planned(service), "Build");
        assert.deepEqual(outline(stage), [
            ["app", 2, "docs_artifact SourceArtifact config_artifact", "app_artifact"],
            ["docs", 1, "config_artifact SourceArtifact", "docs_artifact"],
        ]);
        assert.equal(action(stage, "docs").configuration.PrimarySource, "config_artifact");
        assert.equal(action(stage, "app").configuration.PrimarySource, "docs_artifact");
    });
});

describe("a service without a deploy", () => {
    const notify = ["release@shop.example"];
    const environments = [{ name: "dev" }, { name: "prod", approval: { notify }, freezable: true }];
    const library = { source, build: { commands: ["make test"] }, deploy: { type: "none" } };
    const names = (service: Words) => planned(service, environments).stages.map(({ name }) => name);

    it("has no stage where nothing is done, asks nobody, and needs no check of a freeze", () => {
        assert.deepEqual(names(library), ["Source", "Build"]);
    });

    it("has a stage with its approval where a step is done", () => {
        const steps = { publish: { type: "lambda", when: "after", function: "publish", environments: ["prod"] } };
        assert.deepEqual(names({ ...library, steps }), ["Source", "Build", "Approve-prod", "prod"]);
    });

    it("has a stage where a suite is run, or a build is made for it", () => {
        const suites = { smoke: { after: "deploy", environments: ["dev"], commands: ["make smoke"] } };
        assert.deepEqual(names({ ...library, suites }), ["Source", "Build", "dev"]);
        const build = { commands: ["make test"], perEnvironment: true };
        assert.deepEqual(names({ ...library, build }), ["Source", "dev", "Approve-prod", "prod"]);
    });

    it("can be without one in some environments only", () => {
        const deployed = { ...library, deploy: site, environments: { dev: { deploy: { type: "none" } } } };
        assert.deepEqual(names(deployed), ["Source", "Build", "Approve-prod", "prod"]);
    });
});
