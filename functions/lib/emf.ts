/** Units of CloudWatch that are used here. */
export type Unit = "Count" | "None" | "Seconds";

/** Metrics that share their dimensions. */
export interface Declared {
    /** Names of fields that hold text. */
    readonly dimensions: readonly string[];
    /** Units, by names of fields that hold a number or numbers. */
    readonly metrics: Readonly<Record<string, Unit>>;
}

/** What one line of the log tells. */
export interface Line {
    readonly namespace: string;
    /** When it happened: CloudWatch puts the values there, whenever the line is written. */
    readonly time: Date;
    readonly declared: readonly Declared[];
    readonly fields: Readonly<Record<string, number | string | readonly number[]>>;
}

/** What CloudWatch takes: metrics of a line, values of a metric, dimensions of a metric. */
const limits = { metrics: 100, values: 100, dimensions: 9 };

/**
 * A line in CloudWatch's embedded metric format: the fields as they are, and which of them are metrics. Without any, it is
 * a plain line of JSON.
 *
 * Write it with `process.stdout.write`: what `console.log` writes gets a prefix from Lambda, or becomes the text of
 * another JSON object, in which CloudWatch finds no metrics.
 *
 * @throws Error for what CloudWatch would not take: it says no word of it
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Lambda.html
 */
export function emf({ namespace, time, declared, fields }: Line): string {
    const directives = declared
        .map(each => directiveOf(namespace, each, fields))
        .filter(({ Metrics }) => Metrics.length > 0);
    return JSON.stringify({
        ...(directives.length > 0 && { _aws: { Timestamp: time.getTime(), CloudWatchMetrics: directives } }),
        ...fields,
    });
}

function directiveOf(namespace: string, { dimensions, metrics }: Declared, fields: Line["fields"]) {
    const names = Object.keys(metrics);
    const wrong = [
        ...dimensions
            .filter(name => typeof fields[name] !== "string" || fields[name] === "")
            .map(name => `no text ${name}`),
        ...names.filter(name => !isMeasured(fields[name])).map(name => `no number ${name}`),
        ...(names.length > limits.metrics ? [`${names.length} metrics`] : []),
        ...(dimensions.length > limits.dimensions ? [`${dimensions.length} dimensions`] : []),
    ];
    if (wrong.length > 0) {
        throw new Error(`no line of metrics: ${wrong.join(", ")}`);
    }
    return {
        Namespace: namespace,
        Dimensions: [dimensions],
        Metrics: names.map(name => ({ Name: name, Unit: metrics[name] })),
    };
}

function isMeasured(value: Line["fields"][string] | undefined): boolean {
    const values = typeof value === "object" ? value : [value];
    return values.length > 0 && values.length <= limits.values && values.every(each => Number.isFinite(each));
}

/**
 * Whether CloudWatch takes values of `time`: at most two weeks old, and at most two hours ahead.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function isTakenByCloudWatch(time: Date, now: number): boolean {
    const hour = 60 * 60 * 1000;
    return time.getTime() > now - 14 * 24 * hour && time.getTime() < now + 2 * hour;
}
