import type { EventRuleArgs, EventTargetArgs } from "@pulumi/aws/cloudwatch";
import type { ScheduleArgs, ScheduleGroupArgs } from "@pulumi/aws/scheduler";
import type { cloudwatch, scheduler } from "@pulumi/aws/types/input";
import { document, named, part, shape, tags, to } from "../shape";
import { namedWithArn, type Mappings } from "./mapping";

const deadLetters = part("DeadLetterConfig", shape<cloudwatch.EventTargetDeadLetterConfig>(["arn"]));

const retries = part(
    "RetryPolicy",
    shape<cloudwatch.EventTargetRetryPolicy>(["maximumEventAgeInSeconds", "maximumRetryAttempts"]),
);

const ruleTarget = shape<EventTargetArgs>(["arn", "input", "inputPath", "roleArn"], {
    deadLetterConfig: deadLetters,
    inputTransformer: part(
        "InputTransformer",
        shape<cloudwatch.EventTargetInputTransformer>(["inputTemplate"], { inputPaths: to("InputPathsMap") }),
    ),
    retryPolicy: retries,
    sqsTarget: part("SqsParameters", shape<cloudwatch.EventTargetSqsTarget>(["messageGroupId"])),
    targetId: to("Id"),
});

const scheduleTarget = shape<scheduler.ScheduleTarget>(["arn", "input", "roleArn"], {
    deadLetterConfig: deadLetters,
    retryPolicy: retries,
    sqsParameters: part("SqsParameters", shape<scheduler.ScheduleTargetSqsParameters>(["messageGroupId"])),
});

/**
 * Rules of EventBridge with their targets, and schedules.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Scheduler.html
 */
export const events: Mappings = {
    "aws:cloudwatch/eventRule:EventRule": {
        type: "AWS::Events::Rule",
        shape: shape<EventRuleArgs>(["description", "eventBusName", "name", "roleArn", "scheduleExpression", "state"], {
            eventPattern: document("EventPattern"),
            tags,
        }),
        outputs: namedWithArn,
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
        into: "aws:cloudwatch/eventRule:EventRule",
        by: "rule",
        shape: ruleTarget,
        entryOf: "Targets",
    },
    "aws:scheduler/schedule:Schedule": {
        type: "AWS::Scheduler::Schedule",
        shape: shape<ScheduleArgs>(
            [
                "description",
                "endDate",
                "kmsKeyArn",
                "name",
                "scheduleExpression",
                "scheduleExpressionTimezone",
                "startDate",
                "state",
            ],
            {
                flexibleTimeWindow: part(
                    "FlexibleTimeWindow",
                    shape<scheduler.ScheduleFlexibleTimeWindow>(["maximumWindowInMinutes", "mode"]),
                ),
                groupName: named("GroupName", "aws:scheduler/scheduleGroup:ScheduleGroup"),
                target: part("Target", scheduleTarget),
            },
        ),
        outputs: namedWithArn,
    },
    "aws:scheduler/scheduleGroup:ScheduleGroup": {
        type: "AWS::Scheduler::ScheduleGroup",
        shape: shape<ScheduleGroupArgs>(["name"], { tags }),
        outputs: namedWithArn,
    },
};
