import type { Content, Line } from "./widgets";

/** Seconds of a point of what is counted by the day, and of what is looked at by the hour. */
export const [day, hour] = [24 * 60 * 60, 60 * 60];

/** Makes widgets of one region. */
export class Show {
    constructor(private readonly region: string) {}

    /** An expression as a line of a graph; its label is that of every time series it finds. */
    line(id: string, expression: string, label: string): Line {
        return [{ expression, id, label }];
    }

    graph(title: string, unit: string, metrics: readonly Line[], stacked = false): Content {
        const yAxis = { left: { min: 0, label: unit, showUnits: false } } as const;
        return {
            type: "metric",
            properties: { title, region: this.region, metrics, view: "timeSeries", stacked, yAxis },
        };
    }

    /** What a query of Logs Insights finds in `group`. */
    logs(title: string, view: "pie" | "table", group: string, steps: readonly string[]): Content {
        const query = [`SOURCE '${group}'`, ...steps].join("\n| ");
        return { type: "log", properties: { title, region: this.region, query, view } };
    }
}
