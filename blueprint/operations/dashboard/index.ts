import { arn } from "../../../catalog/arn";
import type { DashboardPlan, FleetAlarmPlan, FunctionPlan } from "../../plan";
import type { Watching } from "../alarms";
import { metricNamespace } from "../metrics";
import { named, Search } from "./search";
import { dora, health, stages } from "./services";
import { hour, Show } from "./show";
import { failures, stagesByLog } from "./logs";
import { grid, type Content, type Line, type Row } from "./widgets";

/**
 * The one dashboard of a fleet. What it shows of services it finds by SEARCH, and by queries of the log of `metrics`: it is the
 * same for any number of them. A graph shows 500 time series at most.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function fleetDashboard(watching: Watching, alarms: readonly FleetAlarmPlan[]): DashboardPlan {
    const { config, ground, functions, asks } = watching;
    const { metrics } = config.operations;
    const log = functions.find(({ key }) => key === "metrics")?.logs.group;
    const show = new Show(ground.home.region);
    const search = new Search(metricNamespace(config.prefix));
    return {
        name: ground.names.shared(255),
        body: {
            start: "-P4W",
            periodOverride: "inherit",
            widgets: grid([
                { height: 2, widgets: [heading(watching)] },
                { height: 3, widgets: [alarmStates(watching, alarms)] },
                ...(metrics === "none" ? [] : [health(show, search), dora(show, search)]),
                ...(metrics === "stages" ? [stages(show, search)] : []),
                ...(metrics === "basic" && log !== undefined ? [stagesByLog(show, log)] : []),
                ...(log === undefined ? [] : [failures(show, log)]),
                ...(asks ? [approvals(show, search)] : []),
                ofFunctions(show, functions),
            ]),
        },
    };
}

/** AWS advises to say who makes a dashboard: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html. */
const heading = ({ config }: Watching): Content => ({
    type: "text",
    properties: {
        markdown: [
            `# ${config.prefix}: its pipelines`,
            "Deployments are counted, and releases measured, in the last environment of each service. Made by the stack: what is changed here is lost with its next update.",
        ].join("\n"),
    },
});

const alarmStates = ({ functions, ground }: Watching, alarms: readonly FleetAlarmPlan[]): Content => ({
    type: "alarm",
    properties: {
        title: "Alarms",
        alarms: [
            ...alarms.map(alarm => alarm.arn),
            ...functions.map(({ deadLetters }) => arn("cloudwatch", `alarm:${deadLetters.alarm.name}`, ground.home)),
        ],
        sortBy: "stateUpdatedTimestamp",
    },
});

function approvals(show: Show, search: Search): Row {
    const byEnvironment = (metric: "ApprovalsWaiting" | "OldestApproval") =>
        show.line("environments", search.of([metric], "Maximum", hour, ["Environment"]), named("Environment"));
    return {
        height: 5,
        widgets: [
            show.graph("Approvals that wait", "approvals", [byEnvironment("ApprovalsWaiting")]),
            show.graph("The one that waits longest", "hours", [byEnvironment("OldestApproval")]),
        ],
    };
}

function ofFunctions(show: Show, functions: readonly FunctionPlan[]): Row {
    const listening = functions.flatMap(({ key, queue }) => (queue === undefined ? [] : [{ key, queue }]));
    return {
        height: 5,
        widgets: [
            show.graph(
                "Errors of the stack's functions",
                "an hour",
                functions.map(({ key, name }): Line => [
                    "AWS/Lambda",
                    "Errors",
                    "FunctionName",
                    name,
                    { label: key, stat: "Sum", period: hour },
                ]),
            ),
            show.graph(
                "Dead letters",
                "messages",
                functions.map(({ key, deadLetters }) => ofQueue(key, "NumberOfMessagesVisible", deadLetters.name)),
            ),
            show.graph(
                "Oldest message that waits for a function",
                "seconds",
                listening.map(({ key, queue }) => ofQueue(key, "AgeOfOldestMessage", queue.name)),
            ),
        ],
    };
}

const ofQueue = (label: string, what: "AgeOfOldestMessage" | "NumberOfMessagesVisible", queue: string): Line => [
    "AWS/SQS",
    `Approximate${what}`,
    "QueueName",
    queue,
    { label, stat: "Maximum", period: hour },
];
