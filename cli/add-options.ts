import { parse } from "yaml";
import { stacksIn } from "../config/from-file";
import { hint } from "../config/suggest";
import { parts, typesOf, type Given, type Part } from "./add/parts";
import { chosenStack, parsedArguments, UsageError, type Options } from "./options";

/** What `npm run add` was asked for. */
export interface AddOptions {
    /** Name of the service; undefined where it is still to be asked for. */
    readonly name?: string;
    /** The stack files that were named; none where the service goes into each that has services. */
    readonly stacks: readonly Pick<Options, "stack" | "file">[];
    readonly given: Given;
    readonly dryRun: boolean;
    readonly help: boolean;
}

export const addUsage = `Usage: npm run add -- NAME --repository OWNER/NAME --deploy KIND [--command TEXT …] [--set PART.KEY=VALUE …]
                      [--stack NAME … | --config FILE] [--dry-run]

Adds a service to the stack files: to each beside Pulumi.yaml that has services of its own, or to those that are named. What
its kinds ask for and nobody has said is asked for on a terminal; else it is said as the first service that is deployed alike
says it, without its rights, and told. Every file is planned with the new service first, offline, and nothing is written where one has a problem. All
else in the files stays as it is. The preview of the service follows.

  --repository NAME     where its source is: owner/name
  --deploy KIND         how it is deployed: ${typesOf("deploy").slice(0, 8).join(", ")},
                        ${typesOf("deploy").slice(8).join(", ")}
  --command TEXT        a command of its build; say it once for each, in their order
  --set PART.KEY=VALUE  any other word of its source, build or deploy, such as deploy.cluster=shop or
                        'source.paths=[services/orders/**]': a list or a map as in YAML
  --stack NAME          a stack that it is added to; say it once for each
  --config FILE         a stack file somewhere else
  --dry-run             shows the lines and the preview, and writes nothing
  --help                this text

Exit code 0: added, or shown; 1: a stack file has problems, with the service or without it, and nothing is written; 2: wrong
usage, or something is missing that nobody can be asked for; 130: stopped by Ctrl+C or Ctrl+D, and nothing is changed.`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option, for a name too many, and for a stack that has no file
 */
export function addOptions(args: readonly string[], folder: string): AddOptions {
    const { values, positionals } = parsedArguments(
        args,
        {
            repository: { type: "string" },
            deploy: { type: "string" },
            command: { type: "string", multiple: true },
            set: { type: "string", multiple: true },
            stack: { type: "string", multiple: true },
            config: { type: "string" },
            "dry-run": { type: "boolean" },
            help: { type: "boolean", short: "h" },
        },
        true,
    );
    const { repository, deploy, command, stack = [], config, help = false } = values;
    const [name, ...more] = positionals;
    if (more.length > 0) {
        throw new UsageError(
            `expected the name of one service, found ${positionals.length}: ${positionals.join(", ")}`,
        );
    }
    if (config !== undefined && stack.length > 0) {
        throw new UsageError("expected either --stack or --config, found both");
    }
    const given: Record<Part, Record<string, unknown>> = { source: {}, build: {}, deploy: {} };
    if (repository !== undefined) {
        given.source.repository = repository;
    }
    for (const text of values.set ?? []) {
        const { part, key, value } = setting(text);
        given[part][key] = value;
    }
    if (command !== undefined) {
        given.build.commands = command;
    }
    if (deploy !== undefined) {
        given.deploy.type = deploy;
    }
    checkTypes(given, deploy !== undefined);
    const named = config === undefined ? stack.map(one => ({ stack: one })) : [{ config }];
    return {
        ...(name !== undefined && { name }),
        stacks: named.map(one => chosenStack(one, folder, help)),
        given,
        dryRun: values["dry-run"] ?? false,
        help,
    };
}

/** @throws UsageError for a kind that there is not */
function checkTypes(given: Given, byOption: boolean): void {
    for (const part of parts) {
        const { type } = given[part];
        if (type !== undefined && (typeof type !== "string" || !typesOf(part).includes(type))) {
            const option = part === "deploy" && byOption ? "--deploy" : `--set ${part}.type`;
            const said = typeof type === "string" ? type : JSON.stringify(type);
            throw new UsageError(`${option}: no kind ${JSON.stringify(type)}${hint(said, typesOf(part))}`);
        }
    }
}

/** `deploy.cluster=shop`, taken apart. */
function setting(text: string): { readonly part: Part; readonly key: string; readonly value: unknown } {
    const [, part = "", key = "", value = ""] = /^([^.=]*)\.([^=]*)=([^]*)$/.exec(text) ?? [];
    const known = parts.find(one => one === part);
    if (known === undefined || key === "") {
        const near = /^[^.=]+\./.test(text) ? hint(part, parts) : "";
        throw new UsageError(
            `--set: expected PART.KEY=VALUE, such as deploy.cluster=shop, found ${JSON.stringify(text)}${near}`,
        );
    }
    return { part: known, key, value: valueOf(value, `--set ${part}.${key}`) };
}

/**
 * What `text` means where it stands in YAML. A number of twelve digits is an account, and stays a text.
 *
 * @param where - for messages
 * @throws UsageError for what is no YAML
 */
export function valueOf(text: string, where: string): unknown {
    // What begins with a placeholder is a name; as YAML it would be a map.
    const isText = /^\{\w+\}/.test(text) || (!/^\s*[[{"']/.test(text) && !/^(true|false|\d{1,11})$/.test(text));
    if (isText) {
        return text;
    }
    try {
        return parse(text) as unknown;
    } catch (error) {
        const [reason] = (error as Error).message.split("\n");
        throw new UsageError(`${where}: expected a value as in YAML, found ${JSON.stringify(text)}: ${reason}`);
    }
}

/** The stacks of `folder`. */
export const stacksOf = (folder: string): Pick<Options, "stack" | "file">[] =>
    stacksIn(folder).map(stack => chosenStack({ stack }, folder, false));
