import * as assert from "node:assert/strict";
import { sharedResources } from "../../blueprint/counts";
import type { AuditPlan } from "../../blueprint/plan";
import { matchesPattern } from "../support/event-pattern";
import { fleetOf } from "./support/fleet";

const audit = (): AuditPlan => {
    const { operations } = fleetOf().shared;
    assert.ok(operations.audit);
    return operations.audit;
};

/** An event as CloudTrail hands it to EventBridge. */
const call = (
    service: string,
    eventName: string,
    requestParameters: object,
    account = "111111111111",
    sourceIPAddress = "203.0.113.5",
) => ({
    source: `aws.${service}`,
    "detail-type": "AWS API Call via CloudTrail",
    account,
    detail: { eventSource: `${service}.amazonaws.com`, eventName, requestParameters, sourceIPAddress },
});

/** Keys of the questions whose query answers with `eventName`. */
const answered = (eventName: string) =>
    audit()
        .queries.filter(({ query }) => {
            const [, names] = /filter detail\.eventName in (\[.*?\])/.exec(query) ?? [];
            return (JSON.parse(names) as string[]).includes(eventName);
        })
        .map(({ key }) => key);

describe("the audit", () => {
    for (const [what, event, question] of [
        ["an approval", call("codepipeline", "PutApprovalResult", { pipelineName: "shop--orders" }), "approved"],
        ["a start", call("codepipeline", "StartPipelineExecution", { name: "shop--orders" }), "started"],
        ["a stop", call("codepipeline", "StopPipelineExecution", { pipelineName: "shop--orders" }), "stopped"],
        ["an edit", call("codepipeline", "UpdatePipeline", { pipeline: { name: "shop--orders" } }), "edited"],
        ["a deletion", call("codepipeline", "DeletePipeline", { name: "shop--orders" }), "edited"],
        [
            "a closed stage",
            call("codepipeline", "DisableStageTransition", { pipelineName: "shop--orders" }),
            "disabled",
        ],
        ["a rollback", call("codepipeline", "RollbackStage", { pipelineName: "shop--orders" }), "went-back"],
        [
            "an overridden gate",
            call("codepipeline", "OverrideStageCondition", { pipelineName: "shop--orders" }),
            "went-back",
        ],
        [
            "a changed tag, which says who is told",
            call("codepipeline", "TagResource", {
                resourceArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
            }),
            "edited",
        ],
        ["a new project", call("codebuild", "CreateProject", { name: "shop--orders--build" }), "edited"],
        ["a build that is tried again", call("codebuild", "RetryBuild", { id: "shop--orders--build:1" }), "edited"],
        ["a stopped batch", call("codebuild", "StopBuildBatch", { id: "shop--orders--build:1" }), "edited"],
        ["a changed project", call("codebuild", "UpdateProject", { name: "shop--orders--build" }), "edited"],
        ["a build by hand", call("codebuild", "StartBuild", { projectName: "shop--orders--build" }), "edited"],
        ["a stopped build", call("codebuild", "StopBuild", { id: "shop--orders--build:1" }), "edited"],
        ["a freeze", call("ssm", "PutParameter", { name: "/service-pipelines/shop/freeze/prod" }), "froze"],
        ["its end", call("ssm", "DeleteParameter", { name: "/service-pipelines/shop/freeze/prod" }), "froze"],
    ] as const) {
        it(`keeps ${what}, and answers with it`, () => {
            assert.equal(audit().rules.filter(({ pattern }) => matchesPattern(pattern, event)).length, 1);
            assert.deepEqual(answered(event.detail.eventName), [question]);
        });
    }

    for (const [what, event] of [
        ["another fleet's approval", call("codepipeline", "PutApprovalResult", { pipelineName: "shop-dev--orders" })],
        ["another account's", call("codepipeline", "PutApprovalResult", { pipelineName: "shop--a" }, "999999999999")],
        ["what only looks", call("codepipeline", "GetPipelineState", { name: "shop--orders" })],
        ["answers of jobs", call("codepipeline", "PutJobSuccessResult", { jobId: "1" })],
        ...["codepipeline.amazonaws.com", "events.amazonaws.com"].map(
            by =>
                [
                    `a build that ${by} starts`,
                    call("codebuild", "StartBuild", { projectName: "shop--orders--build" }, "111111111111", by),
                ] as const,
        ),
        ["other parameters", call("ssm", "PutParameter", { name: "/other" })],
    ] as const) {
        it(`leaves out ${what}`, () => assert.ok(!audit().rules.some(({ pattern }) => matchesPattern(pattern, event))));
    }

    it("says of each call what it was about, under whichever name the request has it", () => {
        for (const { query } of audit().queries) {
            const [, places] = /coalesce\((.*?)\) as target/.exec(query) ?? [];
            assert.deepEqual(
                places.split(", ").map(place => place.replace("detail.requestParameters.", "")),
                ["pipelineName", "name", "pipeline.name", "projectName", "resourceArn", "id", "names.0"],
            );
        }
    });

    it("is the same for every number of services", () => {
        const more = fleetOf({
            services: Object.fromEntries(
                ["a", "b"].map(name => [
                    name,
                    {
                        source: { repository: `acme/${name}` },
                        build: { type: "none" },
                        deploy: { type: "s3", bucket: `${name}-{environment}` },
                    },
                ]),
            ),
        });
        assert.deepEqual(more.shared.operations.audit, audit());
    });

    it("is left out where the stack file says so, and counts no more", () => {
        const without = fleetOf({ operations: { audit: false } }).shared;
        assert.equal(without.operations.audit, undefined);
        // Itself, a log with its policy, three rules with their targets, seven queries.
        assert.equal(sharedResources(fleetOf().shared) - sharedResources(without), 16);
    });
});
