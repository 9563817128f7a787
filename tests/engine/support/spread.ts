import { stringify } from "yaml";
import type { Finished } from "./cli";
import { referenceService, type Config } from "./scenarios";
import type { Sandbox } from "./stack";

/** Where all stacks of the fleet are. */
const place = { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["111111111111"] };

/** What all services of the fleet share. */
export const shared: Config = {
    prefix: "shop",
    connections: { github: { provider: "GitHub" } },
    network: {
        create: {
            cidrBlock: "10.20.0.0/16",
            availabilityZones: 2,
            natGateways: "Single",
            endpoints: ["s3", "logs", "secretsmanager"],
        },
    },
    environments: [
        { name: "dev" },
        { name: "staging", approval: { notify: ["release@shop.example"] } },
        { name: "prod", approval: { notify: ["release@shop.example"] } },
    ],
    defaults: {
        source: { type: "connection", connection: "github", branch: "main" },
        build: { image: "aws/codebuild/amazonlinux2-aarch64-standard:3.0", compute: "small" },
    },
};

/** Reference services of these names. */
export const named = (...names: readonly string[]): Config =>
    Object.fromEntries(
        names.map(name => [name, { ...referenceService, source: { repository: `acme/${name}` } } satisfies Config]),
    );

/** Writes the file of `stack`; keys of this project stand without their namespace. */
export function writeStack(sandbox: Sandbox, stack: string, values: Config): void {
    const own = Object.entries(values).map(([key, value]): [string, unknown] => [`service-pipelines:${key}`, value]);
    const config = { ...place, ...Object.fromEntries(own) };
    sandbox.write(`Pulumi.${stack}.yaml`, stringify({ config }, { aliasDuplicateObjects: false }));
}

/** Writes the file of a platform. */
export const writePlatform = (sandbox: Sandbox, stack: string, values: Config = {}): void =>
    writeStack(sandbox, stack, { role: "platform", ...shared, ...values });

/** Writes the file of a stack of `services` on a platform. */
export const writeServices = (sandbox: Sandbox, stack: string, platform: string, services: Config): void =>
    writeStack(sandbox, stack, { role: "services", platform, services });

/** What `pulumi state move` is told of the pipeline of `service` in `stack`. */
export const pipelineUrn = (stack: string, service: string): string =>
    `urn:pulumi:${stack}::service-pipelines::service-pipelines:index:Fleet$service-pipelines:index:ServicePipeline::${service}`;

/** Moves the pipelines of `services` from the state of one stack to the state of another, as the guide says. */
export async function move(
    sandbox: Sandbox,
    from: string,
    to: string,
    services: readonly string[],
    ...options: readonly string[]
): Promise<Finished> {
    const urns = services.map(service => pipelineUrn(from, service));
    // Makes the stack, where it is new.
    await sandbox.run(to, "stack");
    return sandbox.pulumi("state", "move", "--source", from, "--dest", to, "--yes", ...options, ...urns);
}
