import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import { text } from "../words";

const action: ActionType = {
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
};

/** An id that AppConfig gave: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_StartDeployment.html. */
const id = (noun: string) =>
    z
        .string()
        .regex(/^[a-z0-9]{4,7}$/, 'an id of AppConfig, such as "339ohji"; not a name')
        .describe(`Id of the AppConfig ${noun}.`);

/**
 * A configuration, brought to an AppConfig environment at the pace of a deployment strategy.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-AppConfig.html
 */
export const appConfig = kind({
    type: "app-config",
    actions: [action],
    limits: [
        "The configuration profile reads from this pipeline: its location is `codepipeline://` and the pipeline's name. AWS does not say whether one of another account can.",
        "CodePipeline gives up an action after one hour: a strategy that takes longer, with its bake time, fails the stage.",
    ],
    settings: z.strictObject({
        applicationId: id("application"),
        environmentId: id("environment"),
        configurationProfileId: id("configuration profile"),
        deploymentStrategyId: z
            .string()
            .regex(
                /^([a-z0-9]{4,7}|AppConfig\.[A-Za-z0-9]{9,40})$/,
                'the id of a deployment strategy, such as "1225qzk" or "AppConfig.Canary10Percent20Minutes"',
            )
            .describe("Id of the deployment strategy: how fast, and to how many at once."),
        file: text("File in the artifact that holds the configuration."),
    }),
    example: `
        type: app-config
        applicationId: 339ohji
        environmentId: 54j1r29
        configurationProfileId: ur8hx2f
        deploymentStrategyId: AppConfig.Canary10Percent20Minutes
        file: flags.json`,
    around: {
        service: `
            environments:
              staging: { deploy: { environmentId: 7k3vv1z } }
              prod: { deploy: { environmentId: 9x0aa2q } }`,
    },
    plan({ applicationId, environmentId, configurationProfileId, deploymentStrategyId, file }, at) {
        const where = at.environment as Environment;
        const here = (resource: string) => arn("appconfig", resource, where);
        const application = `application/${applicationId}`;
        const environment = `${application}/environment/${environmentId}`;
        const profile = `${application}/configurationprofile/${configurationProfileId}`;
        const what = `AppConfig profile ${configurationProfileId} of application ${applicationId} in environment ${environmentId}`;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: what,
                configuration: {
                    Application: applicationId,
                    Environment: environmentId,
                    ConfigurationProfile: configurationProfileId,
                    InputArtifactConfigurationPath: file,
                    DeploymentStrategy: deploymentStrategyId,
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: [
                    allow(
                        "StartDeployment",
                        ["appconfig:StartDeployment"],
                        [application, environment, profile, `deploymentstrategy/${deploymentStrategyId}`].map(here),
                    ),
                    allow(
                        "FollowDeployment",
                        ["appconfig:GetDeployment", "appconfig:StopDeployment"],
                        [application, environment, `${environment}/deployment/*`].map(here),
                    ),
                ],
                targets: [{ what, account: where.account }],
                prerequisites: [
                    // https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateConfigurationProfile.html
                    `the AppConfig profile ${configurationProfileId} has the location codepipeline://${at.pipelineArn.split(":").at(-1)}`,
                ],
            },
        ];
    },
});
