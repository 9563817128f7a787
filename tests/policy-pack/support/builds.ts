import { unknown } from "../../../policy-pack/rules/rule";
import { casesOf, type Case } from "./case";

const type = "aws:codebuild/project:Project";
const vpcConfig = { vpcId: "vpc-1", subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
const vpc = (key: string) =>
    `it vpcConfig.${key}: expected what the network calls it, found nothing: let the build run in private subnets, where its way out is yours`;

const variable = (name: string, value: unknown, type?: string) => ({
    environment: { environmentVariables: [{ name, value, ...(type !== undefined && { type }) }] },
});
const remedy = "keep it in Secrets Manager or SSM, name it there, and replace it where it is valid";
const named = (at: string, name: string) =>
    `it ${at}: expected no secret in plain text, found a value of ${name}: ${remedy}`;
const looks = (at: string, what: string) =>
    `it ${at}: expected no secret in plain text, found what looks like ${what}: ${remedy}`;
const first = "environment.environmentVariables[0]";
const token = `ghp_${"a1".repeat(20)}`;
const buildspec = (text: string) => ({ source: { buildspec: text } });
const inBuildspec = (at: string) =>
    `it source.buildspec ${at}: expected no secret in plain text, found a variable that holds one by its name: ${remedy}, or list the variable in the rule's setting \`notSecret\``;

const secret = "no-plain-text-secret";

/** What rules say of builds, and of secrets wherever they stand. */
export const buildCases: readonly Case[] = [
    ...casesOf("build-in-vpc", type, [
        ["subnets and groups", { vpcConfig }],
        [
            "a network that is not known yet",
            { vpcConfig: { vpcId: unknown, subnets: unknown, securityGroupIds: [unknown] } },
        ],
        ["a build without a network", {}, [vpc("vpcId"), vpc("subnets"), vpc("securityGroupIds")]],
        ["no subnet", { vpcConfig: { ...vpcConfig, subnets: [] } }, [vpc("subnets")]],
        ["no group", { vpcConfig: { ...vpcConfig, securityGroupIds: undefined } }, [vpc("securityGroupIds")]],
    ]),
    ...casesOf("build-encrypted", type, [
        ["a key", { encryptionKey: "arn:aws:kms:eu-west-1:111111111111:key/k" }],
        [
            "AWS's own key",
            { encryptionKey: "alias/aws/s3" },
            [
                'it encryptionKey: expected a key of KMS of your own, found "alias/aws/s3": name the key of the artifact store',
            ],
        ],
    ]),
    ...casesOf("build-not-privileged", type, [
        ["nothing said", { environment: {} }],
        ["false", { environment: { privilegedMode: false } }],
        [
            "true",
            { environment: { privilegedMode: true } },
            [
                "it environment.privilegedMode: expected false or nothing, found true: build images without the Docker daemon, or except this build, with a reason",
            ],
        ],
    ]),
    ...casesOf("build-logs", type, [
        ["nothing said", {}],
        ["S3 alone", { logsConfig: { cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "ENABLED" } } }],
        [
            "both off",
            { logsConfig: { cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "DISABLED" } } },
            [
                "it logsConfig: expected logs in CloudWatch or S3, found both switched off: switch one of them on: without logs nobody can say what a build did",
            ],
        ],
        [
            "open logs in S3",
            { logsConfig: { s3Logs: { status: "ENABLED", encryptionDisabled: true } } },
            ["it logsConfig.s3Logs.encryptionDisabled: expected false or nothing, found true: let logs be encrypted"],
        ],
    ]),
    ...casesOf(secret, type, [
        ["a reference", variable("DB_PASSWORD", "db:password", "SECRETS_MANAGER")],
        ["the ARN of a secret", variable("DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:db")],
        [
            "a name that only sounds so, where it is listed",
            variable("CSRF_TOKEN", "x-csrf"),
            undefined,
            { notSecret: ["CSRF_TOKEN"] },
        ],
        ["a command that gets a secret", buildspec("phases: { build: { commands: ['TOKEN=\"$(get)\" npm test'] } }")],
        ["a value by its name", variable("DB_PASSWORD", "hunter2"), [named(first, "DB_PASSWORD")]],
        [
            "a value by its name, behind a reference",
            {
                environment: {
                    environmentVariables: [
                        { name: "TOKEN", value: "db:token", type: "SECRETS_MANAGER" },
                        { name: "DB_PASSWORD", value: "hunter2" },
                    ],
                },
            },
            [named("environment.environmentVariables[1]", "DB_PASSWORD")],
        ],
        ["a value by its name, said to be plain", variable("apiKey", "x", "PLAINTEXT"), [named(first, "apiKey")]],
        [
            "a token under another name",
            variable("GREETING", token),
            [looks("environment.environmentVariables[0].value", "a GitHub token")],
        ],
        ["a token in a buildspec", buildspec(`version: 0.2 # ${token}`), [looks("source.buildspec", "a GitHub token")]],
        [
            "a variable of a buildspec, by its name",
            buildspec("env: { variables: { DB_PASSWORD: hunter2 } }"),
            [inBuildspec("environment DB_PASSWORD")],
        ],
        [
            "a command that sets one",
            buildspec("phases: { build: { commands: [true, 'export DB_PASSWORD=hunter2'] } }"),
            [inBuildspec("commands 0")],
        ],
    ]),
    ...casesOf(secret, "aws:lambda/function:Function", [
        ["plain variables", { environment: { variables: { STAGE: "prod" } } }],
        ["a variable", { environment: { variables: { TOKEN: "x" } } }, [named("environment.variables.TOKEN", "TOKEN")]],
    ]),
    ...casesOf(secret, "aws:ssm/parameter:Parameter", [
        ["a parameter that is encrypted", { name: "/shop/token", type: "SecureString", value: unknown }],
        ["a parameter", { name: "/shop/token", type: "String", value: "x" }, [named("value", "token")]],
    ]),
    ...casesOf(secret, "aws:codepipeline/pipeline:Pipeline", [
        ["a variable without a value", { variables: [{ name: "TOKEN" }] }],
        [
            "a variable with one",
            { variables: [{ name: "TOKEN", defaultValue: "x" }] },
            [named("variables[0]", "TOKEN")],
        ],
        [
            "what an action gives",
            {
                stages: [
                    {
                        actions: [
                            {
                                configuration: {
                                    EnvironmentVariables: '[{"name":"TOKEN","value":"x","type":"PLAINTEXT"}]',
                                    ParameterOverrides: '{"Password":"x"}',
                                },
                            },
                        ],
                    },
                ],
            },
            [
                named("stages[0].actions[0].configuration.EnvironmentVariables", "TOKEN"),
                named("stages[0].actions[0].configuration.ParameterOverrides.Password", "Password"),
            ],
        ],
    ]),
    ...casesOf("secret-without-value", "aws:secretsmanager/secretVersion:SecretVersion", [
        ["no value", {}],
        [
            "a value, which is not repeated",
            { secretString: token },
            [
                "it secretString: expected no value, found one: let the stack make the secret, and put its value there by hand or by rotation",
            ],
        ],
    ]),
];
