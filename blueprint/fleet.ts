import type { FleetConfig } from "../config/fleet-config";
import { deployRolesOf, withDeployRoles } from "./deploy-roles";
import { planPipelines } from "./pipeline";
import { groundOf } from "./place";
import type { FleetPlan } from "./plan";
import { planShared } from "./shared";

/**
 * The whole stack of `config`, as plain data.
 *
 * @param planned - the services whose pipelines are planned, and which are all that the shared things are planned for. @default all
 */
export function planFleet(read: FleetConfig, planned?: ReadonlySet<string>): FleetPlan {
    const config = withDeployRoles(read);
    const ground = groundOf(config);
    const pipelines = config.services
        .filter(({ name }) => planned?.has(name) ?? true)
        .flatMap(service => planPipelines(service, ground));
    return {
        stack: config.stack,
        spread: config.spread,
        prefix: config.prefix,
        home: ground.home,
        protect: config.protect,
        roles: ground.roles,
        tags: config.tags,
        ...(config.skipVerification !== undefined && { skipVerification: config.skipVerification }),
        retention: config.retention,
        environments: config.environments.map(({ name }) => name),
        freezable: config.environments.filter(({ freezable }) => freezable).map(({ name }) => name),
        accounts: Object.fromEntries(config.environments.map(({ name, account }) => [name, account])),
        artifactReaders: Object.fromEntries(
            config.environments.map(({ name, artifactReaders }) => [name, artifactReaders]),
        ),
        allowedPlainText: config.allowedPlainText,
        secretKeys: config.secretKeys,
        shared: planShared(config, ground, pipelines),
        pipelines,
        deployRoles: deployRolesOf(pipelines, config.roles),
    };
}
