import { neededPermissions, type Permissions } from "./needed-permissions";
import { chosenStack, parsedArguments, stackOptions } from "./options";

/** What `npm run status` was asked for. */
export interface StatusOptions {
    readonly stack: string;
    /** Path of the stack file. */
    readonly file: string;
    readonly service?: string;
    readonly json: boolean;
    readonly help: boolean;
}

/**
 * What whoever asks must be allowed, by what it is allowed on; the page of the command has the same.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-retrieval-authorization.html the path alone is asked for
 */
export const permissions: Permissions = {
    "the pipelines, arn:aws:codepipeline:REGION:ACCOUNT:PREFIX--*": [
        "codepipeline:GetPipeline",
        "codepipeline:GetPipelineState",
        "codepipeline:GetPipelineExecution",
        "codepipeline:ListPipelineExecutions",
        "codepipeline:ListActionExecutions",
    ],
    "parameter/service-pipelines/PREFIX/freeze, where an environment is freezable": ["ssm:GetParametersByPath"],
    "servicesetting/ssm/parameter-store/default-parameter-tier, which tells whose credentials they are": [
        "ssm:GetServiceSetting",
    ],
};

export const statusUsage = `Usage: npm run status -- [--stack NAME | --config FILE] [--service NAME] [--json]

Shows which commit of each service is in each environment, what waits for whom, what runs, what failed and where, what is
frozen or disabled, and whether each environment can be rolled back now. It reads AWS and changes nothing. Which pipelines
there are the stack file says.

  --stack NAME    the stack whose Pulumi.NAME.yaml is read (default: dev)
  --config FILE   a stack file somewhere else
  --service NAME  only this service
  --json          one JSON object
  --help          this text

${neededPermissions(permissions)}

Exit code 0: everything was read; 1: something could not be read, and the rest is shown, or the stack file has problems;
2: wrong usage.`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, and for a stack that has no file
 */
export function statusOptions(args: readonly string[], folder: string): StatusOptions {
    const { values } = parsedArguments(args, {
        ...stackOptions,
        json: { type: "boolean" },
    });
    const { service, json = false, help = false } = values;
    return { ...chosenStack(values, folder, help), json, help, ...(service !== undefined && { service }) };
}
