import { arn } from "../../catalog/arn";
import type { FleetConfig } from "../../config/fleet-config";
import type { BasicMetric, FleetMetric } from "../../functions/metrics/metric";
import type { Ground } from "../place";
import type { AlarmQuery, FleetAlarmPlan, FunctionPlan } from "../plan";
import { metricNamespace } from "./metrics";

/** What alarms are made of. */
export interface Watching {
    readonly config: FleetConfig;
    readonly ground: Ground;
    readonly functions: readonly FunctionPlan[];
    /** Whether some service is asked about before some environment. */
    readonly asks: boolean;
}

/** Seconds for which an alarm about a moment stays on: long enough for what is measured late, and for people to see it. */
const moment = 60 * 60;

/** Seconds in which a value that is written every five minutes comes at least twice. */
const written = 15 * 60;

/** Longest period of a metric of SQS that is looked at. */
const queues = 5 * 60;

/**
 * The alarms of a fleet: as many for one service as for 200.
 *
 * Those about services and environments watch what a query of Metrics Insights finds, because an alarm cannot watch what
 * SEARCH finds. Each service or environment found is a contributor with a state of its own: a new one is watched by itself. Such
 * alarms look back for three hours at most, evaluate at most 500 of what they find, for which AWS demands an order, and return
 * to OK where nothing is found any more. Every alarm is evaluated each minute over the period that ends there, so that a period of
 * an hour delays nothing: it keeps the alarm on for an hour.
 *
 * A slow release is one that takes longer than a limit. What is unusual for each service is no alarm of the fleet: a model of
 * anomaly detection takes a single time series, so each service would cost one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricMathAnomalyDetector.html
 */
export function fleetAlarms(watching: Watching): FleetAlarmPlan[] {
    const { config, asks } = watching;
    const measured = config.operations.metrics !== "none";
    return [
        ...(measured ? [...failedDeploy(watching), ...duration(watching)] : []),
        ...(asks ? approval(watching) : []),
        ...functionErrors(watching),
        ...lateMessages(watching),
    ];
}

/** What {@link fleetAlarms} leaves out although the stack file asks for it, in words. */
export function alarmsLeftOut({ config }: Pick<Watching, "config">): string[] {
    const { metrics, alarms } = config.operations;
    return metrics !== "none"
        ? []
        : [
              ...(alarms.failedDeploy === false
                  ? []
                  : ["no alarm when a deployment fails: `metrics: none` counts none"]),
              ...(alarms.duration === false ? [] : ["no alarm when a release is slow: `metrics: none` measures none"]),
          ];
}

type Words = Omit<FleetAlarmPlan, "arn" | "name">;

function alarm({ ground }: Watching, words: Words): FleetAlarmPlan {
    const name = ground.names.shared(255, words.key);
    return { ...words, name, arn: arn("cloudwatch", `alarm:${name}`, ground.home) };
}

/** Finds `metric` in the metrics with exactly these dimensions, the highest first, as a time series for each value of `group`. */
function query(
    { config }: Watching,
    statistic: "MAX" | "SUM",
    metric: BasicMetric | FleetMetric,
    dimensions: readonly string[],
    group: string,
    where?: string,
): string {
    return [
        `SELECT ${statistic}(${metric})`,
        `FROM SCHEMA("${metricNamespace(config.prefix)}", ${dimensions.join(", ")})`,
        ...(where === undefined ? [] : [`WHERE ${where}`]),
        `GROUP BY ${group}`,
        `ORDER BY ${statistic}() DESC`,
    ].join(" ");
}

const ofService = ["Service", "Environment"];

const times = (count: number, noun: string) => (count === 1 ? `a ${noun}` : `${count} ${noun}s`);

function failedDeploy(watching: Watching): FleetAlarmPlan[] {
    const { environments, operations } = watching.config;
    const settings = operations.alarms.failedDeploy;
    const production = environments[environments.length - 1].name;
    return settings === false
        ? []
        : [
              alarm(watching, {
                  key: "failed-deploy",
                  summary: `${times(settings.failures, "deployment")} of a service to ${production} failed within ${settings.minutes} min`,
                  description: `A deployment to ${production} failed. Its pipeline says which action and why: run it again, or roll the stage back.`,
                  queries: [
                      {
                          id: "failed",
                          expression: query(
                              watching,
                              "SUM",
                              "FailedDeployments",
                              ofService,
                              "Service",
                              `Environment = '${production}'`,
                          ),
                          periodSeconds: settings.minutes * 60,
                      },
                  ],
                  comparison: "GreaterThanOrEqualToThreshold",
                  threshold: settings.failures,
                  watched: "releases to production",
                  tellsItself: false,
              }),
          ];
}

function duration(watching: Watching): FleetAlarmPlan[] {
    const settings = watching.config.operations.alarms.duration;
    return settings === false
        ? []
        : [
              alarm(watching, {
                  key: "duration",
                  summary: `a release took longer than ${settings.minutes} min, without what it waited for approvals`,
                  description: `A release took longer than ${settings.minutes} minutes. The dashboard shows its slowest stages: look for what has grown there.`,
                  queries: [
                      {
                          id: "slowest",
                          expression: query(watching, "MAX", "ExecutionTime", ofService, "Service"),
                          periodSeconds: moment,
                      },
                  ],
                  comparison: "GreaterThanThreshold",
                  threshold: settings.minutes * 60,
                  watched: "releases",
                  tellsItself: false,
              }),
          ];
}

function approval(watching: Watching): FleetAlarmPlan[] {
    const settings = watching.config.operations.alarms.approval;
    return settings === false
        ? []
        : [
              alarm(watching, {
                  key: "approval",
                  summary: `an approval waits for more than ${settings.hours} h`,
                  description: `An approval has waited for more than ${settings.hours} hours. Answer it, or stop its execution: what comes later waits behind it.`,
                  queries: [
                      {
                          id: "oldest",
                          expression: query(watching, "MAX", "OldestApproval", ["Environment"], "Environment"),
                          periodSeconds: written,
                      },
                  ],
                  comparison: "GreaterThanThreshold",
                  threshold: settings.hours,
                  watched: "approvals",
                  tellsItself: false,
              }),
          ];
}

function functionErrors(watching: Watching): FleetAlarmPlan[] {
    const settings = watching.config.operations.alarms.functionErrors;
    return settings === false
        ? []
        : [
              alarm(watching, {
                  key: "function-errors",
                  summary: `the stack's functions failed ${settings.errors === 1 ? "once" : `${settings.errors} times`} within ${settings.minutes} min`,
                  description:
                      "A function of the stack failed: people may be told late, or nothing measured. The dashboard shows which one; its log group says why.",
                  queries: together(
                      "SUM",
                      watching.functions.map(({ name }) => ({
                          namespace: "AWS/Lambda",
                          name: "Errors",
                          dimensions: { FunctionName: name },
                          statistic: "Sum",
                          periodSeconds: settings.minutes * 60,
                      })),
                  ),
                  comparison: "GreaterThanOrEqualToThreshold",
                  threshold: settings.errors,
                  watched: "named metrics",
                  tellsItself: true,
              }),
          ];
}

/** Says what no error does: a function that is throttled or switched off, or may not read its queue, fails nowhere. */
function lateMessages(watching: Watching): FleetAlarmPlan[] {
    const settings = watching.config.operations.alarms.lateMessages;
    const listening = watching.functions.flatMap(({ queue }) => queue ?? []);
    return settings === false || listening.length === 0
        ? []
        : [
              alarm(watching, {
                  key: "late-messages",
                  summary: `what happens waits for the stack's functions for more than ${settings.minutes} min`,
                  description: `Messages have waited in a queue of the stack for more than ${settings.minutes} minutes: people are told late. See whether its function is throttled, or its receivers answer.`,
                  queries: together(
                      "MAX",
                      listening.map(({ name }) => ({
                          namespace: "AWS/SQS",
                          name: "ApproximateAgeOfOldestMessage",
                          dimensions: { QueueName: name },
                          statistic: "Maximum",
                          periodSeconds: queues,
                      })),
                  ),
                  comparison: "GreaterThanThreshold",
                  threshold: settings.minutes * 60,
                  watched: "named metrics",
                  tellsItself: true,
              }),
          ];
}

/**
 * Math over metrics; an alarm takes 10 at most.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
function together(
    math: "MAX" | "SUM",
    metrics: readonly Extract<AlarmQuery, { readonly metric: unknown }>["metric"][],
): AlarmQuery[] {
    return [
        ...metrics.map((metric, index) => ({ id: `m${index}`, metric })),
        { id: "all", expression: `${math}(METRICS())` },
    ];
}
