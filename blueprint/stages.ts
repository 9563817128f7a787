import { builds } from "../catalog/builds";
import { deploys } from "../catalog/deploys";
import type { Place } from "../catalog/kind";
import type { Artifact, Revision, Step } from "../catalog/plan";
import { sources } from "../catalog/sources";
import { steps } from "../catalog/steps";
import { suites } from "../catalog/suites";
import type {
    BuildSettings,
    CheckConfig,
    Part,
    ServiceConfig,
    ServiceEnvironment,
    StepTime,
} from "../config/fleet-config";
import { approvalStage } from "./approval-stage";
import { entryOf } from "./check";
import { rules } from "./gates";
import { placeOf, type Ground, type Line } from "./place";
import type { StagePlan } from "./plan";
import { actionsOf, outputsOf, ownVariables, planUnit, type PlannedUnit } from "./units";

/** A stage, and all that its actions brought with them. */
export interface PlannedStage {
    readonly stage: StagePlan;
    readonly steps: readonly Step[];
    readonly environment?: ServiceEnvironment;
}

/** Puts a unit where it stands in the pipeline. */
type Placing = (unit: string, environment?: ServiceEnvironment) => (inputs: readonly Artifact[]) => Place;

const plain = { before: [], otherwise: "fail", after: [], onFailure: "stop" } as const;

/** Stages of a pipeline, and what people call a revision of it. */
export interface PlannedStages {
    readonly stages: PlannedStage[];
    readonly revision: Revision;
}

/** All stages of the pipeline that releases `service`, in order. */
export function planStages(service: ServiceConfig, ground: Ground, line: Line): PlannedStages {
    const place = placing(service.name, ground, line);
    // What is built for each environment is tested there, too.
    const testsOnce = service.environments.every(environment => Object.keys(environment.builds).length === 0);
    const { stages, revision, made } = beginning(service, place, testsOnce);
    return {
        revision,
        stages: [
            ...stages,
            ...service.environments.flatMap(environment => {
                const stage = environmentStage(service, environment, { ...made, place, ground, testsOnce });
                return stage === undefined
                    ? []
                    : [...approvalStage(service.name, environment, revision, ground), stage];
            }),
        ],
    };
}

/** All stages of the pipeline that checks pull requests of `service`: it ends where others begin to deploy. */
export const planCheckStages = (service: string, check: CheckConfig, ground: Ground, line: Line): PlannedStages =>
    beginning(check, placing(service, ground, line), true);

const placing =
    (service: string, ground: Ground, line: Line): Placing =>
    (unit, environment) =>
    inputs =>
        placeOf(ground, service, unit, inputs, environment, line);

/** What a pipeline has before any environment: its sources, what is built once, and what tests that once. */
function beginning(
    parts: Pick<ServiceConfig, "source" | "sources" | "builds" | "suites">,
    place: Placing,
    testsOnce: boolean,
): PlannedStages & { readonly made: Made } {
    const all = Object.entries({ source: parts.source, ...parts.sources }).map(([name, part]) =>
        planUnit(sources, part, [], place(name)),
    );
    const sourced = outputsOf(all);
    const { revision } = all[0].steps[0];
    if (revision === undefined) {
        throw new Error(`source "${parts.source.settings.type}" names no revision`);
    }
    const built = buildUnits(parts.builds, { sourced, built: [] }, place);
    const made = { sourced, built: outputsOf(built) };
    const simple = (name: string, purpose: StagePlan["purpose"], units: readonly PlannedUnit[]): PlannedStage[] =>
        units.length === 0
            ? []
            : [
                  {
                      stage: { name, purpose, actions: actionsOf([units]), ...plain },
                      steps: units.flatMap(unit => unit.steps),
                  },
              ];
    return {
        revision,
        made,
        stages: [
            ...simple("Source", "source", all),
            ...simple("Build", "build", built),
            ...simple("Suites", "test", testsOnce ? suiteUnits(parts, "build", made, place) : []),
        ],
    };
}

/** The artifacts of a pipeline so far. */
interface Made {
    readonly sourced: readonly Artifact[];
    readonly built: readonly Artifact[];
}

/** Builds take the sources, and what the builds hand on that they wait for; before `parts` those of `made` were built. */
function buildUnits(
    parts: Readonly<Record<string, Part<BuildSettings>>>,
    { sourced, built }: Made,
    place: Placing,
    environment?: ServiceEnvironment,
): PlannedUnit[] {
    const planned = new Map<string, PlannedUnit>();
    const plan = (name: string): PlannedUnit => {
        const known = planned.get(name);
        if (known !== undefined) {
            return known;
        }
        const { needs } = parts[name].settings;
        const own = needs.filter(need => Object.hasOwn(parts, need)).map(plan);
        const earlier = built.filter(({ key }) => needs.includes(key));
        const inputs = [...sourced, ...earlier, ...outputsOf(own)];
        const unit = planUnit(builds, parts[name], inputs, place(name, environment));
        planned.set(name, unit);
        return unit;
    };
    return Object.keys(parts).map(plan);
}

function suiteUnits(
    service: Pick<ServiceConfig, "suites">,
    after: "build" | "deploy",
    { sourced, built }: Made,
    place: Placing,
    environment?: ServiceEnvironment,
    takes: (part: Part<unknown>) => readonly Artifact[] = () => [],
): PlannedUnit[] {
    return Object.entries(service.suites)
        .filter(([, { settings }]) => settings.after === after)
        .filter(
            ([, { settings }]) =>
                environment === undefined || (settings.environments?.includes(environment.name) ?? true),
        )
        .map(([name, part]) =>
            planUnit(suites, part, [...sourced, ...built, ...takes(part)], place(name, environment)),
        );
}

/** What the stage of one environment is planned with. */
interface StageContext extends Made {
    readonly place: Placing;
    readonly ground: Ground;
    readonly testsOnce: boolean;
}

/** The stage of one environment; undefined where nothing is done in it. */
function environmentStage(
    service: ServiceConfig,
    environment: ServiceEnvironment,
    { sourced, built, place, ground, testsOnce }: StageContext,
): PlannedStage | undefined {
    const ownBuilds = buildUnits(environment.builds, { sourced, built }, place, environment);
    const made = { sourced, built: [...outputsOf(ownBuilds), ...built] };
    // What a step hands on reaches those that name it: for all others it would be one artifact more, and not theirs.
    const handedOn = Object.keys(environment.steps).map(name => place(name, environment)([]).output());
    const takes = ({ artifacts = [] }: Part<unknown>) =>
        handedOn.filter(({ key }) => artifacts.some(({ name }) => name === key));
    const deployable = [...made.built, ...sourced];
    const stepUnits = (when: StepTime) =>
        Object.entries(environment.steps)
            .filter(([, { settings }]) => settings.when === when)
            .map(([name, part]) => planUnit(steps, part, [...deployable, ...takes(part)], place(name, environment)));
    const { first, ...entry } = entryOf(service.name, environment, ground);
    const work = [
        ownBuilds,
        testsOnce ? [] : suiteUnits(service, "build", made, place, environment),
        stepUnits("before"),
        ...deployGroups(environment, part => [...deployable, ...takes(part)], place, ground),
        stepUnits("after"),
        suiteUnits(service, "deploy", made, place, environment, takes),
        stepUnits("end"),
    ];
    if (work.flat().every(({ steps }) => steps.length === 0)) {
        return undefined;
    }
    const groups = [first, ...work];
    return {
        environment,
        steps: groups.flat().flatMap(unit => unit.steps),
        stage: {
            name: environment.name,
            purpose: "environment",
            environment: environment.name,
            actions: actionsOf(groups, environment),
            ...entry,
            after: ownVariables(
                rules(environment.after, { home: ground.home, when: "after", environment }),
                groups.flat(),
                environment.name,
            ),
            onFailure: environment.onFailure,
            ...(environment.rollbackOn.length > 0 && { rollbackOn: environment.rollbackOn }),
        },
    };
}

/** The deploys of an environment: to all of its regions at once, or region after region. */
function deployGroups(
    environment: ServiceEnvironment,
    takes: (part: Part<unknown>) => readonly Artifact[],
    place: Placing,
    { home }: Ground,
): PlannedUnit[][] {
    const { deploys: first, elsewhere, regionsInOrder } = environment;
    const regional = [{ region: environment.region, deploys: first }, ...elsewhere].map(
        ({ region, deploys: parts }) => {
            // In the pipeline's own region names stay what they are when another region is added.
            const named = (name: string) => (region === home.region ? name : `${name}--${region}`);
            return Object.entries(parts).map(([name, part]) =>
                planUnit(
                    deploys,
                    { ...part, settings: { ...part.settings, needs: part.settings.needs.map(named) } },
                    takes(part),
                    place(named(name), { ...environment, region }),
                ),
            );
        },
    );
    return regionsInOrder ? regional : [regional.flat()];
}
