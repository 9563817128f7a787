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
import { mapOf, valueAt } from "./values";

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

/** Where a service first speaks of each of its steps: the defaults, the service itself, one of its environments. */
export function stepPaths(
    service: string,
    words: ServiceWords,
    { defaults }: Pick<Surroundings, "defaults">,
): ReadonlyMap<string, Path> {
    const own: Path = ["services", service];
    const places: (readonly [Path, unknown])[] = [
        ...Object.keys(words.environments ?? {}).map(
            name => [[...own, "environments", name, "steps"], valueAt(words.environments, [name, "steps"])] as const,
        ),
        [["defaults", "steps"], defaults.steps],
        [[...own, "steps"], words.steps],
    ];
    return new Map(
        places.flatMap(([path, steps]) => Object.keys(mapOf(steps)).map(name => [name, [...path, name]] as const)),
    );
}

type Reads = ReadonlyMap<string, Read<StepSettings>>;

/** Reads the steps of `service` in each environment that it is deployed to, by the environment's name. */
export function readSteps(
    service: string,
    words: ServiceWords,
    { around, within, home, deployed }: StepSurroundings,
    report: Report,
): ReadonlyMap<string, Steps> {
    const own: Path = ["services", service];
    const exceptions = around.environments
        .map(({ name }) => ({
            environment: name,
            path: [...own, "environments", name, "steps"],
            value: valueAt(words.environments, [name, "steps"]),
        }))
        .filter(({ value }) => value !== undefined);
    const layers: Layer[] = [
        { path: ["defaults", "steps"], value: around.defaults.steps, common: true },
        { path: [...own, "steps"], value: words.steps },
    ];
    // Most environments have no exception: for these the words are read once.
    let plain: Reads | undefined;
    const reads = new Map(
        (deployed ?? around.environments).map(({ name }) => {
            const exception = exceptions.find(({ environment }) => environment === name);
            return [
                name,
                exception === undefined
                    ? (plain ??= readLayers(layers, within, report))
                    : readLayers([...layers, exception], within, report),
            ] as const;
        }),
    );
    for (const { environment, path, value } of exceptions) {
        checkException({ path, value }, environment, reads.get(environment), report);
        if (!reads.has(environment)) {
            report({ path, message: `${service} is not deployed to ${environment}, so no step can run there` });
        }
    }
    for (const [unit, step] of [...new Set(reads.values())].flatMap(one => [...one])) {
        const { environments = [] } = step.settings;
        environmentProblems({ service, unit, environments, around, deployed }).forEach(({ path, message }) =>
            report({ path: step.origin(path), message }),
        );
    }
    return new Map(
        (deployed ?? []).map(({ name, account, region }) => {
            const here = [...(reads.get(name) ?? [])].filter(
                ([, { settings }]) => settings.environments?.includes(name) ?? true,
            );
            const values = { ...home, environment: name, account, region };
            return [
                name,
                Object.fromEntries(here.map(([key, step]) => [key, fillPart(step, values, report)] as const)),
            ];
        }),
    );
}

/** The steps that `speakers`, maps of steps with the weakest first, speak of. */
function readLayers(speakers: readonly Layer[], within: Within, report: Report): Reads {
    const names = [...new Set(speakers.flatMap(({ value }) => Object.keys(mapOf(value))))].sort();
    const reads = new Map<string, Read<StepSettings>>();
    for (const name of names) {
        const layers = speakers.map(({ path, value, ...layer }) => ({
            ...layer,
            path: [...path, name],
            value: valueAt(value, [name]),
        }));
        layers.forEach(layer => checkAlways(layer, report));
        const step = readPart(stepSort, layers, within, report);
        if (step !== undefined) {
            reads.set(name, step);
        }
    }
    checkNeeds(reads, names, report);
    return reads;
}

/** What one environment says of a step is of that environment, and only of a step that runs there. */
function checkException({ path, value }: Layer, environment: string, reads: Reads | undefined, report: Report): void {
    for (const [name, words] of Object.entries(mapOf(value))) {
        if (valueAt(words, ["environments"]) !== undefined) {
            report({
                path: [...path, name, "environments"],
                message: `expected no \`environments\` here: what stands here is of ${environment} alone`,
            });
            continue;
        }
        const elsewhere = reads?.get(name)?.settings.environments;
        if (elsewhere?.includes(environment) === false) {
            report({
                path: [...path, name],
                message: `${name} runs in ${elsewhere.join(", ")} alone: add ${environment} to its \`environments\`, or give this step another name`,
            });
        }
    }
}

/**
 * A step that would run even when its stage fails cannot be had: CodePipeline runs nothing more of a stage after an action
 * of it has failed, and the rules of a condition on failure decide on a rollback, and on nothing else.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html (finally)
 */
function checkAlways({ path, value }: Layer, report: Report): void {
    const message =
        "CodePipeline runs nothing more of a stage once an action of it has failed: undo what was begun in the same script or suite, in a `finally` block of a buildspec of its own, or let a suite have a disposable test environment";
    if (valueAt(value, ["always"]) !== undefined) {
        report({ path: [...path, "always"], message });
    }
    if (valueAt(value, ["when"]) === "always") {
        report({ path: [...path, "when"], message });
    }
}

/** Steps wait for those of the same time: the others have run before, or run later anyway. */
function checkNeeds(reads: Reads, names: readonly string[], report: Report): void {
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
