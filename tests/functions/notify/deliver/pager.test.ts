import * as assert from "node:assert/strict";
import type { Happening } from "../../../../functions/lib/happenings";
import { pagerEvent } from "../../../../functions/notify/deliver/pager";
import { fitting } from "../../../../functions/notify/deliver/words";
import { alarmOver, bare, hostile, notices } from "./support/notices";

const base = "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders";

describe("an event of a pager", () => {
    it("says of a failure all that is known", () => {
        assert.deepEqual(pagerEvent(fitting(notices.failed)), {
            event_action: "trigger",
            dedup_key: "shop--orders/prod/failure",
            payload: {
                summary: "orders 1a2b3c4 has failed in prod: deploy",
                source: "shop--orders",
                severity: "error",
                timestamp: "2026-11-27T08:15:30.000Z",
                component: "orders",
                group: "prod",
                class: "failed",
                custom_details: {
                    Service: "orders",
                    Environment: "prod",
                    Stage: "prod",
                    Action: "deploy",
                    Commit: "1a2b3c4 Take orders of more than one customer",
                    Author: "Ana Lopez",
                    Duration: "3 min 20 s",
                    Why: "The deployment failed because 2 of <3> tasks & their health checks did not pass.",
                    Advice: "Retry the stage when the cause is gone, or release a fix.",
                },
            },
            links: [
                {
                    href: "https://eu-west-1.console.aws.amazon.com/ecs/home?region=eu-west-1&tab=events",
                    text: "Log",
                },
                {
                    href: `${base}/executions/4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10/timeline?region=eu-west-1`,
                    text: "Execution",
                },
                { href: `${base}/view?region=eu-west-1`, text: "Pipeline" },
                { href: "https://acme.example/runbook#failed", text: "What to do" },
            ],
            client: "service-pipelines",
        });
    });

    const wanted: Readonly<Record<Happening, readonly [string, string, string?] | undefined>> = {
        started: undefined,
        succeeded: ["resolve", "shop--orders/prod/failure"],
        failed: ["trigger", "shop--orders/prod/failure", "error"],
        recovered: ["resolve", "shop--orders/prod/failure"],
        "approval-needed": ["trigger", "shop--orders/prod/approval", "info"],
        "approval-answered": ["resolve", "shop--orders/prod/approval"],
        "approval-expiring": ["trigger", "shop--orders/prod/approval", "warning"],
        "rolled-back": ["trigger", "shop--orders/prod/failure", "error"],
        stuck: ["trigger", "shop--orders/prod/failure", "warning"],
        alarm: ["trigger", "fleet/alarm/shop--fleet--dead-letters", "critical"],
    };
    for (const [happening, notice] of Object.entries(notices)) {
        it(`${wanted[notice.happening]?.[0] ?? "says nothing"} when ${happening}`, () => {
            const event = pagerEvent(fitting(notice));
            const severity = event?.payload?.severity;
            assert.deepEqual(
                event && [event.event_action, event.dedup_key, ...(severity === undefined ? [] : [severity])],
                wanted[notice.happening],
            );
        });
    }

    it("says nothing of what nobody has to act on", () =>
        assert.equal(pagerEvent({ ...notices.failed, settled: true }), undefined));

    it("says nothing more of what is over", () => {
        assert.deepEqual(pagerEvent(notices.recovered), {
            event_action: "resolve",
            dedup_key: "shop--orders/prod/failure",
        });
    });

    it("resolves an alarm by the name of the alarm, however it is told", () => {
        assert.deepEqual(pagerEvent(alarmOver), {
            event_action: "resolve",
            dedup_key: "fleet/alarm/shop--fleet--dead-letters",
        });
    });

    it("says what an approver is asked to look at", () => {
        const { Instructions } = pagerEvent(notices["approval-needed"])?.payload?.custom_details ?? {};
        assert.equal(Instructions, "Check the staging dashboard first.\nThen ask support.");
    });

    it("is an alert of its own for each environment, service and fleet", () => {
        const { failed } = notices;
        const keys = [
            failed,
            { ...failed, environment: "dev" },
            { ...failed, pipeline: "shop--carts" },
            { ...failed, pipeline: "mall--orders" },
            { ...bare, service: "orders" },
            bare,
        ].map(notice => pagerEvent(notice)?.dedup_key);
        assert.deepEqual(keys.slice(3), ["mall--orders/prod/failure", "orders/failure", "fleet/failure"]);
        assert.equal(new Set(keys).size, keys.length);
    });

    it("is one that PagerDuty takes, however much others have written", () => {
        const event = pagerEvent(fitting({ ...hostile, pipeline: "x".repeat(300) }));
        assert.match(event?.dedup_key ?? "", /^[0-9a-f]{64}$/);
        assert.ok((event?.payload?.summary.length ?? 1025) <= 1024);
        assert.ok(Buffer.byteLength(JSON.stringify(event)) < 512 * 1024);
    });
});
