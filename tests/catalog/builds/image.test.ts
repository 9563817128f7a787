import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { image } from "../../../catalog/builds/image";
import type { BuildProjectPlan, ComponentPlan, Step } from "../../../catalog/plan";
import { placeOf } from "../../../blueprint/place";
import { at, dev, ground, only, read, refusals, source } from "../support/place";
import { runLines } from "../support/shell";

const settings = (yaml: string) => read(image.settings, `{ ${yaml} }`);
const planned = (yaml: string, environment?: typeof dev) =>
    only(image.plan(settings(yaml), at("build", [source], environment)));

/** The project, and what else the step needs. */
function needsOf(step: Step): { project: BuildProjectPlan; others: readonly ComponentPlan[] } {
    const [project, ...others] = step.needs ?? [];
    assert.ok(project.component === "BuildProject");
    return { project, others };
}

interface Buildspec {
    readonly env: Record<string, readonly string[]>;
    readonly phases: Record<string, { readonly commands: readonly string[] }>;
    readonly artifacts: object;
}

const buildspecOf = (step: Step) => parse(needsOf(step).project.buildspec) as Buildspec;
const commandsOf = (step: Step) => buildspecOf(step).phases.build.commands;

const arn = "arn:aws:ecr:eu-west-1:111111111111:repository/shop/orders/build";
const registry = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";

const pushing = (resource: string) => [
    {
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
        resources: [resource],
    },
    {
        sid: "PullImages",
        actions: [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:DescribeImages",
            "ecr:GetDownloadUrlForLayer",
        ],
        resources: [resource],
    },
    {
        sid: "LogInToRegistry",
        actions: ["ecr:GetAuthorizationToken"],
        resources: ["*"],
        reason: "ecr:GetAuthorizationToken has no resource-level permission",
    },
];

describe("build image", () => {
    it("runs a privileged project, says so, and leaves what the image is called", () => {
        const { needs, action, ...step } = planned("");
        assert.deepEqual(step, {
            name: "build",
            summary: "image shop/orders/build of Dockerfile",
            configuration: { ProjectName: "shop--orders--build" },
            inputs: ["SourceArtifact"],
            outputs: [{ key: "build", name: "BuildArtifact", opening: [] }],
            grants: [
                {
                    sid: "RunOwnProjects",
                    actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                    resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--build"],
                },
            ],
            namespace: "build",
            weakens: ["build runs privileged: it owns its build machine"],
        });
        assert.deepEqual([action.category, action.provider, action.outsideVpc], ["Build", "CodeBuild", undefined]);
        const { project } = needsOf({ action, needs, ...step });
        assert.deepEqual(
            [project.privileged, project.description, project.environmentType],
            [true, "Builds the image of orders", "ARM_CONTAINER"],
        );
    });

    it("makes a repository of its own, which only its project may push to", () => {
        const { project, others } = needsOf(planned(""));
        assert.deepEqual(others, [
            {
                component: "ImageRepository",
                logicalName: "orders--build--images",
                physicalName: "shop/orders/build",
                mutableTag: "cache",
                keepImages: 100,
                untaggedDays: 7,
                pullAccounts: [],
            },
        ]);
        assert.deepEqual(
            project.grants.filter(({ actions }) => actions[0].startsWith("ecr:")),
            pushing(arn),
        );
    });

    it("keeps in its repository what it is told to, for whom it is told to", () => {
        const [made] = needsOf(
            planned('repository: { keepImages: 5, untaggedDays: 1, pullAccounts: ["222222222222"] }'),
        ).others;
        assert.ok(made.component === "ImageRepository");
        assert.deepEqual([made.keepImages, made.untaggedDays, made.pullAccounts], [5, 1, ["222222222222"]]);
    });

    it("pushes to a repository that is there, and makes none", () => {
        const step = planned("repository: acme/api");
        const { project, others } = needsOf(step);
        assert.deepEqual(others, []);
        assert.deepEqual(
            project.grants.filter(({ actions }) => actions[0].startsWith("ecr:")),
            pushing("arn:aws:ecr:eu-west-1:111111111111:repository/acme/api"),
        );
        assert.ok(commandsOf(step).some(command => command === `docker push "${registry}/acme/api:$IMAGE_TAG"`));
        assert.deepEqual(step.prerequisites, ["the ECR repository acme/api exists, and lets the tag cache be moved"]);
    });

    it("hands on the files that name the image, and what of the source is asked for", () => {
        assert.deepEqual(buildspecOf(planned("")).artifacts, { files: ["imagedefinitions.json", "imageDetail.json"] });
        assert.deepEqual(buildspecOf(planned("artifacts: [taskdef.json, appspec.yaml]")).artifacts, {
            files: ["imagedefinitions.json", "imageDetail.json", "taskdef.json", "appspec.yaml"],
        });
    });

    it("exports what the image is called, beside what its commands export", () => {
        assert.deepEqual(buildspecOf(planned("exportedVariables: [VERSION]")).env, {
            "exported-variables": ["VERSION", "IMAGE_DIGEST", "IMAGE_TAG", "IMAGE_URI"],
        });
    });

    it("tests first, with the coverage that it must reach, and builds when all went well", () => {
        const step = planned(
            "install: [npm ci], commands: [npm test], reports: { coverage: { format: cobertura, file: c.xml, minimum: 80 } }",
        );
        const { install, build } = buildspecOf(step).phases;
        assert.deepEqual(install.commands, ["npm ci"]);
        assert.equal(build.commands[0], "npm test");
        assert.match(build.commands[1], /^awk -v covered=/);
        assert.equal(build.commands[2], 'cd "$CODEBUILD_SRC_DIR"');
        assert.equal("post_build" in buildspecOf(step).phases, false);
    });

    it("pushes nothing when the coverage is missed", () => {
        const lines = commandsOf(planned("reports: { coverage: { format: cobertura, file: c.xml, minimum: 80 } }"));
        const { failed, calls } = runLines({
            lines,
            programs: { docker: "exit 0", aws: "exit 0" },
            variables: { CODEBUILD_BUILD_NUMBER: "1" },
        });
        assert.equal(failed, true);
        assert.deepEqual(calls, []);
    });

    const building = (yaml: string, environment?: typeof dev) =>
        commandsOf(planned(yaml, environment)).find(command => command.startsWith("docker buildx build")) ?? "";

    it("gives the Dockerfile arguments from its variables, and every secret to mount", () => {
        const yaml =
            'environment: { VERSION: "#{SourceVariables.CommitId}" }, buildArguments: [VERSION, CODEBUILD_BUILD_NUMBER], secrets: { NPM_TOKEN: "npm:token" }';
        assert.match(building(yaml), / --build-arg VERSION --build-arg CODEBUILD_BUILD_NUMBER /);
        assert.match(building(yaml), / --secret id=NPM_TOKEN,env=NPM_TOKEN /);
        const step = planned(yaml);
        assert.deepEqual(step.configuration, {
            ProjectName: "shop--orders--build",
            EnvironmentVariables: JSON.stringify([
                { name: "VERSION", value: "#{SourceVariables.CommitId}", type: "PLAINTEXT" },
            ]),
        });
        assert.doesNotMatch(needsOf(step).project.buildspec, /npm:token/);
    });

    it("gives the Dockerfile the token of CodeArtifact to mount, where there is one", () => {
        const artifact = (tool: string) =>
            building(`codeArtifact: { domain: acme, repository: libraries, tool: ${tool} }`);
        assert.match(artifact("maven"), / --secret id=CODEARTIFACT_AUTH_TOKEN,env=CODEARTIFACT_AUTH_TOKEN /);
        assert.doesNotMatch(artifact("npm"), /CODEARTIFACT_AUTH_TOKEN/);
    });

    it("builds what it is told to, as the machine's own processor", () => {
        assert.match(
            building("dockerfile: docker/api.Dockerfile, context: services/api, target: release"),
            /^docker buildx build --file 'docker\/api\.Dockerfile' --platform linux\/arm64 --target 'release' .* --load 'services\/api'$/,
        );
        assert.match(building("architecture: x86_64"), / --platform linux\/amd64 /);
        assert.match(building("image: aws/codebuild/standard:7.0, platform: linux/amd64"), / --platform linux\/amd64 /);
    });

    it("names the container of the service, or another", () => {
        const definitions = (yaml: string) =>
            commandsOf(planned(yaml)).find(command => command.includes("imagedefinitions.json"));
        assert.match(definitions("") ?? "", / 'orders' /);
        assert.match(definitions("container: api") ?? "", / 'api' /);
    });

    it("for an environment has a project and tags of its own, in the one repository", () => {
        const step = planned("", dev);
        const { project, others } = needsOf(step);
        assert.equal(project.physicalName, "shop--orders--build--dev");
        assert.deepEqual(project.variables, [{ name: "ENVIRONMENT", value: "dev", type: "PLAINTEXT" }]);
        assert.deepEqual(others, needsOf(planned("")).others);
        assert.match(commandsOf(step)[1], /-dev-\$CODEBUILD_BUILD_NUMBER"$/);
        assert.equal(step.outputs[0].name, "BuildArtifact__dev");
        assert.equal(step.namespace, "build__dev");
        assert.deepEqual(step.weakens, [
            "build runs privileged: it owns its build machine",
            "build builds anew for dev: what is deployed there was tested nowhere before",
        ]);
    });

    it("of a China region logs in where China's registries are", () => {
        const home = { account: "111111111111", region: "cn-north-1" };
        const step = only(image.plan(settings(""), placeOf({ ...ground, home }, "orders", "build", [source])));
        assert.ok(
            commandsOf(step).some(command => command.endsWith(" 111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn")),
        );
    });

    for (const [title, yaml, path, message] of [
        [
            "a secret as an argument",
            "secrets: { TOKEN: npm }, buildArguments: [TOKEN]",
            ["buildArguments", 0],
            "is a secret: an argument stays in the image for everybody to read; mount it in the Dockerfile, by RUN --mount=type=secret,id=TOKEN",
        ],
        [
            "an argument that has no value",
            "buildArguments: [VERSION]",
            ["buildArguments", 0],
            'expected a variable of `environment`, or one of CodeBuild, found "VERSION"',
        ],
        [
            "another processor than the machine's",
            "platform: linux/amd64",
            ["platform"],
            "expected linux/arm64, as the machine is: an image for linux/amd64 is built on one of its own; choose another `image` or `architecture`",
        ],
        [
            "a variable that it sets itself",
            "environment: { IMAGE_URI: x }",
            ["environment", "IMAGE_URI"],
            "is set by the pipeline; choose another name",
        ],
        [
            "a variable that it exports itself",
            "exportedVariables: [IMAGE_TAG]",
            ["exportedVariables", 0],
            "IMAGE_TAG is always there: leave it out",
        ],
        [
            "roles passed by pattern, as any build",
            'permissions: [{ actions: ["iam:PassRole"], resources: ["arn:aws:iam::111111111111:role/*"], reason: r }]',
            ["permissions", 0, "resources", 0],
            'expected the whole ARN of a role for iam:PassRole, found the pattern "arn:aws:iam::111111111111:role/*": who passes any role may do what any role may',
        ],
    ] as const) {
        it(`fails for ${title}`, () => assert.deepEqual(image.check?.(settings(yaml)), [{ path, message }]));
    }

    for (const [title, yaml] of [
        ["Lambda compute", "compute: lambda-1gb"],
        ["a buildspec", "buildspec: ci.yml"],
        ["commands after the push", "postBuild: [make]"],
        ["`privileged`, which it is anyway", "privileged: true"],
        ["a Dockerfile that would be an option", "dockerfile: --push"],
        ["a folder outside the source", "context: /etc"],
        ["a stage with a command in it", 'target: "a; rm"'],
        ["a repository in upper case", "repository: Shop/orders"],
        ["a repository of no image", "repository: { keepImages: 0 }"],
        ["an account that is none", "repository: { pullAccounts: [prod] }"],
        ["an argument with a value", 'buildArguments: ["A=1"]'],
        ["a BuildKit with a command in it", 'buildkitImage: "a b"'],
        ["a container with a quote", "container: it's"],
        ["a platform of its own", "platform: windows/amd64"],
    ] as const) {
        it(`fails on ${title}`, () => assert.equal(refusals(image.settings, `{ ${yaml} }`).length, 1));
    }
});
