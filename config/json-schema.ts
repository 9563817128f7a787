import { z } from "zod";
import { approval } from "../catalog/approval";
import { commonTrigger, trigger } from "../catalog/trigger";
import { awsSchema, stackSchema } from "./schema";
import { buildSort, deploySort, gateSort, sourceSort, stepSort, suiteSort } from "./sorts";
import { project } from "./source";
import type { Spread } from "./spread-schema";

type Json = Record<string, unknown>;

/** Parts whose layers complete one another: what is missing in one, another may say. */
const layered = ["source", "sources", "build", "builds", "suites", "steps", "deploy", "deploys", "approval", "trigger"];

/** The stack file's own keys as a JSON Schema, with all that they demand of one another. */
export const stackWords = () =>
    z.toJSONSchema(
        stackSchema({
            source: sourceSort.schema.describe(
                "Where the code comes from. @default what `defaults` say; a service needs one",
            ),
            build: buildSort.schema.describe(
                "What makes of the source what is deployed; once, for all environments. @default what `defaults` say; a service needs one",
            ),
            suite: suiteSort.schema.describe("A test suite: a CodeBuild project of its own."),
            step: stepSort.schema.describe("What is done in an environment beside the deploy."),
            deploy: deploySort.schema.describe(
                "How the service is brought into an environment. @default what `defaults` say; a service needs `deploy` or `deploys`",
            ),
            approval,
            gates: z
                .array(gateSort.schema)
                .describe("Gates instead of the environment's own. @default the environment's own"),
            trigger,
            commonTrigger,
        }),
        { io: "input", unrepresentable: "any", reused: "ref" },
    ) as { properties: Record<string, Json>; $defs: Json };

/**
 * The JSON Schema of a stack file, for editors: it completes and explains keys, and marks unknown ones.
 * It demands less than reading does, because a service may leave to the defaults what it does not say itself.
 */
export function stackFileSchema(): Json {
    const words = stackWords();
    const { properties, $defs } = words;
    for (const key of ["services", "defaults"]) {
        properties[key] = relaxed(properties[key], false) as Json;
    }
    const aws = (z.toJSONSchema(awsSchema, { io: "input" }) as { properties: Record<string, Json> }).properties;
    return {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: "Stack file of service-pipelines",
        $defs: relaxed($defs, true),
        type: "object",
        required: ["config"],
        properties: {
            config: {
                description: "The configuration of the stack, as the Pulumi CLI reads it; below it stand all keys.",
                type: "object",
                required: Object.keys(aws),
                // What a stack must say depends on what of its fleet it makes.
                ...ofRole(
                    "services",
                    own(["platform", "services"]),
                    ofRole("platform", own(foundationKeys), { required: own([...foundationKeys, "services"]) }),
                ),
                properties: {
                    ...aws,
                    ...Object.fromEntries(
                        Object.entries(properties).map(([key, schema]) => [`${project}:${key}`, schema]),
                    ),
                },
                patternProperties: { [`^(?!${project}:)[^:]+:.+$`]: true },
                additionalProperties: false,
            },
        },
    };
}

/** What a fleet cannot do without beside its services. */
const foundationKeys = ["prefix", "network", "environments"];

/** Keys as they stand in a file. */
const own = (keys: readonly string[]) => keys.map(key => `${project}:${key}`);

/** What a stack of `role` must say; and what holds for others. */
const ofRole = (role: Spread["role"], required: readonly string[], others: Json): Json => {
    const [key] = own(["role"]);
    return { if: { properties: { [key]: { const: role } }, required: [key] }, then: { required }, else: others };
};

/** `schema` without its demands, below the parts that are layered; a map then fits each kind that knows its keys. */
function relaxed(schema: unknown, inside: boolean): unknown {
    if (Array.isArray(schema)) {
        return schema.map(item => relaxed(item, inside));
    }
    if (typeof schema !== "object" || schema === null) {
        return schema;
    }
    return Object.fromEntries(
        Object.entries(schema)
            .filter(([key]) => !(inside && key === "required"))
            .map(([key, value]) => {
                if (key === "properties") {
                    return [
                        key,
                        Object.fromEntries(
                            Object.entries(value as Json).map(([name, inner]) => [
                                name,
                                relaxed(inner, inside || layered.includes(name)),
                            ]),
                        ),
                    ];
                }
                return [inside && key === "oneOf" ? "anyOf" : key, relaxed(value, inside)];
            }),
    );
}
