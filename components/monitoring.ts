import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmQuery, MonitoringPlan } from "../blueprint/plan";

/** Arguments for {@link Monitoring}. */
export interface MonitoringArgs {
    readonly plan: MonitoringPlan;

    /** ARNs of the topics that alarms publish to which say that telling people may fail. @default none */
    readonly alarmTopics?: readonly pulumi.Input<string>[];

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What watches a fleet, and shows how it is.
 *
 * Creates: `aws.cloudwatch.MetricAlarm` `<name>-<alarm>` for each alarm, and `aws.cloudwatch.Dashboard` `<name>-dashboard` where
 * there is one.
 *
 * Missing data is good data: nothing failed, or nobody waits. An alarm on several services or environments tells of each by an
 * event of its own, so it has no action but where telling fails.
 */
export class Monitoring extends pulumi.ComponentResource {
    constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Monitoring", name, {}, opts);
        const { plan, alarmTopics = [], tags } = args;

        for (const { key, name: alarmName, description, queries, comparison, threshold, tellsItself } of plan.alarms) {
            const topics = tellsItself ? [...alarmTopics] : [];
            new cloudwatch.MetricAlarm(
                `${name}-${key}`,
                {
                    name: alarmName,
                    alarmDescription: description,
                    metricQueries: queries.map((query, index) => ({
                        ...metricQuery(query),
                        returnData: index === queries.length - 1,
                    })),
                    comparisonOperator: comparison,
                    threshold,
                    evaluationPeriods: 1,
                    treatMissingData: "notBreaching",
                    alarmActions: topics,
                    okActions: topics,
                    tags,
                },
                { parent: this },
            );
        }
        if (plan.dashboard !== undefined) {
            new cloudwatch.Dashboard(
                `${name}-dashboard`,
                { dashboardName: plan.dashboard.name, dashboardBody: JSON.stringify(plan.dashboard.body) },
                { parent: this },
            );
        }

        this.registerOutputs({});
    }
}

function metricQuery(query: AlarmQuery) {
    if ("expression" in query) {
        const { id, expression, periodSeconds } = query;
        return { id, expression, ...(periodSeconds !== undefined && { period: periodSeconds }) };
    }
    const { namespace, name, dimensions, statistic, periodSeconds } = query.metric;
    return {
        id: query.id,
        metric: { namespace, metricName: name, dimensions, stat: statistic, period: periodSeconds },
    };
}
