import { z } from "zod";
import { updateGrants } from "../elastic-beanstalk";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import { roleArn, template } from "../words";

const action: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "ElasticBeanstalk",
    version: "1",
    inputs: [1, 1],
    outputs: [0, 0],
    configuration: { required: ["ApplicationName", "EnvironmentName"], optional: [] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Beanstalk.html",
};

/**
 * A version of an Elastic Beanstalk application, brought into one of its environments. How it replaces what runs there
 * (all at once, rolling, immutable) the environment's own deployment policy says.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Beanstalk.html
 */
export const elasticBeanstalk = kind({
    type: "elastic-beanstalk",
    actions: [action],
    settings: z.strictObject({
        application: template(
            "The Elastic Beanstalk application.",
            z
                .string()
                .max(100)
                .regex(/^[^*?/]+$/, "the name of an application, without `*`, `?` and `/`"),
        ),
        environmentName: template(
            "Name of its environment.",
            z
                .string()
                .regex(
                    /^[A-Za-z0-9{][A-Za-z0-9{}-]{2,38}[A-Za-z0-9}]$/,
                    "the name of an environment: 4 to 40 letters, digits, hyphens",
                ),
        ),
        environmentId: z
            .string()
            .regex(/^e-[a-z0-9]+$/, 'the id of an Elastic Beanstalk environment, such as "e-abcd1234ef"')
            .describe("Id of that environment: what the role may change is named after it."),
        roles: z
            .array(roleArn("The environment's service role, or the role of its instances."))
            .default([])
            .describe(
                "Roles that Elastic Beanstalk gives to what a deploy makes anew, and that the pipeline may then pass: the environment's service role and that of its instances. @default none",
            ),
    }),
    example: `
        type: elastic-beanstalk
        application: orders
        environmentName: "orders-{environment}"
        environmentId: e-abcd1234ef
        roles: ["arn:aws:iam::{account}:role/aws-elasticbeanstalk-ec2-role"]`,
    around: { environments: 'deployRoleArn: "arn:aws:iam::{account}:role/deploy"' },
    limits: [
        "The artifact has at most 512 MB.",
        "A deploy that takes longer than 1 hour has failed.",
        "The permissions of four environments can be more than one role holds: give environments of such a service a `deployRoleArn`.",
        "In each region an environment has another id: regions of one environment cannot share a deploy.",
        "Of the ECS-managed Docker platform the permissions do not suffice: its updates register task definitions.",
    ],
    plan(settings, at) {
        const where = at.environment as Environment;
        const { application, environmentName, roles } = settings;
        const what = `Elastic Beanstalk environment ${environmentName} of application ${application}`;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                passes: roles,
                summary: what,
                configuration: { ApplicationName: application, EnvironmentName: environmentName },
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: updateGrants(settings, where),
                targets: [{ what, account: where.account }],
                prerequisites: [`the ${what} has the id ${settings.environmentId}`],
            },
        ];
    },
});
