import { chosenStack, parsedArguments, stackOptions, UsageError, type Options } from "./options";

/** What `npm run simulate` was asked for. */
export interface SimulateOptions extends Pick<Options, "stack" | "file" | "help" | "json"> {
    /** Absent where the script names it, and where only the usage is asked for. */
    readonly service?: string;
    /** Path of the script. */
    readonly script?: string;
}

export const simulateUsage = `Usage: npm run simulate -- SERVICE [--stack NAME | --config FILE] [--script FILE] [--json]
       npm run simulate -- --script FILE [--stack NAME | --config FILE] [--json]

Plays the pipeline of a service as AWS CodePipeline would, on a clock of its own: what happens when, why, and who is told.
Offline: it needs no AWS account, no Pulumi login and no network.

Without a script one commit is pushed, every action takes its usual time, and every approval is given after 10 minutes.
A script says what else happens: commits, failures, alarms, answers to approvals, freezes, retries, rollbacks, stops,
edits of the pipeline; and what is expected of it, so that a release process is tested like code. Its keys are in
docs/how-to/simulate.md, and how CodePipeline is played in docs/simulation.md. Drawn as a timeline: npm start -- --html
FILE --script FILE.

  SERVICE         whose pipeline is played, also as --service NAME (default: the one that the script names as its \`service\`)
  --stack NAME    the stack whose Pulumi.NAME.yaml is read (default: dev)
  --config FILE   a stack file somewhere else
  --script FILE   a script, in YAML
  --json          one JSON object: events, executions, environments and expectations; times in milliseconds from the start
  --help          this text

Exit code 0: played, and all that the script expects has come; 1: an expectation was not met, or the stack file or the
script has problems, all printed to standard error; 2: wrong usage.`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, without a service and a script, and for a stack that has no file
 */
export function simulateOptions(args: readonly string[], folder: string): SimulateOptions {
    const { values, positionals } = parsedArguments(
        args,
        { ...stackOptions, script: { type: "string" }, json: { type: "boolean" } },
        true,
    );
    const { script, json = false, help = false } = values;
    const [service, ...more] = [...(values.service === undefined ? [] : [values.service]), ...positionals];
    if (more.length > 0) {
        throw new UsageError(`expected one service, found also ${more.map(word => JSON.stringify(word)).join(", ")}`);
    }
    if (service === undefined && script === undefined && !help) {
        throw new UsageError("expected the name of a service, whose pipeline is played, or a script that names it");
    }
    return {
        ...chosenStack(values, folder, help),
        json,
        help,
        ...(service !== undefined && { service }),
        ...(script !== undefined && { script }),
    };
}
