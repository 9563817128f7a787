import { chosenStack, parsedArguments, stackOptions, UsageError } from "./options";

/** What is done about a freeze. */
export type Deed =
    { readonly do: "freeze"; readonly reason: string } | { readonly do: "lift" } | { readonly do: "show" };

/** What `npm run freeze` was asked for. */
export interface FreezeOptions {
    readonly stack: string;
    /** Path of the stack file. */
    readonly file: string;
    readonly help: boolean;
    readonly environment?: string;
    readonly service?: string;
    readonly deed: Deed;
}

export const freezeUsage = `Usage: npm run freeze -- [--stack NAME | --config FILE] --environment NAME [--service NAME] --reason TEXT
       npm run freeze -- [--stack NAME | --config FILE] --environment NAME [--service NAME] --lift
       npm run freeze -- [--stack NAME | --config FILE] [--environment NAME] --show

Closes an environment, or one service in it, for deploys, opens it again, or shows what is closed. The environment is
\`freezable\` in the stack file. Executions that reach it while it is frozen fail with the reason, rollbacks pass. No pipeline
is edited: a freeze is an SSM parameter in the stack's account and region.

  --stack NAME        the stack whose Pulumi.NAME.yaml is read (default: dev)
  --config FILE       a stack file somewhere else
  --environment NAME  what is frozen
  --service NAME      only this service in it
  --reason TEXT       why; everybody reads it who is stopped
  --lift              opens it again; then retry the stages that were stopped
  --show              what is frozen, since when and why
  --help              this text

Needs AWS credentials of the stack's account that may ssm:PutParameter and ssm:DeleteParameter on
parameter/service-pipelines/PREFIX/freeze/*, ssm:GetParametersByPath there and on parameter/service-pipelines/PREFIX/freeze, which
is the path that is asked for, and ssm:GetServiceSetting, which tells whose credentials they are.

Exit code 0: done; 1: not done, and why on standard error; 2: wrong usage.`;

/** A standard parameter holds 4 KB; longer than this nobody reads it in a console. */
const longestReason = 500;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, one too many and one too few, and for a stack that has no file
 */
export function freezeOptions(args: readonly string[], folder: string): FreezeOptions {
    const { values } = parsedArguments(args, {
        ...stackOptions,
        environment: { type: "string" },
        reason: { type: "string" },
        lift: { type: "boolean" },
        show: { type: "boolean" },
    });
    const { environment, service, help = false } = values;
    const deed = help ? ({ do: "show" } as const) : deedOf(values);
    if (!help && deed.do !== "show" && environment === undefined) {
        throw new UsageError("expected --environment");
    }
    if (service !== undefined && environment === undefined) {
        throw new UsageError("expected --environment beside --service");
    }
    return {
        ...chosenStack(values, folder, help),
        help,
        deed,
        ...(environment !== undefined && { environment }),
        ...(service !== undefined && { service }),
    };
}

function deedOf({ reason, lift, show }: { reason?: string; lift?: boolean; show?: boolean }): Deed {
    if ([reason !== undefined, lift === true, show === true].filter(Boolean).length !== 1) {
        throw new UsageError("expected one of --reason, --lift and --show");
    }
    if (reason === undefined) {
        return { do: lift === true ? "lift" : "show" };
    }
    const text = reason.replace(/\s+/g, " ").trim();
    if (text === "" || text.length > longestReason) {
        throw new UsageError(`expected a reason of 1 to ${longestReason} characters, found ${text.length}`);
    }
    if (text.includes("{{")) {
        // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
        throw new UsageError("expected a reason without {{, which SSM takes for the name of another parameter");
    }
    return { do: "freeze", reason: text };
}
