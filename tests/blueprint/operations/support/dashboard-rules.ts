import type { DashboardBody, Line, Widget } from "../../../../blueprint/operations/dashboard/widgets";

/** Functions of metric math that the dashboard uses: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html. */
const functions = ["SORT", "SUM"];

/** `SEARCH('{namespace,dimension,…} terms', 'statistic', period)`; names that are no words in double quotes. */
const search =
    /SEARCH\('\{"[^"'{}]+"(?:,\w+)+\} ([^']+)', '(?:Average|Maximum|Minimum|SampleCount|Sum|p\d\d)', (\d+)\)/g;

/** Terms: a property with an exact value in double quotes or a word, joined by operators in capitals. */
const terms = /^(?:NOT )?\(?\w+=(?:"[^"]+"|\w+)(?: OR \w+="[^"]+")*\)?(?: NOT \w+=(?:"[^"]+"|\w+))*$/;

const longestSearch = 1024;

function expressionFaults(expression: string): string[] {
    const found = [...expression.matchAll(search)];
    const math = expression.replace(search, "e");
    const calls = [...math.matchAll(/(\w+)\(/g)].map(([, name]) => name);
    return [
        ...(found.length === 0 ? ["no search that AWS would read"] : []),
        ...found.filter(([, inner]) => !terms.test(inner)).map(([, inner]) => `terms ${inner}`),
        ...found
            .filter(([text]) => text.length > longestSearch)
            .map(([text]) => `${text.length} characters of a search`),
        ...found
            .filter(([, , period]) => Number(period) % 60 !== 0 || period === "0")
            .map(([, , period]) => `period ${period}`),
        ...calls.filter(name => !functions.includes(name)).map(name => `function ${name}`),
        ...(math.split("(").length !== math.split(")").length ? ["parentheses"] : []),
        // What sums up many time series is one; what sorts them is many, and stands outermost.
        ...(/^(?:SORT\(e(?: [/*] \d+)?, (?:AVG|MAX|MIN|SUM), (?:ASC|DESC), \d+\)|e|(?:100 \* )?SUM\(e\)(?: \/ SUM\(e\))?(?: \/ \d+)?)$/.test(
            math,
        )
            ? []
            : [`math ${math}`]),
    ];
}

function lineFaults(line: Line): string[] {
    if (line.length === 1) {
        const [{ id, expression }] = line;
        return [...(/^[a-z][A-Za-z0-9_]*$/.test(id) ? [] : [`id ${id}`]), ...expressionFaults(expression)];
    }
    const [, , , , { period }] = line;
    return period % 60 === 0 && period > 0 ? [] : [`period ${period}`];
}

/** Log groups in quotes behind SOURCE, then steps: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html. */
const query = /^SOURCE '[-.\w/#]+'(?:\n\| (?:fields|filter|stats|sort|limit) [^\n]+)+$/;

function widgetFaults(widget: Widget): string[] {
    const { x, y, width, height } = widget;
    const place = [x, y, width, height].every(Number.isInteger) && x >= 0 && y >= 0 && width >= 1 && height >= 1;
    return [
        ...(place && x + width <= 24 && height <= 1000 ? [] : [`place ${[x, y, width, height].join(" ")}`]),
        ...contentFaults(widget),
    ];
}

function contentFaults(widget: Widget): string[] {
    switch (widget.type) {
        case "text":
            return widget.properties.markdown === "" ? ["no text"] : [];
        case "alarm": {
            const { alarms } = widget.properties;
            const wrong = alarms.filter(arn => !/^arn:aws[-\w]*:cloudwatch:[-\w]+:\d{12}:alarm:.+$/.test(arn));
            return [
                ...(alarms.length >= 1 && alarms.length <= 100 ? [] : [`${alarms.length} alarms`]),
                ...wrong.map(arn => `alarm ${arn}`),
            ];
        }
        case "log": {
            const { region, query: text } = widget.properties;
            return [...(region === "" ? ["no region"] : []), ...(query.test(text) ? [] : [`query ${text}`])];
        }
        case "metric": {
            const { region, metrics } = widget.properties;
            const ids = metrics.flatMap(line => (line.length === 1 ? [line[0].id] : []));
            return [
                ...(region === "" ? ["no region"] : []),
                ...(metrics.length >= 1 && metrics.length <= 500 ? [] : [`${metrics.length} metrics`]),
                ...(new Set(ids).size === ids.length ? [] : ["an id twice"]),
                ...metrics.flatMap(lineFaults),
            ];
        }
    }
}

const overlaps = (one: Widget, other: Widget) =>
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height;

const titleOf = (widget: Widget) => ("title" in widget.properties ? widget.properties.title : widget.type);

/**
 * What CloudWatch would not take in `body`, or would show otherwise than it is meant.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardFaults({ start, widgets }: DashboardBody): string[] {
    return [
        ...(/^-PT?\d+[MHDW]$/.test(start) ? [] : [`start ${start}`]),
        ...(widgets.length <= 500 ? [] : [`${widgets.length} widgets`]),
        ...widgets.flatMap(widget => widgetFaults(widget).map(fault => `${titleOf(widget)}: ${fault}`)),
        ...widgets.flatMap((widget, index) =>
            widgets
                .slice(index + 1)
                .filter(other => overlaps(widget, other))
                .map(other => `${titleOf(widget)} overlaps ${titleOf(other)}`),
        ),
    ];
}
