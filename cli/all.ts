import { pathText } from "../catalog/problem";
import { planStacks, type AllStacks } from "../blueprint/stacks/plan";
import type { QuotaOfPlace } from "../blueprint/stacks/quotas";
import type { StackSummary } from "../blueprint/stacks/summary";
import { filesIn } from "../config/from-file";
import { problemLines } from "../config/read";
import type { LocatedProblem } from "../config/source";
import type { AllOptions } from "./all-options";
import { paintFor, type Paint } from "./paint";
import { plural } from "./plural";

/** Shows all stacks of a folder; returns the exit code. */
export function showAll({ folder, json, strict }: AllOptions): number {
    const all = planStacks(filesIn(folder), strict);
    if (json) {
        process.stdout.write(`${JSON.stringify(allJson(all), undefined, 2)}\n`);
    } else {
        process.stdout.write(`${allText(all, paintFor(process.stdout))}\n`);
    }
    const paint = paintFor(process.stderr);
    const lines = problemLines(all.problems);
    if (lines.length > 0) {
        process.stderr.write(
            `${lines.map(line => paint.problem(line)).join("\n")}\n${plural(lines.length, "problem")} in ${plural(all.stacks.length, "stack")}\n`,
        );
    }
    return lines.length === 0 ? 0 : 1;
}

/** The object that `--all --json` prints. */
export const allJson = ({ stacks, problems, warnings, quotas }: AllStacks) => ({
    stacks,
    problems: problems.map(problemJson),
    warnings: warnings.map(problemJson),
    quotas: quotas.map(({ stacks: shares, ...quota }) => ({
        ...quota,
        stacks: Object.fromEntries(shares.map(({ stack, used }) => [stack, used])),
    })),
});

const problemJson = ({ path, message, position }: LocatedProblem) => ({ ...position, path: pathText(path), message });

/** What the people of all stacks read: the stacks, the quotas of their accounts, what is doubtful. */
export function allText({ stacks, warnings, quotas }: AllStacks, paint: Paint): string {
    const services = stacks.reduce((sum, { role, services: own }) => sum + (role === "platform" ? 0 : own), 0);
    return [
        paint.heading(`${plural(stacks.length, "stack")}, ${plural(services, "service")}`),
        ...table(stacks.map(stack => stackRow(stack))).map((line, index) =>
            stacks[index].problems > 0 ? paint.problem(line) : line,
        ),
        ...quotaLines(quotas, paint),
        ...(warnings.length === 0
            ? []
            : ["", paint.warning("Warnings"), ...problemLines(warnings).map(line => `  ${line}`)]),
    ].join("\n");
}

/** `rows` with their columns below each other. */
function table(rows: readonly (readonly string[])[]): string[] {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column].length)));
    return rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd());
}

function stackRow({ stack, role, platform, stacks = [], ...of }: StackSummary): string[] {
    const { services, account, region, resources, problems, warnings } = of;
    return [
        stack,
        role === "services" ? `services on ${platform ?? "?"}` : role,
        `${plural(services, "service")}${role === "platform" ? ` in ${plural(stacks.length, "stack")}` : ""}`,
        account ?? "",
        region ?? "",
        resources === undefined ? "not planned" : plural(resources, "resource"),
        [
            ...(problems === 0 ? [] : [plural(problems, "problem")]),
            ...(warnings === 0 ? [] : [plural(warnings, "warning")]),
        ].join(", "),
    ];
}

/** The quotas of each account, and of each of its regions; in each of them what is used up first by more services. */
function quotaLines(quotas: readonly QuotaOfPlace[], paint: Paint): string[] {
    return [...new Set(quotas.map(({ account }) => account))].flatMap(account => {
        const own = quotas.filter(quota => quota.account === account);
        const everywhere = own.filter(({ region }) => region === undefined);
        const regions = [...new Set(own.flatMap(({ region }) => region ?? []))];
        return [
            "",
            `${paint.heading(`Quotas of account ${account}`)}  ${paint.quiet("beside what else is there")}`,
            ...everywhere.map(quotaLine),
            ...regions.flatMap(region => {
                const inRegion = own.filter(quota => quota.region === region);
                return [`  ${region}`, ...inRegion.map(quotaLine), ...roomLines([...everywhere, ...inRegion], paint)];
            }),
        ];
    });
}

function quotaLine({ what, used, limit, adjustable, most, room, roomAtMost }: QuotaOfPlace): string {
    const raised = most === undefined ? " (can be raised)" : ` (can be raised to ${most})`;
    const further = roomAtMost === undefined ? "" : `, raised for ${roomAtMost}`;
    return `  ${String(used).padStart(5)} of ${String(limit).padEnd(5)} ${what}${adjustable ? raised : ""}${room === undefined ? "" : `: room for ${plural(room, "service")} more${further}`}`;
}

/** How many services find room in one region. */
function roomLines(quotas: readonly QuotaOfPlace[], paint: Paint): string[] {
    const [first] = quotas
        .flatMap(({ room, what }) => (room === undefined ? [] : [{ room, what }]))
        .sort((a, b) => a.room - b.room);
    return (first as typeof first | undefined) === undefined
        ? []
        : [
              paint.quiet(
                  `  room for ${plural(first.room, "service")} more like the average one before AWS has to raise: ${first.what}`,
              ),
          ];
}
