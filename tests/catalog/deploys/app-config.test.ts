import * as assert from "node:assert/strict";
import { appConfig } from "../../../catalog/deploys/app-config";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const ids = "applicationId: 339ohji, environmentId: 54j1r29, configurationProfileId: ur8hx2f";
const base = `${ids}, deploymentStrategyId: AppConfig.AllAtOnce, file: flags.json`;
const arn = "arn:aws:appconfig:eu-west-1:222222222222:";

describe("deploy app-config", () => {
    it("deploys one profile to one environment, by the deploy role", () => {
        const place = at("deploy", [built, source], prod);
        assert.deepEqual(only(appConfig.plan(read(appConfig.settings, `{ ${base} }`), place)), {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "AppConfig",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["Application", "ConfigurationProfile", "Environment", "InputArtifactConfigurationPath"],
                    optional: ["DeploymentStrategy"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-AppConfig.html",
            },
            byDeployRole: true,
            summary: "AppConfig profile ur8hx2f of application 339ohji in environment 54j1r29",
            configuration: {
                Application: "339ohji",
                Environment: "54j1r29",
                ConfigurationProfile: "ur8hx2f",
                InputArtifactConfigurationPath: "flags.json",
                DeploymentStrategy: "AppConfig.AllAtOnce",
            },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "StartDeployment",
                    actions: ["appconfig:StartDeployment"],
                    resources: [
                        `${arn}application/339ohji`,
                        `${arn}application/339ohji/environment/54j1r29`,
                        `${arn}application/339ohji/configurationprofile/ur8hx2f`,
                        `${arn}deploymentstrategy/AppConfig.AllAtOnce`,
                    ],
                },
                {
                    sid: "FollowDeployment",
                    actions: ["appconfig:GetDeployment", "appconfig:StopDeployment"],
                    resources: [
                        `${arn}application/339ohji`,
                        `${arn}application/339ohji/environment/54j1r29`,
                        `${arn}application/339ohji/environment/54j1r29/deployment/*`,
                    ],
                },
            ],
            targets: [
                {
                    what: "AppConfig profile ur8hx2f of application 339ohji in environment 54j1r29",
                    account: "222222222222",
                },
            ],
            prerequisites: ["the AppConfig profile ur8hx2f has the location codepipeline://shop--orders"],
        });
    });

    it("takes ids of 4 to 7 characters, and a strategy of one's own", () => {
        const own = base.replace("339ohji", "abcd").replace("AppConfig.AllAtOnce", "1225qzk");
        assert.deepEqual(refusals(appConfig.settings, `{ ${own} }`), []);
    });

    for (const [title, yaml, refused] of [
        ["a name in an id's place", base.replace("339ohji", "orders-flags"), "applicationId"],
        ["an id of three characters", base.replace("54j1r29", "abc"), "environmentId"],
        ["an id of eight characters", base.replace("ur8hx2f", "abcdefgh"), "configurationProfileId"],
        ["a strategy's name", base.replace("AppConfig.AllAtOnce", "Slowly but surely"), "deploymentStrategyId"],
        ["no strategy: which it would be, AWS does not say", `${ids}, file: flags.json`, "deploymentStrategyId"],
        ["no file", base.replace(", file: flags.json", ""), "file"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(appConfig.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
