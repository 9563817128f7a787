import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { att, sub, type Rows } from "./render";

const topic = "arn:aws:sns:eu-west-1:111111111111:news";
const topicRef = sub("arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:news");

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];

const alarm = () =>
    new cloudwatch.MetricAlarm("failed", {
        name: "shop--failed",
        alarmDescription: "A release failed",
        actionsEnabled: true,
        alarmActions: [topic],
        okActions: [topic],
        insufficientDataActions: [topic],
        comparisonOperator: "GreaterThanThreshold",
        datapointsToAlarm: 1,
        dimensions: { PipelineName: "shop--web", Another: "one" },
        evaluationPeriods: 1,
        metricName: "FailedPipelineExecutions",
        namespace: "AWS/CodePipeline",
        period: 300,
        statistic: "Sum",
        threshold: 0,
        treatMissingData: "notBreaching",
        unit: "Count",
        tags,
    });

const queries = () =>
    new cloudwatch.MetricAlarm("slow", {
        comparisonOperator: "GreaterThanUpperThreshold",
        evaluationPeriods: 2,
        thresholdMetricId: "band",
        metricQueries: [
            { id: "band", expression: "ANOMALY_DETECTION_BAND(m)", label: "Usual", returnData: true },
            {
                id: "m",
                returnData: true,
                metric: {
                    metricName: "PipelineDuration",
                    namespace: "AWS/CodePipeline",
                    period: 300,
                    stat: "Average",
                    unit: "Seconds",
                    dimensions: { PipelineName: "shop--web" },
                },
            },
        ],
    });

export const alarmRows: Rows = {
    "who may write logs, and a saved query": {
        make: () => {
            new cloudwatch.LogResourcePolicy("write", {
                policyName: "write",
                policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
            });
            new cloudwatch.QueryDefinition("who", {
                name: "shop/who",
                queryString: "fields @timestamp",
                logGroupNames: ["/shop"],
            });
        },
        expected: [
            {
                Type: "AWS::Logs::QueryDefinition",
                Properties: { Name: "shop/who", QueryString: "fields @timestamp", LogGroupNames: ["/shop"] },
            },
            {
                Type: "AWS::Logs::ResourcePolicy",
                Properties: {
                    PolicyName: "write",
                    PolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
                },
            },
        ],
    },
    "a trail": {
        make: () =>
            new cloudtrail.Trail("trail", {
                name: "shop",
                s3BucketName: "trails",
                s3KeyPrefix: "shop",
                enableLogging: false,
                enableLogFileValidation: true,
                includeGlobalServiceEvents: true,
                isMultiRegionTrail: false,
                eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
                kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/00000000-1111-2222-3333-444444444444",
                tags,
            }),
        expected: [
            {
                Type: "AWS::CloudTrail::Trail",
                Properties: {
                    TrailName: "shop",
                    S3BucketName: "trails",
                    S3KeyPrefix: "shop",
                    IsLogging: false,
                    EnableLogFileValidation: true,
                    IncludeGlobalServiceEvents: true,
                    IsMultiRegionTrail: false,
                    EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }],
                    KMSKeyId: sub(
                        "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/00000000-1111-2222-3333-444444444444",
                    ),
                    Tags,
                },
            },
        ],
    },
    "a log group": {
        make: () =>
            new cloudwatch.LogGroup("logs", {
                name: "/shop",
                retentionInDays: 30,
                logGroupClass: "STANDARD",
                deletionProtectionEnabled: true,
                kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/00000000-1111-2222-3333-444444444444",
                tags,
            }),
        expected: [
            {
                Type: "AWS::Logs::LogGroup",
                Properties: {
                    LogGroupName: "/shop",
                    RetentionInDays: 30,
                    LogGroupClass: "STANDARD",
                    DeletionProtectionEnabled: true,
                    KmsKeyId: sub(
                        "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/00000000-1111-2222-3333-444444444444",
                    ),
                    Tags,
                },
            },
        ],
    },
    "an alarm": {
        make: alarm,
        expected: [
            {
                Type: "AWS::CloudWatch::Alarm",
                Properties: {
                    AlarmName: "shop--failed",
                    AlarmDescription: "A release failed",
                    ActionsEnabled: true,
                    AlarmActions: [topicRef],
                    OKActions: [topicRef],
                    InsufficientDataActions: [topicRef],
                    ComparisonOperator: "GreaterThanThreshold",
                    DatapointsToAlarm: 1,
                    Dimensions: [
                        { Name: "Another", Value: "one" },
                        { Name: "PipelineName", Value: "shop--web" },
                    ],
                    EvaluationPeriods: 1,
                    MetricName: "FailedPipelineExecutions",
                    Namespace: "AWS/CodePipeline",
                    Period: 300,
                    Statistic: "Sum",
                    Threshold: 0,
                    TreatMissingData: "notBreaching",
                    Unit: "Count",
                    Tags,
                },
            },
        ],
    },
    "an alarm on several metrics": {
        make: queries,
        expected: [
            {
                Type: "AWS::CloudWatch::Alarm",
                Properties: {
                    ComparisonOperator: "GreaterThanUpperThreshold",
                    EvaluationPeriods: 2,
                    ThresholdMetricId: "band",
                    Metrics: [
                        { Id: "band", Expression: "ANOMALY_DETECTION_BAND(m)", Label: "Usual", ReturnData: true },
                        {
                            Id: "m",
                            ReturnData: true,
                            MetricStat: {
                                Metric: {
                                    MetricName: "PipelineDuration",
                                    Namespace: "AWS/CodePipeline",
                                    Dimensions: [{ Name: "PipelineName", Value: "shop--web" }],
                                },
                                Period: 300,
                                Stat: "Average",
                                Unit: "Seconds",
                            },
                        },
                    ],
                },
            },
        ],
    },
    "an alarm on a percentile": {
        make: () =>
            new cloudwatch.MetricAlarm("tail", {
                comparisonOperator: "GreaterThanThreshold",
                evaluationPeriods: 1,
                extendedStatistic: "p99",
                evaluateLowSampleCountPercentiles: "ignore",
                metricName: "Duration",
                namespace: "AWS/CodeBuild",
                period: 60,
                threshold: 1,
            }),
        expected: [
            {
                Type: "AWS::CloudWatch::Alarm",
                Properties: {
                    ComparisonOperator: "GreaterThanThreshold",
                    EvaluationPeriods: 1,
                    ExtendedStatistic: "p99",
                    EvaluateLowSampleCountPercentile: "ignore",
                    MetricName: "Duration",
                    Namespace: "AWS/CodeBuild",
                    Period: 60,
                    Threshold: 1,
                },
            },
        ],
    },
    "a dashboard, whose body is text with references in it": {
        make: () => {
            const made = alarmOf();
            new cloudwatch.Dashboard("board", {
                dashboardName: "shop",
                dashboardBody: made.arn.apply(arn =>
                    JSON.stringify({ widgets: [{ type: "alarm", properties: { alarms: [arn] } }] }),
                ),
            });
        },
        expected: [
            {
                Type: "AWS::CloudWatch::Dashboard",
                Properties: {
                    DashboardName: "shop",
                    DashboardBody: sub(
                        `{"widgets":[{"type":"alarm","properties":{"alarms":["\${${att("aws:cloudwatch/metricAlarm:MetricAlarm", "quick", "Arn")["Fn::GetAtt"].join(".")}}"]}}]}`,
                    ),
                },
            },
            {
                Type: "AWS::CloudWatch::Alarm",
                Properties: {
                    AlarmName: "quick",
                    ComparisonOperator: "GreaterThanThreshold",
                    EvaluationPeriods: 1,
                    MetricName: "Duration",
                    Namespace: "AWS/CodeBuild",
                    Period: 60,
                    Statistic: "Sum",
                    Threshold: 1,
                },
            },
        ],
    },
};

/** An alarm that something refers to. */
function alarmOf() {
    return new cloudwatch.MetricAlarm("quick", {
        name: "quick",
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
        metricName: "Duration",
        namespace: "AWS/CodeBuild",
        period: 60,
        statistic: "Sum",
        threshold: 1,
    });
}
