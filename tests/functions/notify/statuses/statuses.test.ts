import * as assert from "node:assert/strict";
import type { Event } from "../../../../functions/lib/event";
import { eventOf } from "../../../../functions/lib/parse";
import { statusOf, type Naming } from "../../../../functions/notify/statuses/statuses";
import { changed, sample, type Sample } from "../../fixtures/events";

const naming: Naming = {
    prefix: "shop",
    region: "eu-west-1",
    environments: [
        { name: "dev", stage: "dev", approvalStage: "Approve-dev", notify: {} },
        { name: "prod", stage: "prod", approvalStage: "Approve-prod", notify: {} },
    ],
};

const release = "shop--orders";
const check = "shop--orders--check";

/** The event of a fixture as it would come from `pipeline`. */
const from = (pipeline: string, name: Sample, detail: object = {}): Event =>
    eventOf(changed(name, { pipeline, ...detail }));

const suite = { type: { category: "Test", owner: "AWS", provider: "CodeBuild", version: "1" } };
const scan = { type: { category: "Invoke", owner: "AWS", provider: "InspectorScan", version: "1" } };
const broken = { "execution-result": { "external-execution-summary": "2 of 7\ntests failed" } };
const none = { "execution-result": {} };

/** What happens → the status that it is: its context, state and description. */
const said: readonly (readonly [title: string, event: Event, status: readonly [string, string, string] | undefined])[] =
    [
        [
            "a build that begins",
            from(release, "stage-started", { stage: "Build" }),
            ["shop/orders/build", "pending", "is being built"],
        ],
        [
            "a build that is tried again",
            from(release, "stage-resumed", { stage: "Build" }),
            ["shop/orders/build", "pending", "is being built"],
        ],
        [
            "a build that is done",
            from(release, "stage-succeeded", { stage: "Build" }),
            ["shop/orders/build", "success", "is built"],
        ],
        [
            "a build that fails",
            from(release, "stage-failed", { stage: "Build" }),
            ["shop/orders/build", "failure", "could not be built"],
        ],
        [
            "a build that is stopped",
            from(release, "stage-stopped", { stage: "Build" }),
            ["shop/orders/build", "error", "was stopped"],
        ],
        [
            "a build that is canceled",
            from(release, "stage-canceled", { stage: "Build" }),
            ["shop/orders/build", "error", "was canceled: the pipeline was changed"],
        ],
        ["a build that is stopping", from(release, "stage-stopping", { stage: "Build" }), undefined],
        ["sources that are fetched", from(release, "stage-succeeded", { stage: "Source" }), undefined],
        ["the stage of suites as a whole", from(release, "stage-succeeded", { stage: "Suites" }), undefined],
        ["a stage that nobody knows", from(release, "stage-succeeded", { stage: "Canary" }), undefined],
        [
            "an environment that is entered",
            from(release, "stage-started", { stage: "prod" }),
            ["shop/orders in prod", "pending", "is being brought to prod"],
        ],
        [
            "an environment that is reached",
            from(release, "stage-succeeded", { stage: "dev" }),
            ["shop/orders in dev", "success", "is in dev"],
        ],
        [
            "an environment that fails",
            from(release, "stage-failed", { stage: "prod" }),
            ["shop/orders in prod", "failure", "failed in prod"],
        ],
        [
            "an approval that is asked for",
            from(release, "approval-started", { stage: "Approve-prod" }),
            ["shop/orders in prod", "pending", "waits for a yes before prod"],
        ],
        [
            "an approval that is refused",
            from(release, "approval-failed", { stage: "Approve-prod" }),
            ["shop/orders in prod", "failure", "got no yes for prod"],
        ],
        ["an approval that is given", from(release, "approval-succeeded", { stage: "Approve-prod" }), undefined],
        ["a stage of an approval that begins", from(release, "stage-started", { stage: "Approve-prod" }), undefined],
        ["a stage of an approval that is over", from(release, "stage-succeeded", { stage: "Approve-prod" }), undefined],
        [
            "a stage of an approval that fails, as its action says",
            from(release, "stage-failed", { stage: "Approve-prod" }),
            undefined,
        ],
        [
            "a stop while an approval is waited for",
            from(release, "stage-stopped", { stage: "Approve-prod" }),
            ["shop/orders in prod", "error", "was stopped"],
        ],
        ["an approval somewhere else", from(release, "approval-started", { stage: "prod" }), undefined],
        [
            "a suite that begins",
            from(release, "action-started", { stage: "dev", action: "integration", ...suite }),
            ["shop/orders/integration in dev", "pending", "integration runs in dev"],
        ],
        [
            "a suite that passes",
            from(release, "action-succeeded", { stage: "Suites", action: "unit", ...suite }),
            ["shop/orders/unit", "success", "unit passed"],
        ],
        [
            "a suite that fails, with why",
            from(release, "action-failed", { stage: "dev", action: "integration", ...suite, ...broken }),
            ["shop/orders/integration in dev", "failure", "integration failed in dev: 2 of 7 tests failed"],
        ],
        [
            "a suite that fails, and nobody knows why",
            from(release, "action-failed", { stage: "Suites", action: "unit", ...suite, ...none }),
            ["shop/orders/unit", "failure", "unit failed"],
        ],
        [
            "a suite that is abandoned",
            from(release, "action-abandoned", { stage: "dev", action: "integration", ...suite }),
            ["shop/orders/integration in dev", "error", "was stopped"],
        ],
        [
            "a scan after the build",
            from(release, "action-succeeded", { stage: "Suites", action: "scan", ...scan }),
            ["shop/orders/scan", "success", "scan passed"],
        ],
        [
            "a scan in an environment",
            from(release, "action-succeeded", { stage: "dev", action: "scan", ...scan }),
            ["shop/orders/scan in dev", "success", "scan passed in dev"],
        ],
        ["a test among builds", from(release, "action-succeeded", { stage: "Build", ...suite }), undefined],
        ["a deploy", from(release, "action-succeeded", { stage: "prod", action: "deploy" }), undefined],
        ["a release as a whole", from(release, "pipeline-succeeded"), undefined],
        [
            "sources of a check that are fetched",
            from(check, "stage-succeeded", { stage: "Source" }),
            ["shop/orders/check", "pending", "is being checked"],
        ],
        ["sources of a check that are not fetched", from(check, "stage-failed", { stage: "Source" }), undefined],
        ["a check that begins: its commit is not known", from(check, "pipeline-started"), undefined],
        [
            "a check that passes",
            from(check, "pipeline-succeeded"),
            ["shop/orders/check", "success", "passed the check"],
        ],
        [
            "a check that does not pass",
            from(check, "pipeline-failed"),
            ["shop/orders/check", "failure", "did not pass the check"],
        ],
        [
            "a check that is overtaken",
            from(check, "pipeline-superseded"),
            ["shop/orders/check", "error", "was overtaken by a newer commit"],
        ],
        [
            "a build of a check",
            from(check, "stage-succeeded", { stage: "Build" }),
            ["shop/orders/check/build", "success", "is built"],
        ],
        [
            "a suite of a check",
            from(check, "action-succeeded", { stage: "Suites", action: "unit", ...suite }),
            ["shop/orders/check/unit", "success", "unit passed"],
        ],
        [
            "a rollback",
            eventOf(sample("rollback-started")),
            ["shop/orders in prod", "failure", "was rolled back in prod: the alarm orders-5xx is raised"],
        ],
        ["a rollback that is refused", eventOf(changed("rollback-refused", { from: "1" })), undefined],
        ["a rollback from nobody knows what", eventOf(changed("rollback-started", { from: undefined })), undefined],
        ["a rollback in a stage that nobody knows", eventOf(changed("rollback-started", { stage: "test" })), undefined],
        ["a pipeline of another stack", from("web--orders", "stage-succeeded", { stage: "prod" }), undefined],
        ["an alarm", eventOf(sample("alarm-metric")), undefined],
        ["a tick", eventOf(sample("tick")), undefined],
    ];

describe("the status of a commit", () => {
    for (const [title, event, expected] of said) {
        it(`${expected === undefined ? "is not" : "is"} told by ${title}`, () => {
            const { status } = statusOf(event, naming) ?? {};
            assert.deepEqual(status && [status.context, status.state, status.description], expected);
        });
    }

    it("is of the execution that happens, and links to it", () => {
        const event = from(release, "stage-succeeded", { stage: "prod", "execution-id": "12ab" });
        const { pipeline, execution, status } = statusOf(event, naming) ?? {};
        assert.deepEqual(
            [pipeline, execution, status?.url],
            [
                release,
                "12ab",
                "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders/executions/12ab/visualization?region=eu-west-1",
            ],
        );
    });

    it("is of the execution that a rollback went back from", () => {
        const { execution } = statusOf(eventOf(sample("rollback-started")), naming) ?? {};
        assert.equal(execution, "33333333-3333-4333-8333-333333333333");
    });

    /** The order of an event of a second in which much happens. */
    const order = (name: Sample, detail: object, time = "2026-01-02T03:04:05Z") =>
        statusOf(eventOf(changed(name, { pipeline: release, ...detail }, { time })), naming)?.order ?? "";
    const prod = { stage: "prod", "pipeline-execution-attempt": 1 };

    it("is later by its time, then by the attempt, then by how far things have come", () => {
        const orders = [
            order("stage-succeeded", { ...prod, "pipeline-execution-attempt": 9 }, "2026-01-02T03:04:04Z"),
            order("stage-started", { ...prod, "pipeline-execution-attempt": undefined }),
            order("stage-started", prod),
            order("approval-started", { ...prod, stage: "Approve-prod" }),
            order("stage-failed", prod),
            order("stage-resumed", { ...prod, "pipeline-execution-attempt": 2 }),
            order("stage-started", { ...prod, "pipeline-execution-attempt": 10 }),
            order("stage-started", prod, "2026-01-02T03:04:06Z"),
        ];
        assert.deepEqual([...orders].sort(), orders);
        assert.equal(new Set(orders).size, orders.length);
    });
});
