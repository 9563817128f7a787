import { parsedArguments, UsageError } from "./options";

/** What `npm run import` was asked for. */
export interface ImportOptions {
    /** Path of the pipeline's JSON; `-` is standard input. */
    readonly json: string;
    /** Path of the JSON of its projects. */
    readonly projects?: string;
    readonly name?: string;
    readonly help: boolean;
}

export const importUsage = `Usage: npm run --silent import -- --from-json FILE [--projects FILE] [--name NAME]

Says an existing pipeline in the words of a stack file: an entry of \`services\` on standard output, with comments above it on
the environments that it asks for, what is to be filled in, and what of the pipeline it does not express, each with the reason.
Nothing of the pipeline is left out in silence. It reads files alone, asks nothing of AWS, and writes no file.

  --from-json FILE   what \`aws codepipeline get-pipeline --name NAME\` prints; - reads it from standard input
  --projects FILE    what \`aws codebuild batch-get-projects --names …\` prints of the pipeline's projects
  --name NAME        name of the service (default: the pipeline's name as a key)
  --help             this text

Exit code 0: printed; 1: the file cannot be read, or is no pipeline; 2: wrong usage.`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, and where no file is named
 */
export function importOptions(args: readonly string[]): ImportOptions {
    const { values } = parsedArguments(args, {
        "from-json": { type: "string" },
        projects: { type: "string" },
        name: { type: "string" },
        help: { type: "boolean", short: "h" },
    });
    const { "from-json": json, projects, name, help = false } = values;
    if (json === undefined && !help) {
        throw new UsageError("expected --from-json FILE: what `aws codepipeline get-pipeline --name NAME` prints");
    }
    return {
        json: json ?? "-",
        help,
        ...(projects !== undefined && { projects }),
        ...(name !== undefined && { name }),
    };
}
