import { arn, viaService } from "../catalog/arn";
import { allow, type Grant } from "../catalog/grant";
import type { FleetConfig } from "../config/fleet-config";
import { boundaryIn } from "../config/roles";
import { Names } from "./names";
import type { DeployRolePlan, PipelinePlan } from "./plan";
import { roleArn, roleTerms } from "./role-terms";
import type { TrustPlan } from "./trust";

/** `config` with the ARN of each deploy role that is to be made: a plain string, which needs nothing to be there. */
export function withDeployRoles(config: FleetConfig): FleetConfig {
    const names = new Names(config.prefix);
    const terms = roleTerms(config);
    return {
        ...config,
        services: config.services.map(service => ({
            ...service,
            environments: service.environments.map(environment =>
                environment.deployRoles === undefined
                    ? environment
                    : {
                          ...environment,
                          deployRoleArn: roleArn(terms, names.deployRole(service.name, environment.name), environment),
                      },
            ),
        })),
    };
}

/**
 * The deploy roles of all environments as the artifacts' keys and buckets know them: those of each service by the pattern of
 * their names, so that a new service changes nothing that is shared. Roles that are made in the pipelines' own account are not
 * among them: there the key knows every role of the fleet, and the bucket asks the role's own policy alone.
 */
export function deployRolePatterns(config: FleetConfig): string[] {
    const names = new Names(config.prefix);
    const terms = roleTerms(config);
    return config.environments.flatMap(({ name, account, region, deployRoleArn, deployRoles }) =>
        deployRoles !== undefined
            ? account === config.account
                ? []
                : [roleArn(terms, names.deployRoles(name), { account, region })]
            : deployRoleArn === undefined
              ? []
              : [deployRoleArn.replaceAll("{service}", "*")],
    );
}

/**
 * Opening the artifacts in `folder` of `buckets` by a role that is made where the key's ARN is not known: any key of the pipelines' account,
 * but only for objects of these buckets. Which of the keys lets the role in, the key's own policy says.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html (encryption context: the bucket where it has a
 * bucket key, else the object)
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function openArtifacts(
    account: string,
    regions: readonly string[],
    buckets: readonly string[],
    folder: string,
): Grant[] {
    const keys = regions.map(region => arn("kms", "key/*", { account, region }));
    return [
        allow("OpenArtifacts", ["kms:Decrypt"], keys, {
            StringEquals: { "kms:ViaService": regions.flatMap(region => viaService("s3", region)) },
            ArnLike: {
                "kms:EncryptionContext:aws:s3:arn": buckets.flatMap(bucket => [bucket, `${bucket}/${folder}/*`]),
            },
        }),
        allow("DescribeArtifactKey", ["kms:DescribeKey"], keys),
    ];
}

/**
 * Who may assume a deploy role. IAM refuses a trust in a role that does not exist, and turns the name of one that is deleted into an
 * id that its successor does not have; so the account is trusted, and the condition names the roles. Then the roles on both
 * sides can be made in any order, and again. Builds tag their sessions where the stack file says so.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function trustIn(
    roles: readonly string[],
    { organization, sessionTags }: Pick<FleetConfig["roles"], "organization" | "sessionTags">,
): TrustPlan {
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "DeployByPipeline",
                Effect: "Allow",
                Principal: { AWS: roles[0].replace(/:role\/.*/, ":root") },
                Action: ["sts:AssumeRole", ...(sessionTags ? ["sts:TagSession"] : [])],
                Condition: {
                    ArnEquals: { "aws:PrincipalArn": roles },
                    ...(organization !== undefined && { StringEquals: { "aws:PrincipalOrgID": organization } }),
                },
            },
        ],
    };
}

/** Every deploy role that is to be made: one for each service and environment, however many pipelines use it. */
export function deployRolesOf(pipelines: readonly PipelinePlan[], roles: FleetConfig["roles"]): DeployRolePlan[] {
    return pipelines.flatMap(({ service, foreignRoles }) =>
        foreignRoles
            .filter(({ made }) => made === true)
            .map(({ arn: made, environment, trusts, statements }) => {
                const account = made.split(":")[4];
                return {
                    name: made.split("/").slice(-1)[0],
                    arn: made,
                    of: `deploys of ${service} to ${environment}`,
                    service,
                    environment,
                    account,
                    trusts,
                    trust: trustIn(trusts, roles),
                    terms: {
                        path: roles.path,
                        ...(roles.boundary !== undefined && { boundary: boundaryIn(roles.boundary, account) }),
                    },
                    statements,
                    path: ["services", service],
                };
            }),
    );
}
