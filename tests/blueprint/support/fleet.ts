import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { partitionOf } from "../../../catalog/arn";
import type { FleetPlan, PipelinePlan, RolePlan, StagePlan } from "../../../blueprint/plan";
import { rolesOf } from "../../../blueprint/roles";
import { planStack, type StackPlan } from "../../../blueprint/stack";
import { fromFile } from "../../../config/from-file";
import { problemLines } from "../../../config/read";

/** What a test says of its stack file; the rest is that of {@link reference}. */
export type Words = Readonly<Record<string, unknown>>;

/** The account and region of every stack here. */
export const home = { account: "111111111111", region: "eu-west-1" };

/** The role that deploys to prod, in an account of its own. */
export const deployRole = "arn:aws:iam::222222222222:role/shop-deploy";

/** The environments of design.md. */
export const threeEnvironments = [
    { name: "dev" },
    { name: "staging", approval: { notify: ["release@shop.example"] }, onFailure: "rollback" },
    {
        name: "prod",
        account: "222222222222",
        deployRoleArn: deployRole,
        approval: {
            notify: ["release@shop.example", "on-call@shop.example"],
            timeoutHours: 48,
            instructions: "Check staging.",
        },
        before: [{ type: "window", cron: "* * 8-16 ? * MON-THU *", timeZone: "Europe/Berlin" }],
        after: [{ type: "alarm", name: "{service}-prod-5xx", waitMinutes: 10 }],
        onFailure: "rollback",
    },
];

/** A service whose commits are built and go to one ECS service in each environment. */
export const ecsService = (name: string): Words => ({
    source: { repository: `acme/${name}` },
    build: { commands: ["npm ci"] },
    deploy: {
        type: "ecs",
        cluster: "shop-{environment}",
        service: name,
        taskRoles: [`arn:aws:iam::{account}:role/${name}-task`],
    },
});

/** The reference service of design.md. */
export const reference: Words = {
    ...ecsService("orders"),
    build: {
        commands: ["npm ci", "npm test"],
        secrets: { NPM_TOKEN: "npm-token:token" },
        reports: { junit: "reports/junit.xml", coverage: { format: "cobertura", file: "coverage.xml" } },
    },
    suites: {
        integration: {
            after: "deploy",
            environments: ["dev", "staging"],
            commands: ["npm run test:integration"],
            environment: { API_URL: "https://api.{environment}.shop.example" },
            secrets: { API_KEY: "api-key-{environment}" },
        },
    },
};

const standard: Words = {
    prefix: "shop",
    connections: { github: { provider: "GitHub" } },
    network: { create: { availabilityZones: 2 } },
    environments: [{ name: "dev" }],
    defaults: { source: { type: "connection", connection: "github", branch: "main" } },
    services: { orders: ecsService("orders") },
    notify: { people: ["failed", "recovered", "alarm"] },
};

/** The text of a stack file that says `words`. */
export function stackText(words: Words = {}, region = home.region): string {
    const topicArn = `arn:${partitionOf(region)}:sns:{region}:{account}:people`;
    const targets = { people: { type: "sns", topicArn } };
    const own = Object.entries({ ...standard, targets, ...words }).map(([key, value]) => [
        `service-pipelines:${key}`,
        value,
    ]);
    return stringify({
        config: {
            "aws:region": region,
            "aws:allowedAccountIds": [home.account],
            ...(Object.fromEntries(own) as object),
        },
    });
}

/** What a stack file with `words` comes to, read from a real file. */
export function stackOf(words: Words = {}, region?: string): StackPlan {
    const folder = mkdtempSync(join(tmpdir(), "fleet-"));
    try {
        const file = join(folder, "Pulumi.test.yaml");
        writeFileSync(file, stackText(words, region));
        return planStack(fromFile(file, "test"));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** The plan of a stack file with `words`; it must have no problem. */
export function fleetOf(words: Words = {}, region?: string): FleetPlan {
    const { plan, problems } = stackOf(words, region);
    assert.deepEqual(problemLines(problems), []);
    assert.ok(plan);
    return plan;
}

/** The pipeline of `service`. */
export function pipelineOf(fleet: FleetPlan, service = "orders"): PipelinePlan {
    const found = fleet.pipelines.find(pipeline => pipeline.service === service);
    assert.ok(found, `no pipeline of ${service}`);
    return found;
}

/** The stage `name` of `pipeline`. */
export function stageOf(pipeline: PipelinePlan, name: string): StagePlan {
    const found = pipeline.stages.find(stage => stage.name === name);
    assert.ok(found, `no stage ${name}`);
    return found;
}

/** The role of `fleet` that is called `name`. */
export function roleOf(fleet: FleetPlan, name: string): RolePlan {
    const found = fleet.pipelines.flatMap(pipeline => rolesOf(pipeline, fleet)).find(role => role.name === name);
    assert.ok(found, `no role ${name}`);
    return found;
}

/** `fleet` with the pipeline of `service` changed. */
export const withPipeline = (
    fleet: FleetPlan,
    change: (pipeline: PipelinePlan) => Partial<PipelinePlan>,
    service = "orders",
): FleetPlan => ({
    ...fleet,
    pipelines: fleet.pipelines.map(pipeline =>
        pipeline.service === service ? { ...pipeline, ...change(pipeline) } : pipeline,
    ),
});
