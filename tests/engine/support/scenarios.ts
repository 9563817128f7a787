import * as assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import { changes, type Deployment, type Outcome, type Sandbox, type StateResource } from "./stack";

/** The stacks whose files are committed. */
export const stacks = ["dev", "prod"] as const;

/** One of {@link stacks}. */
export type Stack = (typeof stacks)[number];

/** Does the same for both stacks at once, as two people do who share an account; it also takes half of the time. */
export async function both<T>(run: (stack: Stack) => Promise<T>): Promise<Readonly<Record<Stack, T>>> {
    const [dev, prod] = await Promise.all(stacks.map(run));
    return { dev, prod };
}

/** What is below `config` in a stack file; keys of this project stand without their namespace. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Config = Record<string, any>;

const namespace = "service-pipelines:";

/** A stack file after a change of its values; anchors and comments are lost. */
export function edited(file: string, change: (config: Config) => void): string {
    const renamed = (config: Config, rename: (key: string) => string): Config =>
        Object.fromEntries(Object.entries(config).map(([key, value]): [string, unknown] => [rename(key), value]));
    // A copy without the anchors: a change of one service must not reach another.
    const { config } = JSON.parse(JSON.stringify(parse(file))) as { readonly config: Config };
    const own = renamed(config, key => key.replace(namespace, ""));
    change(own);
    const written = renamed(own, key => (key.includes(":") ? key : namespace + key));
    return stringify({ config: written }, { aliasDuplicateObjects: false });
}

/** The same value with the keys of all its maps the other way round, and its lists as they are. */
export function reversed(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(reversed);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .reverse()
                  .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value;
}

/** The service that design.md counts by: at most twelve resources. */
export const referenceService: Config = {
    source: { repository: "acme/checkout" },
    build: {
        commands: ["npm ci", "npm test", "npm run build"],
        secrets: { NPM_TOKEN: "npm-token:token" },
        reports: { junit: "reports/junit.xml" },
        artifacts: ["imagedefinitions.json"],
    },
    suites: { integration: { after: "deploy", commands: ["npm run test:integration"] } },
    deploy: {
        type: "ecs",
        cluster: "shop-{environment}",
        service: "{service}",
        taskRoles: ["arn:aws:iam::{account}:role/{service}-task"],
    },
};

/** A URN without what all have in common: `Fleet/ServicePipeline/Role orders-role`. */
export function short(urn: string): string {
    const [, , types, ...name] = urn.split("::");
    const nouns = types.split("$").map(type => type.split(":").at(-1));
    return `${nouns.join("/")} ${name.join("::")}`;
}

/** As {@link changes}, with {@link short} URNs: `create Fleet/ServicePipeline/Role orders-role`. */
export function changesByUrn(outcome: Outcome): readonly string[] {
    const count = changes(outcome).length;
    const found = outcome.steps
        .filter(({ op, type }) => op !== "same" && !/^pulumi:(pulumi:Stack|providers:)/.test(type))
        .map(({ op, urn }) => `${op} ${short(urn)}`);
    assert.equal(found.length, count);
    return found.sort();
}

/** The resources of a build project, as {@link short} URNs. */
export function projectResources(service: string, project: string): readonly string[] {
    const [path, name] = ["Fleet/ServicePipeline/BuildProject", `${service}--${project}`];
    return [
        `${path} ${name}`,
        `${path}/Role ${name}-role`,
        `${path}/RolePolicy ${name}-policy`,
        `${path}/Project ${name}-project`,
    ];
}

/** The resources of a service with these build projects, as {@link short} URNs. */
export function serviceResources(service: string, ...projects: readonly string[]): readonly string[] {
    const path = "Fleet/ServicePipeline";
    return [
        `${path} ${service}`,
        `${path}/Role ${service}-role`,
        `${path}/RolePolicy ${service}-policy`,
        `${path}/Pipeline ${service}-pipeline`,
        ...projects.flatMap(project => projectResources(service, project)),
    ];
}

/** `<op> <resource>` for each, sorted as the changes are. */
export function each(op: string, resources: readonly string[]): readonly string[] {
    return resources.map(resource => `${op} ${resource}`).sort();
}

/** Whether the program registers what has this URN: it is no stack, no provider and not inside a remote component. */
export function isRegistered(urn: string): boolean {
    return !/::pulumi:(pulumi:Stack|providers:)|awsx:(ec2:Vpc|ecr:Repository)\$/.test(urn);
}

/** A stack's resources that the program registers. */
export function registered({ resources = [] }: Deployment): readonly StateResource[] {
    return resources.filter(({ urn }) => isRegistered(urn));
}

/** Everything there is: the resources of the stack and the cloud. What fails must leave both as they were. */
export async function everything(sandbox: Sandbox, stack: string): Promise<object> {
    return { resources: registered(await sandbox.export(stack)), cloud: sandbox.cloud.all() };
}
