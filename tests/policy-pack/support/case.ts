import type { Resource, Settings } from "../../../policy-pack/rules/rule";

/** One resource, and what a rule says of it. */
export interface Case {
    readonly rule: string;
    readonly title: string;
    readonly type: string;
    readonly props: Resource["props"];
    readonly settings?: Settings;
    /** The messages; nothing where it passes. */
    readonly refused?: readonly string[];
}

/** Cases of one rule and type: title, properties, messages and settings. */
export const casesOf = (
    rule: string,
    type: string,
    rows: readonly (readonly [string, Resource["props"], (readonly string[])?, Settings?])[],
): readonly Case[] =>
    rows.map(([title, props, refused, settings]) => ({
        rule,
        title,
        type,
        props,
        ...(refused && { refused }),
        ...(settings && { settings }),
    }));
