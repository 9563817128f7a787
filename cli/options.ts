import { basename, dirname, resolve } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { stackFile, stackOf, stacksIn } from "../config/from-file";
import { hint } from "../config/suggest";
import { isFile, isFolder, kindOf } from "./files";
import { keptByNpm, swallowed } from "./swallowed";

/** What `npm start` was asked for. */
export interface Options {
    readonly stack: string;
    /** Path of the stack file. */
    readonly file: string;
    readonly service?: string;
    /** Only the deploy roles that are made in this account. */
    readonly account?: string;
    readonly json: boolean;
    /** Path of the report that is to be written. */
    readonly html?: string;
    /** Paths of the scripts that are played into the report. */
    readonly scripts?: readonly string[];
    /** Path of the CloudFormation template that is to be written. */
    readonly cloudformation?: string;
    /** What the stack file is compared with: another file, or a revision of git. */
    readonly compare?: string;
    /** Whether AWS's validator is asked too. */
    readonly validate: boolean;
    /** Whether permissions are shown, in place of all else. */
    readonly permissions: boolean;
    /** What is asked about a month's bill, in place of all else. */
    readonly whatIf?: string;
    /** Whether it is shown how long releases take, in place of all else. */
    readonly releaseTime: boolean;
    /** Path of a file of measured durations. */
    readonly durations?: string;
    /** The service that is drawn, in place of all else. */
    readonly mermaid?: string;
    /** Whether a summary for a pull request is shown, in place of all else. */
    readonly markdown?: true;
    /** Whether warnings are problems, and permissions that grow. */
    readonly strict: boolean;
    readonly help: boolean;
}

/** The command was called in a way that it does not understand; exit code 2. */
export class UsageError extends Error {}

export const usage = `Usage: npm start -- [--stack NAME | --config FILE] [--service NAME] [--json] [--compare WHAT]
                    [--validate] [--strict]
       npm start -- [--stack NAME | --config FILE] --permissions [--service NAME] [--json] [--compare WHAT] [--strict]
       npm start -- [--stack NAME | --config FILE] --what-if "releases=NUMBER ..." [--service NAME] [--json] [--strict]
       npm start -- [--stack NAME | --config FILE] --release-time [--service NAME] [--durations FILE] [--json] [--strict]
       npm start -- [--stack NAME | --config FILE] --account ID [--json] [--strict]
       npm start -- [--stack NAME | --config FILE] --html FILE [--service NAME] [--compare WHAT] [--validate] [--strict]
                    [--script FILE ...]
       npm start -- [--stack NAME | --config FILE] --cloudformation FILE [--validate] [--strict]
       npm start -- [--stack NAME | --config FILE] --mermaid SERVICE
       npm start -- [--stack NAME | --config FILE] --markdown [--compare WHAT] [--strict]
       npm start -- --all [--config FOLDER] [--json] [--strict]

Shows what a stack file makes: stages, approvals, permissions, quotas, cost. Offline: it needs no AWS account, no Pulumi
login and no network.

  --stack NAME           the stack whose Pulumi.NAME.yaml is read (default: dev)
  --config FILE          a stack file somewhere else
  --service NAME         only this service; the others are read, and neither planned nor checked by rules, unless another
                         option below asks for it
  --account ID           only the deploy roles that \`pulumi up\` in accounts/ makes in this account
  --json                 one JSON object, with every resource that \`pulumi up\` would register
  --html FILE            writes a report to FILE, one page for a browser that needs no network: drawings, permissions, cost, and what
                         changes; where the stack file has problems, the report shows them
  --script FILE          plays a script of \`npm run simulate\` into that report, as a timeline on the page of the pipeline that it
                         names as its \`service\`, or that --service names; more than once for more of them. With --service and
                         no script, one commit is played
  --cloudformation FILE  writes the whole stack to FILE as a CloudFormation template, and lists what it cannot express
  --compare WHAT         says what changes against another stack file, or this one in a revision of git, and what of it is weaker
                         (default: HEAD, where the file is not what was committed)
  --permissions          who may become each role, what it may do and why, who may reach what all share; compared, the
                         difference comes first, and what is broader is marked
  --what-if WORDS        what a month costs: "releases=3", the releases of each service a day, and where wanted minutes=4 (of every
                         action), checks=10 (of pull requests of each service a day), services=200 (a fleet that has grown)
  --release-time         how long a release takes from commit to the last environment, what it waits for, and with --service
                         what would shorten it, at which price
  --durations FILE       what \`npm run durations\` has measured, for --release-time (default: assumed durations)
  --mermaid SERVICE      the pipelines of a service as a flowchart of Mermaid, for a README or a pull request
  --markdown             a summary for a comment on a pull request, of at most 65,536 characters, also where there are problems
  --all                  every stack file of the project, or of FOLDER, together: one line each, all of their problems, names that two
                         of them would make, and what they take of the quotas of their accounts, with the room that is left
  --validate             asks AWS's own validator about that template too, offline
  --strict               warnings are problems; with --permissions and --markdown, so is what is broader than what it is
                         compared with, and with --durations, what the stack does not have any more
  --help                 this text

Exit code 0: the stack file is valid; 1: it has problems, all printed to standard error, or a script has, or an expectation of one
was not met (the report is written then, and shows it); 2: wrong usage.`;

/** Options that each ask for something of their own. */
const wholes = ["account", "cloudformation", "permissions", "what-if", "release-time", "html"] as const;

/** Options that do not go together with others, in the order in which they are told. */
const alternatives = [
    ["html", ["json"]],
    ["cloudformation", ["json", "service", "compare", "html"]],
    ["permissions", ["cloudformation", "validate", "html"]],
    ["account", ["service", "compare", "cloudformation", "validate", "permissions", "html"]],
    ["what-if", ["account", "compare", "cloudformation", "validate", "permissions", "html"]],
    ["release-time", ["account", "compare", "cloudformation", "validate", "permissions", "what-if", "html"]],
    ["mermaid", ["service", "compare", "json", "validate", "markdown", ...wholes]],
    ["markdown", ["service", "json", "validate", ...wholes]],
] as const;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, for options that do not go together, for a stack that has no file, and for a
 * template that can have none
 */
export function options(args: readonly string[], folder: string): Options {
    const { values } = parsed(args);
    const { service, account, html, cloudformation, compare, durations, mermaid, "what-if": whatIf } = values;
    const {
        script: scripts,
        json = false,
        validate = false,
        strict = false,
        help = false,
        permissions = false,
    } = values;
    const releaseTime = values["release-time"] ?? false;
    for (const [option, others] of alternatives) {
        const other = values[option] === undefined ? undefined : others.find(name => values[name] !== undefined);
        if (other !== undefined) {
            throw new UsageError(`expected either --${option} or --${other}, found both`);
        }
    }
    if (durations !== undefined && !releaseTime) {
        throw new UsageError("expected --release-time beside --durations, which says how long its actions take");
    }
    if (scripts !== undefined && html === undefined) {
        throw new UsageError(
            "expected --html beside --script, with the file of the report; \`npm run simulate\` plays a script as text",
        );
    }
    const chosen = chosenStack(values, folder, help);
    for (const [option, target] of Object.entries({ cloudformation, html })) {
        if (target !== undefined && !help) {
            checkTarget(option, target, chosen.file);
        }
    }
    return {
        ...chosen,
        json,
        permissions,
        releaseTime,
        validate,
        strict,
        help,
        ...(service !== undefined && { service }),
        ...(account !== undefined && { account }),
        ...(html !== undefined && { html }),
        ...(scripts !== undefined && { scripts }),
        ...(cloudformation !== undefined && { cloudformation }),
        ...(compare !== undefined && { compare }),
        ...(whatIf !== undefined && { whatIf }),
        ...(durations !== undefined && { durations }),
        ...(mermaid !== undefined && { mermaid }),
        ...(values.markdown === true && { markdown: true }),
    };
}

/** Refuses what could not be written, and what must not be. */
function checkTarget(option: string, target: string, stackFile: string): void {
    if (target === "" || isFolder(target)) {
        throw new UsageError(`--${option}: expected the name of a file, found ${JSON.stringify(target)}`);
    }
    if (!isFolder(dirname(resolve(target)))) {
        throw new UsageError(`--${option}: no folder ${dirname(target)}`);
    }
    if (resolve(target) === resolve(stackFile)) {
        throw new UsageError(`--${option}: ${target} is the stack file, which it would replace`);
    }
}

/**
 * The stack that `--stack` or `--config` names, and its file.
 *
 * @param help - whether only the usage is asked for, so that the file may be missing
 * @throws UsageError when both are given, and for a stack that has no file
 */
export function chosenStack(
    { stack, config }: { readonly stack?: string; readonly config?: string },
    folder: string,
    help: boolean,
): Pick<Options, "stack" | "file"> {
    if (stack !== undefined && config !== undefined) {
        throw new UsageError("expected either --stack or --config, found both");
    }
    const name = stack ?? (config === undefined ? "dev" : stackOf(config));
    const file = config === undefined ? stackFile(folder, name) : resolve(config);
    if (!help && !isFile(file)) {
        throw new UsageError(
            config === undefined
                ? `no stack file ${basename(file)}${hint(name, stacksIn(folder))}`
                : `no stack file ${JSON.stringify(config)}${kindOf(file) === undefined ? "" : `, which is ${kindOf(file)}`}`,
        );
    }
    return { stack: name, file };
}

/** What every command takes that looks at a stack and its services. */
export const stackOptions = {
    stack: { type: "string" },
    config: { type: "string" },
    service: { type: "string" },
    help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

/** The words of the command line, as far as they are known. */
export const parsed = (args: readonly string[]) =>
    parsedArguments(args, {
        ...stackOptions,
        all: { type: "boolean" },
        account: { type: "string" },
        json: { type: "boolean" },
        html: { type: "string" },
        script: { type: "string", multiple: true },
        cloudformation: { type: "string" },
        compare: { type: "string" },
        permissions: { type: "boolean" },
        "what-if": { type: "string" },
        "release-time": { type: "boolean" },
        durations: { type: "string" },
        mermaid: { type: "string" },
        markdown: { type: "boolean" },
        validate: { type: "boolean" },
        strict: { type: "boolean" },
    });

/**
 * The values of `options` in `args`.
 *
 * @param allowPositionals - whether there may be words that belong to no option
 * @throws UsageError for what is none of them, and for what npm has taken for an option of its own
 */
export function parsedArguments<T extends NonNullable<ParseArgsConfig["options"]>>(
    args: readonly string[],
    options: T,
    allowPositionals = false,
) {
    const names = Object.keys(options);
    const kept = swallowed(names, process.env);
    if (kept.length > 0) {
        throw new UsageError(keptByNpm(kept, process.env));
    }
    try {
        return parseArgs({ args: [...args], options, allowPositionals });
    } catch (error) {
        const { message } = error as Error;
        const unknown = /^Unknown option '--?([^']*)'/.exec(message)?.[1];
        throw new UsageError(unknown === undefined ? message : unknownOption(unknown, names));
    }
}

function unknownOption(name: string, known: readonly string[]): string {
    const [option, ...options] = [name, ...known].map(word => `--${word}`) as [string, ...string[]];
    return `unknown option ${JSON.stringify(option)}${hint(option, options)}`;
}

/** Folder of the project: where `Pulumi.yaml` is. */
export const projectFolder = dirname(__dirname);
