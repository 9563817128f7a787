/** A line of a graph: a metric, or an expression over others. */
export type Line =
    | readonly [{ readonly expression: string; readonly id: string; readonly label: string }]
    | readonly [
          namespace: string,
          metric: string,
          dimension: string,
          value: string,
          { readonly label: string; readonly stat: "Maximum" | "Sum"; readonly period: number },
      ];

/** What a widget shows. */
export type Content =
    | { readonly type: "text"; readonly properties: { readonly markdown: string } }
    | {
          readonly type: "alarm";
          readonly properties: {
              readonly title: string;
              readonly alarms: readonly string[];
              readonly sortBy: "stateUpdatedTimestamp";
          };
      }
    | {
          readonly type: "log";
          readonly properties: {
              readonly title: string;
              readonly region: string;
              readonly query: string;
              readonly view: "pie" | "table";
          };
      }
    | {
          readonly type: "metric";
          readonly properties: {
              readonly title: string;
              readonly region: string;
              readonly metrics: readonly Line[];
              readonly view: "timeSeries";
              readonly stacked: boolean;
              readonly yAxis: { readonly left: { readonly min: 0; readonly label: string; readonly showUnits: false } };
          };
      };

/** A widget in its place on a grid of 24 columns. */
export type Widget = Content & {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
};

/**
 * The body of a dashboard.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface DashboardBody {
    /** How far back it looks. */
    readonly start: string;
    readonly periodOverride: "inherit";
    readonly widgets: readonly Widget[];
}

/** Widgets beside each other, all of one height, which share the whole width. */
export interface Row {
    readonly height: number;
    readonly widgets: readonly Content[];
}

/** Columns of a dashboard. */
const columns = 24;

/** `rows` below each other; those without widgets take no room. */
export function grid(rows: readonly Row[]): Widget[] {
    let y = 0;
    return rows.flatMap(({ height, widgets }) => {
        const width = Math.floor(columns / Math.max(1, widgets.length));
        const top = y;
        y += widgets.length === 0 ? 0 : height;
        return widgets.map((content, index) => ({ ...content, x: index * width, y: top, width, height }));
    });
}
