import type { PlaceholderValues } from "../catalog/placeholders";
import type { Path } from "../catalog/problem";
import type { Part, StepSettings } from "./fleet-config";
import { environmentProblems } from "./in-environments";
import type { Layer } from "./layers";
import { needsProblems } from "./needs";
import type { Report } from "./parse";
import { fillPart, readPart, type Read, type Within } from "./part";
import { stepSort } from "./sorts";
import type { EnvironmentWords, ServiceWords, Surroundings } from "./surroundings";
import { valueAt } from "./values";

/** Steps by name. */
export type Steps = Readonly<Record<string, Part<StepSettings>>>;

/** What the steps of one service are read against. */
export interface StepSurroundings {
    readonly around: Surroundings;
    readonly within: Within;
    readonly home: PlaceholderValues;

    /** The environments that the service is deployed to; undefined when its deploys cannot be read. */
    readonly deployed?: readonly EnvironmentWords[];
}

/** Names of the steps of `service`, its own and those of the defaults. */
export const stepNames = (words: ServiceWords, { defaults }: Pick<Surroundings, "defaults">): string[] =>
    [...new Set([...Object.keys(defaults.steps ?? {}), ...Object.keys(words.steps ?? {})])].sort();

/** Reads the steps of `service` in each environment that it is deployed to, by the environment's name. */
export function readSteps(
    service: string,
    words: ServiceWords,
    { around, within, home, deployed }: StepSurroundings,
    report: Report,
): ReadonlyMap<string, Steps> {
    const own: Path = ["services", service];
    const names = stepNames(words, around);
    const reads = new Map<string, Read<StepSettings>>();
    for (const name of names) {
        const layers: Layer[] = [
            { path: ["defaults", "steps", name], value: valueAt(around.defaults.steps, [name]), common: true },
            { path: [...own, "steps", name], value: valueAt(words.steps, [name]) },
        ];
        const step = readPart(stepSort, layers, within, report);
        if (step !== undefined) {
            const { environments = [] } = step.settings;
            environmentProblems({ service, unit: name, environments, around, deployed }).forEach(({ path, message }) =>
                report({ path: step.origin(path), message }),
            );
            reads.set(name, step);
        }
    }
    checkNeeds(reads, names, report);
    return new Map(
        (deployed ?? []).map(({ name, account, region }) => {
            const values = { ...home, environment: name, account, region };
            const here = [...reads].filter(([, { settings }]) => settings.environments?.includes(name) ?? true);
            return [
                name,
                Object.fromEntries(here.map(([key, step]) => [key, fillPart(step, values, report)] as const)),
            ];
        }),
    );
}

/** Steps wait for those of the same time: the others have run before, or run later anyway. */
function checkNeeds(reads: ReadonlyMap<string, Read<StepSettings>>, names: readonly string[], report: Report): void {
    for (const when of ["before", "after", "end"] as const) {
        const group = [...reads].filter(([, { settings }]) => settings.when === when);
        const settings = new Map(group.map(([name, step]) => [name, step.settings]));
        for (const { path, message } of needsProblems(settings, names, "step")) {
            const [name, ...rest] = path;
            report({ path: reads.get(String(name))?.origin(rest) ?? path, message });
        }
        for (const [, step] of group) {
            for (const [index, need] of step.settings.needs.entries()) {
                const other = reads.get(need)?.settings.when ?? when;
                if (other !== when) {
                    report({
                        path: step.origin(["needs", index]),
                        message: `${need} runs with \`when: ${other}\`, not with the steps of \`when: ${when}\`: a step waits only for those of its own time`,
                    });
                }
            }
        }
    }
}
