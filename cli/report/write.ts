import { writeFileSync } from "node:fs";
import type { FleetPlan } from "../../blueprint/plan";
import type { StackPlan } from "../../blueprint/stack";
import type { LocatedProblem, StackSource } from "../../config/source";
import { problemLines } from "../../config/read";
import { previous } from "../baseline";
import type { Options } from "../options";
import { missedProblems, played, type Played, type Wanted } from "../simulate/play";
import { plain } from "../simulate/text";
import { reportOf } from "./data";
import { htmlOf } from "./html";

/** What became of a report. */
export interface Written {
    /** In words: what was written. @default nothing, as a script has problems */
    readonly written?: string;
    /** Problems of scripts; where a report was written, expectations that were not met. One line each. */
    readonly problems: readonly string[];
}

/**
 * Writes the report of a stack to `target`, also of one with problems, on which no script is played.
 *
 * @throws UsageError when `compare` is neither a file nor a revision that has the stack file, and for a script that is no file
 */
export function writeReport(
    target: string,
    asked: Pick<Options, "stack" | "file" | "service" | "compare" | "scripts">,
    source: StackSource,
    { plan, problems, warnings }: Pick<StackPlan, "plan" | "problems" | "warnings">,
): Written {
    const { stack, file, service } = asked;
    const base = plan && previous(asked, plan);
    const all = plan === undefined ? { played: [], problems: [] } : allPlayed(plan, asked);
    if (all.problems.length > 0) {
        return { problems: lines(all.problems) };
    }
    const report = reportOf({
        stack,
        file,
        source,
        problems,
        warnings,
        played: all.played,
        ...(plan && { plan }),
        ...(service !== undefined && { service }),
        ...(base && { previous: base }),
    });
    const html = htmlOf(report);
    writeFileSync(target, html);
    return {
        written: `a report of ${Math.ceil(Buffer.byteLength(html) / 1024)} KB was written to ${target}`,
        problems: lines(all.played.flatMap(missedProblems)),
    };
}

const lines = (problems: readonly LocatedProblem[]) => problemLines(problems).map(plain);

/** Plays all scripts that are asked for; of one service, of which none is, one commit. */
function allPlayed(plan: FleetPlan, { service, scripts }: Pick<Options, "service" | "scripts">) {
    const one: Wanted = service === undefined ? {} : { service };
    const wanted = scripts?.map((path): Wanted => ({ ...one, path })) ?? (service === undefined ? [] : [one]);
    const attempts = wanted.map(each => played(plan, each));
    return {
        played: attempts.flatMap((attempt): Played[] => (attempt.played === undefined ? [] : [attempt.played])),
        problems: attempts.flatMap(({ problems }) => problems),
    };
}
