import type { FleetAlarmPlan, FleetPlan, PipelinePlan, StagePlan } from "../plan";

/**
 * Prices of CloudWatch in US dollars a month, us-east-1. An account has some for nothing: 3 dashboards that show at most 50
 * metrics each, 10 metrics of its own and 10 that alarms name; none that queries of Metrics Insights find.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const cloudWatchPrices = {
    dashboard: 3,
    /** Each metric that an alarm names, or that its query of Metrics Insights finds. */
    alarmMetric: 0.1,
    /** Each metric up to the tenth thousand, and beyond it. */
    metric: 0.3,
    furtherMetric: 0.1,
    cheaperFrom: 10_000,
} as const;

/** A line of the bill: what it is, how many, and dollars a month for all of them. */
export type Line = readonly [what: string, count: number, monthly: number];

/** Metrics of a service that are always kept: those of {@link BasicMetric}. */
const ofService = 6;

/** Metrics of each environment that `notify` writes, whether approvals wait or not: those of {@link FleetMetric}. */
const ofApprovals = 2;

/**
 * What is measured and watched, by CloudWatch's prices. A metric is billed for the hours in which it gets values, so this is
 * the most that they come to.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html
 */
export function monitoringLines(fleet: FleetPlan): Line[] {
    const { functions, operations } = fleet.shared;
    const { metrics, alarms, dashboard } = operations.monitoring;
    const releases = releasesOf(fleet);
    const approvals = ofApprovals * fleet.environments.length;
    const services = metrics === "none" ? 0 : ofService * releases.length;
    const stages =
        metrics === "stages" ? releases.reduce((sum, { pipeline }) => sum + metricsOfStages(pipeline), 0) : 0;
    const { metric, furtherMetric, cheaperFrom, alarmMetric } = cloudWatchPrices;
    const kept = (count: number, before: number): number => {
        const full = Math.max(0, Math.min(count, cheaperFrom - before));
        return full * metric + (count - full) * furtherMetric;
    };
    return [
        ["dashboard of the fleet", dashboard === undefined ? 0 : 1, cloudWatchPrices.dashboard],
        ...alarms.map((alarm): Line => {
            const count = billed(alarm, fleet);
            return [`metrics of the alarm ${alarm.key}`, count, count * alarmMetric];
        }),
        ["alarms of dead letters", functions.length, functions.length * alarmMetric],
        [`metrics of services, ${ofService} each`, services, kept(services, 0)],
        ["metrics of stages, at most", stages, kept(stages, services)],
        [`metrics of approvals, ${ofApprovals} an environment`, approvals, approvals * metric],
    ];
}

/** Metrics that an alarm is billed for: those it names, or at most those that its query finds. */
function billed({ watched, queries }: FleetAlarmPlan, fleet: FleetPlan): number {
    switch (watched) {
        case "named metrics":
            return queries.filter(query => "metric" in query).length;
        case "approvals":
            return fleet.environments.length;
        case "releases":
            return releasesOf(fleet).length;
        case "releases to production":
            return releasesOf(fleet).filter(({ last }) => last === fleet.environments.at(-1)).length;
    }
}

/** The pipelines that deploy, each with the last environment that it comes to. */
const releasesOf = ({ pipelines, environments }: FleetPlan) =>
    pipelines.flatMap(pipeline => {
        const last = environments.filter(name => pipeline.stages.some(stage => deploysTo(stage, name))).at(-1);
        return last === undefined ? [] : [{ pipeline, last }];
    });

const deploysTo = ({ purpose, environment }: StagePlan, name: string) =>
    purpose === "environment" && environment === name;

/** How often each stage succeeds and fails, and how long it takes; how long its actions, and what comes before it, is waited for. */
const metricsOfStages = ({ stages }: PipelinePlan): number =>
    stages.reduce((sum, { actions }, index) => {
        const approvals = actions.filter(({ action }) => action.category === "Approval").length;
        const results = ["Succeeded", "Failed", "ErrorRate", "StageDuration"].length;
        const waits = index === 0 ? 0 : ["QueueTime", "Rollbacks"].length;
        return sum + results + waits + (approvals > 0 ? 1 : 0) + (approvals < actions.length ? 1 : 0);
    }, 0);
