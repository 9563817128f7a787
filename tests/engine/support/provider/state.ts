import * as crypto from "node:crypto";
import type { Entry, Place } from "./cloud";
import { resourceType, type ResourceType } from "./types";
import { holdsSecret, holdsUnknown, plain, plainProperties, secret, unknown, type Properties } from "./values";

/** The key under which the AWS provider notes which inputs it filled in itself. */
const defaults = "__defaults";

/** A resource as AWS has made it: what the cloud keeps, and the same for the engine, with secrets still wrapped. */
export interface Made {
    readonly entry: Entry;
    readonly state: Properties;
}

function partition(region: string): string {
    return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The place of one resource: since version 7 of the provider, `region` may be given for each. */
export function placeOf(place: Place, inputs: Properties): Place {
    return typeof inputs.region === "string" ? { ...place, region: inputs.region } : place;
}

/** Policy documents given as objects become JSON, as the AWS provider does it; what is secret or unknown stays so. */
function withDocuments(type: ResourceType, inputs: Properties): Properties {
    const documents = (type.documents ?? [])
        .filter(property => typeof plain(inputs[property]) === "object")
        .map((property): [string, unknown] => {
            const value = inputs[property];
            const text = holdsUnknown(value) ? unknown : JSON.stringify(plain(value));
            return [property, holdsSecret(value) ? secret(text) : text];
        });
    return { ...inputs, ...Object.fromEntries(documents) };
}

/**
 * The inputs as the provider completes them: documents as JSON, and a physical name where the program gives none. An
 * invented name stays for as long as the resource does.
 */
export function complete(token: string, name: string, before: Properties, after: Properties, seed: string): Properties {
    const type = resourceType(token);
    const inputs = withDocuments(type, after);
    const property = type.name;
    if (property === undefined || plain(inputs[property] ?? undefined) !== undefined) {
        return inputs;
    }
    const invented = Array.isArray(before[defaults]) && before[defaults].includes(property);
    const suffix = crypto.createHash("sha256").update(`${seed}${name}`).digest("hex").slice(0, 7);
    return {
        ...inputs,
        [property]: invented ? before[property] : `${type.prefix ?? ""}${name}-${suffix}`,
        [defaults]: [property],
    };
}

/** Whether the provider, and not the program, chose the physical name. */
export function isInvented(inputs: Properties): boolean {
    return inputs[defaults] !== undefined;
}

/** The output `region`, which IAM's resources do not have. */
function regionOf(type: ResourceType, place: Place): Properties {
    return type.scope === "account" ? {} : { region: place.region };
}

/** The tags of a resource together with those of the provider. */
function allTags(inputs: Properties, providerTags: Properties): Properties {
    const all = { ...providerTags, ...(plain(inputs.tags ?? {}) as Properties) };
    const tagsAll = holdsSecret(inputs.tags) ? secret(all) : all;
    return Object.keys(all).length === 0 ? {} : { tagsAll };
}

/** Fills the placeholders of a text in; inputs win over outputs. */
function resolver(type: ResourceType, place: Place, inputs: Properties): (template: string) => string {
    const own: Properties = {
        ...place,
        partition: partition(place.region),
        hex: crypto.randomBytes(9).toString("hex").slice(0, 17),
        uuid: crypto.randomUUID(),
    };
    const resolve = (template: string): string =>
        template.replace(/\{(\w+)\}/g, (_, placeholder: string) => {
            const known = inputs[placeholder] ?? own[placeholder];
            const text = placeholder === "id" ? type.id : type.outputs[placeholder];
            return text === undefined || known !== undefined ? String(known) : resolve(text);
        });
    return resolve;
}

/** What AWS makes of these inputs. */
export function make(token: string, home: Place, inputs: Properties, providerTags: Properties): Made {
    const type = resourceType(token);
    const given = plainProperties(inputs);
    const place = placeOf(home, given);
    const resolve = resolver(type, place, given);
    const outputs: Properties = Object.fromEntries(
        Object.entries(type.outputs)
            .filter(([key]) => given[key] === undefined)
            .map(([key, template]) => [key, resolve(template)]),
    );
    const added: Properties = { ...regionOf(type, place), ...outputs, ...allTags(inputs, providerTags) };
    const properties = plainProperties({ ...added, ...given });
    const arn = typeof properties.arn === "string" ? properties.arn : undefined;
    const name = type.name === undefined ? undefined : String(properties[type.name]);
    return {
        entry: { type: token, id: resolve("{id}"), arn, name, ...place, properties },
        state: { ...added, ...inputs },
    };
}

/** What a preview knows of a resource that is to be made: the inputs, and that the rest will come. */
export function foresee(token: string, home: Place, inputs: Properties, providerTags: Properties): Properties {
    const type = resourceType(token);
    const given = plainProperties(inputs);
    const made = Object.keys(type.outputs).map((key): [string, unknown] => [key, unknown]);
    return {
        ...regionOf(type, placeOf(home, given)),
        ...Object.fromEntries(made),
        ...allTags(inputs, providerTags),
        ...inputs,
    };
}

/** The state after a change in place: what AWS had added stays as it was. */
export function change(token: string, state: Properties, inputs: Properties, providerTags: Properties): Properties {
    const kept = ["region", ...Object.keys(resourceType(token).outputs)].filter(key => state[key] !== undefined);
    return {
        ...Object.fromEntries(kept.map(key => [key, state[key]])),
        ...allTags(inputs, providerTags),
        ...inputs,
    };
}
