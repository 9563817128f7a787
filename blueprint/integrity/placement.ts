import type { Artifact } from "../../catalog/plan";
import { sealUnits, verifyUnits, type Asking, type ImageFiles } from "./actions";
import { outputsOf, type PlannedUnit } from "../units";

/** Units of one stage that stand together, and whether they build, test, or use artifacts: steps and deploys do. */
export interface Group {
    readonly sort: "builds" | "suites" | "uses";
    readonly units: readonly PlannedUnit[];
}

/** How much of an environment's stage is held to what was built. */
export interface Guard {
    readonly verified: boolean;
    /** Whether files that name images have to name them by digest. */
    readonly pinned: boolean;
}

/** What of an environment's stage can be held to what was built: a full clone cannot, as CodeBuild alone takes one. */
export interface Holdable {
    readonly taken: readonly string[];
    readonly images: ImageFiles;
    /** What the stack file calls the full clones that steps and deploys take. */
    readonly clones: readonly string[];
}

/** A stage with its seals and what is verified in it. */
export interface GuardedStage {
    readonly groups: readonly (readonly PlannedUnit[])[];
    /** Artifacts from before the stage that have to be sealed by then. */
    readonly sealedBefore: readonly string[];
    readonly images: ImageFiles;
}

/** The steps and deploys among `groups`. */
export const usesOf = (groups: readonly Group[]): PlannedUnit[] =>
    groups.filter(({ sort }) => sort === "uses").flatMap(({ units }) => units);

/** What the steps and deploys among `units` take of others, each once, in the order in which they take it. */
const takenBy = (units: readonly PlannedUnit[]): string[] => [
    ...new Set(
        units.flatMap(unit => {
            const own = outputsOf([unit]).map(({ name }) => name);
            return unit.steps.flatMap(({ inputs }) => inputs).filter(name => !own.includes(name));
        }),
    ),
];

/** Files that name images, of all `units`, by artifact. */
const imagesOf = (units: readonly PlannedUnit[]): ImageFiles =>
    mergedImages(units.flatMap(({ steps }) => steps.map(({ imageFiles = {} }) => imageFiles)));

/** What `units`, which use `sourced` among others, take that can be sealed, and what cannot. */
export function holdable(units: readonly PlannedUnit[], sourced: readonly Artifact[]): Holdable {
    const taken = takenBy(units);
    const clones = sourced.filter(({ name, clone }) => clone === true && taken.includes(name));
    const isClone = (name: string) => clones.some(clone => clone.name === name);
    return {
        taken: taken.filter(name => !isClone(name)),
        images: Object.fromEntries(Object.entries(imagesOf(units)).filter(([name]) => !isClone(name))),
        clones: clones.map(({ key }) => key),
    };
}

/** All of `images`, each file once. */
export function mergedImages(images: readonly ImageFiles[]): ImageFiles {
    const merged = new Map<string, string[]>();
    for (const [artifact, files] of images.flatMap(one => Object.entries(one))) {
        merged.set(artifact, [...new Set([...(merged.get(artifact) ?? []), ...files])]);
    }
    return Object.fromEntries(merged);
}

/**
 * `groups` of an environment's stage with what seals and verifies: a seal after its builds, and a verification before its
 * first step or deploy of all that they take and that is there by then. One is enough for deploys to region after region:
 * nothing in between may write what they take, and each action more is a minute more.
 *
 * What a step hands on is sealed as soon as it has, and verified before those that take it.
 */
export function guarded(
    groups: readonly Group[],
    asking: Asking,
    { verified, pinned }: Guard,
    { taken, images: namingImages }: Holdable,
): GuardedStage {
    const uses = usesOf(groups);
    if (!verified || taken.length === 0) {
        return { groups: groups.map(({ units }) => units), sealedBefore: [], images: {} };
    }
    const images = pinned ? namingImages : {};
    const built = outputsOf(groups.filter(({ sort }) => sort === "builds").flatMap(({ units }) => units));
    const own = taken.filter(name => built.some(artifact => artifact.name === name));
    const handedOn = producers(uses, taken);
    const there = taken.filter(name => !handedOn.some(({ artifacts }) => artifacts.includes(name)));
    const known = new Set<string>();
    const first = groups.findIndex(({ sort }) => sort === "uses");
    return {
        images,
        sealedBefore: there.filter(name => !own.includes(name)),
        groups: groups.flatMap(({ sort, units }, index) => {
            switch (sort) {
                case "builds":
                    return [units, sealUnits(own, { name: "seal" }, asking, images)];
                case "suites":
                    return [units];
                case "uses":
                    return [
                        ...(index === first ? [verifyUnits(there, { name: "verify" }, asking)] : []),
                        ...handing(units, handedOn, known, asking, images),
                    ];
            }
        }),
    };
}

/** A unit that hands on what others take. */
interface Producer {
    readonly name: string;
    readonly artifacts: readonly string[];
}

const producers = (units: readonly PlannedUnit[], taken: readonly string[]): Producer[] =>
    units
        .map(unit => ({
            name: unit.unit.name,
            artifacts: outputsOf([unit])
                .map(({ name }) => name)
                .filter(name => taken.includes(name)),
        }))
        .filter(({ artifacts }) => artifacts.length > 0);

/**
 * `units` with the seals of what they hand on, and before them, or between them, the verification of what they take of
 * `handedOn`.
 *
 * @param known - producers whose artifacts are verified already; those that are verified here are added
 */
function handing(
    units: readonly PlannedUnit[],
    handedOn: readonly Producer[],
    known: Set<string>,
    asking: Asking,
    images: ImageFiles,
): PlannedUnit[][] {
    const takes = (unit: PlannedUnit, { artifacts }: Producer) =>
        takenBy([unit]).some(artifact => artifacts.includes(artifact));
    const here = handedOn.filter(({ name }) => units.some(({ unit }) => unit.name === name));
    const seals = new Map(
        here.map(({ name, artifacts }) => [
            name,
            sealUnits(artifacts, { name: `seal-${name}`, needs: [name] }, asking, images),
        ]),
    );
    const taken = handedOn.filter(one => !known.has(one.name) && units.some(unit => takes(unit, one)));
    const checks = new Map(
        taken.map(({ name, artifacts }) => [
            name,
            verifyUnits(artifacts, { name: `verify-${name}`, needs: namesOf(seals.get(name) ?? []) }, asking),
        ]),
    );
    taken.forEach(({ name }) => known.add(name));
    const within = here.filter(({ name }) => checks.has(name));
    const earlier = taken.filter(one => !within.includes(one));
    const checksOf = (all: readonly Producer[]) => all.flatMap(({ name }) => checks.get(name) ?? []);
    const waiting = units.map(one => {
        const after = checksOf(within.filter(producer => takes(one, producer)));
        return after.length === 0
            ? one
            : { ...one, unit: { ...one.unit, needs: [...one.unit.needs, ...namesOf(after)] } };
    });
    return [checksOf(earlier), [...waiting, ...[...seals.values()].flat(), ...checksOf(within)]];
}

const namesOf = (units: readonly PlannedUnit[]) => units.map(({ unit }) => unit.name);
