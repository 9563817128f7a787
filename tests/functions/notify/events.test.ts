import * as assert from "node:assert/strict";
import { eventOf } from "../../../functions/lib/parse";
import { Malformed } from "../../../functions/lib/queue";
import { changed, sources, type Sample } from "../fixtures/events";
import { pipeline, settings, TestWorld } from "./support/world";

/** A stack whose environment is deployed to in the stage of AWS's examples. */
const stack = {
    ...settings,
    environments: [{ name: "prod", stage: "Deploy", approvalStage: "Approve", notify: {} }],
};

/** What everybody is told of each event that AWS documents, and of our own; of all others nothing. */
const told: Partial<Record<Sample, string>> = {
    "pipeline-started": "started: A release of orders has started",
    "pipeline-stopped": "failed: orders 0123456 was stopped in Source",
    "stage-failed": "failed: orders 0123456 has failed in prod",
    "stage-succeeded": "succeeded: orders 0123456 is in prod",
    "approval-started": "approval-needed: orders 0123456 waits for a yes to go to prod",
    "approval-succeeded": "approval-answered: orders 0123456 may go to prod",
    // The example's end is a year before its start: nobody has let it expire.
    "approval-failed": "approval-answered: orders 0123456 may not go to prod: refused",
    "alarm-metric": "alarm: The alarm ServerCpuTooHigh is raised",
    "alarm-metric-math": "alarm: The alarm TotalNetworkTrafficTooHigh is raised",
    "alarm-anomaly": "alarm: The alarm EC2 CPU Utilization Anomaly is raised",
    "alarm-composite": "alarm: The alarm ServiceAggregatedAlarm is raised",
    "alarm-contributor": "alarm: The alarm DynamoDBInsightsAlarm for TableName example-dynamodb-table-name is raised",
    "rollback-started": "rolled-back: orders is being rolled back in prod to 0123456: the alarm orders-5xx is raised",
    "rollback-refused": "rolled-back: orders was NOT rolled back in prod, although the alarm orders-5xx is raised",
};

/** Events that are no one's business here, and that no rule sends. */
const unread: readonly Sample[] = ["alarm-created", "processed-pipeline-failed"];

describe("what is told of the events that AWS documents", () => {
    for (const name of Object.keys(sources) as Sample[]) {
        if (unread.includes(name)) {
            it(`fails on ${name}`, () => assert.throws(() => eventOf(changed(name, { pipeline })), Malformed));
        } else {
            it(`is of ${name}: ${told[name] ?? "nothing"}`, async () => {
                const test = new TestWorld(stack);
                const event = eventOf(changed(name, { pipeline }));
                const notices = await test.told(event);
                assert.deepEqual(
                    notices.map(({ happening, title }) => `${happening}: ${title}`),
                    told[name] === undefined ? [] : [told[name]],
                );
                assert.deepEqual(test.events, [event]);
            });
        }
    }
});
