import { deploys } from "../catalog/deploys";
import type { Artifact, Revision } from "../catalog/plan";
import { steps } from "../catalog/steps";
import type { CheckConfig, Part, ServiceConfig, ServiceEnvironment, StepTime } from "../config/fleet-config";
import { approvalStage } from "./approval-stage";
import { entryOf } from "./check";
import { rules } from "./gates";
import { guardOf, integrityOf, type Use } from "./integrity/exceptions";
import { guarded, holdable, mergedImages, usesOf, type Group, type GuardedStage } from "./integrity/placement";
import { beginning, openingStages, revisionOf, type PlannedStage } from "./opening";
import { placeOf, type Ground, type Line } from "./place";
import { buildUnits, suiteUnits, type Made, type Placing } from "./unit-groups";
import { actionsOf, outputsOf, ownVariables, planUnit, type PlannedUnit } from "./units";

export type { PlannedStage } from "./opening";

/** Stages of a pipeline, and what people call a revision of it. */
export interface PlannedStages {
    readonly stages: PlannedStage[];
    readonly revision: Revision;
}

/** Stages of a pipeline that releases a service, and how far they are held to what was built. */
export type ReleaseStages = PlannedStages & ReturnType<typeof integrityOf>;

/** All stages of the pipeline that releases `service`, in order. */
export function planStages(service: ServiceConfig, ground: Ground, line: Line): ReleaseStages {
    const place = placing(service.name, ground, line);
    // What is built for each environment is tested there, too.
    const testsOnce = service.environments.every(environment => Object.keys(environment.builds).length === 0);
    const units = beginning(service, place, testsOnce);
    const made = { sourced: outputsOf(units.sources), built: outputsOf(units.builds) };
    const planned = service.environments.flatMap(environment => {
        const one = environmentStage(service, environment, { ...made, place, ground, testsOnce });
        return one === undefined ? [] : [one];
    });
    const revision = revisionOf(service, units);
    return {
        revision,
        ...integrityOf(
            ground.skipVerification,
            service,
            planned.map(({ use }) => use),
        ),
        stages: [
            ...openingStages(units, {
                taken: new Set(planned.flatMap(({ guard }) => guard.sealedBefore)),
                images: mergedImages(planned.map(({ guard }) => guard.images)),
                asking: { ground, service: service.name },
            }),
            ...planned.flatMap(({ use: { environment }, planned: stage }) => [
                ...approvalStage(service.name, environment, revision, ground),
                stage,
            ]),
        ],
    };
}

/** All stages of the pipeline that checks pull requests of `service`: it ends where others begin to deploy, and seals nothing. */
export function planCheckStages(service: string, check: CheckConfig, ground: Ground, line: Line): PlannedStages {
    const units = beginning(check, placing(service, ground, line), true);
    return { revision: revisionOf(check, units), stages: openingStages(units) };
}

const placing =
    (service: string, ground: Ground, line: Line): Placing =>
    (unit, environment) =>
    inputs =>
        placeOf(ground, service, unit, inputs, environment, line);

/** What the stage of one environment is planned with. */
interface StageContext extends Made {
    readonly place: Placing;
    readonly ground: Ground;
    readonly testsOnce: boolean;
}

/** The stage of one environment, and what it takes of those before. */
interface EnvironmentStage {
    readonly planned: PlannedStage;
    readonly guard: GuardedStage;
    readonly use: Use;
}

/** The stage of one environment; undefined where nothing is done in it. */
function environmentStage(
    service: ServiceConfig,
    environment: ServiceEnvironment,
    { sourced, built, place, ground, testsOnce }: StageContext,
): EnvironmentStage | undefined {
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
    const uses = (units: PlannedUnit[]): Group => ({ sort: "uses", units });
    const suites = (units: PlannedUnit[]): Group => ({ sort: "suites", units });
    const work: Group[] = [
        { sort: "builds", units: ownBuilds },
        suites(testsOnce ? [] : suiteUnits(service, "build", made, place, environment)),
        uses(stepUnits("before")),
        ...deployGroups(environment, part => [...deployable, ...takes(part)], place, ground).map(uses),
        uses(stepUnits("after")),
        suites(suiteUnits(service, "deploy", made, place, environment, takes)),
        uses(stepUnits("end")),
    ];
    if (work.every(({ units }) => units.every(({ steps }) => steps.length === 0))) {
        return undefined;
    }
    const held = holdable(usesOf(work), sourced);
    const guard = guarded(
        work,
        { ground, service: service.name, stage: environment.name },
        guardOf(ground.skipVerification, service, environment),
        held,
    );
    const groups = [first, ...guard.groups];
    return {
        guard,
        use: {
            environment,
            takes: held.taken.length > 0,
            takesImages: Object.keys(held.images).length > 0,
            clones: held.clones,
        },
        planned: {
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
