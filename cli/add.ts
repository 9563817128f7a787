import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline/promises";
import { madePipelines } from "../blueprint/part";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { isReadable, roleOf } from "../config/spread";
import { addOptions, addUsage, stacksOf, type AddOptions } from "./add-options";
import { withService } from "./add/insert";
import { aroundOf, type Around } from "./add/needed";
import { completed, nameOf, type Ask, type Completed } from "./add/complete";
import { projectFolder, UsageError, type Options } from "./options";
import { paintFor } from "./paint";
import { plural } from "./plural";
import { fleetText } from "./text";
import { asCommand } from "./command";

/** Problems that keep the service from being added; each is a line. */
export class Refused extends Error {}

/** A stack file before the service is in it. */
interface Target extends Pick<Options, "stack" | "file"> {
    readonly text: string;
    readonly around: Around;
}

/** A stack file with the service in it, planned. */
interface Planned extends Target, Completed {
    readonly lines: string;
    readonly plan: FleetPlan;
    readonly warnings: readonly string[];
    readonly after: string;
}

/**
 * Adds a service to stack files.
 *
 * @param ask - asks somebody; undefined where there is nobody
 * @param folder - whose stack files it goes into, where none is named
 * @returns what was added, and its preview
 * @throws UsageError where something is missing; Refused where a stack file has problems, before anything is written
 */
export async function add(asked: AddOptions, ask: Ask | undefined, folder: string): Promise<string> {
    const targets = targetsOf(asked, folder);
    const name = await nameOf(asked, ask);
    const taken = targets.filter(({ around }) => Object.hasOwn(around.services, name));
    if (taken.length > 0) {
        const files = taken.map(({ file }) => basename(file)).join(" and ");
        throw new Refused(
            `${name} is in ${files} already: edit it there, or choose the stacks that it is new to with --stack`,
        );
    }
    const known = new Map<string, unknown>();
    const planned: Planned[] = [];
    for (const target of targets) {
        planned.push(withPlan(name, target, await completed(name, asked.given, target.around, ask, known)));
    }
    if (!asked.dryRun) {
        writeAll(planned);
    }
    return shown(name, planned, asked.dryRun);
}

/**
 * The stack files that the service goes into.
 *
 * @throws Refused where one cannot be read, and where there is none
 */
function targetsOf({ stacks }: AddOptions, folder: string): Target[] {
    const all = (stacks.length > 0 ? stacks : stacksOf(folder)).map(({ stack, file }) => {
        const text = readFileSync(file, "utf8");
        const source = fromFile(file, stack, text);
        if (!isReadable(source)) {
            throw new Refused(problemLines(source.problems).join("\n"));
        }
        const own = source.own ?? source.values;
        return { stack, file, text, own, around: aroundOf({ ...source.values, services: own.services }) };
    });
    const platforms = all.filter(({ own }) => roleOf(own) === "platform");
    if (stacks.length > 0 && platforms.length > 0) {
        throw new Refused(`${platforms[0].stack} is a platform: services go into a stack that stands on it`);
    }
    const targets = all.filter(one => !platforms.includes(one));
    if (targets.length === 0) {
        throw new UsageError("no stack file that a service could go into: name one with --config");
    }
    return targets;
}

/**
 * Plans the stack of `target` with the service in it.
 *
 * @throws Refused with all problems of the stack
 */
function withPlan(name: string, target: Target, complete: Completed): Planned {
    const { stack, file, text } = target;
    let inserted;
    try {
        inserted = withService(text, name, complete.entry);
    } catch (error) {
        throw new Refused(`${basename(file)}: ${(error as Error).message}`);
    }
    const source = fromFile(file, stack, inserted.text);
    const { plan, problems, warnings } = planStack(source);
    if (plan === undefined || !madePipelines(plan).some(({ service }) => service === name)) {
        const added = `the service would be:\n${inserted.lines}`;
        throw new Refused(
            [`${basename(file)} would have problems, so nothing is written:`, ...problemLines(problems), added].join(
                "\n",
            ),
        );
    }
    const own = warnings.filter(({ path }) => path[0] === "services" && path[1] === name);
    return { ...target, ...complete, lines: inserted.lines, after: inserted.text, plan, warnings: problemLines(own) };
}

/** All files or none: each is written under another name first. */
function writeAll(planned: readonly Planned[]): void {
    const unfinished = planned.map(({ file }) => `${file}.${process.pid}.new`);
    try {
        planned.forEach(({ after }, index) => writeFileSync(unfinished[index], after));
        planned.forEach(({ file }, index) => renameSync(unfinished[index], file));
    } finally {
        unfinished.forEach(file => rmSync(file, { force: true }));
    }
}

/** What was added, what was taken from others, and the preview. */
function shown(name: string, planned: readonly Planned[], dryRun: boolean): string {
    const paint = paintFor(process.stdout);
    const files = planned.map(({ file, lines, taken }) =>
        [
            paint.heading(
                `${basename(file)}: ${plural(lines.split("\n").length - 1, "line")} ${dryRun ? "would be added" : "added"}`,
            ),
            lines.replaceAll("\r", "").trimEnd(),
            ...taken.map(line => paint.quiet(`  ${line}`)),
            "",
        ].join("\n"),
    );
    const previews = planned.map(({ plan, warnings }) => fleetText(plan, name, warnings, paint));
    const next = dryRun
        ? "Nothing was written, as --dry-run was said."
        : "Next: `npm start` shows all of it, `pulumi preview` and `pulumi up` bring it up.";
    return `${[...files, ...previews].join("\n")}\n${next}\n`;
}

/** Asks on the terminal; undefined where there is none. */
function terminal(): { readonly ask: Ask; readonly close: () => void } | undefined {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
        return undefined;
    }
    // What is asked does not mix with what the command prints.
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    return { ask: question => lines.question(question), close: () => lines.close() };
}

async function run(args: readonly string[]): Promise<string> {
    const asked = addOptions(args, projectFolder);
    if (asked.help) {
        return `${addUsage}\n`;
    }
    const people = terminal();
    try {
        return await add(asked, people?.ask, projectFolder);
    } finally {
        people?.close();
    }
}

if (require.main === module) {
    asCommand(async () => {
        process.stdout.write(await run(process.argv.slice(2)));
        return 0;
    });
}
