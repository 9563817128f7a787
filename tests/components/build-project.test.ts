import * as assert from "node:assert/strict";
import { componentResources } from "../../blueprint/counts";
import { allow } from "../../catalog/grant";
import type { BuildProjectPlan } from "../../catalog/plan";
import { Reference } from "../../catalog/reference";
import { BuildProject } from "../../components/build-project";
import { fromNames } from "../../components/resolve";
import { handles, known, planOf, stackFile, terms } from "../support/plans";
import {
    assertFails,
    assertPreviewedAsDeployed,
    inputsOf,
    only,
    recorded,
    registered,
    tree,
} from "../support/recordings";

const tags = { fleet: "shop", service: "orders" };

/** The plan of a build with the keys of `text`. */
function planned(text = ""): BuildProjectPlan {
    const services = `{ orders: {
        source: { repository: acme/orders }, build: { commands: [make], ${text} }, deploy: { type: s3, bucket: site } } }`;
    const [plan] = planOf(stackFile(`services: ${services}`)).pipelines[0].components;
    assert.ok(plan.component === "BuildProject");
    return { ...plan, grants: [allow("UseArtifactKey", ["kms:Decrypt"], [new Reference("artifactKey")])] };
}

const made =
    (plan = planned()) =>
    () => {
        const { projectName } = new BuildProject("orders--build", { plan, handles, terms, tags });
        return { projectName };
    };

/** Inputs of the project with the keys of `text`. */
const inputs = async (text: string) => only(await registered(made(planned(text))), "Project").inputs;

describe("BuildProject", () => {
    it("registers exactly a role, its policy and the project, all under the component", async () => {
        assert.deepEqual(tree(await registered(made())), [
            "BuildProject orders--build",
            "  RolePolicy orders--build-policy < Role orders--build-role",
            // Not before the policy: CodeBuild checks that the role may use the VPC.
            "  Project orders--build-project < Role orders--build-role, RolePolicy orders--build-policy",
            "  Role orders--build-role",
        ]);
    });

    it("runs in the VPC, encrypted, with its logs in the shared group", async () => {
        const { registrations, outputs } = await recorded(made());
        assert.deepEqual(inputsOf(registrations, "Project"), {
            name: "shop--orders--build",
            description: "Builds orders",
            serviceRole: "arn:aws:iam::111111111111:role/shop--orders--build",
            source: { type: "CODEPIPELINE", buildspec: planned().buildspec },
            artifacts: { type: "CODEPIPELINE" },
            environment: {
                type: "ARM_CONTAINER",
                computeType: "BUILD_GENERAL1_SMALL",
                image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
                imagePullCredentialsType: "CODEBUILD",
                privilegedMode: false,
                environmentVariables: [],
            },
            vpcConfig: { vpcId: "vpc-1", subnets: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
            cache: { type: "NO_CACHE" },
            logsConfig: {
                cloudwatchLogs: { status: "ENABLED", groupName: "/service-pipelines/shop", streamName: "orders/build" },
                s3Logs: { status: "DISABLED" },
            },
            encryptionKey: known.artifactKey,
            buildTimeout: 60,
            queuedTimeout: 480,
            tags,
        });
        assert.deepEqual(outputs, { projectName: "shop--orders--build" });
    });

    it("takes image, machine, cache and times from the plan", async () => {
        const image =
            "111111111111.dkr.ecr.eu-west-1.amazonaws.com/build@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4";
        const project = await inputs(
            `image: "${image}", compute: large, privileged: true, timeoutMinutes: 10, queuedTimeoutMinutes: 20,
             cache: { type: s3, paths: [/root/.npm] }`,
        );
        assert.deepEqual(project.environment, {
            type: "LINUX_CONTAINER",
            computeType: "BUILD_GENERAL1_LARGE",
            image,
            imagePullCredentialsType: "SERVICE_ROLE",
            privilegedMode: true,
            environmentVariables: [],
        });
        assert.deepEqual([project.buildTimeout, project.queuedTimeout], [10, 20]);
        assert.deepEqual(project.cache, {
            type: "S3",
            location: "shop--fleet--artifacts-111111111111-eu-west-1/cache/shop--orders--build",
        });
    });

    it("stands in no network, with no times of its own, where it runs in Lambda", async () => {
        const project = await inputs(
            "compute: lambda-4gb, image: acme/arm64-build@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4, outsideNetwork: It reads no secret.",
        );
        assert.deepEqual(
            ["vpcConfig", "buildTimeout", "queuedTimeout"].filter(key => key in project),
            [],
        );
        const { type, computeType } = project.environment as Record<string, unknown>;
        assert.deepEqual([type, computeType], ["ARM_LAMBDA_CONTAINER", "BUILD_LAMBDA_4GB"]);
    });

    it("runs batches within bounds, under a role that only starts its builds", async () => {
        const plan = planned("batch: { matrix: { NODE: ['20', '22'] }, compute: [small, large], timeoutMinutes: 90 }");
        const all = await registered(made(plan));
        assert.deepEqual(tree(all), [
            "BuildProject orders--build",
            "  RolePolicy orders--build-batch-policy < Role orders--build-batch-role",
            "  Role orders--build-batch-role",
            "  RolePolicy orders--build-policy < Role orders--build-role",
            "  Project orders--build-project < Role orders--build-batch-role, Role orders--build-role, RolePolicy orders--build-batch-policy, RolePolicy orders--build-policy",
            "  Role orders--build-role",
        ]);
        assert.equal(all.length, componentResources(plan));
        assert.deepEqual(only(all, "Project").inputs.buildBatchConfig, {
            serviceRole: "arn:aws:iam::111111111111:role/shop--orders--build--batch",
            restrictions: {
                computeTypesAlloweds: ["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_LARGE"],
                maximumBuildsAllowed: 2,
            },
            timeoutInMins: 90,
        });
        const named = (type: string) =>
            all.find(({ type: token, name }) => token.endsWith(`:${type}`) && name.includes("-batch-"))?.inputs;
        assert.deepEqual(named("Role"), {
            name: "shop--orders--build--batch",
            description: "Builds orders: batches",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "codebuild.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            },
            tags,
        });
        assert.deepEqual((named("RolePolicy")?.policy as { Statement: unknown }).Statement, [
            {
                Sid: "RunBuildsOfBatch",
                Effect: "Allow",
                Action: ["codebuild:RetryBuild", "codebuild:StartBuild", "codebuild:StopBuild"],
                Resource: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--build"],
            },
        ]);
    });

    it("names secrets and never holds one", async () => {
        const { environment } = await inputs(
            `environment: { API_URL: "https://shop.example" }, secrets: { NPM_TOKEN: "npm:token", KEY: "ssm:/shop/key" }`,
        );
        assert.deepEqual((environment as { environmentVariables: unknown }).environmentVariables, [
            { name: "API_URL", value: "https://shop.example", type: "PLAINTEXT" },
            { name: "KEY", value: "/shop/key", type: "PARAMETER_STORE" },
            { name: "NPM_TOKEN", value: "npm:token", type: "SECRETS_MANAGER" },
        ]);
    });

    it("has a role that only this project can use, with the grants of the plan and no more", async () => {
        const all = await registered(made());
        assert.deepEqual(inputsOf(all, "Role"), {
            name: "shop--orders--build",
            description: "Builds orders",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "codebuild.amazonaws.com" },
                        Action: "sts:AssumeRole",
                        Condition: {
                            StringEquals: { "aws:SourceAccount": "111111111111" },
                            ArnEquals: {
                                "aws:SourceArn": "arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--build",
                            },
                        },
                    },
                ],
            },
            tags,
        });
        assert.deepEqual(inputsOf(all, "RolePolicy"), {
            name: "shop--orders--build",
            role: "shop--orders--build",
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "UseArtifactKey",
                        Effect: "Allow",
                        Action: ["kms:Decrypt"],
                        Resource: [known.artifactKey],
                    },
                ],
            },
        });
    });

    it("previews the same resources as it deploys, with batches too", async () => {
        await assertPreviewedAsDeployed(made());
        await assertPreviewedAsDeployed(made(planned("batch: { matrix: { NODE: ['20'] } }")));
    });

    it("fails without a grant", () =>
        assertFails(
            made({ ...planned(), grants: [] }),
            'serviceRole "orders--build": statements must hold at least one statement, got []',
        ));

    it("fails without the network that its plan refers to", () =>
        assertFails(
            () =>
                new BuildProject("orders--build", {
                    plan: planned(),
                    handles: fromNames({ artifactKey: known.artifactKey }),
                    terms,
                    tags,
                }),
            "the plan refers to buildSecurityGroup, which this stack does not have",
        ));
});
