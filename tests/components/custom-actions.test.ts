import * as assert from "node:assert/strict";
import { CustomActions } from "../../components/custom-actions";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const plans = () =>
    planOf(
        stackFile(`
        customActions:
            jenkins: { category: build, provider: ShopJenkins, version: "2", jenkins: "https://jenkins.example.com" }
            device-lab:
                category: test
                provider: DeviceLab
                create:
                    properties:
                        Target: { key: true, description: What is tested }
                        Runs: { required: false, type: Number }
                    inputs: [1, 1]
                    outputs: [0, 0]
                    revisionUrl: "https://lab.example.com"
                    signUpUrl: "https://lab.example.com/sign-up"
            plain: { category: deploy, provider: Plain, create: {} }
            there: { category: test, provider: There }
    `),
    ).shared.customActions;
const tags = { fleet: "shop" };
const build = () => new CustomActions("custom-action", { plans: plans(), tags });

describe("CustomActions", () => {
    it("registers exactly the actions that are not there yet", async () =>
        assert.deepEqual(tree(await registered(build)), [
            "CustomActions custom-action",
            "  CustomActionType custom-action-device-lab",
            "  CustomActionType custom-action-jenkins",
            "  CustomActionType custom-action-plain",
        ]));

    it("tells CodePipeline all that the stack file says, and that nothing is secret", async () => {
        assert.deepEqual(inputsOf(await registered(build), "CustomActionType", "custom-action-device-lab"), {
            category: "Test",
            providerName: "DeviceLab",
            version: "1",
            inputArtifactDetails: { minimumCount: 1, maximumCount: 1 },
            outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
            configurationProperties: [
                {
                    name: "Target",
                    required: true,
                    key: true,
                    queryable: false,
                    secret: false,
                    type: "String",
                    description: "What is tested",
                },
                { name: "Runs", required: false, key: false, queryable: false, secret: false, type: "Number" },
            ],
            settings: {
                revisionUrlTemplate: "https://lab.example.com",
                thirdPartyConfigurationUrl: "https://lab.example.com/sign-up",
            },
            tags,
        });
    });

    it("makes of a Jenkins server what its plugin works with", async () => {
        const { category, providerName, version, settings, configurationProperties } = inputsOf(
            await registered(build),
            "CustomActionType",
            "custom-action-jenkins",
        ) as Record<string, unknown>;
        assert.deepEqual([category, providerName, version], ["Build", "ShopJenkins", "2"]);
        assert.deepEqual(settings, {
            entityUrlTemplate: "https://jenkins.example.com/job/{Config:ProjectName}",
            executionUrlTemplate: "https://jenkins.example.com/job/{Config:ProjectName}/{ExternalExecutionId}",
        });
        assert.deepEqual(configurationProperties, [
            {
                name: "ProjectName",
                required: true,
                key: true,
                queryable: true,
                secret: false,
                type: "String",
                description: "The project in Jenkins",
            },
        ]);
    });

    it("shows no links where there are none", async () => {
        const plain = inputsOf(await registered(build), "CustomActionType", "custom-action-plain") as object;
        assert.equal("settings" in plain, false);
    });

    it("tells the ARNs by key", async () => {
        const { outputs } = await recorded(() => ({ ...build().arns }));
        assert.deepEqual(outputs, {
            "device-lab": "arn:aws:codepipeline:eu-west-1:111111111111:actiontype:Custom/Test/DeviceLab/1",
            jenkins: "arn:aws:codepipeline:eu-west-1:111111111111:actiontype:Custom/Build/ShopJenkins/2",
            plain: "arn:aws:codepipeline:eu-west-1:111111111111:actiontype:Custom/Deploy/Plain/1",
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on a key that stands for two actions", () =>
        assertFails(
            () => new CustomActions("custom-action", { plans: [plans()[0], plans()[0]], tags }),
            /duplicate URN .*::custom-action-device-lab: a child of /,
        ));
});
