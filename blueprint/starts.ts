import type { ComponentPlan } from "../catalog/plan";
import { scheduleText } from "../catalog/schedule";
import type { ExecutionMode, TriggerSettings } from "../catalog/trigger";
import type { ServiceConfig } from "../config/fleet-config";
import { logicalName } from "./names";
import { pipelineArn, type Ground } from "./place";

/** Longest name of an EventBridge rule, of a schedule and of a role. */
const longestName = 64;

/** What starts the pipeline that releases a service, in words, where it is not just every change of its sources. */
export function releaseStarts({ manual, commits, schedule, after }: TriggerSettings): string[] {
    return [
        ...(manual ? ["by hand alone; AWS itself starts it once, when it is made"] : []),
        ...(manual || commits ? [] : ["not when its sources change"]),
        ...(schedule === undefined ? [] : [`at ${scheduleText(schedule)}`]),
        ...(after.length === 0 ? [] : [`after each release of ${after.join(", ")}`]),
    ];
}

/** What starts the pipeline that releases `service` beside its sources. */
export function starterComponents({ name: service, trigger }: ServiceConfig, ground: Ground): ComponentPlan[] {
    const named = (suffix: string) => ({
        logicalName: logicalName(service, suffix),
        physicalName: ground.names.service(longestName, service, suffix),
        roleName: ground.names.service(longestName, service, suffix),
        pipelineArn: pipelineArn(ground, service),
    });
    const { schedule, after } = trigger;
    return [
        ...(schedule === undefined
            ? []
            : [
                  {
                      component: "ScheduleTrigger" as const,
                      ...named("schedule"),
                      description: `Starts the pipeline of ${service} on a schedule`,
                      cron: schedule.cron,
                      timeZone: schedule.timeZone,
                  },
              ]),
        ...(after.length === 0
            ? []
            : [
                  {
                      component: "EventTrigger" as const,
                      ...named("after"),
                      description: `Starts the pipeline of ${service} after others`,
                      pattern: releasesOf(after.map(other => ground.names.pipeline(other))),
                  },
              ]),
    ];
}

/**
 * The event that one of `pipelines` went through to its end. A rollback ends in success too, and releases nothing; whether
 * the event of a success says what started the execution, AWS's examples leave open, so one that does not say it counts.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ExecutionTrigger.html
 */
const releasesOf = (pipelines: readonly string[]) => ({
    source: ["aws.codepipeline"],
    "detail-type": ["CodePipeline Pipeline Execution State Change"],
    detail: {
        pipeline: pipelines,
        state: ["SUCCEEDED"],
        "execution-trigger": {
            "trigger-type": [{ exists: false }, { "anything-but": ["ManualRollback", "AutomatedRollback"] }],
        },
    },
});

/** What an execution mode gives up against the one in which every commit waits for its turn, in words. */
export function modeWeaknesses(mode: ExecutionMode): string[] {
    switch (mode) {
        case "queued":
            return [];
        case "superseded":
            return ["superseded: a later commit takes the place of one that waits, also of one that was approved"];
        case "parallel":
            return [
                "parallel: executions deploy at the same time, so an earlier commit may overwrite a later one; no rollback",
            ];
    }
}
