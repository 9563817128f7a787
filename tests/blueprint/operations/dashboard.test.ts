import * as assert from "node:assert/strict";
import type { DashboardBody, Widget } from "../../../blueprint/operations/dashboard/widgets";
import { ecsService, fleetOf, threeEnvironments, type Words } from "../support/fleet";
import { dashboardFaults } from "./support/dashboard-rules";

function bodyOf(operations: Words = {}, words: Words = {}): DashboardBody {
    const { dashboard } = fleetOf({ environments: threeEnvironments, ...words, operations }).shared.operations
        .monitoring;
    assert.ok(dashboard);
    assert.equal(dashboard.name, "shop--fleet");
    return dashboard.body;
}

const titles = ({ widgets }: DashboardBody) =>
    widgets.map(({ type, properties }) => ("title" in properties ? properties.title : type));

function widget(body: DashboardBody, title: string): Widget {
    const found = body.widgets.find(({ properties }) => "title" in properties && properties.title === title);
    assert.ok(found, title);
    return found;
}

/** The one expression of a graph. */
function expressionOf(body: DashboardBody, title: string): string {
    const { type, properties } = widget(body, title);
    assert.ok(type === "metric");
    const [[first], ...others] = properties.metrics;
    assert.ok(typeof first === "object" && others.length === 0);
    return first.expression;
}

function queryOf(body: DashboardBody, title: string): string[] {
    const { type, properties } = widget(body, title);
    assert.ok(type === "log");
    return properties.query.split("\n| ");
}

const find = (term: string, statistic: string, dimensions = "Service,Environment", period = 86400) =>
    `SEARCH('{"service-pipelines/shop",${dimensions}} ${term}', '${statistic}', ${period})`;

const ofFunctions = ["Errors of the stack's functions", "Dead letters", "Oldest message that waits for a function"];
const ofApprovals = ["Approvals that wait", "The one that waits longest"];
const ofServices = [
    "Deployments",
    "Failed deployments: the worst services",
    "Error rate",
    "Execution time: the slowest services",
    "Deployment frequency",
    "Lead time for changes",
    "Change failure rate",
    "Time to restore",
];
const ofFailures = ["Failures by cause", "Last failures"];

describe("the dashboard of a fleet", () => {
    for (const [metrics, ...wanted] of [
        ["basic", ...ofServices, "Slowest stages, in minutes", ...ofFailures],
        [
            "stages",
            ...ofServices,
            "Slowest stages",
            "Stages that fail most",
            "Stages that are waited for longest",
            ...ofFailures,
        ],
        ["none"],
    ]) {
        it(`has what can be shown with metrics ${metrics}, in AWS's form`, () => {
            const body = bodyOf({ metrics });
            assert.deepEqual(titles(body), ["text", "Alarms", ...wanted, ...ofApprovals, ...ofFunctions]);
            assert.deepEqual(dashboardFaults(body), []);
        });
    }

    it("shows no approvals where nobody is asked", () => {
        assert.deepEqual(
            titles(bodyOf({}, { environments: [{ name: "dev" }] })).filter(title => ofApprovals.includes(title)),
            [],
        );
    });

    it("looks four weeks back, in the periods that each graph says", () => {
        const { start, periodOverride } = bodyOf();
        assert.deepEqual([start, periodOverride], ["-P4W", "inherit"]);
    });

    const deployments = find('(MetricName="Deployments" OR MetricName="FailedDeployments")', "Sum");
    const mean = (metric: string) =>
        `SUM(${find(`MetricName="${metric}"`, "Sum")}) / SUM(${find(`MetricName="${metric}"`, "SampleCount")}) / 3600`;
    for (const [title, expression] of [
        ["Deployments", find('MetricName="Deployments"', "Sum")],
        [
            "Failed deployments: the worst services",
            `SORT(${find('MetricName="FailedDeployments"', "Sum")}, SUM, DESC, 10)`,
        ],
        ["Error rate", `100 * SUM(${find('MetricName="FailedDeployments"', "Sum")}) / SUM(${deployments})`],
        [
            "Execution time: the slowest services",
            `SORT(${find('MetricName="ExecutionTime"', "Average")} / 60, AVG, DESC, 10)`,
        ],
        ["Deployment frequency", `SUM(${find('MetricName="Deployments"', "Sum")})`],
        ["Lead time for changes", mean("LeadTime")],
        ["Change failure rate", `100 * SUM(${find('MetricName="FailedChanges"', "Sum")}) / SUM(${deployments})`],
        ["Time to restore", mean("TimeToRestore")],
        ["Approvals that wait", find('MetricName="ApprovalsWaiting"', "Maximum", "Environment", 3600)],
        ["The one that waits longest", find('MetricName="OldestApproval"', "Maximum", "Environment", 3600)],
    ]) {
        it(`shows by metrics: ${title}`, () => assert.equal(expressionOf(bodyOf(), title), expression));
    }

    for (const [title, metric, times] of [
        ["Slowest stages", "StageDuration", " / 60"],
        ["Stages that fail most", "ErrorRate", " * 100"],
        ["Stages that are waited for longest", "QueueTime", " / 60"],
    ]) {
        it(`shows by metrics of stages, but those of approvals: ${title}`, () =>
            assert.equal(
                expressionOf(bodyOf({ metrics: "stages" }), title),
                `SORT(${find(`MetricName="${metric}" NOT Stage=Approve`, "Average", "Service,Environment,Stage")}${times}, AVG, DESC, 10)`,
            ));
    }

    const source = "SOURCE '/service-pipelines/shop/functions/metrics'";
    const failed = 'filter ispresent(cause) and (kind = "action" or (kind = "stage" and cause = "Condition"))';
    for (const [title, ...steps] of [
        [
            "Slowest stages, in minutes",
            "filter ispresent(StageDuration) and Stage not like /^Approve-/",
            "stats avg(StageDuration) / 60 as mean, max(StageDuration) / 60 as longest, count(*) as runs by Service, Stage",
            "sort mean desc",
            "limit 25",
        ],
        ["Failures by cause", failed, "stats count(*) as failures by cause", "sort failures desc", "limit 25"],
        [
            "Last failures",
            failed,
            "fields @timestamp, Service, Environment, Stage, action, cause, execution",
            "sort @timestamp desc",
            "limit 25",
        ],
    ]) {
        it(`shows by the log of metrics: ${title}`, () =>
            assert.deepEqual(queryOf(bodyOf(), title), [source, ...steps]));
    }

    it("shows every alarm of the fleet and of its functions' dead letters", () => {
        const { type, properties } = widget(bodyOf(), "Alarms");
        assert.ok(type === "alarm");
        assert.deepEqual(
            properties.alarms.map(arn =>
                arn.replace("arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop--fleet--", ""),
            ),
            [
                "failed-deploy",
                "duration",
                "approval",
                "function-errors",
                "late-messages",
                "seal--dead-letters",
                "verify--dead-letters",
                "notify--dead-letters",
                "metrics--dead-letters",
            ],
        );
    });

    it("shows the functions by their names and their queues by theirs", () => {
        const body = bodyOf({}, { environments: [{ name: "dev", freezable: true }] });
        const shown = ofFunctions.map(title => {
            const { type, properties } = widget(body, title);
            assert.ok(type === "metric");
            return properties.metrics;
        });
        const line =
            (namespace: string, metric: string, dimension: string, stat: string) => (key: string, name: string) => [
                namespace,
                metric,
                dimension,
                `shop--fleet--${name}`,
                { label: key, stat, period: 3600 },
            ];
        const errors = line("AWS/Lambda", "Errors", "FunctionName", "Sum");
        const letters = line("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "Maximum");
        const age = line("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "Maximum");
        assert.deepEqual(shown, [
            ["check", "seal", "verify", "notify", "metrics"].map(key => errors(key, key)),
            ["check", "seal", "verify", "notify", "metrics"].map(key => letters(key, `${key}--dead-letters`)),
            // Those that pipelines call have no queue.
            ["notify", "metrics"].map(key => age(key, key)),
        ]);
    });

    it("is the same for one service and for two hundred", () => {
        const many = Object.fromEntries(
            Array.from({ length: 200 }, (_, index) => [`s${index}`, ecsService(`s${index}`)]),
        );
        assert.deepEqual(bodyOf({ metrics: "stages" }, { services: many }), bodyOf({ metrics: "stages" }));
    });

    it("is none where the stack file says so", () => {
        assert.equal("dashboard" in fleetOf({ operations: { dashboard: false } }).shared.operations.monitoring, false);
    });
});

describe("the rules of a dashboard's body", () => {
    const body = bodyOf();
    const [text, alarms, graph] = body.widgets;
    const changed = (...widgets: readonly object[]) =>
        dashboardFaults({ ...body, widgets } as unknown as DashboardBody);
    const measured = (metrics: readonly unknown[]) => ({ ...graph, properties: { ...graph.properties, metrics } });
    const expressed = (expression: string) => measured([[{ id: "a", expression, label: "" }]]);
    const good = find('MetricName="A"', "Sum");

    for (const [title, widgets, fault] of [
        ["a widget beyond the 24th column", [{ ...text, x: 1 }], "text: place 1 0 24 2"],
        ["two widgets in one place", [text, { ...alarms, y: 1 }], "text overlaps Alarms"],
        ["no alarms", [{ ...alarms, properties: { ...alarms.properties, alarms: [] } }], "Alarms: 0 alarms"],
        [
            "an alarm by its name",
            [{ ...alarms, properties: { ...alarms.properties, alarms: ["a"] } }],
            "Alarms: alarm a",
        ],
        ["no region", [{ ...graph, properties: { ...graph.properties, region: "" } }], "Deployments: no region"],
        ["no metrics", [measured([])], "Deployments: 0 metrics"],
        [
            "an id that begins with a capital",
            [measured([[{ id: "A", expression: good, label: "" }]])],
            "Deployments: id A",
        ],
        [
            "an id twice",
            [measured([good, good].map(expression => [{ id: "a", expression, label: "" }]))],
            "Deployments: an id twice",
        ],
        [
            "a namespace without quotes",
            [expressed(good.replaceAll('"service-pipelines/shop"', "a/b"))],
            "Deployments: no search that AWS would read",
        ],
        [
            "a term in lower-case operators",
            [expressed(good.replace('"A"', '"A" or MetricName="B"'))],
            'Deployments: terms MetricName="A" or MetricName="B"',
        ],
        ["a period of half minutes", [expressed(good.replace("86400", "90"))], "Deployments: period 90"],
        ["a parenthesis that stays open", [expressed(`SUM(${good}`)], "Deployments: parentheses"],
        ["a function that there is not", [expressed(`TOP(${good})`)], "Deployments: function TOP"],
        ["many time series divided by many", [expressed(`${good} / ${good}`)], "Deployments: math e / e"],
    ] as const) {
        it(`fails on ${title}`, () => assert.equal(changed(...widgets)[0], fault));
    }

    it("fails on a query without its log group", () => {
        const log = widget(body, "Last failures");
        const faults = changed({ ...log, properties: { ...log.properties, query: "fields a" } });
        assert.deepEqual(faults, ["Last failures: query fields a"]);
    });
});
