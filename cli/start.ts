import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { FleetPlan } from "../blueprint/plan";
import type { WhatIf } from "../blueprint/monthly-cost";
import { timed } from "../catalog/phases";
import { madePipelines } from "../blueprint/part";
import { planStack, type Planning, type StackPlan } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import type { StackSource } from "../config/source";
import { hint } from "../config/suggest";
import type { Rendering } from "./cloudformation/template";
import { accountJson, accountText } from "./accounts";
import { showAll } from "./all";
import { allOptions, asksForAll } from "./all-options";
import { comparison, previous } from "./baseline";
import { comparisonLines } from "./change";
import { fleetJson } from "./json";
import { jsonPieces } from "./json-text";
import { opinions, type Opinions } from "./opinions";
import { options, projectFolder, usage, UsageError, type Options } from "./options";
import { paintFor } from "./paint";
import { chosenPermissions, permissionsJson, permissionsText } from "./permissions-of";
import { broaderText, permissionsChange, permissionsChangeLines, type PermissionsChange } from "./permissions-change";
import { plural } from "./plural";
import { elsewhere } from "./spread";
import { fleetText } from "./text";
import { writeTimes } from "./times";
import { monthJson, monthOf, monthText, whatIfOf } from "./what-if";
import { asCommand } from "./command";

/** Exit codes; the contract with scripts. */
const exit = { valid: 0, problems: 1 } as const;

/** Shows a stack; returns the exit code. */
async function start(args: readonly string[]): Promise<number> {
    if (asksForAll(args)) {
        return showAll(allOptions(args, projectFolder));
    }
    const asked = options(args, projectFolder);
    const { stack, file, service, account, json } = asked;
    if (asked.help) {
        print(usage);
        return exit.valid;
    }
    const whatIf = asked.whatIf === undefined ? undefined : whatIfOf(asked.whatIf);
    const source = fromFile(file, stack);
    if (asked.mermaid !== undefined) {
        return showDrawing(source, asked.mermaid);
    }
    const first = planStack(source, shownAlone(asked));
    if (first.plan !== undefined && service !== undefined) {
        checkService(first.plan, service);
    }
    const { plan, problems, warnings, registrations, rendering, validated } = await opinions(
        first,
        source,
        // Permissions, times and months are planned; no resource is looked at.
        asked.permissions || asked.releaseTime || asked.markdown || account !== undefined || whatIf !== undefined
            ? { ...asked, json: false }
            : asked,
    );
    const found = { plan, problems, warnings };
    if (asked.html !== undefined) {
        return showReport(asked.html, asked, source, { ...found, ...(validated !== undefined && { validated }) });
    }
    if (asked.markdown) {
        return showSummary(asked, { ...(plan && { plan }), problems, warnings });
    }
    if (plan === undefined) {
        complain(problemLines(problems));
        if (json) {
            await printJson(fleetJson({ stack, problems, warnings, registrations: [] }));
        }
        return exit.problems;
    }
    const { unplanned } = first;
    const seen = { plan, problems, warnings, registrations, rendering, validated, unplanned, whatIf };
    return timed("output", () => show(asked, source, seen));
}

/** What there is to show of a sound stack. */
type Seen = Opinions & { readonly plan: FleetPlan; readonly whatIf?: WhatIf };

/** Shows what was asked for of a sound stack; returns the exit code. */
async function show(asked: Options, source: StackSource, seen: Seen): Promise<number> {
    const { stack, service, account, json, cloudformation } = asked;
    const { plan, problems, warnings, registrations, rendering, validated, whatIf } = seen;
    if (asked.permissions) {
        return showPermissions(asked, plan);
    }
    if (whatIf !== undefined) {
        const month = monthOf(plan, whatIf, service);
        if (json) {
            await printJson({ stack, whatIf: monthJson(month) });
        } else {
            print(monthText(plan, month, service, paintFor(process.stdout)));
        }
        return exit.valid;
    }
    if (asked.releaseTime) {
        const { releaseTimeAnswer } = await import("./release-time/show");
        const { text, stale } = releaseTimeAnswer(asked, source, plan, paintFor(process.stdout));
        print(text);
        return asked.strict && stale ? exit.problems : exit.valid;
    }
    if (account !== undefined) {
        if (json) {
            await printJson(accountJson(plan, account));
        } else {
            print(accountText(plan, account, problemLines(warnings), paintFor(process.stdout)));
        }
        return exit.valid;
    }
    const one = service === undefined ? {} : { service };
    if (cloudformation !== undefined && rendering !== undefined) {
        writeTemplate(cloudformation, rendering, problemLines(warnings));
    } else if (json) {
        const change = asked.compare === undefined ? {} : { change: comparison(asked, plan) };
        await printJson({ ...fleetJson({ stack, plan, problems, warnings, registrations, ...one }), ...change });
    } else {
        const paint = paintFor(process.stdout);
        const base = previous(asked, plan);
        const compared = base === undefined ? [] : ["", ...comparisonLines(base, plan, service, paint)];
        print(
            [fleetText(plan, service, problemLines(warnings), paint, seen.unplanned).trimEnd(), ...compared].join("\n"),
        );
    }
    if (validated !== undefined && !json) {
        print(validated);
    }
    return exit.valid;
}

/** Writes the report of a stack, and tells what is wrong with it and with the scripts that are played; returns the exit code. */
async function showReport(
    target: string,
    asked: Options,
    source: StackSource,
    { validated, ...found }: Pick<StackPlan, "plan" | "problems" | "warnings"> & { readonly validated?: string },
): Promise<number> {
    const { writeReport } = await import("./report/write");
    const { written, problems } = timed("output", () => writeReport(target, asked, source, found));
    if (found.plan !== undefined && validated !== undefined) {
        print(validated);
    }
    if (found.plan === undefined) {
        complain(problemLines(found.problems), written);
    } else if (problems.length > 0) {
        const count = written === undefined ? undefined : `${plural(problems.length, "expectation")} not met`;
        complain(problems, written, count);
    } else {
        print(written ?? "");
        return exit.valid;
    }
    return exit.problems;
}

/** Shows the pipelines of `service` as a flowchart, and nothing else; returns the exit code. */
async function showDrawing(source: StackSource, service: string): Promise<number> {
    const { plan, problems } = planStack(source, { only: service });
    if (plan === undefined) {
        complain(problemLines(problems));
        return exit.problems;
    }
    checkService(plan, service);
    const { mermaidText } = await import("./mermaid/drawing");
    print(mermaidText(plan, service));
    return exit.valid;
}

/** Shows a stack as a comment on a pull request; returns the exit code. */
async function showSummary(asked: Options, { plan, problems, warnings }: StackPlan): Promise<number> {
    const compared = plan === undefined ? undefined : previous(asked, plan);
    const { summaryText } = await import("./markdown/summary");
    print(
        summaryText({
            stack: asked.stack,
            problems,
            warnings,
            ...(plan && { plan }),
            ...(compared && { previous: compared }),
        }),
    );
    if (plan === undefined) {
        complain(problemLines(problems));
        return exit.problems;
    }
    return asked.strict && compared ? broadened(permissionsChange(compared, plan, undefined)) : exit.valid;
}

/** @throws UsageError when the stack of `plan` has no pipeline of `service` */
function checkService(plan: FleetPlan, service: string): void {
    const services = [...new Set(madePipelines(plan).map(pipeline => pipeline.service))];
    if (!services.includes(service)) {
        const remedy = elsewhere(plan, service) ?? hint(service, services);
        throw new UsageError(`no service ${JSON.stringify(service)} in the stack ${plan.stack}${remedy}`);
    }
}

/** The service that is shown, where it is shown as text and nothing else is asked: it is then planned without most of the others. */
function shownAlone(asked: Options): Planning {
    const { service, json, strict, permissions, validate, html, compare, durations, whatIf } = asked;
    // A file of durations is looked at as a whole: what it has that the stack does not is told.
    const asksForAll =
        json ||
        strict ||
        permissions ||
        validate ||
        [html, compare, durations, whatIf].some(other => other !== undefined);
    return service === undefined || asksForAll ? {} : { only: service };
}

/** Shows who may do what; returns the exit code. */
async function showPermissions(asked: Options, plan: FleetPlan): Promise<number> {
    const { stack, service, json, strict } = asked;
    const base = previous(asked, plan);
    const change = base && permissionsChange(base, plan, service);
    if (json) {
        const permissions = chosenPermissions(plan, service).map(holder => permissionsJson(holder, plan));
        await printJson({ stack, permissions, ...(change && { change }) });
    } else {
        const paint = paintFor(process.stdout);
        // Whoever compares asks for the difference, and it is short: all permissions of a fleet are a thousand lines.
        const lines = change === undefined ? [] : [...permissionsChangeLines(change, paint), ""];
        print([...lines, permissionsText(plan, service, paint)].join("\n"));
    }
    return strict ? broadened(change) : exit.valid;
}

/** The exit code where nothing may be broader than before; what is, is told on standard error. */
function broadened(change: PermissionsChange | undefined): number {
    if (change?.broader !== true) {
        return exit.valid;
    }
    process.stderr.write(`${broaderText(change)}, which --strict does not let pass\n`);
    return exit.problems;
}

/** Writes the template; what whoever deploys it must know goes to standard error. */
function writeTemplate(file: string, { template, notExpressed }: Rendering, warnings: readonly string[]): void {
    writeFileSync(file, `${JSON.stringify(template, undefined, 2)}\n`);
    const notes = [...warnings, ...notExpressed.map(line => `not in the template: ${line}`)];
    process.stderr.write(notes.map(line => `${line}\n`).join(""));
    const count = Object.keys(template.Resources).length;
    print(`${count} resources written to ${file}; its roles have names, so deploy it with CAPABILITY_NAMED_IAM`);
}

const print = (text: string) => process.stdout.write(`${text.trimEnd()}\n`);

/** Waits where whoever reads is slower, so that what is not yet read takes no memory. */
async function printJson(value: Readonly<Record<string, unknown>>): Promise<void> {
    for (const piece of jsonPieces(value)) {
        if (!process.stdout.write(piece)) {
            await once(process.stdout, "drain");
        }
    }
}

function complain(lines: readonly string[], done = "nothing was done", count = plural(lines.length, "problem")): void {
    const paint = paintFor(process.stderr);
    process.stderr.write(`${lines.map(line => paint.problem(line)).join("\n")}\n${count}; ${done}\n`);
}

writeTimes();

asCommand(() => start(process.argv.slice(2)));
