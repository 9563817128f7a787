import { neededPermissions, type Permissions } from "./needed-permissions";
import { chosenStack, parsedArguments, stackOptions, UsageError, type Options } from "./options";
import { mostReleases } from "./release-time/measure";

/** What `npm run durations` was asked for. */
export interface DurationsOptions extends Pick<Options, "stack" | "file" | "service" | "help"> {
    /** Most executions of each pipeline that are measured. */
    readonly executions: number;
}

/**
 * What whoever measures must be allowed, by what it is allowed on; the page of the command has the same.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export const permissions: Permissions = {
    "the pipelines, arn:aws:codepipeline:REGION:ACCOUNT:PREFIX--*": [
        "codepipeline:ListPipelineExecutions",
        "codepipeline:ListActionExecutions",
    ],
    "servicesetting/ssm/parameter-store/default-parameter-tier, which tells whose credentials they are": [
        "ssm:GetServiceSetting",
    ],
};

const usualExecutions = 20;

export const durationsUsage = `Usage: npm run --silent durations -- [--stack NAME | --config FILE] [--service NAME] [--executions NUMBER] > FILE

Measures how long each action of each pipeline takes: medians of the last releases that succeeded, without those in which
something failed or was tried again, as JSON on standard output for \`npm start -- --release-time --durations FILE\`. It reads
AWS and changes nothing. Which pipelines there are the stack file says; one that has not run yet has no durations.

  --stack NAME         the stack whose Pulumi.NAME.yaml is read (default: dev)
  --config FILE        a stack file somewhere else
  --service NAME       only this service
  --executions NUMBER  most releases of each pipeline, 1 to ${mostReleases} (default: ${usualExecutions})
  --help               this text

${neededPermissions(permissions)}

Exit code 0: everything was read; 1: something could not be read, told on standard error, and the rest is written, or the
stack file has problems; 2: wrong usage.`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, for a number that is none, and for a stack that has no file
 */
export function durationsOptions(args: readonly string[], folder: string): DurationsOptions {
    const { values } = parsedArguments(args, {
        ...stackOptions,
        executions: { type: "string" },
    });
    const { service, executions: text = String(usualExecutions), help = false } = values;
    const executions = Number(text);
    if (!/^\d+$/.test(text) || executions < 1 || executions > mostReleases) {
        throw new UsageError(
            `--executions: expected a number from 1 to ${mostReleases}, found ${JSON.stringify(text)}`,
        );
    }
    return { ...chosenStack(values, folder, help), executions, help, ...(service !== undefined && { service }) };
}
