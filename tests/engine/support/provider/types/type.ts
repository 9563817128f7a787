import type { Found, Properties } from "../values";

/** An input that names something which must exist when the call is made. */
export interface Reference {
    /** Where the input is; `[*]` stands for every item of a list. */
    readonly path: string;
    /** Types of what may be named there, by id or ARN. */
    readonly to: readonly string[];
    /** Input with the account that has it: of another account nothing is known. */
    readonly owner?: string;
    /** What names it, where the path alone cannot say. */
    readonly reads?: (properties: Properties) => readonly Found[];
}

/** An input with the ARN of a role. AWS looks at once whether the service may assume it. */
export interface RoleUse {
    readonly path: string;
    readonly service: string;
    /** Whether the service also tries out what the role may do, so that it must have its policy. */
    readonly tried: boolean;
}

/**
 * What the stand-in knows of one resource type. Texts with `{placeholders}` take the inputs and outputs, `{id}`,
 * `{account}`, `{region}`, `{partition}`, and `{hex}` and `{uuid}`, which differ for every resource.
 */
export interface ResourceType {
    /** The input with the physical name; the provider invents one where it is left out. */
    readonly name?: string;
    /** What an invented name starts with. */
    readonly prefix?: string;
    /** The names that AWS accepts. */
    readonly pattern?: RegExp;
    /** Inputs and outputs that together exist only once in {@link scope}; without it, any number may be made. */
    readonly unique?: readonly string[];
    /** How far {@link unique} reaches. */
    readonly scope?: "world" | "account" | "region";
    /** Inputs of which a change makes a new resource. */
    readonly replace: readonly string[];
    /** Inputs with a policy document, given as an object or as JSON. */
    readonly documents?: readonly string[];
    readonly references?: readonly Reference[];
    readonly roles?: readonly RoleUse[];
    /** What else AWS refuses, from the inputs alone. */
    readonly refuses?: (properties: Properties) => readonly string[];
    /** Deleting is refused while something names the resource here. */
    readonly blockedBy?: readonly { readonly type: string; readonly path: string }[];
    /**
     * Milliseconds that creating takes. What others need without naming it is slow, so that a program which does not
     * say that it waits for it comes too early every time, not only on bad days.
     */
    readonly latency?: number;
    readonly id: string;
    /** What AWS adds to the inputs; an input of the same name wins. */
    readonly outputs: Readonly<Record<string, string>>;
}

/** A reference to one of some types. */
export function needs(path: string, ...to: readonly string[]): Reference {
    return { path, to };
}
