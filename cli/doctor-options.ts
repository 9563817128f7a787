import { neededPermissions, type Permissions } from "./needed-permissions";
import { chosenStack, parsedArguments } from "./options";

/** What `npm run doctor` was asked for. */
export interface DoctorOptions {
    readonly stack: string;
    /** Path of the stack file. */
    readonly file: string;
    /** Whether nobody is asked but this machine. */
    readonly offline: boolean;
    readonly help: boolean;
}

/**
 * What the AWS CLI is allowed to list, by its command.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeconnections.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_servicequotas.html
 */
export const cliActions = {
    "list-connections": "codeconnections:ListConnections",
    "list-service-quotas": "servicequotas:ListServiceQuotas",
} as const;

/**
 * What whoever asks may be allowed, by what it is allowed on: what is not allowed is not known.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html DescribeParameters has no resource
 */
export const permissions: Permissions = {
    "servicesetting/ssm/parameter-store/default-parameter-tier, which tells whose credentials they are": [
        "ssm:GetServiceSetting",
    ],
    "the secrets that the stack names": ["secretsmanager:DescribeSecret"],
    "everything, where the stack names parameters": ["ssm:DescribeParameters"],
    "everything, which the AWS CLI lists": Object.values(cliActions),
};

export const doctorUsage = `Usage: npm run doctor -- [--stack NAME | --config FILE] [--offline]

Looks at what has to be so before a stack can be brought up, and says what to do: versions, login, AWS credentials, connections,
quotas, secrets that are named and not there, generated files that are stale. It changes nothing, and reads no secret's value.
Connections and quotas it asks for by the AWS CLI; where there is no \`aws\` on the PATH, they are not known.

  --stack NAME    the stack whose Pulumi.NAME.yaml is read (default: dev)
  --config FILE   a stack file somewhere else
  --offline       asks neither AWS nor Pulumi's backend: needs no credentials and no network
  --help          this text

${neededPermissions(permissions)}

Exit code 0: nothing is to be done, whatever is not known; 1: something is; 2: wrong usage.`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, and for a stack that has no file
 */
export function doctorOptions(args: readonly string[], folder: string): DoctorOptions {
    const { values } = parsedArguments(args, {
        stack: { type: "string" },
        config: { type: "string" },
        offline: { type: "boolean" },
        help: { type: "boolean", short: "h" },
    });
    const { offline = false, help = false } = values;
    return { ...chosenStack(values, folder, help), offline, help };
}
