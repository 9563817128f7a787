import type { Location } from "../../catalog/arn";
import { isRecord } from "../computed";
import type { Registration } from "../recorder";
import { Graph } from "./graph";
import { Invented } from "./invented";
import { LeftOut } from "./left-out";
import { logicalId } from "./logical-id";
import { Parameters, type Parameter } from "./parameters";
import { RegistrationReader, type Surroundings } from "./reader";
import { merged, read, type Properties } from "./shape";
import { mappings, type Folded, type Mapping, type Whole } from "./types";

/** One resource of a template. */
export interface Resource {
    readonly Type: string;
    readonly DependsOn?: readonly string[];
    readonly DeletionPolicy?: "Retain";
    readonly UpdateReplacePolicy?: "Retain";
    readonly Properties: Properties;
}

/** A CloudFormation template. */
export interface Template {
    readonly AWSTemplateFormatVersion: "2010-09-09";
    readonly Description: string;
    readonly Metadata: Readonly<Record<string, unknown>>;
    readonly Parameters?: Readonly<Record<string, Parameter>>;
    readonly Resources: Readonly<Record<string, Resource>>;
}

/** A template, and what it cannot say. */
export interface Rendering {
    readonly template: Template;

    /** What the stack has and the template has not, in words; also in its `Metadata`. */
    readonly notExpressed: readonly string[];

    /** The registration behind each resource. */
    readonly origins: ReadonlyMap<string, Registration>;

    /** What each resource refers to or waits for, by logical id. */
    readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** What a stack registers, and where. */
export interface Stack {
    readonly stack: string;
    readonly home: Location;
    readonly registrations: readonly Registration[];

    /** What this one refers to in another stack; of its values the template takes parameters. @default nothing */
    readonly platform?: Platform;
}

/** A stack that another one refers to. */
export interface Platform {
    readonly registrations: readonly Registration[];

    /** What it tells the other one, as far as AWS has given it. */
    readonly outputs: { readonly handles?: unknown };
}

/**
 * Resources that one template can hold.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const mostResources = 500;

/** The CloudFormation template of a whole stack. The same registrations give the same template. */
export function templateOf({ stack, home, registrations, platform }: Stack): Rendering {
    const known = [...(platform?.registrations ?? []), ...registrations];
    const invented = new Invented(known, home);
    const owners = ownersOf(registrations, invented);
    const made = registrations.filter(one => isWhole(mappings[one.type]) && abroad(one, home) === undefined);
    const around: Surroundings = {
        home,
        invented,
        graph: new Graph(registrations, owners),
        parameters: new Parameters(known),
        leftOut: new LeftOut(),
        byUrn: new Map(known.map(one => [one.urn, one])),
        made: new Set(made.map(({ urn }) => urn)),
        told: toldBy(platform, invented),
    };
    const origins = new Map(made.map(one => [logicalId(one), one]));
    const parts = new Map<string, Registration[]>();
    for (const [urn, owner] of owners) {
        parts.set(owner, [...(parts.get(owner) ?? []), ...listOf(around.byUrn.get(urn))]);
    }
    const needs = new Map<string, readonly string[]>();
    const resources = made.map(one => {
        const id = logicalId(one);
        const { resource, needed } = resourceOf(one, parts.get(one.urn) ?? [], around);
        needs.set(id, needed);
        return [id, resource] as const;
    });
    const notExpressed = [
        ...(platform?.registrations ?? []).flatMap(one => ofPlatform(one, around)),
        ...elsewhere(registrations, owners, around),
        ...around.leftOut.lines(),
        ...(resources.length > mostResources
            ? [`${resources.length} resources: CloudFormation takes at most ${mostResources} in one template`]
            : []),
    ];
    const parameters = around.parameters.all();
    return {
        template: {
            AWSTemplateFormatVersion: "2010-09-09",
            Description: `service-pipelines, stack ${stack}: for the account ${home.account} and the region ${home.region} alone`,
            Metadata: { ServicePipelines: { ...home, stack, notExpressed } },
            ...(Object.keys(parameters).length > 0 && { Parameters: parameters }),
            Resources: Object.fromEntries(resources.sort(([a], [b]) => (a < b ? -1 : 1))),
        },
        notExpressed,
        origins,
        needs,
    };
}

/** The other region that `inputs` name: a template makes what is of one region. */
const abroad = ({ inputs: { region } }: Registration, home: Location) =>
    typeof region === "string" && region !== home.region ? region : undefined;

const isWhole = (mapping: Mapping | undefined): mapping is Whole => mapping !== undefined && "type" in mapping;
const isFolded = (mapping: Mapping | undefined): mapping is Folded => mapping !== undefined && "into" in mapping;
const listOf = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

/** Of each resource that is a part of another one in a template: URN → URN of that one, if this stack makes it. */
function ownersOf(registrations: readonly Registration[], invented: Invented): Map<string, string> {
    return new Map(
        registrations.flatMap(({ urn, type, inputs }) => {
            const mapping = mappings[type];
            const owner = isFolded(mapping) ? invented.called(mapping.into, String(inputs[mapping.by])) : undefined;
            return owner === undefined ? [] : [[urn, owner] as const];
        }),
    );
}

/** The resource, and the logical ids of what it needs. */
function resourceOf(
    of: Registration,
    parts: readonly Registration[],
    around: Surroundings,
): { readonly resource: Resource; readonly needed: readonly string[] } {
    const referred = new Set<string>();
    const own = mappings[of.type] as Whole;
    const properties = [of, ...parts]
        .map(one => propertiesOf(one, new RegistrationReader(around, one, referred)))
        .reduce(merged, own.always ?? {});
    const ids = (urns: Iterable<string>) =>
        [...urns].flatMap(urn => listOf(around.byUrn.get(urn)).map(logicalId)).sort();
    const before = ids(around.graph.unsaid(of.urn, urn => around.made.has(urn), referred));
    const resource: Resource = {
        Type: own.type,
        ...(before.length > 0 && { DependsOn: before }),
        // Where Pulumi refuses to delete, CloudFormation leaves behind.
        ...(of.protect && { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" }),
        Properties: sorted(properties) as Properties,
    };
    return { resource, needed: [...ids(referred), ...before] };
}

function propertiesOf({ type, inputs }: Registration, reader: RegistrationReader): Properties {
    const mapping = mappings[type];
    if (!isFolded(mapping)) {
        return read(mapping?.shape ?? {}, inputs, reader);
    }
    const { [mapping.by]: _, ...rest } = inputs;
    const properties = read(mapping.shape, rest, reader);
    return mapping.entryOf === undefined ? properties : { [mapping.entryOf]: [properties] };
}

/** The resources of `platform` that another stack knows by what AWS has given them; the others it knows by name. */
function toldBy(platform: Platform | undefined, invented: Invented): Set<string> {
    const { handles } = platform?.outputs ?? {};
    const values = Object.values(isRecord(handles) ? handles : {}).map(String);
    return new Set(values.flatMap(value => invented.in(value)).flatMap(({ made }) => made.map(({ urn }) => urn)));
}

/** What of another stack's resource the template takes as parameters. */
function ofPlatform({ urn, name, type }: Registration, { parameters }: Surroundings): string[] {
    const asked = parameters.of(urn);
    return asked.length === 0
        ? []
        : [`${name} (${type}): the platform makes it; the template takes as parameters: ${asked.join(", ")}`];
}

/** The resources that the template does not make, and those of which it lacks something, each with its parameters. */
function elsewhere(
    registrations: readonly Registration[],
    owners: ReadonlyMap<string, string>,
    { parameters, home, made }: Surroundings,
): string[] {
    return registrations.flatMap(one => {
        const { urn, type, name, custom, remote, inputs } = one;
        const asked = parameters.of(urn);
        const handed = asked.length === 0 ? "" : `; the template takes as parameters: ${asked.join(", ")}`;
        const what = `${name} (${type})`;
        if (remote === true) {
            return [`${what}: a provider makes what is in it, of ${JSON.stringify(sorted(inputs))}${handed}`];
        }
        const mapping = mappings[type];
        const region = abroad(one, home);
        if (custom && region !== undefined) {
            return [`${what}: it is in ${region}, and a template makes what is in one region${handed}`];
        }
        if (!custom || made.has(urn) || owners.has(urn)) {
            return handed === "" ? [] : [`${what}: not all of it is recorded${handed}`];
        }
        return isFolded(mapping)
            ? [`${what}: this stack does not make what it is a part of, ${JSON.stringify(inputs[mapping.by])}`]
            : [`${what}: the template does not know this type${handed}`];
    });
}

/** `value` with the keys of all objects in order, so that what does not change makes no difference. */
function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    return isRecord(value)
        ? Object.fromEntries(
              Object.entries(value)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([key, inner]) => [key, sorted(inner)]),
          )
        : value;
}
