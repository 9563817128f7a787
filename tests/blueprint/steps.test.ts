import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActionPlan, PipelinePlan } from "../../blueprint/plan";
import { planStack } from "../../blueprint/stack";
import { shown } from "../../catalog/reference";
import { fromFile } from "../../config/from-file";
import { problemLines } from "../../config/read";
import { pipelineOf, stageOf } from "./support/fleet";

/** A stack file around one service, as people write it. */
const stackFile = (service: string) => `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["111111111111"]
  service-pipelines:prefix: shop
  service-pipelines:connections: { github: { provider: GitHub } }
  service-pipelines:network: { create: { availabilityZones: 2, endpoints: [s3] } }
  service-pipelines:targets: { people: { type: sns, emails: [on-call@shop.example] } }
  service-pipelines:notify: { people: [failed, alarm] }
  service-pipelines:environments:
    - name: dev
    - name: staging
    - name: prod
      account: "222222222222"
      deployRoleArn: arn:aws:iam::222222222222:role/deploy
      approval: { notify: [release@shop.example] }
  service-pipelines:defaults:
    source: { type: connection, connection: github, branch: main }
  service-pipelines:services:
    orders:
      source: { repository: acme/orders }
      build: { commands: [npm ci, npm test, npm run image], artifacts: [imagedefinitions.json, migrations/**] }
${service}`;

/** The pipeline of the service; nothing may be wrong with it, and nothing warned of. */
function pipeline(service: string): PipelinePlan {
    const folder = mkdtempSync(join(tmpdir(), "steps-"));
    try {
        const file = join(folder, "Pulumi.test.yaml");
        writeFileSync(file, stackFile(service));
        const { plan, problems, warnings } = planStack(fromFile(file, "test"));
        assert.deepEqual(problemLines([...problems, ...warnings]), []);
        assert.ok(plan);
        return pipelineOf(plan);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const ecs = `      deploy:
        type: ecs
        cluster: "shop-{environment}"
        service: orders
        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]
`;

const order = (all: PipelinePlan, stage: string) =>
    stageOf(all, stage).actions.map(({ name, runOrder }) => [name, runOrder]);

const action = (all: PipelinePlan, stage: string, name: string): ActionPlan => {
    const found = stageOf(all, stage).actions.find(candidate => candidate.name === name);
    assert.ok(found, name);
    return found;
};

describe("steps, as people write them", () => {
    it("migrate the database before the deploy in all environments, in prod with another secret", () => {
        const all = pipeline(`${ecs}      steps:
        migrate:
          type: script
          when: before
          commands: [npm ci, npm run migrate]
          secrets: { DATABASE_URL: "orders-{environment}:url" }
      environments:
        prod:
          steps:
            migrate: { secrets: { DATABASE_URL: "orders-prod-owner:url" } }
`);
        const secret = (environment: string) => {
            const project = all.components.find(({ logicalName }) => logicalName === `orders--migrate--${environment}`);
            assert.ok(project?.component === "BuildProject");
            return [
                project.variables.filter(({ type }) => type === "SECRETS_MANAGER").map(({ value }) => value),
                project.grants.filter(({ sid }) => sid === "ReadNamedSecrets").flatMap(({ resources }) => resources),
            ];
        };
        for (const stage of ["dev", "staging", "prod"]) {
            assert.deepEqual(order(all, stage), [
                ["verify", 1],
                ["migrate", 2],
                ["deploy", 3],
            ]);
        }
        assert.deepEqual(secret("staging"), [
            ["orders-staging:url"],
            ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-staging-??????"],
        ]);
        assert.deepEqual(secret("prod"), [
            ["orders-prod-owner:url"],
            ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-prod-owner-??????"],
        ]);
    });

    it("promote the image into prod's registry before the deploy, which deploys what was promoted", () => {
        const all = pipeline(`${ecs}      environments:
        prod:
          steps:
            promote:
              type: promote
              when: before
              file: imagedefinitions.json
              from: { repository: shop/orders }
              to: { repository: shop/orders, tag: "#{SourceVariables.CommitId}" }
          deploy: { artifact: promote }
`);
        assert.deepEqual(order(all, "staging"), [
            ["verify", 1],
            ["deploy", 2],
        ]);
        assert.deepEqual(action(all, "staging", "deploy").inputs, ["BuildArtifact"]);
        assert.deepEqual(order(all, "prod"), [
            ["verify", 1],
            ["promote", 2],
            ["seal-promote", 3],
            ["verify-promote", 4],
            ["deploy", 5],
        ]);
        assert.deepEqual(action(all, "prod", "promote").outputs, ["promote_artifact__prod"]);
        assert.deepEqual(action(all, "prod", "deploy").inputs, ["promote_artifact__prod"]);
        const [role] = all.foreignRoles;
        assert.deepEqual(
            role.statements.filter(({ Sid }) => Sid === "PushImages").map(({ Resource }) => Resource),
            [["arn:aws:ecr:eu-west-1:222222222222:repository/shop/orders"]],
        );
        assert.deepEqual(role.trusts, [
            "arn:aws:iam::111111111111:role/shop--orders--pipeline",
            "arn:aws:iam::111111111111:role/shop--orders--promote--prod",
        ]);
    });

    it("check by two functions in parallel after the deploy, and by a third that reads what they left", () => {
        const all = pipeline(`${ecs}      steps:
        latency: { type: lambda, when: after, function: "check-latency-{environment}" }
        errors: { type: lambda, when: after, function: "check-errors-{environment}" }
        verdict:
          type: lambda
          when: after
          needs: [latency, errors]
          function: judge-release
          parameters: { latency: "#{latency.P99}", errors: "#{errors.Rate}" }
`);
        assert.deepEqual(order(all, "prod"), [
            ["verify", 1],
            ["deploy", 2],
            ["errors", 3],
            ["latency", 3],
            ["verdict", 4],
        ]);
        assert.equal(
            shown(action(all, "prod", "verdict").configuration.UserParameters),
            '{"latency":"#{latency__prod.P99}","errors":"#{errors__prod.Rate}"}',
        );
        assert.deepEqual(
            ["latency", "errors", "verdict"].map(name => action(all, "prod", name).roleArn),
            Array.from({ length: 3 }, () => "arn:aws:iam::222222222222:role/deploy"),
        );
    });
});
