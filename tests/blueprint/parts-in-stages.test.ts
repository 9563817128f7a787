import * as assert from "node:assert/strict";
import { actionsOf, type PlannedUnit } from "../../blueprint/units";
import { codebuildActions } from "../../catalog/codebuild/compute";
import { Reference } from "../../catalog/reference";
import { fleetOf, pipelineOf, stageOf, type Words } from "./support/fleet";
import { action, given, outline, planned, site, source } from "./support/parts";

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
            ["verify", 1],
            ["migrate", 2],
            ["seed", 3],
            ["deploy", 4],
            ["warm", 5],
            ["smoke", 6],
            ["tidy", 7],
        ]);
        assert.deepEqual(order("prod"), [
            ["verify", 1],
            ["migrate", 2],
            ["deploy", 3],
            ["warm", 4],
            ["smoke", 5],
            ["tidy", 6],
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
            ["verify", "deploy", "tidy"],
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
            ["seal", 3, "app_artifact", ""],
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
