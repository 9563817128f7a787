import { allow, type Grant } from "../grant";
import type { Environment, Place } from "../kind";
import type { Variable } from "../plan";

/** What a build that works in an environment is allowed. */
export interface EnvironmentGrants {
    /** To the build's own role. */
    readonly own: readonly Grant[];

    /** To the environment's deploy role, which the build assumes; absent where there is none. */
    readonly assumed?: readonly Grant[];
}

/** Keys of the tags of a session, in their order. */
const tagKeys = ["service", "environment", "execution"] as const;

/**
 * Assuming the role `roleArn`. Where sessions are tagged only with the tags of this service and environment: a build cannot say
 * that it is another one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function assuming(roleArn: string, { sessionTags, service, environment }: Session): Grant {
    return sessionTags
        ? allow("AssumeDeployRole", ["sts:AssumeRole", "sts:TagSession"], [roleArn], {
              StringEquals: {
                  "aws:RequestTag/service": service,
                  "aws:RequestTag/environment": environment?.name ?? "",
              },
              "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys },
          })
        : allow("AssumeDeployRole", ["sts:AssumeRole"], [roleArn]);
}

/** Whose session it is. */
export type Session = Pick<Place, "sessionTags" | "service"> & {
    readonly environment?: Pick<Environment, "name" | "deployRoleArn">;
};

/**
 * `grants` to who works in the environment: its deploy role, where it has one, as the build's own role is of the pipeline's
 * account; else the build's own role.
 */
export function inEnvironment(session: Session, grants: readonly Grant[]): EnvironmentGrants {
    const roleArn = session.environment?.deployRoleArn;
    return roleArn === undefined ? { own: grants } : { own: [assuming(roleArn, session)], assumed: grants };
}

/** The variable in which a build that tags its sessions finds the execution of its pipeline. */
const execution = "DEPLOY_SESSION_EXECUTION";

/** What an action tells a build that tags its sessions; a build that no pipeline runs goes by `none`. */
export const sessionVariables = ({ sessionTags, environment }: Session): Variable[] =>
    sessionTags && environment?.deployRoleArn !== undefined
        ? [{ name: execution, value: "#{codepipeline.PipelineExecutionId}", type: "PLAINTEXT" }]
        : [];

/** Longest name of a session of an assumed role: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html. */
export const longestSession = 64;

/**
 * Shell lines that write a profile of the deploy role of the environment.
 *
 * A profile, not keys in variables: no credential stands in the environment or can be printed, and the tools take new ones
 * before the hour is over after which an assumed role's expire. CodeBuild hands out its own credentials as ECS does.
 *
 * A profile that names a role cannot tag its session. So where sessions are tagged it names a process, which asks STS with the AWS CLI;
 * the tools run it anew before what it gave them expires.
 *
 * @param name - how CloudTrail names the build: 2 to 64 of letters, digits and `=,.@-`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function writeDeployProfile(session: Session, name: string): string[] {
    const { deployRoleArn, name: environment } = session.environment ?? {};
    if (deployRoleArn === undefined) {
        return [];
    }
    const profile = (...lines: readonly string[]) =>
        `printf '%s\\n' '[profile deploy]' ${lines.map(line => `'${line}'`).join(" ")} > /tmp/deploy-role.config`;
    if (!session.sessionTags) {
        return [
            profile(`role_arn = ${deployRoleArn}`, "credential_source = EcsContainer", `role_session_name = ${name}`),
        ];
    }
    const values = { service: session.service, environment, execution: `"\${${execution}:-none}"` };
    const tags = tagKeys.map(key => `Key=${key},Value=${values[key]}`).join(" ");
    const given = ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"];
    const answer = ["Version: \\`1\\`", ...given.map(key => `${key}: Credentials.${key}`)].join(", ");
    const asked = `--role-arn ${deployRoleArn} --role-session-name ${name} --tags ${tags}`;
    return [
        // With the profile it would ask itself.
        `printf '%s\\n' 'unset AWS_PROFILE AWS_CONFIG_FILE' 'exec aws sts assume-role ${asked} --query "{${answer}}" --output json' > /tmp/deploy-role.sh`,
        profile("credential_process = sh /tmp/deploy-role.sh"),
    ];
}

/** Variables with which the AWS CLI and the AWS SDKs work as the role of {@link writeDeployProfile}. */
export const deployProfile = "AWS_CONFIG_FILE=/tmp/deploy-role.config AWS_PROFILE=deploy";

/** Shell lines of a build after which the AWS CLI and the AWS SDKs work as the deploy role of the environment. */
export const assumeRole = (session: Session, name: string): string[] => [
    ...writeDeployProfile(session, name),
    `export ${deployProfile}`,
];
