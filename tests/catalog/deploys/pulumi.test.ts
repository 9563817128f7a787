import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { pulumi } from "../../../catalog/deploys/pulumi";
import { at, built, dev, only, prod, projectOf, read, refusals, source } from "../support/place";

const key = "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const s3 = `backend: { type: s3, bucket: state-prod, kmsKeyArn: "${key}" }`;
const cloud = 'backend: { type: cloud, accessToken: "pulumi:token" }';
const base = `stack: prod, version: 3.256.0`;

const settings = (yaml: string) => read(pulumi.settings, `{ ${yaml} }`);
const planned = (yaml: string, environment = prod) =>
    only(pulumi.plan(settings(yaml), at("deploy", [built, source], environment)));
const check = (yaml: string) => pulumi.check?.(settings(yaml));

type Buildspec = { phases: Record<"install" | "build", { commands: string[] }> };
const phases = (yaml: string, environment = prod) => {
    const { install, build } = (parse(projectOf(planned(yaml, environment)).buildspec) as Buildspec).phases;
    return { install: install.commands, build: build.commands };
};

const state = [
    { sid: "ListPulumiState", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::state-prod"] },
    {
        sid: "WritePulumiState",
        actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
        resources: ["arn:aws:s3:::state-prod/.pulumi/*"],
    },
    { sid: "UsePulumiSecrets", actions: ["kms:Decrypt", "kms:Encrypt"], resources: [key] },
];
const up = "pulumi up --yes --non-interactive --color never --suppress-progress --cwd . --stack prod";

describe("deploy pulumi", () => {
    it("updates the stack in a build of its own that assumes the deploy role, also for its state", () => {
        const step = planned(`${base}, ${s3}`);
        const { needs, action, ...rest } = step;
        assert.deepEqual([action.category, action.provider, needs?.length], ["Build", "CodeBuild", 1]);
        assert.deepEqual(rest, {
            name: "deploy",
            summary: "Pulumi stack prod in s3://state-prod, assuming the role arn:aws:iam::222222222222:role/deploy",
            configuration: { ProjectName: "shop--orders--deploy--prod", PrimarySource: "BuildArtifact" },
            inputs: ["BuildArtifact", "SourceArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "RunOwnProjects",
                    actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                    resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--deploy--prod"],
                },
            ],
            assumed: state,
            weakens: [],
            targets: [{ what: "Pulumi stack prod in s3://state-prod (orders, .)" }],
        });
        const project = projectOf(step);
        assert.deepEqual(project.variables, [
            { name: "ENVIRONMENT", value: "prod", type: "PLAINTEXT" },
            { name: "DEPLOY_ROLE_ARN", value: "arn:aws:iam::222222222222:role/deploy", type: "PLAINTEXT" },
            { name: "PULUMI_BACKEND_URL", value: "s3://state-prod?region=eu-west-1", type: "PLAINTEXT" },
            { name: "PULUMI_SKIP_UPDATE_CHECK", value: "true", type: "PLAINTEXT" },
        ]);
        assert.deepEqual(
            project.grants.filter(({ sid }) => /Pulumi|Deploy|Permission/.test(sid)),
            [
                {
                    sid: "AssumeDeployRole",
                    actions: ["sts:AssumeRole"],
                    resources: ["arn:aws:iam::222222222222:role/deploy"],
                },
            ],
        );
    });

    it("assumes the role right before the update, not while it loads packages", () => {
        const { install, build } = phases(`${base}, ${s3}`);
        assert.equal(
            install.some(line => line.includes("AWS_PROFILE")),
            false,
        );
        assert.match(build[0], /role_arn = arn:aws:iam::222222222222:role\/deploy' .* = shop--orders--deploy--prod' >/);
        assert.deepEqual(build.slice(1), ["export AWS_CONFIG_FILE=/tmp/deploy-role.config AWS_PROFILE=deploy", up]);
    });

    const program = `${base}, ${s3}, permissions: [{ actions: ["sqs:CreateQueue"], resources: ["arn:aws:sqs:eu-west-1:111111111111:q"], reason: The queue. }]`;
    const queue = {
        sid: "Permission1",
        actions: ["sqs:CreateQueue"],
        resources: ["arn:aws:sqs:eu-west-1:111111111111:q"],
        reason: "The queue.",
    };
    const ofProgram = (environment = prod) =>
        projectOf(planned(program, environment)).grants.filter(({ sid }) => /Pulumi|Permission/.test(sid));

    it("works by its own role where there is no deploy role, which may what the program needs", () => {
        assert.equal(planned(program, dev).assumed, undefined);
        assert.deepEqual(phases(program, dev).build, [up]);
        assert.deepEqual(ofProgram(dev), [queue, ...state]);
    });

    it("has what the program needs in the deploy role, where there is one, and not in its own", () => {
        assert.deepEqual(planned(program).assumed, [queue, ...state]);
        assert.deepEqual(ofProgram(), []);
    });

    it("loads the CLI of the processor, says which it is, and lets it load the program's packages", () => {
        const lines = (arch: string) => [
            `curl -fsSL --retry 3 -o /tmp/pulumi.tar.gz https://get.pulumi.com/releases/sdk/pulumi-v3.256.0-linux-${arch}.tar.gz`,
            "tar -xzf /tmp/pulumi.tar.gz -C /tmp",
            'export PATH="/tmp/pulumi:$PATH"',
            "pulumi version",
            "pulumi install --non-interactive --cwd .",
        ];
        assert.deepEqual(phases(`${base}, ${s3}`).install, lines("arm64"));
        assert.deepEqual(phases(`${base}, ${s3}, architecture: x86_64`).install, lines("x64"));
    });

    it("takes the CLI of an image that has one, and the program's own way to its packages", () => {
        assert.deepEqual(
            phases(`stack: prod, image: "pulumi/pulumi-nodejs:3.256.0", ${s3}, install: [npm ci]`).install,
            ["pulumi version", "npm ci"],
        );
    });

    it("hands on folder, refresh and policy pack", () => {
        assert.deepEqual(
            phases(`${base}, ${s3}, workDir: infrastructure/aws, refresh: true, policyPack: policies/aws`, dev).build,
            [
                'pulumi up --yes --non-interactive --color never --suppress-progress --cwd infrastructure/aws --stack prod --refresh --policy-pack "$CODEBUILD_SRC_DIR/policies/aws"',
            ],
        );
        assert.deepEqual(planned(`${base}, ${s3}, workDir: infrastructure`).targets, [
            { what: "Pulumi stack prod in s3://state-prod (orders, infrastructure)" },
        ]);
    });

    it("keeps its state in a folder, sealed with a passphrase that only the build reads", () => {
        const yaml = `${base}, backend: { type: s3, bucket: state, prefix: orders/aws, region: us-east-1 }, secrets: { PULUMI_CONFIG_PASSPHRASE: "pulumi-{environment}" }`;
        assert.deepEqual(check(yaml), []);
        const step = planned(yaml.replace("{environment}", "prod"));
        assert.deepEqual(step.assumed, [
            { sid: "ListPulumiState", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::state"] },
            {
                sid: "WritePulumiState",
                actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                resources: ["arn:aws:s3:::state/orders/aws/.pulumi/*"],
            },
        ]);
        const { variables } = projectOf(step);
        assert.deepEqual(
            variables.filter(({ name }) => name.startsWith("PULUMI_")),
            [
                { name: "PULUMI_CONFIG_PASSPHRASE", value: "pulumi-prod", type: "SECRETS_MANAGER" },
                { name: "PULUMI_BACKEND_URL", value: "s3://state/orders/aws?region=us-east-1", type: "PLAINTEXT" },
                { name: "PULUMI_SKIP_UPDATE_CHECK", value: "true", type: "PLAINTEXT" },
            ],
        );
    });

    it("keeps its state in Pulumi Cloud, with a token that is named and never written", () => {
        const step = planned(`stack: acme/orders/prod, version: 3.256.0, ${cloud}`);
        assert.deepEqual(step.assumed, []);
        const { variables, grants } = projectOf(step);
        assert.deepEqual(
            variables.filter(({ name }) => name.startsWith("PULUMI_")),
            [
                { name: "PULUMI_ACCESS_TOKEN", value: "pulumi:token", type: "SECRETS_MANAGER" },
                { name: "PULUMI_BACKEND_URL", value: "https://api.pulumi.com", type: "PLAINTEXT" },
                { name: "PULUMI_SKIP_UPDATE_CHECK", value: "true", type: "PLAINTEXT" },
            ],
        );
        assert.deepEqual(
            grants.find(({ sid }) => sid === "ReadNamedSecrets"),
            {
                sid: "ReadNamedSecrets",
                actions: ["secretsmanager:GetSecretValue"],
                resources: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:pulumi-??????"],
            },
        );
    });

    it("has the machine of a build and what else it is given", () => {
        const project = projectOf(
            planned(
                `${base}, ${s3}, compute: large, timeoutMinutes: 90, queuedTimeoutMinutes: 5, privileged: true, environment: { LEVEL: debug }, cache: { type: s3, paths: ["/root/.pulumi/plugins/**/*"] }`,
            ),
        );
        assert.deepEqual(
            [project.computeType, project.timeoutMinutes, project.queuedTimeoutMinutes, project.privileged],
            ["BUILD_GENERAL1_LARGE", 90, 5, true],
        );
        assert.deepEqual(project.variables[0], { name: "LEVEL", value: "debug", type: "PLAINTEXT" });
        assert.equal(project.cacheLocation, "artifacts/cache/shop--orders--deploy--prod");
    });

    for (const [title, yaml, path, message] of [
        [
            "an image of CodeBuild without a version: it has no CLI",
            `stack: prod, ${s3}`,
            ["version"],
            'expected the version of the Pulumi CLI, such as "3.256.0", because the image aws/codebuild/amazonlinux-aarch64-standard:3.0 has none; or an `image` that has one, such as "pulumi/pulumi-nodejs:3.256.0"',
        ],
        [
            "a state in S3 that nothing seals",
            `${base}, backend: { type: s3, bucket: state }`,
            ["backend", "kmsKeyArn"],
            "expected the KMS key of the stack's secrets, or PULUMI_CONFIG_PASSPHRASE in `secrets`: without one of them the stack cannot be opened",
        ],
        [
            "a token beside the backend's",
            `${base}, ${cloud}, secrets: { PULUMI_ACCESS_TOKEN: other }`,
            ["secrets", "PULUMI_ACCESS_TOKEN"],
            "is set by the pipeline; choose another name",
        ],
        [
            "another address of the state",
            `${base}, ${s3}, environment: { PULUMI_BACKEND_URL: "file://." }`,
            ["environment", "PULUMI_BACKEND_URL"],
            "is set by the pipeline; choose another name",
        ],
        [
            "a variable that is also a secret",
            `${base}, ${s3}, environment: { LEVEL: debug }, secrets: { LEVEL: level }`,
            ["environment", "LEVEL"],
            "is also in `secrets`: a variable has one value",
        ],
        [
            "a role of all roles to pass",
            `${base}, ${s3}, permissions: [{ actions: ["iam:PassRole"], resources: ["arn:aws:iam::1:role/*"], reason: x }]`,
            ["permissions", 0, "resources", 0],
            'expected the whole ARN of a role for iam:PassRole, found the pattern "arn:aws:iam::1:role/*": who passes any role may do what any role may',
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(check(yaml), [{ path, message }]));
    }

    for (const [title, yaml, refused] of [
        ["a folder above the artifact", `${base}, ${s3}, workDir: ../other`, "workDir"],
        ["a folder that a shell would read otherwise", `${base}, ${s3}, workDir: "a; rm -rf b"`, "workDir"],
        ["a policy pack outside the artifact", `${base}, ${s3}, policyPack: /etc`, "policyPack"],
        ["a stack of four parts", `stack: a/b/c/d, version: 3.256.0, ${s3}`, "stack"],
        ["a stack that a shell would read otherwise", `stack: "prod $(id)", version: 3.256.0, ${s3}`, "stack"],
        ["a range of versions", `stack: prod, version: ^3.0.0, ${s3}`, "version"],
        ["commands: what it runs, it says itself", `${base}, ${s3}, commands: [pulumi destroy]`, ""],
        [
            "a token in plain text",
            `${base}, backend: { type: cloud, accessToken: "pul-0123 456" }`,
            "backend.accessToken",
        ],
        [
            "a cloud over plain HTTP",
            `${base}, backend: { type: cloud, url: "http://pulumi", accessToken: a }`,
            "backend.url",
        ],
        [
            "a URL with a password",
            `${base}, backend: { type: cloud, url: "https://a:b@pulumi", accessToken: a }`,
            "backend.url",
        ],
        ["another backend", `${base}, backend: { type: azure }`, "backend.type"],
        ["no backend", base, "backend"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(pulumi.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
