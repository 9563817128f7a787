import { patternsText, pathsText } from "../catalog/filters";
import { pullRequestEvents } from "../catalog/pull-requests";
import type { CheckConfig } from "../config/fleet-config";
import type { PipelinePlan } from "./plan";

/** Which pull requests start the pipeline that checks them, in words. */
export function checkStarts({ branches, paths, events }: CheckConfig["pullRequests"]): string[] {
    const words = Object.entries(pullRequestEvents).filter(([, event]) => events.includes(event));
    const when = words.map(([word]) => word).join(" or ");
    const changing = paths === undefined ? "" : `, ${pathsText(paths)}`;
    return [`when a pull request into ${patternsText(branches)} is ${when}${changing}`];
}

/** What unmerged code may do, and what it has to do without, in words. */
export function checkRisks({
    exposed,
    withheld,
}: CheckConfig): Pick<PipelinePlan, "exposed" | "weakens" | "prerequisites"> {
    const what = withheld.length === 0 ? "the rights of its builds" : withheld.join(", ");
    return {
        ...(exposed !== undefined && { exposed }),
        weakens: [
            "runs code that nobody has merged, in the network of the builds",
            ...(exposed === undefined ? [] : [`gives ${what} to code that nobody has merged: ${exposed}`]),
        ],
        prerequisites:
            exposed === undefined && withheld.length > 0 ? [`builds and suites that do without ${what} here`] : [],
    };
}
