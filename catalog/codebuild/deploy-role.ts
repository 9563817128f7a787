import { allow, type Grant } from "../grant";
import type { Environment } from "../kind";

/** What a build that works in an environment is allowed. */
export interface EnvironmentGrants {
    /** To the build's own role. */
    readonly own: readonly Grant[];

    /** To the environment's deploy role, which the build assumes; absent where there is none. */
    readonly assumed?: readonly Grant[];
}

/**
 * `grants` to who works in the environment: its deploy role, where it has one, as the build's own role is of the pipeline's
 * account; else the build's own role.
 */
export const inEnvironment = (
    { deployRoleArn }: Pick<Environment, "deployRoleArn">,
    grants: readonly Grant[],
): EnvironmentGrants =>
    deployRoleArn === undefined
        ? { own: grants }
        : { own: [allow("AssumeDeployRole", ["sts:AssumeRole"], [deployRoleArn])], assumed: grants };

/** Longest name of a session of an assumed role: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html. */
export const longestSession = 64;

/**
 * A shell line that writes a profile of the role `roleArn`.
 *
 * A profile, not keys in variables: no credential stands in the environment or can be printed, and the tools take new ones
 * before the hour is over after which an assumed role's expire. CodeBuild hands out its own credentials as ECS does.
 *
 * @param session - how CloudTrail names the build: 2 to 64 of letters, digits and `=,.@-`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export const writeDeployProfile = (roleArn: string, session: string) =>
    `printf '%s\\n' '[profile deploy]' 'role_arn = ${roleArn}' 'credential_source = EcsContainer' 'role_session_name = ${session}' > /tmp/deploy-role.config`;

/** Variables with which the AWS CLI and the AWS SDKs work as the role of {@link writeDeployProfile}. */
export const deployProfile = "AWS_CONFIG_FILE=/tmp/deploy-role.config AWS_PROFILE=deploy";

/** Shell lines of a build after which the AWS CLI and the AWS SDKs work as the role `roleArn`. */
export const assumeRole = (roleArn: string, session: string): string[] => [
    writeDeployProfile(roleArn, session),
    `export ${deployProfile}`,
];
