import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { FleetPlan } from "../../blueprint/plan";
import type { RoleTerms } from "../../blueprint/role-terms";
import { planStack } from "../../blueprint/stack";
import { problemLines } from "../../config/read";
import { fromNames } from "../../components/resolve";
import { engineConfig as asTexts, project } from "../../config/source";

/** What stands below `config:` in a stack file; keys of this project without their namespace. */
export type Values = Readonly<Record<string, unknown>>;

/** Account and region of all plans here. */
export const home = { account: "111111111111", region: "eu-west-1" } as const;

/** How roles are made where a stack file says nothing of them. */
export const terms: RoleTerms = { home, path: "/", existing: false, sessionTags: false };

const base = parse(`
    aws:region: ${home.region}
    aws:allowedAccountIds: ["${home.account}"]
    prefix: shop
    tags: { fleet: shop }
    connections: { github: { provider: GitHub } }
    network: { existing: { vpcId: vpc-1, subnetIds: [subnet-1, subnet-2] } }
    targets: { people: { type: sns, topicArn: "arn:aws:sns:{region}:{account}:people" } }
    notify: { people: [failed, recovered, alarm] }
    environments: [{ name: dev }]
    defaults: { source: { type: connection, connection: github, branch: main } }
    services: { web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: site } } }
`) as Values;

/** A small stack file: one environment, an existing network, one service without builds; `text` replaces its keys. */
export const stackFile = (text = ""): Values => ({ ...base, ...(parse(text, { merge: true }) as Values | null) });

/** The reference service of design.md. */
export const reference = parse(`
    source: { repository: acme/orders, paths: ["services/orders/**"] }
    build:
        commands: [npm ci, npm test, npm run build]
        secrets: { NPM_TOKEN: "npm-token:token" }
        reports: { junit: reports/junit.xml, coverage: { format: cobertura, file: coverage.xml } }
    suites:
        integration: { after: deploy, environments: [dev, staging], commands: [npm run test:integration] }
    deploy: { type: ecs, cluster: "shop-{environment}", service: "{service}", taskRoles: ["arn:aws:iam::{account}:role/orders-task"] }
`) as unknown;

/** A stack file of the repository. */
export function committed(stack: "dev" | "prod"): Values {
    const file = parse(readFileSync(join(__dirname, `../../Pulumi.${stack}.yaml`), "utf8"), { merge: true }) as {
        config: Values;
    };
    return Object.fromEntries(
        Object.entries(file.config).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
    );
}

/** The plan of a stack file that has no problems. */
export function planOf(values: Values, stack = "test"): FleetPlan {
    const source = { stack, values, problems: [], locate: () => undefined, source: () => undefined };
    const { plan, problems } = planStack(source);
    assert.ok(plan !== undefined, problemLines(problems).join("\n"));
    return plan;
}

/** The configuration as the engine hands it over, which sorts the keys of all objects. */
export const engineConfig = (values: Values): Record<string, string> => asTexts(sorted(values) as Values);

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    return typeof value !== "object" || value === null
        ? value
        : Object.fromEntries(
              Object.entries(value)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([key, inner]) => [key, sorted(inner)]),
          );
}

/** What only AWS can name, for components that are built by themselves; `existing` is the network of {@link stackFile}. */
export const known = {
    artifactKey: `arn:aws:kms:${home.region}:${home.account}:key/k`,
    signingKey: `arn:aws:kms:${home.region}:${home.account}:key/s`,
    buildSecurityGroup: "sg-1",
    buildSecurityGroupArn: `arn:aws:ec2:${home.region}:${home.account}:security-group/sg-1`,
    "connection:github": `arn:aws:codeconnections:${home.region}:${home.account}:connection/c`,
} as const;

export const handles = fromNames(known);
