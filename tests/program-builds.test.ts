import * as assert from "node:assert/strict";
import { allResources } from "../blueprint/counts";
import { planOf, stackFile } from "./support/plans";
import { counted, run } from "./support/program";
import { noun, type Recording } from "./support/recordings";

/** A stack file with builds of every sort, and what they bring. */
const values = stackFile(`
    environments: [{ name: dev }, { name: prod }]
    customActions:
        build-server: { category: build, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }
        device-lab: { category: test, provider: DeviceLab, version: "2" }
    services:
        api:
            source: { repository: acme/api }
            build: { type: image, repository: { pullAccounts: ["222222222222"] } }
            suites: { matrix: { commands: [make test], batch: { matrix: { NODE: ["20", "22"] } } } }
            deploy: { type: s3, bucket: "api-{environment}" }
        legacy:
            source: { repository: acme/legacy }
            build: { type: jenkins, server: build-server, project: legacy }
            suites: { lab: { type: custom, action: device-lab, configuration: { Target: x } } }
            deploy: { type: s3, bucket: "legacy-{environment}" }
        web:
            source: { repository: acme/web }
            builds:
                image: { type: image, perEnvironment: true, commands: [npm test] }
                site: { commands: [make], furtherArtifacts: { assets: { files: [public/**] } } }
            deploy: { type: s3, artifact: assets, bucket: "site-{environment}" }
`);

describe("the program, of builds of every sort", () => {
    let recording: Recording;
    before(async () => (recording = await run(values)));

    it("registers as many resources as the plan counts", () => {
        assert.equal(recording.registrations.length, allResources(planOf(values)));
        const {
            BuildProject,
            CustomActions,
            CustomActionType,
            ImageRepository,
            Repository,
            RepositoryPolicy,
            Role,
            Project,
        } = counted(recording.registrations);
        assert.deepEqual(
            {
                BuildProject,
                CustomActions,
                CustomActionType,
                ImageRepository,
                Repository,
                RepositoryPolicy,
                Role,
                Project,
            },
            {
                BuildProject: 5,
                CustomActions: 1,
                CustomActionType: 1,
                ImageRepository: 2,
                Project: 5,
                Repository: 2,
                RepositoryPolicy: 1,
                // Of three pipelines, five projects, and the batches of one.
                Role: 13,
            },
        );
    });

    it("gives an image that is built for each environment one repository, and two projects that push to it", () => {
        const names = recording.registrations
            .filter(one => ["Repository", "Project"].includes(noun(one)))
            .map(one => `${noun(one)} ${String(one.inputs.name)}`)
            .filter(name => name.includes("web"));
        assert.deepEqual(names.sort(), [
            "Project shop--web--image--dev",
            "Project shop--web--image--prod",
            "Project shop--web--site",
            "Repository shop/web/image",
        ]);
    });

    it("makes no pipeline before the custom actions are there", () => {
        // What is below a component waits for what the component waits for.
        const pipelines = recording.registrations.filter(one => noun(one) === "ServicePipeline");
        assert.equal(pipelines.length, 3);
        for (const { dependencies } of pipelines) {
            assert.ok(dependencies.some(urn => /CustomActionType::custom-action-build-server$/.test(urn)));
        }
    });

    it("has a pipeline call its custom actions by category, provider and version", () => {
        const legacy = recording.registrations.find(one => one.name === "legacy-pipeline");
        const stages = legacy?.inputs.stages as readonly { readonly actions: readonly Record<string, unknown>[] }[];
        const custom = stages.flatMap(({ actions }) => actions).filter(({ owner }) => owner === "Custom");
        assert.deepEqual(
            custom.map(({ name, category, provider, version, configuration, inputArtifacts, outputArtifacts }) => ({
                name,
                type: [category, provider, version],
                configuration,
                artifacts: [inputArtifacts, outputArtifacts],
            })),
            [
                {
                    name: "build",
                    type: ["Build", "ShopJenkins", "1"],
                    configuration: { ProjectName: "legacy" },
                    artifacts: [["SourceArtifact"], ["BuildArtifact"]],
                },
                {
                    name: "lab",
                    type: ["Test", "DeviceLab", "2"],
                    configuration: { Target: "x" },
                    artifacts: [["SourceArtifact"], []],
                },
            ],
        );
    });
});
