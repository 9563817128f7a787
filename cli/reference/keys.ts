import { z } from "zod";

/** One key of a kind, as its table shows it. */
export interface KeyRow {
    /** `reports.coverage.minimum`; `[]` behind a list, `<name>` for a key that people choose. */
    readonly key: string;
    readonly type: string;
    readonly required: boolean;
    readonly description: string;
    readonly fallback?: string;
}

/** As much of a JSON Schema as the tables show. */
interface Json {
    readonly type?: string | readonly string[];
    readonly description?: string;
    readonly enum?: readonly unknown[];
    readonly const?: unknown;
    readonly anyOf?: readonly Json[];
    readonly oneOf?: readonly Json[];
    readonly items?: Json;
    readonly properties?: Readonly<Record<string, Json>>;
    readonly additionalProperties?: Json | boolean;
    readonly required?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly maxLength?: number;
    readonly maxItems?: number;
}

/** The keys of `settings`, those inside maps and lists too. */
export function keyRows(settings: z.ZodObject): KeyRow[] {
    return rowsOf(z.toJSONSchema(settings, { io: "input", unrepresentable: "any" }) as Json, "");
}

function rowsOf({ properties = {}, required = [] }: Json, prefix: string): KeyRow[] {
    return Object.entries(properties).flatMap(([name, schema]) => {
        const key = prefix === "" ? name : `${prefix}.${name}`;
        const [description, fallback] = (schema.description ?? "").split(/\s*@default\s+/);
        return [
            {
                key,
                type: typeText(schema),
                required: required.includes(name),
                description: description.trim(),
                ...(fallback !== undefined && { fallback: fallback.trim() }),
            },
            ...inner(schema, key),
        ];
    });
}

/** The rows of what stands below `schema`. */
function inner(schema: Json, key: string): KeyRow[] {
    if (schema.properties !== undefined) {
        return rowsOf(schema, key);
    }
    if (schema.items !== undefined) {
        return inner(schema.items, `${key}[]`);
    }
    if (typeof schema.additionalProperties === "object") {
        return inner(schema.additionalProperties, `${key}.<name>`);
    }
    const members = schema.anyOf ?? schema.oneOf ?? [];
    const rows = members.flatMap(member => inner(member, key));
    // What several members have in common is told once.
    return rows.filter((row, index) => rows.findIndex(other => other.key === row.key) === index);
}

/** What may stand there, in words. */
function typeText(schema: Json): string {
    if (schema.enum !== undefined) {
        return schema.enum.map(word).join(", ");
    }
    if (schema.const !== undefined) {
        return word(schema.const);
    }
    const members = schema.anyOf ?? schema.oneOf;
    if (members !== undefined) {
        return [...new Set(members.map(typeText))].join(" or ");
    }
    switch (schema.type) {
        case "string":
            return schema.maxLength === undefined ? "text" : `text, at most ${schema.maxLength} characters`;
        case "integer":
        case "number":
            return numberText(schema);
        case "boolean":
            return "true or false";
        case "array":
            return `list of ${schema.items === undefined ? "anything" : typeText(schema.items)}${schema.maxItems === undefined ? "" : `, at most ${schema.maxItems}`}`;
        case "object":
            return typeof schema.additionalProperties === "object"
                ? `map of ${typeText(schema.additionalProperties)} by name`
                : "map";
        default:
            return "anything";
    }
}

const word = (value: unknown) => `\`${String(value)}\``;

function numberText({ type, minimum, maximum }: Json): string {
    const noun = type === "integer" ? "whole number" : "number";
    // Zod writes the largest safe integer where there is no bound.
    const from = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
    const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
    return from === undefined && to === undefined ? noun : `${noun}, ${from ?? "…"} to ${to ?? "…"}`;
}
