import type { BasicMetric, FleetMetric, StageMetric } from "../../../functions/metrics/metric";

type Name = BasicMetric | FleetMetric | StageMetric;

/** Expressions over metrics of a fleet, whichever services there are. */
export class Search {
    constructor(private readonly namespace: string) {}

    /** Finds metrics with one of the names and exactly `dimensions`; `further` terms narrow it. */
    of(
        names: readonly Name[],
        statistic: "Average" | "Maximum" | "SampleCount" | "Sum",
        period: number,
        dimensions: readonly string[] = ["Service", "Environment"],
        ...further: readonly string[]
    ): string {
        const terms = names.map(name => `MetricName="${name}"`).join(" OR ");
        const term = [names.length === 1 ? terms : `(${terms})`, ...further].join(" ");
        return `SEARCH('{"${this.namespace}",${dimensions.join(",")}} ${term}', '${statistic}', ${period})`;
    }

    /**
     * The mean of all values of `metric` in `period`, divided by `unit`: by their sum and number, because the mean of the
     * services' means would count a service that is seldom released as much as one that always is.
     */
    mean(metric: Name, period: number, unit: number): string {
        return `SUM(${this.of([metric], "Sum", period)}) / SUM(${this.of([metric], "SampleCount", period)}) / ${unit}`;
    }
}

/** Most of what a graph shows of the slowest and the worst. */
const most = 10;

/** The first of what `found` finds, by the function of the time that is shown. */
export const first = (found: string, by: "AVG" | "MAX" | "SUM") => `SORT(${found}, ${by}, DESC, ${most})`;

/**
 * Percent of `whole` that `part` is. Where nothing was, there is no point: CloudWatch drops what is divided by zero.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const percent = (part: string, whole: string) => `100 * SUM(${part}) / SUM(${whole})`;

/**
 * The label of each time series found: its values of `dimensions`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
 */
export const named = (...dimensions: readonly string[]) => dimensions.map(name => `\${PROP('Dim.${name}')}`).join(" ");
