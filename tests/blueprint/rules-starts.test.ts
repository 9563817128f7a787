import * as assert from "node:assert/strict";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import type { BuildProjectPlan } from "../../catalog/plan";
import { allow, type Grant } from "../../catalog/grant";
import { check, fleet } from "./support/changed";
import { ecsService, fleetOf, pipelineOf, withPipeline, type Words } from "./support/fleet";

const path = ["services", "orders"];
const changed = (change: Partial<PipelinePlan>) => withPipeline(fleet, () => change);

const push = { action: "source", pushes: [{ branches: { includes: ["main"] } }] };
const pullRequest = {
    action: "source",
    pullRequests: { branches: { includes: ["main"] }, events: ["OPEN"] },
} as const;

describe("the rule rollback-in-parallel-mode", () => {
    const answers = (mode: PipelinePlan["executionMode"], ...onFailure: readonly ("stop" | "retry" | "rollback")[]) =>
        withPipeline(fleet, ({ stages }) => ({
            executionMode: mode,
            executionModePath: ["defaults", "executionMode"],
            stages: stages
                .filter(({ environment }) => environment !== undefined)
                .slice(0, onFailure.length)
                .map((stage, index) => ({ ...stage, onFailure: onFailure[index] })),
        }));

    it("takes a rollback in another mode, and another answer in parallel mode", () => {
        assert.deepEqual(check("rollback-in-parallel-mode", answers("QUEUED", "rollback")), []);
        assert.deepEqual(check("rollback-in-parallel-mode", answers("SUPERSEDED", "rollback")), []);
        assert.deepEqual(check("rollback-in-parallel-mode", answers("PARALLEL", "retry", "stop")), []);
    });

    it("fails on alarms that would roll back, and takes them in another mode", () => {
        const named = (mode: PipelinePlan["executionMode"]) =>
            withPipeline(answers(mode, "stop", "stop"), ({ stages }) => ({
                stages: stages.map(stage => ({ ...stage, rollbackOn: ["5xx"] })),
            }));
        assert.deepEqual(check("rollback-in-parallel-mode", named("QUEUED")), []);
        assert.deepEqual(check("rollback-in-parallel-mode", named("PARALLEL")), [
            {
                path: ["defaults", "executionMode"],
                message:
                    "AWS rolls nothing back in parallel mode, and dev and Approve-staging have alarms in `rollbackOn`: choose another mode, or name no alarms there (`rollbackOn: []`)",
            },
        ]);
    });

    it("fails on every environment that is in the way, where the mode was said", () => {
        const message = (environments: string) =>
            `AWS rolls nothing back in parallel mode, and ${environments} \`onFailure: rollback\`: choose another mode, or another answer to a failure`;
        const at = ["defaults", "executionMode"];
        assert.deepEqual(check("rollback-in-parallel-mode", answers("PARALLEL", "rollback", "stop")), [
            { path: at, message: message("dev has") },
        ]);
        assert.deepEqual(check("rollback-in-parallel-mode", answers("PARALLEL", "rollback", "stop", "rollback")), [
            { path: at, message: message("dev and staging have") },
        ]);
    });
});

describe("the rule parallel-code-commit", () => {
    const fleetFrom = (source: Words, executionMode: string) =>
        fleetOf({ services: { orders: { ...ecsService("orders"), source, executionMode } } });
    const repository = { type: "code-commit", repository: "orders", branch: "main" };

    it("takes the one without the other", () => {
        assert.deepEqual(check("parallel-code-commit", fleetFrom(repository, "queued")), []);
        assert.deepEqual(check("parallel-code-commit", fleetFrom({ repository: "acme/orders" }, "parallel")), []);
    });

    it("warns of both", () => {
        assert.deepEqual(check("parallel-code-commit", fleetFrom(repository, "parallel")), [
            {
                path: ["services", "orders", "executionMode"],
                message:
                    "parallel executions of orders take the newest commit of CodeCommit, not the one that started them: several may release the same one",
            },
        ]);
    });
});

describe("the rule one-trigger-for-each-source", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...push, action: `s${index}` }));

    it("takes one for each of 50 sources", () => {
        assert.deepEqual(check("one-trigger-for-each-source", changed({ triggers: many(50) })), []);
    });

    it("fails on two of one source", () => {
        assert.deepEqual(check("one-trigger-for-each-source", changed({ triggers: [push, push] })), [
            { path, message: "source would have two triggers, of at most one" },
        ]);
    });

    it("fails on 51", () => {
        assert.deepEqual(check("one-trigger-for-each-source", changed({ triggers: many(51) })), [
            { path, message: "the pipeline would have 51 triggers, of at most 50" },
        ]);
    });
});

describe("the rule provider-of-trigger", () => {
    const fleetFrom = (provider: string, service: Words) =>
        fleetOf({
            connections: { github: { provider }, other: { provider: "AzureDevOps" } },
            services: { orders: { ...ecsService("orders"), build: { commands: ["make"] }, ...service } },
        });
    const paths = { source: { repository: "acme/orders", paths: ["web/**"] } };
    const warning = {
        path: ["services", "orders", "source"],
        message:
            "AWS does not say that Azure DevOps starts pipelines by filters or pull requests: try it before orders relies on it",
    };

    it("takes filters of other providers, and every commit of Azure DevOps", () => {
        for (const provider of ["GitHub", "GitLab", "Bitbucket"]) {
            assert.deepEqual(check("provider-of-trigger", fleetFrom(provider, { ...paths, pullRequests: {} })), []);
        }
        assert.deepEqual(check("provider-of-trigger", fleetFrom("AzureDevOps", {})), []);
    });

    it("warns of filters and pull requests of Azure DevOps", () => {
        assert.deepEqual(check("provider-of-trigger", fleetFrom("AzureDevOps", paths)), [warning]);
        assert.deepEqual(check("provider-of-trigger", fleetFrom("AzureDevOps", { pullRequests: {} })), [warning]);
    });
});

describe("the rule pull-requests-deploy-nothing", () => {
    const failure = [{ path, message: "a pull request would start a pipeline that deploys" }];

    it("takes pushes of a pipeline that deploys, and pull requests of one that checks", () => {
        assert.deepEqual(check("pull-requests-deploy-nothing", changed({ triggers: [push] })), []);
        const checking = fleetOf({ services: { orders: { ...ecsService("orders"), pullRequests: {} } } });
        assert.equal(checking.pipelines.length, 2);
        assert.deepEqual(check("pull-requests-deploy-nothing", checking), []);
    });

    it("fails on pull requests of a pipeline that deploys, whatever it is called", () => {
        const triggers = [pullRequest];
        assert.deepEqual(check("pull-requests-deploy-nothing", changed({ triggers })), failure);
        assert.deepEqual(check("pull-requests-deploy-nothing", changed({ triggers, purpose: "check" })), failure);
    });
});

describe("the rule unmerged-code", () => {
    const checked = fleetOf({ services: { orders: { ...ecsService("orders"), pullRequests: {} } } });
    const [, ofOrders] = checked.pipelines;
    const [project] = ofOrders.components as readonly BuildProjectPlan[];
    const at = ["services", "orders", "pullRequests"];
    const artifacts = `arn:aws:s3:::${checked.shared.store.bucket}`;

    /** The fleet with further grants of the check's project. */
    const granting = (grants: readonly Grant[], change: Partial<PipelinePlan> = {}): FleetPlan => ({
        ...checked,
        pipelines: checked.pipelines.map(pipeline =>
            pipeline.purpose === "check"
                ? { ...pipeline, components: [{ ...project, grants: [...project.grants, ...grants] }], ...change }
                : pipeline,
        ),
    });

    const use = (action: string, resource: string) => granting([allow("Some", [action], [resource])]);

    it("takes what every build may, and its own cache", () => {
        assert.deepEqual(check("unmerged-code", checked), []);
        const cache = `${artifacts}/cache/shop--orders--check--build/*`;
        assert.deepEqual(check("unmerged-code", use("s3:PutObject", cache)), []);
    });

    for (const [title, action, resource] of [
        ["a secret", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a-??????"],
        ["a parameter", "ssm:GetParameters", "arn:aws:ssm:eu-west-1:111111111111:parameter/a"],
        ["the connection", "codeconnections:UseConnection", "arn:aws:codeconnections:eu-west-1:1:connection/1"],
        ["the artifacts of the release", "s3:GetObject", `${artifacts}/shop--orders/*`],
        ["the cache of the release", "s3:PutObject", `${artifacts}/cache/shop--orders--build/*`],
        ["all artifacts", "s3:GetObject", `${artifacts}/*`],
        ["another bucket", "s3:PutObject", "arn:aws:s3:::site/*"],
        ["pushing images", "ecr:PutImage", "arn:aws:ecr:eu-west-1:111111111111:repository/orders"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(check("unmerged-code", use(action, resource)), [
                {
                    path: at,
                    message: `the project shop--orders--check--build would let code that nobody has merged ${action} on ${resource}: give the check a build or suites without it, or say in \`exposeSecrets\` why it may`,
                },
            ]);
        });
    }

    it("takes all of it where a key says why, and fails where there is nothing that the key is about", () => {
        const secret = allow("Some", ["secretsmanager:GetSecretValue"], ["arn"]);
        assert.deepEqual(check("unmerged-code", granting([secret], { exposed: "why" })), []);
        assert.deepEqual(check("unmerged-code", granting([], { exposed: "why" })), [
            {
                path: [...at, "exposeSecrets"],
                message: "there is nothing to expose: neither builds nor suites have secrets or permissions",
            },
        ]);
    });

    it("does not look at the pipeline that releases", () => {
        const [release] = checked.pipelines;
        assert.deepEqual(
            check("unmerged-code", { ...checked, pipelines: [{ ...release, components: [project] }] }),
            [],
        );
        assert.equal(pipelineOf(checked).purpose, "release");
    });
});
