import * as assert from "node:assert/strict";
import { logicalId } from "../../../../cli/cloudformation/logical-id";
import { templateOf, type Rendering, type Resource } from "../../../../cli/cloudformation/template";
import { home } from "../../../support/plans";
import { registered, type Registration } from "../../../support/recordings";

/** Resources as a program makes them, and what they are in a template. */
export interface Row {
    readonly make: () => unknown;

    /** The resources of the template, in the order of their ids. */
    readonly expected: readonly Resource[];

    /** Lines that say what is left out. @default [] */
    readonly leftOut?: readonly string[];
}

/** Rows by what they are about. */
export type Rows = Readonly<Record<string, Row>>;

/** The template of what `make` registers. */
export const rendered = async (make: () => unknown): Promise<Rendering> => renderedOf(await registered(make));

/** The template of `registrations`. */
export const renderedOf = (registrations: readonly Registration[]): Rendering =>
    templateOf({ stack: "test", home, registrations });

/** Logical id of a resource without parents. */
export const id = (type: string, name: string) => logicalId({ name, urn: `urn:pulumi:s::p::${type}::${name}` });

/** A reference to the resource `name` of the Pulumi type `type`. */
export const ref = (type: string, name: string) => ({ Ref: id(type, name) });

/** An attribute of it. */
export const att = (type: string, name: string, attribute: string) => ({
    "Fn::GetAtt": [id(type, name), attribute],
});

/** A text with references in it. */
export const sub = (text: string) => ({ "Fn::Sub": text });

/** A document that lets a service assume a role. */
export const trust = (service: string) => ({
    Version: "2012-10-17" as const,
    Statement: [{ Effect: "Allow" as const, Principal: { Service: service }, Action: "sts:AssumeRole" }],
});

/** The one resource of a template that is of this type. */
export function the(resources: Readonly<Record<string, Resource>>, type: string): Resource {
    const found = Object.values(resources).filter(one => one.Type === type);
    assert.equal(found.length, 1, type);
    return found[0];
}
