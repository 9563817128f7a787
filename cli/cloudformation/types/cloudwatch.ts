import type { TrailArgs } from "@pulumi/aws/cloudtrail";
import type {
    DashboardArgs,
    LogGroupArgs,
    LogResourcePolicyArgs,
    MetricAlarmArgs,
    QueryDefinitionArgs,
} from "@pulumi/aws/cloudwatch";
import type { cloudtrail, cloudwatch as inputs } from "@pulumi/aws/types/input";
import { each, jsonText, pairs, part, shape, tags, to, under } from "../shape";
import { arnOf, namedWithArn, refOnly, type Mappings } from "./mapping";

const dimensions = pairs("Dimensions", "Name", "Value");

const query = shape<inputs.MetricAlarmMetricQuery>(["accountId", "expression", "id", "label", "period", "returnData"], {
    metric: part(
        "MetricStat",
        shape<inputs.MetricAlarmMetricQueryMetric>(["period", "stat", "unit"], {
            dimensions: under("Metric", dimensions),
            metricName: under("Metric", to("MetricName")),
            namespace: under("Metric", to("Namespace")),
        }),
    ),
});

/**
 * Log groups, queries, trails, alarms and dashboards.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CloudWatch.html
 */
export const cloudWatch: Mappings = {
    "aws:cloudwatch/logGroup:LogGroup": {
        type: "AWS::Logs::LogGroup",
        shape: shape<LogGroupArgs>(["deletionProtectionEnabled", "kmsKeyId", "logGroupClass", "retentionInDays"], {
            name: to("LogGroupName"),
            tags,
        }),
        // The attribute `Arn` ends with `:*`, which stands for the streams.
        outputs: { ...refOnly, name: "${}", arn: arnOf("logs", "log-group:${}") },
    },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        type: "AWS::Logs::ResourcePolicy",
        shape: shape<LogResourcePolicyArgs>(["policyName"], {
            policyDocument: jsonText("PolicyDocument"),
        }),
        outputs: refOnly,
    },
    "aws:cloudwatch/queryDefinition:QueryDefinition": {
        type: "AWS::Logs::QueryDefinition",
        shape: shape<QueryDefinitionArgs>(["logGroupNames", "queryString"], { name: to("Name") }),
        outputs: { ...refOnly, queryDefinitionId: "${}" },
    },
    "aws:cloudtrail/trail:Trail": {
        type: "AWS::CloudTrail::Trail",
        shape: shape<TrailArgs>(
            [
                "enableLogFileValidation",
                "includeGlobalServiceEvents",
                "isMultiRegionTrail",
                "s3BucketName",
                "s3KeyPrefix",
            ],
            {
                enableLogging: to("IsLogging"),
                eventSelectors: each(
                    "EventSelectors",
                    shape<cloudtrail.TrailEventSelector>(["includeManagementEvents", "readWriteType"]),
                ),
                kmsKeyId: to("KMSKeyId"),
                name: to("TrailName"),
                tags,
            },
        ),
        outputs: namedWithArn,
        // Pulumi's trails log unless they are told not to.
        always: { IsLogging: true },
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        type: "AWS::CloudWatch::Alarm",
        shape: shape<MetricAlarmArgs>(
            [
                "actionsEnabled",
                "alarmActions",
                "alarmDescription",
                "comparisonOperator",
                "datapointsToAlarm",
                "evaluationPeriods",
                "extendedStatistic",
                "insufficientDataActions",
                "metricName",
                "namespace",
                "period",
                "statistic",
                "threshold",
                "thresholdMetricId",
                "treatMissingData",
                "unit",
            ],
            {
                dimensions,
                evaluateLowSampleCountPercentiles: to("EvaluateLowSampleCountPercentile"),
                metricQueries: each("Metrics", query),
                name: to("AlarmName"),
                okActions: to("OKActions"),
                tags,
            },
        ),
        outputs: namedWithArn,
    },
    "aws:cloudwatch/dashboard:Dashboard": {
        type: "AWS::CloudWatch::Dashboard",
        shape: shape<DashboardArgs>(["dashboardName"], { dashboardBody: jsonText("DashboardBody") }),
        outputs: refOnly,
    },
};
