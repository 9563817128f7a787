import * as assert from "node:assert/strict";
import { fromNames } from "../../components/resolve";
import { ServicePipeline } from "../../components/service-pipeline";
import { known } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";
import { args, drop, made, orders, stores } from "./support/service-pipeline";

describe("ServicePipeline", () => {
    it("registers exactly a pipeline, its role and its projects, all under the component", async () => {
        const projects = ["orders--build", "orders--integration"];
        const before = projects.flatMap(name => [`Project ${name}-project`, `Role ${name}-role`]);
        assert.deepEqual(tree(await registered(made(orders()))), [
            "ServicePipeline orders",
            ...projects.flatMap(name => [
                `  BuildProject ${name}`,
                `    RolePolicy ${name}-policy < Role ${name}-role`,
                `    Project ${name}-project < Role ${name}-role, RolePolicy ${name}-policy`,
                `    Role ${name}-role`,
            ]),
            // It starts as soon as it is made: its own policy and all of its projects come first.
            `  Pipeline orders-pipeline < ${[
                ...before,
                "Role orders-role",
                ...projects.map(name => `RolePolicy ${name}-policy`),
                "RolePolicy orders-policy",
            ]
                .sort()
                .join(", ")}`,
            "  RolePolicy orders-policy < Role orders-role",
            "  Role orders-role",
        ]);
    });

    it("registers a trigger where the source needs one", async () => {
        assert.deepEqual(tree(await registered(made(drop()))), [
            "ServicePipeline drop",
            "  EventTrigger drop--upload",
            "    RolePolicy drop--upload-policy < Role drop--upload-role",
            "    Role drop--upload-role",
            "    EventRule drop--upload-rule",
            "    EventTarget drop--upload-target < EventRule drop--upload-rule, Role drop--upload-role, RolePolicy drop--upload-policy",
            "  Pipeline drop-pipeline < EventRule drop--upload-rule, EventTarget drop--upload-target, Role drop--upload-role, Role drop-role, RolePolicy drop--upload-policy, RolePolicy drop-policy",
            "  RolePolicy drop-policy < Role drop-role",
            "  Role drop-role",
        ]);
    });

    it("is a V2 pipeline with its artifacts under the key, by ARN", async () => {
        const { registrations, outputs } = await recorded(made(orders()));
        const { stages: all, ...pipeline } = inputsOf(registrations, "Pipeline");
        assert.deepEqual(pipeline, {
            name: "shop--orders",
            pipelineType: "V2",
            executionMode: "QUEUED",
            roleArn: "arn:aws:iam::111111111111:role/shop--orders--pipeline",
            artifactStores: [
                { type: "S3", location: "artifacts", encryptionKey: { type: "KMS", id: known.artifactKey } },
            ],
            triggers: [
                {
                    providerType: "CodeStarSourceConnection",
                    gitConfiguration: {
                        sourceActionName: "source",
                        pushes: [{ branches: { includes: ["main"] }, filePaths: { includes: ["services/orders/**"] } }],
                    },
                },
            ],
            tags: { fleet: "shop", service: "orders" },
        });
        assert.deepEqual(
            (all as { name: string }[]).map(({ name }) => name),
            ["Source", "Build", "dev", "Approve-staging", "staging", "Approve-prod", "prod"],
        );
        assert.deepEqual(outputs, {
            pipelineName: "shop--orders",
            pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
        });
        assert.deepEqual(inputsOf(await registered(made(drop())), "Pipeline").triggers, []);
    });

    it("has a role for CodePipeline alone, with the statements of the plan and no more", async () => {
        const statement = { Sid: "AskApprovers", Effect: "Allow", Action: ["sns:Publish"], Resource: ["arn"] } as const;
        const all = await registered(made({ ...orders(), role: { ...orders().role, statements: [statement] } }));
        assert.deepEqual(inputsOf(all, "Role", "orders-role"), {
            name: "shop--orders--pipeline",
            description: "Releases orders",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "codepipeline.amazonaws.com" },
                        Action: "sts:AssumeRole",
                    },
                ],
            },
            tags: { fleet: "shop", service: "orders" },
        });
        assert.deepEqual(inputsOf(all, "RolePolicy", "orders-policy"), {
            name: "shop--orders--pipeline",
            role: "shop--orders--pipeline",
            policy: { Version: "2012-10-17", Statement: [statement] },
        });
    });

    it("tags projects and triggers with the service", async () => {
        const service = (name: string) => ({ fleet: "shop", service: name });
        const all = [...(await registered(made(orders()))), ...(await registered(made(drop())))];
        assert.deepEqual(inputsOf(all, "Project", "orders--build-project").tags, service("orders"));
        assert.deepEqual(inputsOf(all, "EventRule").tags, service("drop"));
    });

    it("previews the same resources as it deploys", async () => {
        await assertPreviewedAsDeployed(made(orders()));
        await assertPreviewedAsDeployed(made(drop()));
    });

    it("fails without a statement for its role", () =>
        assertFails(
            made({ ...drop(), role: { ...drop().role, statements: [] } }),
            'serviceRole "drop": statements must hold at least one statement, got []',
        ));

    it("keeps artifacts in each region that it acts in, and names the regions only where there are several", async () => {
        const keys = { bucket: "abroad", keyArn: "arn:aws:kms:us-east-1:111111111111:key/a" };
        const plan = { ...drop(), regions: ["us-east-1"] };
        const both = await registered(
            () => new ServicePipeline("drop", { ...args, plan, stores: { ...stores, "us-east-1": keys } }),
        );
        const store = (location: string, id: string) => ({ type: "S3", location, encryptionKey: { type: "KMS", id } });
        const home = store("artifacts", known.artifactKey);
        assert.deepEqual(inputsOf(both, "Pipeline").artifactStores, [
            { ...home, region: "eu-west-1" },
            { ...store("abroad", keys.keyArn), region: "us-east-1" },
        ]);
        assert.deepEqual(inputsOf(await registered(made(drop())), "Pipeline").artifactStores, [home]);
    });

    it("fails without the connection that its plan refers to", () =>
        assertFails(() => {
            const { "connection:github": connection, ...others } = known;
            assert.ok(connection);
            return new ServicePipeline("orders", { ...args, plan: orders(), handles: fromNames(others) });
        }, "the plan refers to connection:github, which this stack does not have"));
});
