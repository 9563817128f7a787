import type * as pulumi from "@pulumi/pulumi";
import { Reference, type Handle } from "../catalog/reference";

/** What each handle stands for: made by this stack, read from another, or invented for a preview. */
export type Handles = (handle: Handle) => pulumi.Input<string>;

/** A plan as a resource takes it: each reference an input. */
export type Resolved<T> = T extends Reference
    ? pulumi.Input<string>
    : T extends object
      ? { -readonly [K in keyof T]: Resolved<T[K]> }
      : T;

/** `plan` with each reference replaced where it stands; what is plain stays plain, so no `apply` decides anything. */
export function resolve<T>(plan: T, handles: Handles): Resolved<T> {
    const visit = (value: unknown): unknown =>
        value instanceof Reference
            ? handles(value.ref)
            : Array.isArray(value)
              ? value.map(visit)
              : typeof value === "object" && value !== null
                ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]))
                : value;
    return visit(plan) as Resolved<T>;
}

/** Handles by name, as a stack exports them for the stacks that build on it. */
export type NamedHandles = Partial<Record<Handle, pulumi.Input<string>>>;

/**
 * The handles of `named`.
 *
 * @throws Error for a handle that is not among them: a plan refers to what nothing makes
 */
export const fromNames =
    (named: NamedHandles): Handles =>
    handle => {
        const value = named[handle];
        if (value === undefined) {
            throw new Error(`the plan refers to ${handle}, which this stack does not have`);
        }
        return value;
    };
