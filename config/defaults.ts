import type { Path, Problem } from "../catalog/problem";
import { commonTrigger } from "../catalog/trigger";
import { merge } from "./layers";
import { parse, single, type Report } from "./parse";
import { stackSchema, loose } from "./schema";
import { buildSort, deploySort, sourceSort, stepSort, suiteSort } from "./sorts";
import { strayPullRequests } from "./stray";
import { hint } from "./suggest";
import type { Defaults } from "./surroundings";
import { untyped } from "./untyped";
import { isMap, mapOf, valueAt } from "./values";

const schema = stackSchema(loose).shape.defaults;

/**
 * Reads `defaults`, and reports what is wrong with what they do say: in a part that every service replaces it would go
 * unseen. Undefined when a part of them is lost, so that every service would seem to miss what it gives.
 */
export function readDefaults(raw: unknown, reportAll: Report): Defaults | undefined {
    let lost = false;
    const report = (problem: Problem) => {
        lost ||= problem.path.length <= 2;
        reportAll(problem);
    };
    const defaults = parse(schema, single(raw, ["defaults"]), report);
    if (defaults === undefined) {
        return undefined;
    }
    strayPullRequests(["defaults", "source"], defaults.source).forEach(reportAll);
    checkTrigger(defaults.trigger, report);
    const suites = Object.entries(mapOf(defaults.suites)).map(
        ([name, value]) => [suiteSort, ["suites", name], value] as const,
    );
    const steps = Object.entries(mapOf(defaults.steps)).map(
        ([name, value]) => [stepSort, ["steps", name], value] as const,
    );
    const parts = [
        [sourceSort, ["source"], defaults.source],
        [buildSort, ["build"], defaults.build],
        [deploySort, ["deploy"], defaults.deploy],
        ...suites,
        ...steps,
    ] as const;
    for (const [sort, key, value] of parts.filter(([, , given]) => given !== undefined)) {
        checkPart(sort, ["defaults", ...key], value, report);
    }
    return lost ? undefined : defaults;
}

/** What the defaults say of the trigger; what goes together only each service knows. */
function checkTrigger(value: unknown, report: Report): void {
    const path: Path = ["defaults", "trigger"];
    if (valueAt(value, ["after"]) !== undefined) {
        report({
            path: [...path, "after"],
            message: "expected it in a service: here every service would start after itself",
        });
    }
    if (value !== undefined) {
        // What is missing here, each service may still say.
        parse(commonTrigger, single(value, path), problem => {
            if (valueAt(value, problem.path.slice(path.length)) !== undefined) {
                report(problem);
            }
        });
    }
}

function checkPart(
    sort: typeof sourceSort | typeof buildSort | typeof suiteSort | typeof stepSort | typeof deploySort,
    path: Path,
    value: unknown,
    report: Report,
): void {
    const layer = { path, value };
    const merged = merge([layer], sort.defaultType);
    const unsaid = untyped(sort, [layer], merged);
    if (unsaid !== undefined) {
        report(unsaid);
        return;
    }
    const { value: typed } = merged;
    if (!isMap(typed) || Object.hasOwn(typed, "type")) {
        // What is missing here, each service may still say.
        parse<unknown>(sort.schema, single(typed, path), problem => {
            if (valueAt(value, problem.path.slice(path.length)) !== undefined) {
                report(problem);
            }
        });
        return;
    }
    const known = sort.kinds.flatMap(kind => Object.keys(kind.settings.shape));
    for (const word of Object.keys(typed).filter(name => !known.includes(name))) {
        report({ path: [...path, word], message: `unknown key${hint(word, [...new Set(known)])}` });
    }
}
