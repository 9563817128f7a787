/**
 * Names of what only AWS can name: the artifact key and that of seals, created connections, the ids of a created network.
 * Everything else has a derived name, so its ARN is a plain string that is known offline.
 */
export type Handle =
    | "artifactKey"
    | `artifactKey:${string}`
    | "signingKey"
    | "vpc"
    | "buildSecurityGroup"
    | "buildSecurityGroupArn"
    | `subnet:${number}`
    | `subnetArn:${number}`
    | `connection:${string}`;

/**
 * A value in a plan that `components/` replaces where it stands.
 *
 * A class, not a plain object: a map of the user's own words (tags, variables) may well have a key `ref`.
 */
export class Reference {
    constructor(readonly ref: Handle) {}
}

/** A string of a plan: known offline, or to be named by AWS. */
export type Text = string | Reference;

/** `text` for people and for JSON: a reference shows as `<handle>`. */
export function shown(text: Text): string {
    return text instanceof Reference ? `<${text.ref}>` : text;
}
