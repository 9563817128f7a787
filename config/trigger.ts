import { scheduleProblems } from "../catalog/schedule";
import { trigger as schema, type ExecutionMode, type TriggerSettings } from "../catalog/trigger";
import type { Path, Problem } from "../catalog/problem";
import { merge, type Layer } from "./layers";
import { serviceProblems } from "./named-services";
import { parse, type Report } from "./parse";
import type { ServiceWords, Surroundings } from "./surroundings";
import { isMap, valueAt } from "./values";

const isManual = (value: unknown) => valueAt(value, ["manual"]) === true;

/** Reads what starts the pipeline of `service`; undefined when it cannot be read. */
export function readTrigger(
    service: string,
    words: ServiceWords,
    { defaults, services }: Pick<Surroundings, "defaults" | "services">,
    report: Report,
): TriggerSettings | undefined {
    const own: Layer = { path: ["services", service, "trigger"], value: words.trigger };
    // By hand alone and anything else exclude one another, so the service's own word stands by itself.
    const stands = own.value !== undefined && (isManual(own.value) || isManual(defaults.trigger));
    const layers = stands ? [own] : [sharedLayer(defaults.trigger), own];
    const merged = merge(layers);
    if (merged.value === undefined) {
        return schema.parse({});
    }
    let sound = true;
    const settings = parse(schema, merged, problem => {
        sound = false;
        report(problem);
    });
    if (settings !== undefined) {
        // What a misspelt key leads to is not told as well.
        [
            ...(sound ? contradictions(settings, merged.value) : []),
            ...serviceProblems(schema, settings, { service, all: services }),
        ].forEach(({ path, message }) => report({ path: merged.origin(path), message }));
    }
    return settings;
}

/** Of the defaults what they may say: every service would start after itself. */
function sharedLayer(value: unknown): Layer {
    const { after, ...others } = isMap(value) ? value : { after: undefined };
    return {
        path: ["defaults", "trigger"],
        value: isMap(value) ? (after === undefined ? value : others) : value,
        common: true,
    };
}

/** What does not go together; `words` are what was written. */
function contradictions(settings: TriggerSettings, words: unknown): Problem[] {
    const { manual, commits, schedule, after } = settings;
    const others = [
        ...(valueAt(words, ["commits"]) === true ? ["commits"] : []),
        ...(schedule === undefined ? [] : ["schedule"]),
        ...(after.length === 0 ? [] : ["after"]),
    ];
    return [
        ...(manual && others.length > 0
            ? [
                  {
                      path: ["manual"],
                      message: `expected either \`manual: true\` or \`${others.join("`, `")}\`, found both: by hand alone means that nothing else starts it`,
                  },
              ]
            : []),
        ...(!manual && !commits && schedule === undefined && after.length === 0
            ? [
                  {
                      path: ["commits"],
                      message: "nothing would start it: expected `schedule` or `after` too, or `manual: true` instead",
                  },
              ]
            : []),
        ...(schedule === undefined
            ? []
            : scheduleProblems(schedule).map(problem => ({ ...problem, path: ["schedule", ...problem.path] }))),
    ];
}

/** How executions of the pipeline of `service` get along, and where that was said. */
export function readExecutionMode(
    service: string,
    words: ServiceWords,
    { defaults }: Pick<Surroundings, "defaults">,
): { readonly mode: ExecutionMode; readonly path: Path } {
    return words.executionMode === undefined && defaults.executionMode !== undefined
        ? { mode: defaults.executionMode, path: ["defaults", "executionMode"] }
        : { mode: words.executionMode ?? "queued", path: ["services", service, "executionMode"] };
}
