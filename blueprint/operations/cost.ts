import type { FleetAlarmPlan, FleetPlan, PipelinePlan, StagePlan } from "../plan";
import { priceIn } from "../prices/table";
import { metricsAtFirstPrice } from "../prices/watching";

/** A line of the bill: what it is, how many, dollars a month for all of them, and whose price it is where none is known. */
export type Line = readonly [what: string, count: number, monthly: number, of?: string];

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
    const { region } = fleet.home;
    const [board, watched, metric, further] = (
        ["dashboardMonth", "alarmMetricMonth", "metricMonth", "furtherMetricMonth"] as const
    ).map(key => priceIn(key, region));
    const each = (what: string, count: number, { usd, of }: typeof metric): Line => [what, count, count * usd, of];
    const kept = (what: string, count: number, before: number): Line => {
        const full = Math.max(0, Math.min(count, metricsAtFirstPrice - before));
        return [what, count, full * metric.usd + (count - full) * further.usd, count > full ? further.of : metric.of];
    };
    return [
        each("dashboard of the fleet", dashboard === undefined ? 0 : 1, board),
        ...alarms.map(alarm => each(`metrics of the alarm ${alarm.key}`, billed(alarm, fleet), watched)),
        each("alarms of dead letters", functions.length, watched),
        kept(`metrics of services, ${ofService} each`, services, 0),
        kept("metrics of stages, at most", stages, services),
        each(`metrics of approvals, ${ofApprovals} an environment`, approvals, metric),
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
