import * as assert from "node:assert/strict";
import { parse } from "yaml";
import type { FleetPlan } from "../../blueprint/plan";
import { planStack, type StackPlan } from "../../blueprint/stack";
import { problemLines } from "../../config/read";
import type { StackSource } from "../../config/source";
import { spread, type StackFiles } from "../../config/spread";
import { stackFile, type Values } from "./plans";

/** A service of one bucket. */
export const web = parse(`
    source: { repository: acme/web }
    build: { type: none }
    deploy: { type: s3, bucket: "{service}-{environment}-site" }
`) as unknown;
/** Where all stacks of the fleet are. */
export const place: Values = { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["111111111111"] };
const { services: _, ...said } = stackFile(`
    environments: [{ name: dev }, { name: prod, approval: { notify: [a@shop.example] } }]
`);
/** What a fleet says beside its services. */
export const shared: Values = said;

/** The file of a platform. */
export const platform: Values = { ...shared, role: "platform" };
/** The file of a stack on the platform `base`, with these services. */
export const standing = (...names: string[]): Values => ({
    ...place,
    role: "services",
    platform: "base",
    services: Object.fromEntries(names.map(name => [name, web])),
});
/** A platform and two stacks on it. */
export const fleet: Record<string, Values> = {
    base: platform,
    "team-a": standing("cart"),
    "team-b": standing("mail", "web"),
};

/** `stack` as its file reads, with a place of each key by its file. */
export const written = (stack: string, values: Values): StackSource => ({
    stack,
    values,
    problems: [],
    readable: true,
    locate: path => ({ file: `Pulumi.${stack}.yaml`, line: path.length + 1, column: 1 }),
    source: () => undefined,
});

/** `stack` of `files`, as the files beside it complete it. */
export function sourceOf(stack: string, files: Readonly<Record<string, Values>> = fleet): StackSource {
    const beside: StackFiles = {
        stacks: () => Object.keys(files),
        read: name => (Object.hasOwn(files, name) ? written(name, files[name]) : undefined),
    };
    return spread(written(stack, files[stack]), beside);
}

/** What the file of `stack` comes to beside the other ones. */
export const planned = (stack: string, files?: Readonly<Record<string, Values>>): StackPlan =>
    planStack(sourceOf(stack, files));

/** {@link planned}, which has to be valid. */
export function planOfStack(stack: string, files?: Readonly<Record<string, Values>>): FleetPlan {
    const { plan, problems } = planned(stack, files);
    assert.ok(plan, problemLines(problems).join("\n"));
    return plan;
}
