import * as assert from "node:assert/strict";
import { z } from "zod";
import type { Grant } from "../../../catalog/grant";
import { projectPlan, type ProjectOptions } from "../../../catalog/codebuild/project";
import { commandShape, machineShape } from "../../../catalog/codebuild/settings";
import { artifactKey, at, built, read, source } from "../support/place";

const schema = z.strictObject({ ...machineShape, ...commandShape });
const suite: ProjectOptions = { suffix: ["integration"], description: "Tests orders: integration" };
const build: ProjectOptions = { suffix: ["build"], description: "Builds orders", artifacts: ["**/*"] };

const plan = (yaml: string, options = suite, inputs = [source, built]) =>
    projectPlan(read(schema, `{ commands: [make], ${yaml} }`), at(options.suffix[0], inputs), options);

/** The grants that stand in every project's policy, whatever it does. */
const network: Grant[] = [
    {
        sid: "CreateInterfaceInSubnets",
        actions: ["ec2:CreateNetworkInterface"],
        resources: [
            "arn:aws:ec2:eu-west-1:111111111111:network-interface/*",
            "arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1",
            "arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1",
        ],
    },
    {
        sid: "DeleteOwnInterface",
        actions: ["ec2:DeleteNetworkInterface"],
        resources: ["arn:aws:ec2:eu-west-1:111111111111:network-interface/*"],
        conditions: { ArnEquals: { "ec2:Subnet": ["arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1"] } },
    },
    {
        sid: "LendInterfaceToCodeBuild",
        actions: ["ec2:CreateNetworkInterfacePermission"],
        resources: ["arn:aws:ec2:eu-west-1:111111111111:network-interface/*"],
        conditions: {
            ArnEquals: { "ec2:Subnet": ["arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1"] },
            StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
        },
    },
    {
        sid: "DescribeNetwork",
        actions: [
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
        ],
        resources: ["*"],
        reason: "EC2's Describe actions have no resource-level permission",
    },
];

const artifacts = (sid: string, actions: string[]): Grant[] => [
    { sid, actions, resources: ["arn:aws:s3:::artifacts/shop--orders/*"] },
    {
        sid: "FindBucket",
        actions: ["s3:GetBucketAcl", "s3:GetBucketLocation"],
        resources: ["arn:aws:s3:::artifacts"],
    },
    {
        sid: "UseArtifactKey",
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
        resources: [artifactKey],
    },
];

const logs = (stream: string): Grant => ({
    sid: "WriteOwnLogStreams",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [`arn:aws:logs:eu-west-1:111111111111:log-group:/builds:log-stream:${stream}/*`],
});

const reports = (...groups: string[]): Grant => ({
    sid: "WriteOwnReports",
    actions: [
        "codebuild:CreateReportGroup",
        "codebuild:CreateReport",
        "codebuild:UpdateReport",
        "codebuild:BatchPutTestCases",
        "codebuild:BatchPutCodeCoverages",
    ],
    resources: groups.map(group => `arn:aws:codebuild:eu-west-1:111111111111:report-group/${group}`),
});

const reading = ["s3:GetObject", "s3:GetObjectVersion"];

describe("a project", () => {
    it("of a suite reads artifacts and writes its own log streams, and may do nothing else", () => {
        assert.deepEqual(plan("compute: small").grants, [
            ...artifacts("ReadArtifacts", reading),
            logs("orders/integration"),
            ...network,
        ]);
    });

    it("of a build also writes artifacts", () => {
        assert.deepEqual(plan("compute: small", build, [source]).grants, [
            ...artifacts("UseArtifacts", [...reading, "s3:PutObject"]),
            logs("orders/build"),
            ...network,
        ]);
    });

    it("stands in the network, with what its settings say", () => {
        const { grants, buildspec, ...rest } = plan(
            "image: aws/codebuild/standard:7.0, compute: 2xlarge, privileged: true, timeoutMinutes: 30, queuedTimeoutMinutes: 20",
        );
        assert.deepEqual(rest, {
            component: "BuildProject",
            logicalName: "orders--integration",
            physicalName: "shop--orders--integration",
            roleName: "shop--orders--integration",
            description: "Tests orders: integration",
            image: "aws/codebuild/standard:7.0",
            pullsImageItself: false,
            environmentType: "LINUX_CONTAINER",
            computeType: "BUILD_GENERAL1_2XLARGE",
            privileged: true,
            variables: [],
            timeoutMinutes: 30,
            queuedTimeoutMinutes: 20,
            network: at("a").network,
            logs: { group: "/builds", stream: "orders/integration" },
            key: artifactKey,
        });
    });

    for (const [compute, type] of [
        ["small", "BUILD_GENERAL1_SMALL"],
        ["medium", "BUILD_GENERAL1_MEDIUM"],
        ["large", "BUILD_GENERAL1_LARGE"],
        ["xlarge", "BUILD_GENERAL1_XLARGE"],
        ["2xlarge", "BUILD_GENERAL1_2XLARGE"],
    ] as const) {
        it(`of size ${compute} is ${type}, on ARM by its image`, () => {
            const { computeType, environmentType } = plan(`compute: ${compute}`);
            assert.deepEqual([computeType, environmentType], [type, "ARM_CONTAINER"]);
        });
    }

    for (const [title, words, groups] of [
        [
            "each report that it makes",
            "reports: { junit: a.xml, coverage: { format: jacoco, file: b } }",
            ["junit", "coverage"],
        ],
        ["test results alone", "reports: { junit: a.xml }", ["junit"]],
        [
            "test results in every format",
            "reports: { nunit3: a.xml, trx: { files: b.trx }, cucumber: c.json }",
            ["cucumber", "nunit3", "trx"],
        ],
        ["any report of a buildspec of its own, under its own name", "buildspec: ci.yml", ["*"]],
    ] as const) {
        it(`writes ${title}`, () => {
            const granted = plan(words).grants.filter(({ sid }) => sid === "WriteOwnReports");
            assert.deepEqual(granted, [reports(...groups.map(group => `shop--orders--integration-${group}`))]);
        });
    }

    it("keeps its cache in a folder of its own", () => {
        const cached = plan('cache: { type: s3, paths: ["/root/.npm/**/*"] }');
        assert.equal(cached.cacheLocation, "artifacts/cache/shop--orders--integration");
        assert.deepEqual(
            cached.grants.filter(({ sid }) => sid === "UseOwnCache"),
            [
                {
                    sid: "UseOwnCache",
                    actions: ["s3:GetObject", "s3:PutObject"],
                    resources: ["arn:aws:s3:::artifacts/cache/shop--orders--integration/*"],
                },
            ],
        );
    });

    it("holds what is the same in all environments; what varies, the action brings", () => {
        const { variables, grants } = plan(
            'environment: { A: "1", URL: "https://{environment}.x", LOG: "{level}" }, secrets: { T: "npm:token", S: "ssm:/s", V: "db-{environment}" }',
            { ...suite, secrets: ["db-dev"], variables: [{ name: "Z", value: "z", type: "PLAINTEXT" }] },
        );
        assert.deepEqual(variables, [
            { name: "A", value: "1", type: "PLAINTEXT" },
            { name: "LOG", value: "{level}", type: "PLAINTEXT" },
            { name: "S", value: "/s", type: "PARAMETER_STORE" },
            { name: "T", value: "npm:token", type: "SECRETS_MANAGER" },
            { name: "Z", value: "z", type: "PLAINTEXT" },
        ]);
        assert.deepEqual(grants.slice(8), [
            {
                sid: "ReadNamedSecrets",
                actions: ["secretsmanager:GetSecretValue"],
                resources: ["npm", "db-dev"].map(
                    name => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-??????`,
                ),
            },
            {
                sid: "ReadNamedParameters",
                actions: ["ssm:GetParameters"],
                resources: ["arn:aws:ssm:eu-west-1:111111111111:parameter/s"],
            },
        ]);
    });

    it("pulls an image of ECR itself, and this one only", () => {
        const { pullsImageItself, grants } = plan("image: 333333333333.dkr.ecr.us-east-1.amazonaws.com/acme/build:1");
        assert.equal(pullsImageItself, true);
        assert.deepEqual(grants.slice(8), [
            {
                sid: "PullBuildImage",
                actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                resources: ["arn:aws:ecr:us-east-1:333333333333:repository/acme/build"],
            },
            {
                sid: "LogInToRegistry",
                actions: ["ecr:GetAuthorizationToken"],
                resources: ["*"],
                reason: "ecr:GetAuthorizationToken has no resource-level permission",
            },
        ]);
    });

    it("has what its settings permit, with their reasons, and what its inputs and its kind need", () => {
        const opening: Grant = { sid: "UseConnection", actions: ["codeconnections:UseConnection"], resources: ["c"] };
        const own: Grant = { sid: "AssumeDeployRole", actions: ["sts:AssumeRole"], resources: ["r"] };
        const { grants } = plan(
            'permissions: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"], reason: Reads. }, { actions: ["ecs:ListTasks"], resources: ["*"], reason: Lists. }]',
            { ...suite, grants: [own] },
            [{ key: "source", name: "SourceArtifact", opening: [opening] }, built],
        );
        assert.deepEqual(grants.slice(8), [
            opening,
            { sid: "Permission1", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"], reason: "Reads." },
            { sid: "Permission2", actions: ["ecs:ListTasks"], resources: ["*"], reason: "Lists." },
            own,
        ]);
    });

    it("reaches the network where it is, whatever was planned in the same one before", () => {
        const place = at("integration", [source, built]);
        const regions = ["eu-west-1", "us-east-1"].map(region => {
            const { grants } = projectPlan(
                read(schema, "{ commands: [make] }"),
                { ...place, home: { ...place.home, region } },
                suite,
            );
            return grants.find(({ sid }) => sid === "DeleteOwnInterface")?.resources;
        });
        assert.deepEqual(regions, [
            ["arn:aws:ec2:eu-west-1:111111111111:network-interface/*"],
            ["arn:aws:ec2:us-east-1:111111111111:network-interface/*"],
        ]);
    });
});
