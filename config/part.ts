import type { z } from "zod";
import type { Unmerged } from "../catalog/kind";
import type { PlaceholderValues } from "../catalog/placeholders";
import type { Path, Problem } from "../catalog/problem";
import type { ActionType } from "../catalog/plan";
import { artifactProblems, namedArtifacts } from "./artifacts";
import { customUseProblems, type CustomActions } from "./custom-actions";
import type { NamedArtifact, Part } from "./fleet-config";
import { merge, type Layer } from "./layers";
import { serviceProblems, type OtherServices } from "./named-services";
import { filled, parse, type Filling, type Report } from "./parse";
import { secretNameProblems } from "./plain-text/variables";
import { found } from "./issues";
import { packageUseProblems, type PackageUse } from "./packages-schema";
import { untyped } from "./untyped";
import { isMap, valueAt } from "./values";

/** What all kinds of one sort have, as far as reading them goes. */
export interface Readable {
    readonly type: string;
    readonly settings: z.ZodObject;
    readonly actions?: readonly Pick<ActionType, "inputs">[];
    readonly oneOf?: readonly (readonly string[])[];
    readonly example?: string;
    // Kinds of one sort differ in their settings; which one is asked was decided by `type`.
    check?(settings: never): readonly Problem[];
    unmerged?(settings: never): Unmerged<object>;
}

/** Reads the parts of one sort: all sources, all deploys. */
export interface Sort<T> {
    readonly kinds: readonly Readable[];
    readonly schema: z.ZodType<T>;
    readonly defaultType?: string;
}

/** Keys of a build that suites and scripts take over: where they run. */
const machineKeys = ["image", "mutableImage", "architecture", "compute"] as const;

/** Of the layers of a build, what says where it runs. */
export function machineLayers(build: readonly Layer[]): Layer[] {
    return build.map(({ path, value }) => ({
        path,
        common: true,
        value: isMap(value)
            ? Object.fromEntries(
                  machineKeys.filter(key => Object.hasOwn(value, key)).map(key => [key, value[key]] as const),
              )
            : undefined,
    }));
}

/** `layers` without the reasons for images that a later one replaces: why a tag will do is said of one image. */
function ofOneImage(layers: readonly Layer[]): Layer[] {
    const named = layers.findLastIndex(({ value }) => isMap(value) && Object.hasOwn(value, "image"));
    return layers.map((layer, index) => {
        if (index >= named || !isMap(layer.value)) {
            return layer;
        }
        const { mutableImage, ...others } = layer.value;
        return { ...layer, value: others };
    });
}

/** What the parts of one service are read within. */
export interface Within {
    /** What the builds say of the machine: suites and scripts take it from them. @default nothing */
    readonly machine?: readonly Layer[];

    /** What the service's artifacts are called; undefined where that cannot be known, or is not asked. */
    readonly artifacts?: readonly string[];

    /** The services of the stack; undefined where they are not asked for. */
    readonly services?: OtherServices;

    /** The custom actions of the stack file; undefined where they cannot be known, or are not asked. */
    readonly customActions?: CustomActions;

    /** The package repositories that the service may use; undefined where they cannot be known, or are not asked. */
    readonly packages?: PackageUse;
}

/** A part that was read, before its placeholders are filled. */
export interface Read<T> {
    readonly settings: T;
    readonly origin: (path: Path) => Path;
    readonly schema: z.ZodType;

    /** The artifacts that the settings name, where it is known what there is. */
    readonly artifacts: readonly NamedArtifact[];
}

/** Reads one part from its layers: its keys, its completeness, what its kind refuses, and secrets in plain text. */
export function readPart<T extends { type: string }>(
    sort: Sort<T>,
    layers: readonly Layer[],
    { machine = [], artifacts, customActions, packages, services }: Within,
    report: Report,
): Read<T> | undefined {
    // A layer that is no map would hide what the others say, and each of them would be blamed for what is missing.
    const misshapen = layers.find(({ value }) => value !== undefined && !isMap(value));
    if (misshapen !== undefined) {
        report({ path: misshapen.path, message: `expected a map, found ${found(misshapen.value, misshapen.path)}` });
        return undefined;
    }
    const plain = merge(layers, sort.defaultType);
    const unsaid = untyped(sort, layers, plain);
    if (unsaid !== undefined) {
        report(unsaid);
        return undefined;
    }
    const type = valueAt(plain.value, ["type"]);
    const kind = sort.kinds.find(candidate => candidate.type === type);
    const takesMachine = kind !== undefined && Object.hasOwn(kind.settings.shape, "image");
    const merged = takesMachine ? merge(ofOneImage([...machine, ...layers]), sort.defaultType) : plain;
    let sound = true;
    const settings = parse(sort.schema, merged, problem => {
        sound = false;
        report(problem);
    });
    if (settings === undefined || kind === undefined) {
        return undefined;
    }
    // A key that is misspelt would seem to be missing as well.
    const checked = sound ? (kind.check?.(settings as never) ?? []) : [];
    const named = artifacts === undefined ? [] : namedArtifacts(sort.schema, settings);
    const own = [
        ...checked,
        ...needlessArtifact(kind, settings),
        ...artifactProblems(named, artifacts ?? []),
        ...(services === undefined ? [] : serviceProblems(sort.schema, settings, services)),
        ...(customActions === undefined ? [] : customUseProblems(sort.schema, settings, customActions)),
        ...(packages === undefined ? [] : packageUseProblems(sort.schema, settings, packages)),
        ...secretNameProblems(settings),
    ];
    own.forEach(problem => report({ ...problem, path: merged.origin(problem.path) }));
    return { settings, origin: path => merged.origin(path), schema: sort.schema, artifacts: named };
}

/** A problem of `settings` that name an artifact, where no action of the kind takes one. */
function needlessArtifact({ type, actions = [] }: Readable, settings: object): Problem[] {
    const takes = actions.length === 0 || actions.some(({ inputs: [, most] }) => most > 0);
    return !("artifact" in settings) || takes
        ? []
        : [{ path: ["artifact"], message: `expected no artifact: ${type} takes none` }];
}

/** `read` with its placeholders filled. */
export function fillPart<T>(
    read: Read<T>,
    values: PlaceholderValues,
    report: Report,
    later?: Filling["later"],
): Part<T> {
    const settings = filled(read.schema, read.settings, { values, ...(later && { later }) }, report, read.origin);
    const { origin, artifacts } = read;
    return { settings, origin, ...(artifacts.length > 0 && { artifacts }) };
}
