import * as assert from "node:assert/strict";
import { record, type Recording } from "../../cli/recorder";
import { engineConfig, type Values } from "./plans";
import { noun, type Registration } from "./recordings";

/** Runs the real program on a stack file. Of a stack `test` there is no file, so problems have no positions. */
export async function run(values: Values, stack = "test", preview = false): Promise<Recording> {
    const program = await import("../../index");
    const { stackTraceLimit } = Error;
    try {
        return await record(settle => program({ settle }), { stack, config: engineConfig(values), preview });
    } finally {
        // The program switches stack traces off; a failed assertion needs its own.
        Error.stackTraceLimit = stackTraceLimit;
    }
}

/** Components have no package of AWS's in their type. */
export const isComponent = ({ type }: Registration) => type.startsWith("service-pipelines:");

/** How many there are of each noun. */
export function counted(registrations: readonly Registration[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const one of registrations) {
        counts[noun(one)] = (counts[noun(one)] ?? 0) + 1;
    }
    return Object.fromEntries(Object.entries(counts).sort());
}

/** What another stack file changes. */
export interface Change {
    readonly added: readonly Registration[];
    readonly removed: readonly Registration[];
    /** Of what is in both, those whose parent, options, dependencies or inputs differ, as they become. */
    readonly changed: readonly Registration[];
}

/** What `after` is different in from `before`. */
export function compared(before: Recording, after: Recording): Change {
    const old = new Map(before.registrations.map(one => [one.urn, one]));
    const urns = new Set(after.registrations.map(({ urn }) => urn));
    return {
        added: after.registrations.filter(({ urn }) => !old.has(urn)),
        removed: before.registrations.filter(({ urn }) => !urns.has(urn)),
        changed: after.registrations.filter(one => old.has(one.urn) && !same(one, old.get(one.urn))),
    };
}

function same(one: Registration, other: Registration | undefined): boolean {
    try {
        assert.deepEqual(one, other);
        return true;
    } catch {
        return false;
    }
}

/** One statement of a recorded policy. */
export interface RecordedStatement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Record<string, Record<string, unknown>>;
    /** Name of the policy that it stands in. */
    readonly of: string;
}

/** Every statement of every policy of a role or a person. */
export const statementsOf = ({ registrations }: Recording): RecordedStatement[] =>
    registrations
        .filter(one => ["RolePolicy", "Policy"].includes(noun(one)))
        .flatMap(({ name, inputs }) =>
            (inputs.policy as { Statement: RecordedStatement[] }).Statement.map(statement => ({
                ...statement,
                of: name,
            })),
        );
