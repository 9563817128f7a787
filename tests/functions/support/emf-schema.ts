/** A rule of JSON Schema, as far as the one of embedded metric format uses it. */
interface Schema {
    readonly type?: "array" | "integer" | "object" | "string";
    readonly required?: readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
}

const name: Schema = { type: "string", pattern: "^(.*)$", minLength: 1, maxLength: 255 };

const perSecond = ["Bytes", "Bits"].flatMap(unit =>
    ["", "Kilo", "Mega", "Giga", "Tera"].map(size => size + (size ? unit.toLowerCase() : unit)),
);

const units = ["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"].concat(
    perSecond,
    perSecond.map(unit => `${unit}/Second`),
);

/**
 * The schema that AWS gives for the format.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const schema: Schema = {
    type: "object",
    required: ["_aws"],
    properties: {
        _aws: {
            type: "object",
            required: ["Timestamp", "CloudWatchMetrics"],
            properties: {
                Timestamp: { type: "integer" },
                CloudWatchMetrics: {
                    type: "array",
                    items: {
                        type: "object",
                        required: ["Namespace", "Dimensions", "Metrics"],
                        properties: {
                            Namespace: name,
                            Dimensions: {
                                type: "array",
                                minItems: 1,
                                items: { type: "array", minItems: 0, maxItems: 9, items: name },
                            },
                            Metrics: {
                                type: "array",
                                // In words alone: "MUST NOT contain more than 100 MetricDefinition objects".
                                maxItems: 100,
                                items: {
                                    type: "object",
                                    required: ["Name"],
                                    properties: {
                                        Name: name,
                                        Unit: { type: "string", pattern: `^(${units.join("|")})$` },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
};

const isType: Readonly<Record<NonNullable<Schema["type"]>, (value: unknown) => boolean>> = {
    array: value => Array.isArray(value),
    integer: value => Number.isInteger(value),
    object: value => typeof value === "object" && value !== null && !Array.isArray(value),
    string: value => typeof value === "string",
};

function problems(value: unknown, rule: Schema, path: string): string[] {
    if (rule.type !== undefined && !isType[rule.type](value)) {
        return [`${path}: no ${rule.type}`];
    }
    const own = value as Readonly<Record<string, unknown>>;
    const length = typeof value === "string" || Array.isArray(value) ? value.length : 0;
    return [
        ...(rule.required ?? []).filter(key => !(key in own)).map(key => `${path}.${key}: missing`),
        ...Object.entries(rule.properties ?? {}).flatMap(([key, next]) =>
            key in own ? problems(own[key], next, `${path}.${key}`) : [],
        ),
        ...(rule.items && Array.isArray(value)
            ? value.flatMap((item, index) => problems(item, rule.items ?? {}, `${path}[${index}]`))
            : []),
        ...(length < (rule.minItems ?? rule.minLength ?? 0) ? [`${path}: too short`] : []),
        ...(length > (rule.maxItems ?? rule.maxLength ?? Infinity) ? [`${path}: too long`] : []),
        ...(rule.pattern !== undefined && !new RegExp(rule.pattern).test(value as string)
            ? [`${path}: not ${rule.pattern}`]
            : []),
    ];
}

interface Document {
    readonly _aws: {
        readonly CloudWatchMetrics: readonly {
            readonly Dimensions: readonly (readonly string[])[];
            readonly Metrics: readonly { readonly Name: string }[];
        }[];
    };
    readonly [member: string]: unknown;
}

const isMetric = (value: unknown) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.length > 0 && values.length <= 100 && values.every(each => typeof each === "number");
};

/** What CloudWatch would not take of `line`: by the schema, and by what the page says of targets in words. */
export function emfProblems(line: string): string[] {
    if (line.includes("\n")) {
        return ["more than one line"];
    }
    const value = JSON.parse(line) as unknown;
    const wrong = problems(value, schema, "$");
    if (wrong.length > 0) {
        return wrong;
    }
    const document = value as Document;
    return document._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => [
        ...Dimensions.flat()
            .filter(key => typeof document[key] !== "string" || document[key] === "")
            .map(key => `dimension ${key}: no text`),
        ...Metrics.filter(metric => !isMetric(document[metric.Name])).map(metric => `metric ${metric.Name}: no number`),
    ]);
}
