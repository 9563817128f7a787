import { kindOf } from "../catalog/kind";
import { steps as kinds } from "../catalog/steps";
import type { EnvironmentDeploys } from "./deploys";
import type { Part, StepSettings, SuiteSettings } from "./fleet-config";
import type { Report } from "./parse";
import type { Steps } from "./steps";

/** The units of one service that may work on what a step hands on. */
export interface Takers {
    readonly suites: Readonly<Record<string, Part<SuiteSettings>>>;

    /** By the environment's name. */
    readonly deploys: ReadonlyMap<string, EnvironmentDeploys>;
    readonly steps: ReadonlyMap<string, Steps>;
}

/** One unit, where it works. */
interface Taker {
    readonly unit: string;
    readonly part: Part<unknown>;
    readonly at: Time;
}

/** The order in which an environment's stage runs, as far as it matters to what steps hand on. */
const times = ["build", "before", "deploy", "after", "suites", "end"] as const;

type Time = (typeof times)[number];

/** Whether the step `settings` hands on an artifact. */
const handsOn = (settings: StepSettings) =>
    (kindOf(kinds, settings.type) as { handsOn?(own: StepSettings): boolean }).handsOn?.(settings) ?? false;

/**
 * Reports what works on the artifact of a step that makes none, that does not run where it is needed, or not before.
 *
 * @param names - of all steps of the service
 */
export function checkHandedOn({ suites, deploys, steps }: Takers, names: readonly string[], report: Report): void {
    for (const [environment, here] of steps) {
        const takers: Taker[] = [
            ...Object.entries(deploys.get(environment)?.deploys ?? {}).map(([unit, part]) => ({
                unit,
                part,
                at: "deploy" as const,
            })),
            ...Object.entries(here).map(([unit, part]) => ({ unit, part, at: part.settings.when })),
            ...Object.entries(suites)
                .filter(([, { settings }]) => settings.environments?.includes(environment) ?? true)
                .map(([unit, part]) => ({
                    unit,
                    part,
                    at: part.settings.after === "build" ? ("build" as const) : ("suites" as const),
                })),
        ];
        for (const taker of takers) {
            for (const { name, path } of (taker.part.artifacts ?? []).filter(artifact =>
                names.includes(artifact.name),
            )) {
                const message = problemOf(taker, name, here, environment);
                if (message !== undefined) {
                    report({ path: taker.part.origin(path), message });
                }
            }
        }
    }
}

/** Why `taker` cannot work on what the step `name` hands on; undefined where it can. */
function problemOf({ unit, at }: Taker, name: string, here: Steps, environment: string): string | undefined {
    const step = Object.hasOwn(here, name) ? here[name].settings : undefined;
    if (step === undefined) {
        return `${name} does not run in ${environment}, where ${unit} needs what it hands on`;
    }
    if (!handsOn(step)) {
        return `the step ${name} hands on no artifact`;
    }
    if (unit === name) {
        return `${name} cannot work on what it hands on itself`;
    }
    const late = `${unit} needs what ${name} hands on, and ${name} does not run before it`;
    if (step.when === at) {
        return waitsFor(unit, name, here) ? undefined : `${late}: name it in \`needs\` of ${unit}`;
    }
    return times.indexOf(step.when) < times.indexOf(at) ? undefined : `${late}, but with \`when: ${step.when}\``;
}

/** Whether the step `unit` waits for the step `name`, perhaps by way of others. */
const waitsFor = (unit: string, name: string, here: Steps, passed: readonly string[] = []): boolean =>
    Object.hasOwn(here, unit) &&
    !passed.includes(unit) &&
    here[unit].settings.needs.some(need => need === name || waitsFor(need, name, here, [...passed, unit]));
