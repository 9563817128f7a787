import * as assert from "node:assert/strict";
import { changeOf } from "../../blueprint/change";
import { allResources, pipelineResources } from "../../blueprint/counts";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import { rolesOf } from "../../blueprint/roles";
import type { BuildProjectPlan } from "../../catalog/plan";
import { allowed, type Request } from "../support/iam";
import { terms } from "../support/plans";
import { fleetOf, home, reference, threeEnvironments, type Words } from "./support/fleet";

const cache = { type: "s3", paths: ["/root/.npm/**/*"] };
const permissions = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::libs/*"], reason: "libraries" }];

const codeArtifact = { domain: "acme", repository: "libs", tool: "npm", publish: true };

/** The reference service with all that unmerged code must not reach: secrets, permissions, packages, a cache, a clone. */
const orders: Words = {
    ...reference,
    source: { repository: "acme/orders", fullClone: true },
    build: { ...(reference.build as Words), cache, permissions, codeArtifact },
    suites: {
        ...(reference.suites as Words),
        unit: { commands: ["npm run unit"], secrets: { API_KEY: "unit-key" } },
        lint: { commands: ["npm run lint"] },
    },
};

const fleetWith = (pullRequests?: Words, service: Words = orders): FleetPlan =>
    fleetOf({
        environments: threeEnvironments,
        services: { orders: { ...service, ...(pullRequests && { pullRequests }) } },
    });

const [release, check, ...others] = fleetWith({ suites: ["unit"] }).pipelines;

const projects = ({ components }: PipelinePlan): BuildProjectPlan[] =>
    components.filter(component => component.component === "BuildProject");

describe("the pipeline that checks pull requests", () => {
    it("stands right behind the one that releases, of which nothing is different", () => {
        assert.deepEqual(others, []);
        assert.deepEqual(release, fleetWith().pipelines[0]);
        assert.deepEqual(
            [check.service, check.purpose, check.logicalName, check.name, check.folder],
            ["orders", "check", "orders--check", "shop--orders--check", "shop--orders--check"],
        );
    });

    it("ends where the other begins to deploy, and asks nobody", () => {
        assert.deepEqual(
            check.stages.map(({ name, purpose, actions }) => [name, purpose, actions.map(action => action.name)]),
            [
                ["Source", "source", ["source"]],
                ["Build", "build", ["build"]],
                ["Suites", "test", ["unit"]],
            ],
        );
        assert.deepEqual(
            check.stages.map(({ environment, approval, onFailure }) => [environment, approval, onFailure]),
            [1, 2, 3].map(() => [undefined, undefined, "stop"]),
        );
        assert.deepEqual(check.foreignRoles, []);
    });

    it("is started by pull requests alone, each for itself", () => {
        const [{ configuration }] = check.stages[0].actions;
        assert.deepEqual(check.triggers, [
            {
                action: "source",
                pullRequests: { branches: { includes: ["main"] }, events: ["OPEN", "UPDATED"] },
            },
        ]);
        assert.deepEqual(
            [configuration.DetectChanges, configuration.BranchName, configuration.OutputArtifactFormat],
            ["false", "main", "CODE_ZIP"],
        );
        assert.equal(check.executionMode, "PARALLEL");
        assert.deepEqual(check.starts, ["when a pull request into main is opened or updated"]);
    });

    it("tells which pull requests in words", () => {
        const words = { branches: ["release/*"], excludePaths: ["**/*.md"], events: ["closed", "opened"] };
        assert.deepEqual(fleetWith(words).pipelines[1].starts, [
            "when a pull request into release/* is opened or closed, not **/*.md",
        ]);
    });

    it("has projects, roles, logs and a cache of its own", () => {
        assert.deepEqual(
            rolesOf(check, { roles: terms }).map(({ name, of }) => [name, of]),
            [
                ["shop--orders--check--pipeline", "pipeline shop--orders--check"],
                ["shop--orders--check--build", "project shop--orders--check--build"],
                ["shop--orders--check--unit", "project shop--orders--check--unit"],
            ],
        );
        assert.deepEqual(
            projects(check).map(({ logicalName, logs, cacheLocation }) => [logicalName, logs.stream, cacheLocation]),
            [
                [
                    "orders--check--build",
                    "orders/check/build",
                    "shop--fleet--artifacts-111111111111-eu-west-1/cache/shop--orders--check--build",
                ],
                ["orders--check--unit", "orders/check/unit", undefined],
            ],
        );
        const names = [release, check].flatMap(pipeline => rolesOf(pipeline, { roles: terms }).map(({ name }) => name));
        assert.equal(new Set(names).size, names.length);
    });

    it("adds four resources, and four for each project", () => {
        assert.equal(pipelineResources(check), 12);
        assert.equal(allResources(fleetWith({ suites: ["unit"] })), allResources(fleetWith()) + 12);
    });

    it("knows the variables of the service", () => {
        const variables = { TARGET: { default: "blue" } };
        const [, withVariables] = fleetWith({ suites: ["unit"] }, { ...orders, variables }).pipelines;
        assert.deepEqual(withVariables.variables, [{ name: "TARGET", default: "blue" }]);
    });

    it("does not follow what starts the other, nor how its executions get along", () => {
        const trigger = { manual: true };
        const [by, its] = fleetWith(
            { suites: ["unit"] },
            { ...orders, trigger, executionMode: "superseded" },
        ).pipelines;
        assert.deepEqual([by.executionMode, its.executionMode], ["SUPERSEDED", "PARALLEL"]);
        assert.deepEqual(its, check);
    });

    it("comes and goes without an edit of the other", () => {
        const nothing = { added: [], removed: [], edited: [], beside: [] };
        assert.deepEqual(changeOf(fleetWith(), fleetWith({})), { ...nothing, added: ["orders--check"] });
        assert.deepEqual(changeOf(fleetWith({}), fleetWith()), { ...nothing, removed: ["orders--check"] });
        assert.deepEqual(changeOf(fleetWith({}), fleetWith({ branches: ["next"] })).edited, [
            { service: "orders--check", stages: [], rollsBack: false },
        ]);
    });

    it("says that it runs unmerged code, and what its commands miss", () => {
        assert.deepEqual(check.weakens, ["runs code that nobody has merged, in the network of the builds"]);
        assert.deepEqual(check.prerequisites, [
            "builds and suites that do without the clone and the connection that fetches it, the secret NPM_TOKEN, the permissions s3:GetObject, the packages of acme/libs, the secret API_KEY here",
        ]);
        assert.equal(check.exposed, undefined);
    });

    it("says what it gives to unmerged code, and why", () => {
        const [, exposed] = fleetWith({ suites: [], exposeSecrets: "only we can open one" }).pipelines;
        assert.deepEqual(exposed.weakens, [
            "runs code that nobody has merged, in the network of the builds",
            "gives the clone and the connection that fetches it, the secret NPM_TOKEN, the permissions s3:GetObject, the packages of acme/libs to code that nobody has merged: only we can open one",
        ]);
        assert.deepEqual(exposed.prerequisites, []);
        assert.equal(exposed.exposed, "only we can open one");
    });
});

const { bucket, bucketPolicy, keyPolicy } = fleetWith().shared.store;
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
const object = (path: string) => `arn:aws:s3:::${bucket}/${path}`;
const secure = { "aws:ResourceAccount": home.account, "aws:SecureTransport": "true" };

/** What unmerged code may want, by what it would mean. */
const wishes: Readonly<Record<string, readonly [action: string, resource: string]>> = {
    "read its own artifacts": ["s3:GetObject", object("shop--orders--check/SourceArti/1")],
    "write its own artifacts": ["s3:PutObject", object("shop--orders--check/BuildArtif/1")],
    "read its own cache": ["s3:GetObject", object("cache/shop--orders--check--build/1")],
    "write its own cache": ["s3:PutObject", object("cache/shop--orders--check--build/1")],
    "write its own log": [
        "logs:PutLogEvents",
        arn("logs", "log-group:/service-pipelines/shop:log-stream:orders/check/build/1"),
    ],
    "read the artifacts of the release": ["s3:GetObject", object("shop--orders/BuildArtif/1")],
    "write the artifacts of the release": ["s3:PutObject", object("shop--orders/BuildArtif/1")],
    "read the cache of the release": ["s3:GetObject", object("cache/shop--orders--build/1")],
    "write the cache of the release": ["s3:PutObject", object("cache/shop--orders--build/1")],
    "write the log of the release": [
        "logs:PutLogEvents",
        arn("logs", "log-group:/service-pipelines/shop:log-stream:orders/build/1"),
    ],
    "write a report of the release": [
        "codebuild:CreateReport",
        arn("codebuild", "report-group/shop--orders--build-junit"),
    ],
    "read the secret of the build": ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:npm-token-AbCdEf")],
    "read the secret of the suite": ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:unit-key-AbCdEf")],
    "use what the build is permitted": ["s3:GetObject", "arn:aws:s3:::libs/a.jar"],
    "read the packages of the build": ["codeartifact:ReadFromRepository", arn("codeartifact", "repository/acme/libs")],
    "publish packages": ["codeartifact:PublishPackageVersion", arn("codeartifact", "package/acme/libs/npm//lib")],
    "use the connection": ["codeconnections:UseConnection", "<connection:github>"],
    "start the release": ["codepipeline:StartPipelineExecution", arn("codepipeline", "shop--orders")],
    "run the build of the release": ["codebuild:StartBuild", arn("codebuild", "project/shop--orders--build")],
    "assume the deploy role": ["sts:AssumeRole", "arn:aws:iam::222222222222:role/shop-deploy"],
    deploy: ["ecs:UpdateService", arn("ecs", "service/shop-dev/orders")],
};

/** What of {@link wishes} the role `name` of `pipeline` may. */
function may(pipeline: PipelinePlan, name: string): string[] {
    const role = rolesOf(pipeline, { roles: terms }).find(candidate => candidate.name === name);
    assert.ok(role, name);
    return Object.entries(wishes)
        .filter(([, [action, resource]]) => {
            const request: Request = { principal: role.arn, action, resource, context: secure };
            const policy = resource.includes(bucket) ? { statements: bucketPolicy, account: home.account } : undefined;
            return allowed(request, role.statements, policy);
        })
        .map(([wish]) => wish);
}

const own = ["read its own artifacts", "write its own artifacts"];
const ownCache = ["read its own cache", "write its own cache"];

describe("code that nobody has merged", () => {
    it("reaches what is its own, and nothing of the pipeline that releases", () => {
        assert.deepEqual(may(check, "shop--orders--check--build"), [...own, ...ownCache, "write its own log"]);
        assert.deepEqual(may(check, "shop--orders--check--unit"), ["read its own artifacts"]);
    });

    it("is fetched by a pipeline that runs its own projects and nothing else", () => {
        assert.deepEqual(may(check, "shop--orders--check--pipeline"), [...own, "use the connection"]);
    });

    it("has secrets, permissions and the connection where a key says why", () => {
        const [, exposed] = fleetWith({ suites: ["unit"], exposeSecrets: "only we can open one" }).pipelines;
        assert.deepEqual(may(exposed, "shop--orders--check--build"), [
            ...own,
            ...ownCache,
            "write its own log",
            "read the secret of the build",
            "use what the build is permitted",
            "read the packages of the build",
            "publish packages",
            "use the connection",
        ]);
        assert.deepEqual(may(exposed, "shop--orders--check--unit"), [
            "read its own artifacts",
            "read the secret of the suite",
            "use the connection",
        ]);
    });

    it("is reached by nothing of the release: neither reads nor writes the artifacts of the other", () => {
        for (const name of ["shop--orders--pipeline", "shop--orders--build", "shop--orders--unit"]) {
            assert.deepEqual(
                may(release, name).filter(wish => wish.includes("its own")),
                [],
                name,
            );
        }
    });

    it("decrypts through S3 only what its own policy lets it read there", () => {
        const { arn: principal, statements } = rolesOf(check, { roles: terms })[1];
        const key = { statements: keyPolicy, account: home.account, rules: true };
        const decrypts = (context: Request["context"]) =>
            allowed({ principal, action: "kms:Decrypt", resource: "<artifactKey>", context }, statements, key);
        assert.equal(decrypts({ "kms:ViaService": "s3.eu-west-1.amazonaws.com" }), true);
        assert.equal(decrypts({}), false);
    });
});
