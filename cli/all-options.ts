import { resolve } from "node:path";
import { stacksIn } from "../config/from-file";
import { isFolder, kindOf } from "./files";
import { parsed, UsageError } from "./options";

/** What `npm start -- --all` was asked for. */
export interface AllOptions {
    /** Where the stack files are. */
    readonly folder: string;
    readonly json: boolean;
    /** Whether warnings are problems. */
    readonly strict: boolean;
}

/** Options that are asked of one stack. */
const ofOneStack = [
    ...(["stack", "service", "account", "html", "script", "cloudformation", "compare"] as const),
    ...(["permissions", "what-if", "validate"] as const),
];

/** Whether all stacks are asked for, and not just how that is done. */
export function asksForAll(args: readonly string[]): boolean {
    const { all = false, help = false } = parsed(args).values;
    return all && !help;
}

/**
 * Reads a command line that asks for all stacks.
 *
 * @param project - the folder of the project, where no other is named
 * @throws UsageError for an option that is asked of one stack, for a folder that there is not, and for one without stack files
 */
export function allOptions(args: readonly string[], project: string): AllOptions {
    const values = parsed(args).values;
    const other = ofOneStack.find(option => values[option] !== undefined);
    if (other !== undefined) {
        throw new UsageError(`expected either --all or --${other}, found both: --${other} is asked of one stack`);
    }
    const { config = project, json = false, strict = false } = values;
    return { folder: folderOf(config), json, strict };
}

/**
 * The folder `name`, in which there are stack files.
 *
 * @throws UsageError where there is none, and where it has none
 */
export function folderOf(name: string): string {
    const folder = resolve(name);
    if (!isFolder(folder)) {
        const kind = kindOf(folder);
        throw new UsageError(
            `expected a folder with stack files, found ${JSON.stringify(name)}, which is ${kind ?? "not there"}`,
        );
    }
    if (stacksIn(folder).length === 0) {
        throw new UsageError(`no stack file such as Pulumi.dev.yaml in ${JSON.stringify(name)}`);
    }
    return folder;
}
