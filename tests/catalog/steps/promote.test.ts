import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { promotionLines } from "../../../catalog/ecr/promotion";
import type { Environment } from "../../../catalog/kind";
import { shown } from "../../../catalog/reference";
import { promote } from "../../../catalog/steps/promote";
import { at, built, dev, only, prod, projectOf, read, refusals, source } from "../support/place";

const base = "from: { repository: shop/orders }, to: { repository: orders, tag: v1 }";

const planned = (yaml = base, environment: Environment = prod) =>
    only(promote.plan(read(promote.settings, `{ ${yaml} }`), at("promote", [built, source], environment)));

/** Grants that every project has. */
const common = [
    "UseArtifacts",
    "FindBucket",
    "UseArtifactKey",
    "WriteOwnLogStreams",
    "CreateInterfaceInSubnets",
    "DeleteOwnInterface",
    "LendInterfaceToCodeBuild",
    "DescribeNetwork",
];

const own = (step: ReturnType<typeof planned>) => projectOf(step).grants.filter(({ sid }) => !common.includes(sid));

const pull = (repository: string) => ({
    sid: "PullImages",
    actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
    ],
    resources: [repository],
});
const push = (repository: string) => ({
    sid: "PushImages",
    actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ],
    resources: [repository],
});
const logIn = {
    sid: "LogInToRegistry",
    actions: ["ecr:GetAuthorizationToken"],
    resources: ["*"],
    reason: "ecr:GetAuthorizationToken has no resource-level permission",
};
const assume = {
    sid: "AssumeDeployRole",
    actions: ["sts:AssumeRole"],
    resources: ["arn:aws:iam::222222222222:role/deploy"],
};
const at111 = "arn:aws:ecr:eu-west-1:111111111111:repository/shop/orders";
const at222 = "arn:aws:ecr:eu-west-1:222222222222:repository/orders";

describe("step promote", () => {
    it("runs a project of its environment on the one artifact, and hands on what it works on", () => {
        const { needs, grants, assumed, ...step } = planned();
        assert.deepEqual(step, {
            name: "promote",
            action: {
                category: "Build",
                owner: "AWS",
                provider: "CodeBuild",
                version: "1",
                homeOnly: true,
                inputs: [1, 5],
                outputs: [0, 5],
                configuration: {
                    required: ["ProjectName"],
                    optional: [
                        "PrimarySource",
                        "BatchEnabled",
                        "BuildspecOverride",
                        "CombineArtifacts",
                        "EnvironmentVariables",
                    ],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html",
            },
            summary:
                "image of shop/orders as orders:v1 in 222222222222, assuming the role arn:aws:iam::222222222222:role/deploy",
            configuration: { ProjectName: "shop--orders--promote--prod" },
            inputs: ["BuildArtifact"],
            imageFiles: { BuildArtifact: ["imageDetail.json"] },
            outputs: [{ key: "promote", name: "promote_artifact__prod", opening: [] }],
            targets: [
                {
                    what: "image 222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders:v1",
                    account: "222222222222",
                },
            ],
            prerequisites: ["the ECR repository orders is there, in 222222222222"],
        });
        assert.equal(promote.handsOn?.(read(promote.settings, `{ ${base} }`)), true);
    });

    it("pulls as the project itself, and pushes as the deploy role of the other account", () => {
        const step = planned();
        assert.deepEqual(own(step), [pull(at111), logIn, assume]);
        assert.deepEqual(step.assumed, [push(at222), logIn]);
        assert.deepEqual(step.grants, [
            {
                sid: "RunOwnProjects",
                actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--promote--prod"],
            },
        ]);
    });

    it("does both as the project itself where there is no deploy role", () => {
        const step = planned(base, dev);
        const here = "arn:aws:ecr:eu-west-1:111111111111:repository/orders";
        assert.deepEqual(own(step), [pull(at111), logIn, push(here)]);
        assert.equal(step.assumed, undefined);
        assert.ok(!projectOf(step).buildspec.includes("profile"));
    });

    it("does both as the deploy role where both repositories are of one registry: one login serves them", () => {
        const step = planned(base, { ...dev, deployRoleArn: "arn:aws:iam::222222222222:role/deploy" });
        assert.deepEqual(own(step), [assume]);
        assert.deepEqual(step.assumed, [
            pull(at111),
            logIn,
            push("arn:aws:ecr:eu-west-1:111111111111:repository/orders"),
        ]);
    });

    it("logs in twice where the registries are of two regions", () => {
        const step = planned(base, { ...dev, region: "us-east-1" });
        assert.deepEqual(own(step), [
            pull(at111),
            logIn,
            push("arn:aws:ecr:us-east-1:111111111111:repository/orders"),
            logIn,
        ]);
        assert.equal(projectOf(step).buildspec.split("docker login").length, 3);
    });

    it("says what a repository of a third account must allow", () =>
        assert.deepEqual(
            planned('from: { repository: base, account: "333333333333" }, to: { repository: orders, tag: v1 }')
                .prerequisites,
            [
                "the ECR repository orders is there, in 222222222222",
                "the ECR repository base of 333333333333 lets the role shop--orders--promote--prod pull",
            ],
        ));

    it("runs the lines of a promotion, and tells them what to do in variables", () => {
        const project = projectOf(planned());
        const { phases, artifacts } = parse(project.buildspec) as {
            phases: { build: { commands: string[] } };
            artifacts: object;
        };
        const lines = promotionLines({
            byTag: false,
            sameRegistry: false,
            assume: phases.build.commands.filter(line => /deploy-role\.config/.test(line)),
        });
        assert.deepEqual(phases.build.commands, lines);
        assert.equal(lines.filter(line => line.includes("role_session_name = shop--orders--promote--prod")).length, 1);
        assert.deepEqual(artifacts, { files: ["**/*"] });
        assert.deepEqual(Object.fromEntries(project.variables.map(({ name, value }) => [name, value])), {
            SOURCE: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/orders",
            SOURCE_ACCOUNT: "111111111111",
            SOURCE_REGION: "eu-west-1",
            SOURCE_REPOSITORY: "shop/orders",
            TARGET: "222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders",
            TARGET_ACCOUNT: "222222222222",
            TARGET_REGION: "eu-west-1",
            TARGET_REPOSITORY: "orders",
            TARGET_TAG: "v1",
            IMAGE_FILE: "imageDetail.json",
        });
        assert.equal(project.privileged, false);
        assert.equal(project.timeoutMinutes, 30);
    });

    it("lets the action say what differs from one execution to the next, and then writes no fixed tag", () => {
        const step = planned(
            'from: { repository: a1, tag: "#{SourceVariables.CommitId}" }, to: { repository: orders, tag: "c-#{SourceVariables.CommitId}" }',
        );
        assert.deepEqual(JSON.parse(shown(step.configuration.EnvironmentVariables)), [
            { name: "TARGET_TAG", value: "c-#{SourceVariables.CommitId}", type: "PLAINTEXT" },
            { name: "SOURCE_TAG", value: "#{SourceVariables.CommitId}", type: "PLAINTEXT" },
        ]);
        assert.deepEqual(step.targets, []);
        const names = projectOf(step).variables.map(({ name }) => name);
        assert.ok(!names.includes("TARGET_TAG") && !names.includes("SOURCE_TAG") && !names.includes("IMAGE_FILE"));
    });

    it("names the registries of China as AWS does", () => {
        const step = planned(base, { ...dev, region: "cn-north-1" });
        const value = projectOf(step).variables.find(({ name }) => name === "TARGET")?.value;
        assert.equal(value, "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/orders");
    });

    for (const key of ["file: images.json", "container: app"]) {
        const [name] = key.split(":");
        it(`fails on ${name} beside a tag`, () =>
            assert.deepEqual(
                promote.check?.(
                    read(
                        promote.settings,
                        `{ from: { repository: a1, tag: x }, to: { repository: b1, tag: y }, ${key} }`,
                    ),
                ),
                [
                    {
                        path: [name],
                        message: `expected either \`from.tag\` or \`${name}\`, found both: a tag says which image it is`,
                    },
                ],
            ));
        it(`takes ${name} without a tag`, () =>
            assert.deepEqual(promote.check?.(read(promote.settings, `{ ${base}, ${key} }`)), []));
    }

    for (const [title, yaml, refused] of [
        ["a promotion from nowhere", "to: { repository: orders, tag: v1 }", "from"],
        ["a promotion to no tag", "from: { repository: a1 }, to: { repository: orders }", "to.tag"],
        [
            "a repository with its registry",
            `from: { repository: "1.dkr.ecr.eu-west-1.amazonaws.com:1/a" }, to: { repository: b1, tag: v1 }`,
            "from.repository",
        ],
        [
            "a repository in capitals",
            "from: { repository: Orders }, to: { repository: b1, tag: v1 }",
            "from.repository",
        ],
        [
            "a repository with a tag",
            "from: { repository: orders:v1 }, to: { repository: b1, tag: v1 }",
            "from.repository",
        ],
        ["a tag with a slash", "from: { repository: a1 }, to: { repository: b1, tag: feature/x }", "to.tag"],
        ["a tag that begins with a dot", "from: { repository: a1 }, to: { repository: b1, tag: .v1 }", "to.tag"],
        [
            "a region that is none",
            "from: { repository: a1, region: ireland }, to: { repository: b1, tag: v1 }",
            "from.region",
        ],
        [
            "an account without quotes",
            "from: { repository: a1, account: 111111111111 }, to: { repository: b1, tag: v1 }",
            "from.account",
        ],
        ["a file outside of the artifact", `${base}, file: ../images.json`, "file"],
        ["four minutes", `${base}, timeoutMinutes: 4`, "timeoutMinutes"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(promote.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            ));
    }
});
