import type { Problem } from "../../catalog/problem";
import type { FleetPlan } from "../plan";
import type { FleetRule } from "./rule";

/** Most characters of an event pattern: those that the API takes, and those that the quotas name. */
const longest = 4_096;
const documented = 2_048;

/** Patterns of events that are longer than `most` and not longer than `least`. */
const longPatterns = ({ pipelines }: FleetPlan, most: number, remedy: string, upTo = Infinity): Problem[] =>
    pipelines.flatMap(({ service, components }) =>
        components.flatMap(component => {
            const { length } = "pattern" in component ? JSON.stringify(component.pattern) : "";
            return length > most && length <= upTo
                ? [
                      {
                          path: ["services", service],
                          message: `the event pattern of ${component.physicalName} would have ${length} characters, of at most ${most}: ${remedy}`,
                      },
                  ]
                : [];
        }),
    );

/** What starts pipelines by events. */
export const eventRules: readonly FleetRule[] = [
    {
        name: "event-pattern-length",
        severity: "error",
        source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
        check: fleet => longPatterns(fleet, longest, "match fewer or shorter names"),
    },
    {
        name: "event-pattern-length-documented",
        severity: "warning",
        source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
        check: fleet =>
            longPatterns(fleet, documented, "AWS raises it on request; or match fewer or shorter names", longest),
    },
    {
        name: "alarm-of-several-stages",
        severity: "warning",
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html",
        together: true,
        check: sharedAlarms,
    },
];

/** Alarms that roll back more than one stage: not each of them has the release that is to blame. */
function sharedAlarms({ pipelines }: FleetPlan): Problem[] {
    const stages = new Map<string, string[]>();
    for (const { service, stages: all } of pipelines) {
        for (const { name, rollbackOn = [] } of all) {
            for (const alarm of rollbackOn) {
                const rolledBack = stages.get(alarm) ?? [];
                rolledBack.push(`${service} in ${name}`);
                stages.set(alarm, rolledBack);
            }
        }
    }
    return [...stages].flatMap(([alarm, rolledBack]) =>
        rolledBack.length < 2
            ? []
            : [
                  {
                      path: ["environments"],
                      message: `the alarm ${alarm} rolls back ${rolledBack.join(" and ")}, whichever of them is to blame: name one alarm for each, such as "{service}-{environment}-5xx"`,
                  },
              ],
    );
}
