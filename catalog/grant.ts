import type { Text } from "./reference";

/** Conditions of a statement: operator → key → values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, Text | readonly Text[]>>>>;

/** What one role may do, and why. */
export interface Grant {
    /** `Sid` of the statement: says why, and shows in every diff. Letters and digits. */
    readonly sid: string;

    readonly actions: readonly string[];

    readonly resources: readonly Text[];

    readonly conditions?: Conditions;

    /** Why the resource is `*` (the AWS reason), or the user's own words; printed in the preview. */
    readonly reason?: string;
}

/** A grant on `resources`. */
export function allow(
    sid: string,
    actions: readonly string[],
    resources: readonly Text[],
    conditions?: Conditions,
): Grant {
    return { sid, actions, resources, ...(conditions && { conditions }) };
}

/** A grant of actions that AWS cannot limit to a resource; `reason` names the API's restriction. */
export function allowAnywhere(sid: string, actions: readonly string[], reason: string, conditions?: Conditions): Grant {
    return { sid, actions, resources: ["*"], reason, ...(conditions && { conditions }) };
}

/** `iam:PassRole` on exactly these roles, to exactly this service. */
export function passRole(sid: string, roleArns: readonly string[], toService: string | readonly string[]): Grant {
    return allow(sid, ["iam:PassRole"], roleArns, { StringEquals: { "iam:PassedToService": toService } });
}
