import type { Revision, Step } from "../catalog/plan";
import { sources } from "../catalog/sources";
import type { ServiceConfig, ServiceEnvironment } from "../config/fleet-config";
import { sealUnits, type Asking, type ImageFiles } from "./integrity/actions";
import type { StagePlan } from "./plan";
import { buildUnits, suiteUnits, type Placing } from "./unit-groups";
import { actionsOf, outputsOf, planUnit, type PlannedUnit } from "./units";

/** A stage, and all that its actions brought with them. */
export interface PlannedStage {
    readonly stage: StagePlan;
    readonly steps: readonly Step[];
    readonly environment?: ServiceEnvironment;
}

const plain = { before: [], otherwise: "fail", after: [], onFailure: "stop" } as const;

/** What a pipeline has before any environment: its sources, what is built once, and what tests that once. */
export interface Beginning {
    readonly sources: readonly PlannedUnit[];
    readonly builds: readonly PlannedUnit[];
    readonly suites: readonly PlannedUnit[];
}

/** Plans the beginning of `parts`. */
export function beginning(
    parts: Pick<ServiceConfig, "source" | "sources" | "builds" | "suites">,
    place: Placing,
    testsOnce: boolean,
): Beginning {
    const all = Object.entries({ source: parts.source, ...parts.sources }).map(([name, part]) =>
        planUnit(sources, part, [], place(name)),
    );
    const sourced = outputsOf(all);
    const built = buildUnits(parts.builds, { sourced, built: [] }, place);
    const made = { sourced, built: outputsOf(built) };
    return { sources: all, builds: built, suites: testsOnce ? suiteUnits(parts, "build", made, place) : [] };
}

/** What people call a revision of the main source. */
export function revisionOf({ source }: Pick<ServiceConfig, "source">, { sources: [main] }: Beginning): Revision {
    const { revision } = main.steps[0];
    if (revision === undefined) {
        throw new Error(`source "${source.settings.type}" names no revision`);
    }
    return revision;
}

/** The stages of a beginning, with the seals of what environments take of it. */
export function openingStages(
    { sources: sourced, builds: built, suites: tested }: Beginning,
    sealing?: Sealing,
): PlannedStage[] {
    const simple = (name: string, purpose: StagePlan["purpose"], ...groups: PlannedUnit[][]): PlannedStage[] =>
        groups.flat().length === 0
            ? []
            : [
                  {
                      stage: { name, purpose, actions: actionsOf(groups), ...plain },
                      steps: groups.flat().flatMap(unit => unit.steps),
                  },
              ];
    const seals = (name: string, units: readonly PlannedUnit[], stage: string) =>
        sealing === undefined ? [] : sealsOf(sealing, name, units, stage);
    return [
        ...simple("Source", "source", [...sourced]),
        ...(built.length === 0
            ? simple("Seal", "seal", seals("seal-source", sourced, "Seal"))
            : simple(
                  "Build",
                  "build",
                  [...built, ...seals("seal-source", sourced, "Build")],
                  seals("seal", built, "Build"),
              )),
        ...simple("Suites", "test", [...tested]),
    ];
}

/** What of a beginning is to be sealed. */
export interface Sealing {
    readonly taken: ReadonlySet<string>;
    readonly images: ImageFiles;
    readonly asking: Omit<Asking, "stage">;
}

const sealsOf = ({ taken, images, asking }: Sealing, name: string, units: readonly PlannedUnit[], stage: string) =>
    sealUnits(
        outputsOf(units)
            .map(artifact => artifact.name)
            .filter(artifact => taken.has(artifact)),
        { name },
        { ...asking, stage },
        images,
    );
