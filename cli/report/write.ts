import { writeFileSync } from "node:fs";
import type { StackPlan } from "../../blueprint/stack";
import type { StackSource } from "../../config/source";
import { previous } from "../baseline";
import type { Options } from "../options";
import { reportOf } from "./data";
import { htmlOf } from "./html";

/**
 * Writes the report of a stack to `target`, also of one with problems; returns in words what was written.
 *
 * @throws UsageError when `compare` is neither a file nor a revision that has the stack file
 */
export function writeReport(
    target: string,
    asked: Pick<Options, "stack" | "file" | "service" | "compare">,
    source: StackSource,
    { plan, problems, warnings }: Pick<StackPlan, "plan" | "problems" | "warnings">,
): string {
    const { stack, file, service } = asked;
    const base = plan && previous(asked, plan);
    const report = reportOf({
        stack,
        file,
        source,
        problems,
        warnings,
        ...(plan && { plan }),
        ...(service !== undefined && { service }),
        ...(base && { previous: base }),
    });
    const html = htmlOf(report);
    writeFileSync(target, html);
    return `a report of ${Math.ceil(Buffer.byteLength(html) / 1024)} KB was written to ${target}`;
}
