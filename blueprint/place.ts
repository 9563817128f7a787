import { arn } from "../catalog/arn";
import { customActionOf } from "../catalog/custom-actions";
import type { Environment, Place } from "../catalog/kind";
import type { Artifact, BuildNetwork, CustomAction, PackageRepository } from "../catalog/plan";
import { Reference, type Text } from "../catalog/reference";
import type { FleetConfig } from "../config/fleet-config";
import type { Routes } from "../functions/lib/happenings";
import { artifactName, namespaceOf } from "./artifacts";
import { logicalName, Names } from "./names";
import { packageRepositories } from "./packages";
import { roleTerms, type RoleTerms } from "./role-terms";

/** What every place in a fleet's pipelines has in common. */
export interface Ground {
    readonly names: Names;
    readonly home: { readonly account: string; readonly region: string };
    readonly bucket: string;
    readonly roles: RoleTerms;

    /** Regions that environments are deployed to, beside that of the pipelines; sorted. */
    readonly regions: readonly string[];
    readonly logGroup: string;
    readonly network: BuildNetwork;
    readonly connections: Readonly<Record<string, Text>>;
    readonly customActions: Readonly<Record<string, CustomAction>>;
    readonly packages: Readonly<Record<string, PackageRepository>>;

    /** Keys that secrets are encrypted with: their ARNs. */
    readonly secretKeys: readonly string[];

    /** Who is asked on the one topic of each environment: everybody whom one of its approvals names. */
    readonly asked: Readonly<Record<string, readonly string[]>>;

    /** Why nothing that is deployed is verified; absent where it is. */
    readonly skipVerification?: string;

    /** Who is told of every service, and of each environment. */
    readonly routes: { readonly fleet: Routes; readonly environments: Readonly<Record<string, Routes>> };
}

/** The ground that `config` lays. */
export function groundOf(config: FleetConfig): Ground {
    const names = new Names(config.prefix);
    const home = { account: config.account, region: config.region };
    return {
        names,
        home,
        bucket: names.bucket(home.account, home.region),
        roles: roleTerms(config),
        regions: [...new Set(config.environments.flatMap(({ regions }) => regions))]
            .filter(region => region !== home.region)
            .sort(),
        logGroup: names.folderOfStack,
        network: buildNetwork(config),
        ...(config.skipVerification !== undefined && { skipVerification: config.skipVerification }),
        secretKeys: config.secretKeys,
        asked: Object.fromEntries(
            config.environments.map(({ name }) => [
                name,
                [
                    ...new Set(
                        config.services.flatMap(({ environments }) =>
                            environments.flatMap(environment =>
                                environment.name === name ? (environment.approval?.settings.notify ?? []) : [],
                            ),
                        ),
                    ),
                ].sort(),
            ]),
        ),
        routes: {
            fleet: config.notify,
            environments: Object.fromEntries(config.environments.map(({ name, notify }) => [name, notify])),
        },
        packages: packageRepositories(config),
        customActions: Object.fromEntries(
            Object.entries(config.customActions).map(([key, settings]) => [key, customActionOf(settings)]),
        ),
        connections: Object.fromEntries(
            Object.entries(config.connections).map(([key, connection]) => [
                key,
                "arn" in connection ? connection.arn : new Reference(`connection:${key}`),
            ]),
        ),
    };
}

function buildNetwork({ network, account, region }: FleetConfig): BuildNetwork {
    const securityGroup = {
        securityGroupId: new Reference("buildSecurityGroup"),
        securityGroupArn: new Reference("buildSecurityGroupArn"),
    };
    if (network.existing !== undefined) {
        const { vpcId, subnetIds } = network.existing;
        return {
            vpcId,
            subnetIds,
            subnetArns: subnetIds.map(id => arn("ec2", `subnet/${id}`, { account, region })),
            ...securityGroup,
        };
    }
    const zones = Array.from({ length: network.create?.availabilityZones ?? 0 }, (_, index) => index);
    return {
        vpcId: new Reference("vpc"),
        subnetIds: zones.map(index => new Reference(`subnet:${index}`)),
        subnetArns: zones.map(index => new Reference(`subnetArn:${index}`)),
        ...securityGroup,
    };
}

/** Which pipeline of a service something stands in, and whether its sources start it. */
export interface Line {
    /** Words behind the service in all of its names: none for the pipeline that releases it. */
    readonly suffix: readonly string[];
    readonly detectsChanges: boolean;
}

/** The artifact key of `region`. */
export const artifactKeyOf = ({ home }: Pick<Ground, "home">, region: string) =>
    new Reference(region === home.region ? "artifactKey" : `artifactKey:${region}`);

/** The pipeline that releases a service, with every change of its sources. */
export const releaseLine: Line = { suffix: [], detectsChanges: true };

/** ARN of a pipeline of `service`. */
export const pipelineArn = (ground: Ground, service: string, { suffix }: Pick<Line, "suffix"> = releaseLine) =>
    arn("codepipeline", ground.names.pipeline(service, ...suffix), ground.home);

/** The place of `unit` in a pipeline of `service`. */
export function placeOf(
    ground: Ground,
    service: string,
    unit: string,
    inputs: readonly Artifact[],
    environment?: Environment,
    line: Line = releaseLine,
): Place {
    const { names, home, bucket, logGroup, network, connections, customActions, packages } = ground;
    return {
        service,
        unit,
        home,
        inputs,
        logGroup,
        network,
        connections,
        customActions,
        packages,
        ...(environment && { environment }),
        pipelineArn: pipelineArn(ground, service, line),
        sessionTags: ground.roles.sessionTags,
        detectsChanges: line.detectsChanges,
        namespace: namespaceOf(unit, environment?.name),
        artifact: key => inputs.find(input => input.key === key),
        output: further => {
            const key = further ?? unit;
            return { key, name: artifactName(key, environment?.name), opening: [] };
        },
        store: { bucket, folder: names.folder(service, ...line.suffix), key: new Reference("artifactKey") },
        logStream: (...suffix) => [service, ...line.suffix, ...suffix].join("/"),
        pipelineOf: other => names.pipeline(other),
        logicalName: (...suffix) => logicalName(service, ...line.suffix, ...suffix),
        physicalName: (limit, ...suffix) => names.service(limit, service, ...line.suffix, ...suffix),
        repositoryName: (...suffix) => names.repository(service, ...line.suffix, ...suffix),
    };
}
