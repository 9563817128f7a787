import * as assert from "node:assert/strict";
import { ecsBlueGreen } from "../../../catalog/deploys/ecs-blue-green";
import type { Artifact } from "../../../catalog/plan";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const image: Artifact = { key: "image", name: "ImageArtifact", opening: [] };
const base = "application: orders, deploymentGroup: prod";
const words = (yaml: string) => read(ecsBlueGreen.settings, `{ ${base}${yaml === "" ? "" : `, ${yaml}`} }`);
const planned = (yaml = "") => only(ecsBlueGreen.plan(words(yaml), at("deploy", [built, source, image], prod)));
const codedeploy = "arn:aws:codedeploy:eu-west-1:222222222222";

describe("deploy ecs-blue-green", () => {
    it("takes everything from the deploy's own artifact, as design.md has it", () => {
        const step = planned();
        assert.deepEqual(step.configuration, {
            ApplicationName: "orders",
            DeploymentGroupName: "prod",
            TaskDefinitionTemplateArtifact: "BuildArtifact",
            TaskDefinitionTemplatePath: "taskdef.json",
            AppSpecTemplateArtifact: "BuildArtifact",
            AppSpecTemplatePath: "appspec.yaml",
            Image1ArtifactName: "BuildArtifact",
            Image1ContainerName: "IMAGE1_NAME",
        });
        assert.deepEqual(step.inputs, ["BuildArtifact"]);
        assert.deepEqual([step.byDeployRole, step.passes], [true, []]);
        assert.equal(step.summary, "ECS blue/green: CodeDeploy deployment group prod of application orders");
        assert.deepEqual(step.targets, [
            { what: "CodeDeploy deployment group prod of application orders", account: "222222222222" },
        ]);
    });

    it("is the CodeDeployToECS action, of one to five artifacts, with all its keys", () => {
        assert.deepEqual(planned().action, {
            category: "Deploy",
            owner: "AWS",
            provider: "CodeDeployToECS",
            version: "1",
            inputs: [1, 5],
            outputs: [0, 0],
            configuration: {
                required: [
                    "ApplicationName",
                    "DeploymentGroupName",
                    "TaskDefinitionTemplateArtifact",
                    "AppSpecTemplateArtifact",
                ],
                optional: [
                    "AppSpecTemplatePath",
                    "TaskDefinitionTemplatePath",
                    "Image1ArtifactName",
                    "Image1ContainerName",
                    "Image2ArtifactName",
                    "Image2ContainerName",
                    "Image3ArtifactName",
                    "Image3ContainerName",
                    "Image4ArtifactName",
                    "Image4ContainerName",
                ],
            },
            docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html",
        });
    });

    it("takes each file from the artifact that it names, and each artifact once", () => {
        const step = planned(`
            taskDefinition: deploy/task.json, taskDefinitionArtifact: source,
            appSpec: deploy/appspec.yaml, appSpecArtifact: source,
            images: [{ placeholder: WEB, artifact: image }, { placeholder: SIDECAR }]`);
        assert.deepEqual(step.configuration, {
            ApplicationName: "orders",
            DeploymentGroupName: "prod",
            TaskDefinitionTemplateArtifact: "SourceArtifact",
            TaskDefinitionTemplatePath: "deploy/task.json",
            AppSpecTemplateArtifact: "SourceArtifact",
            AppSpecTemplatePath: "deploy/appspec.yaml",
            Image1ArtifactName: "ImageArtifact",
            Image1ContainerName: "WEB",
            Image2ArtifactName: "BuildArtifact",
            Image2ContainerName: "SIDECAR",
        });
        assert.deepEqual(step.inputs, ["SourceArtifact", "ImageArtifact", "BuildArtifact"]);
    });

    it("fills in no image where the task definition names its own", () => {
        const keys = Object.keys(planned("images: []").configuration);
        assert.deepEqual(
            keys.filter(key => key.startsWith("Image")),
            [],
        );
    });

    it("may deploy to the one group, and pass the roles that are named", () => {
        assert.deepEqual(planned('taskRoles: ["arn:aws:iam::222222222222:role/task"]').grants, [
            {
                sid: "DeployToGroup",
                actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
                resources: [`${codedeploy}:deploymentgroup:orders/prod`],
            },
            {
                sid: "RegisterRevision",
                actions: [
                    "codedeploy:GetApplication",
                    "codedeploy:GetApplicationRevision",
                    "codedeploy:RegisterApplicationRevision",
                ],
                resources: [`${codedeploy}:application:orders`, `${codedeploy}:application:orders/*`],
            },
            {
                sid: "ReadDeploymentConfig",
                actions: ["codedeploy:GetDeploymentConfig"],
                resources: [`${codedeploy}:deploymentconfig:*`],
            },
            {
                sid: "RegisterNewTaskDefinition",
                actions: ["ecs:RegisterTaskDefinition"],
                resources: ["*"],
                reason: "the family stands in the task definition alone, and a revision has no ARN before it is registered",
            },
            {
                sid: "TagTaskDefinition",
                actions: ["ecs:TagResource"],
                resources: ["arn:aws:ecs:eu-west-1:222222222222:task-definition/*:*"],
                conditions: { StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" } },
            },
            {
                sid: "PassTaskRoles",
                actions: ["iam:PassRole"],
                resources: ["arn:aws:iam::222222222222:role/task"],
                conditions: {
                    StringEquals: { "iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] },
                },
            },
        ]);
    });

    it("passes no role without `taskRoles`, and says what that asks of the task definition", () => {
        const passes = (yaml: string) => planned(yaml).grants.filter(({ actions }) => actions.includes("iam:PassRole"));
        assert.deepEqual([passes(""), passes("taskRoles: []")], [[], []]);
        assert.deepEqual(planned().prerequisites, [
            "taskdef.json of orders names no taskRoleArn and no executionRoleArn: those that it names must stand in `taskRoles`, or the deploy of CodeDeploy deployment group prod of application orders fails",
        ]);
    });

    for (const [title, yaml] of [
        ["none", "taskRoles: []"],
        ["some", 'taskRoles: ["arn:aws:iam::222222222222:role/task"]'],
    ] as const) {
        it(`asks nothing once the stack file says of task roles: ${title}`, () => {
            assert.equal(planned(yaml).prerequisites, undefined);
        });
    }

    it("hands on the roles, so that one of another account is refused", () => {
        const role = "arn:aws:iam::222222222222:role/task";
        assert.deepEqual(planned(`taskRoles: ["${role}"]`).passes, [role]);
    });

    for (const [title, images, path, message] of [
        [
            "the same placeholder twice",
            "[{ placeholder: A }, { placeholder: A, artifact: image }]",
            ["images", 1, "placeholder"],
            "duplicate placeholder <A>",
        ],
        [
            "two images of one artifact",
            "[{ placeholder: A, artifact: image }, { placeholder: B }, { placeholder: C, artifact: image }]",
            ["images", 2],
            "expected another `artifact` than that of an image above: an artifact has one imageDetail.json, which names one image",
        ],
        [
            "two images of the deploy's own artifact",
            "[{ placeholder: A }, { placeholder: B }]",
            ["images", 1],
            "expected another `artifact` than that of an image above: an artifact has one imageDetail.json, which names one image",
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(ecsBlueGreen.check?.(words(`images: ${images}`)), [{ path: [...path], message }]);
        });
    }

    it("accepts four images, each of an artifact of its own", () => {
        const four = ["A", "B", "C", "D"].map(name => `{ placeholder: ${name}, artifact: ${name} }`).join(", ");
        assert.deepEqual(ecsBlueGreen.check?.(words(`images: [${four}]`)), []);
    });

    for (const [title, yaml, refused] of [
        ["five images", `${base}, images: [${"{ placeholder: A },".repeat(5)}]`, "images"],
        ["a placeholder in brackets", `${base}, images: [{ placeholder: "<IMAGE>" }]`, "images.0.placeholder"],
        ["a key that an image does not have", `${base}, images: [{ placeholder: A, file: a.json }]`, "images.0"],
        ["a role of all roles", `${base}, taskRoles: ["arn:aws:iam::222222222222:role/*"]`, "taskRoles.0"],
        ["an application of every name", 'application: "*", deploymentGroup: prod', "application"],
        ["a group's ARN", 'application: orders, deploymentGroup: "arn:aws:codedeploy:x:y"', "deploymentGroup"],
        ["a name of 101 characters", `application: ${"a".repeat(101)}, deploymentGroup: prod`, "application"],
        ["no group", "application: orders", "deploymentGroup"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(ecsBlueGreen.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("accepts a name of 100 characters", () => {
        assert.deepEqual(
            refusals(ecsBlueGreen.settings, `{ application: ${"a".repeat(100)}, deploymentGroup: p }`),
            [],
        );
    });
});
