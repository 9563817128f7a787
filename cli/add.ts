import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { madePipelines } from "../blueprint/part";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import type { Path } from "../catalog/problem";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { isReadable, roleOf } from "../config/spread";
import { addOptions, addUsage, stacksOf, type AddOptions } from "./add-options";
import { withService } from "./add/insert";
import { Answers, completed, nameOf, type Completed } from "./add/complete";
import { aroundOf, type Around } from "./add/parts";
import type { Ask } from "./add/questions";
import { linesOn, Stopped } from "./add/terminal";
import { projectFolder, UsageError, type Options } from "./options";
import { paintFor } from "./paint";
import { plural } from "./plural";
import { fleetText } from "./text";
import { asCommand } from "./command";

/** Problems that keep the service from being added; each is a line. */
export class Refused extends Error {
    /** @param found - in the stack with the service. @default nothing: it was not planned */
    constructor(
        message?: string,
        readonly found: {
            readonly lines: readonly string[];
            /** Of what is of the service, below it. */
            readonly paths: readonly Path[];
        } = { lines: [], paths: [] },
    ) {
        super(message);
    }
}

/** Exit code of a command that somebody has stopped, as of one that ends by SIGINT. */
const stoppedCode = 130;

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
 * @param goOn - rejects where somebody has stopped it; nothing is written then. @default nobody can
 * @returns what was added, and its preview
 * @throws UsageError where something is missing; Refused where a stack file has problems, before anything is written
 */
export async function add(
    asked: AddOptions,
    ask: Ask | undefined,
    folder: string,
    goOn?: () => Promise<void>,
): Promise<string> {
    const targets = targetsOf(asked, folder);
    const taken = (name: string) => {
        const files = targets.filter(({ around }) => Object.hasOwn(around.services, name));
        return files.length === 0
            ? undefined
            : `${name} is in ${files.map(({ file }) => basename(file)).join(" and ")} already: edit it there, or choose the stacks that it is new to with --stack`;
    };
    const name = await nameOf(asked, ask, taken);
    const found = taken(name);
    if (found !== undefined) {
        throw new Refused(found);
    }
    const planned = await untilSound(name, asked, targets, ask);
    await goOn?.();
    if (!asked.dryRun) {
        writeAll(planned);
    }
    return shown(name, planned, asked.dryRun);
}

/**
 * Every target with the service in it. What somebody has typed and a rule refuses is asked for again.
 *
 * @throws Refused with the problems where nobody can be asked, or has said nothing of what has them
 */
async function untilSound(
    name: string,
    { given }: AddOptions,
    targets: readonly Target[],
    ask: Ask | undefined,
): Promise<Planned[]> {
    const answers = new Answers();
    for (let [before, last] = ["", ""]; ;) {
        const asking: Ask | undefined =
            ask &&
            (question => {
                const text = `${before}${question}`;
                before = "";
                return ask(text);
            });
        const planned: Planned[] = [];
        try {
            for (const target of targets) {
                planned.push(withPlan(name, target, await completed(name, given, target.around, asking, answers)));
            }
            return planned;
        } catch (error) {
            // The same problems again are of something that other answers do not mend.
            const isNew = error instanceof Refused && error.message !== last;
            if (!isNew || ask === undefined || !answers.forget(error.found.paths)) {
                throw error;
            }
            last = error.message;
            before = error.found.lines.map(line => `${line}\n`).join("");
        }
    }
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
        const lines = problemLines(problems);
        const own = problems.filter(({ path }) => path[0] === "services" && path[1] === name);
        throw new Refused(
            [`${basename(file)} would have problems, so nothing is written:`, ...lines, added].join("\n"),
            { lines, paths: own.map(({ path }) => path.slice(2)) },
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
    const [{ file, stack }] = planned;
    const where = dirname(file) === projectFolder ? `--stack ${stack}` : `--config ${file}`;
    const previews = planned.map(({ plan, warnings }) => fleetText(plan, name, warnings, paint, 0, false));
    const next = dryRun
        ? "Nothing was written, as --dry-run was said."
        : `Next: \`npm start -- ${where} --service ${name}\` spells its permissions out, \`pulumi preview\` and \`pulumi up\` bring it up.`;
    return `${[...files, ...previews].join("\n")}\n${next}\n`;
}

async function run(args: readonly string[]): Promise<number> {
    const asked = addOptions(args, projectFolder);
    if (asked.help) {
        process.stdout.write(`${addUsage}\n`);
        return 0;
    }
    const { stdin, stderr } = process;
    // What is asked does not mix with what the command prints.
    const people = stdin.isTTY && stderr.isTTY ? linesOn(stdin, stderr) : undefined;
    try {
        process.stdout.write(await add(asked, people?.ask, projectFolder, people?.goOn));
        return 0;
    } catch (error) {
        if (!(error instanceof Stopped)) {
            throw error;
        }
        stderr.write("\nnothing was changed\n");
        return stoppedCode;
    } finally {
        people?.close();
    }
}

if (require.main === module) {
    asCommand(() => run(process.argv.slice(2)));
}
