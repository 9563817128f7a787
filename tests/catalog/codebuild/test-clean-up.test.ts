import * as assert from "node:assert/strict";
import { componentStatements } from "../../../blueprint/roles";
import type { EventTriggerPlan } from "../../../catalog/plan";
import { codebuild } from "../../../catalog/suites/codebuild";
import { matchesPattern } from "../../support/event-pattern";
import { runBuildspec, type Aws } from "../support/codebuild";
import { at, dev, only, prod, read, source } from "../support/place";

const words = `
    commands: [make]
    testEnvironment: { template: t.yaml, executionRoleArn: "arn:aws:iam::{account}:role/cfn" }`;
const cleanUpIn = (environment: typeof dev): EventTriggerPlan => {
    const { needs = [] } = only(codebuild.plan(read(codebuild.settings, words), at("it", [source], environment)));
    const found = needs.find(({ component }) => component === "EventTrigger");
    assert.ok(found?.component === "EventTrigger");
    return found;
};
const plan = cleanUpIn(dev);
interface Told {
    readonly buildspecOverride: string;
}
const told = ({ build }: EventTriggerPlan) => JSON.parse(build?.input ?? "{}") as Told;

/** An event as CodeBuild's page of samples has it. */
const ended = (status: string, changed: { project?: string; initiator?: string } = {}) => ({
    source: "aws.codebuild",
    "detail-type": "CodeBuild Build State Change",
    account: "111111111111",
    detail: {
        "build-status": status,
        "project-name": changed.project ?? "shop--orders--it--dev",
        "additional-information": { initiator: changed.initiator ?? "codepipeline/shop--orders" },
    },
});

describe("the clean-up of a test environment", () => {
    for (const status of ["FAILED", "FAULT", "STOPPED", "TIMED_OUT"]) {
        it(`follows a build that is ${status}`, () => assert.ok(matchesPattern(plan.pattern, ended(status))));
    }

    for (const [what, event] of [
        ["a build that succeeded", ended("SUCCEEDED")],
        ["one that goes on", ended("IN_PROGRESS")],
        ["a build of another project", ended("FAILED", { project: "shop--orders--it--prod" })],
        ["itself: it would never end", ended("FAILED", { initiator: "rule/shop--orders--it--dev--clean-up" })],
        ["a build that somebody started by hand and looks at", ended("FAILED", { initiator: "ann" })],
    ] as const) {
        it(`does not follow ${what}`, () => assert.ok(!matchesPattern(plan.pattern, event)));
    }

    it("is a build of the same project, without source and artifacts", () => {
        assert.equal(plan.build?.projectArn, "arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--it--dev");
        const { buildspecOverride, ...rest } = told(plan);
        assert.deepEqual(rest, { sourceTypeOverride: "NO_SOURCE", artifactsOverride: { type: "NO_ARTIFACTS" } });
        assert.deepEqual(Object.keys(JSON.parse(buildspecOverride) as object), ["version", "phases"]);
        // EventBridge takes no more: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
        assert.ok((plan.build?.input.length ?? 0) <= 8192);
    });

    it("may be started by its rule, which may do nothing else", () => {
        assert.deepEqual(componentStatements(plan), [
            {
                Sid: "StartBuild",
                Effect: "Allow",
                Action: ["codebuild:StartBuild"],
                Resource: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--it--dev"],
            },
        ]);
    });

    for (const [shell, environment] of [
        ["sh", dev],
        ["bash", prod],
    ] as const) {
        const { name } = environment;
        it(`removes what no running build uses, and sets nothing up, in ${name}`, () => {
            const [left, used] = ["aaaaaaaa", "bbbbbbbb"].map(id => `${id}-2222-3333-4444-555555555555`);
            const stack = (id: string) => `shop--orders--it--${name}--${id}`;
            const aws: Aws = {
                says: {
                    "cloudformation list-stacks": `${stack(left)}\t${stack(used)}`,
                    [`codebuild batch-get-builds --region eu-west-1 --ids shop--orders--it--${name}:${left}`]:
                        "STOPPED",
                    [`codebuild batch-get-builds --region eu-west-1 --ids shop--orders--it--${name}:${used}`]:
                        "IN_PROGRESS",
                },
            };
            const { succeeded, calls } = runBuildspec(told(cleanUpIn(environment)).buildspecOverride, aws, {}, shell);
            assert.equal(succeeded, true);
            const made = calls.map(call =>
                call.filter(word => !["as deploy", "cloudformation", "codebuild"].includes(word)),
            );
            assert.deepEqual(
                made.map(([command]) => command),
                ["list-stacks", "batch-get-builds", "delete-stack", "wait", "batch-get-builds"],
            );
            assert.ok(made[2].includes(stack(left)));
        });
    }

    it("is not there without a test environment", () => {
        const { needs = [] } = only(
            codebuild.plan(read(codebuild.settings, "commands: [make]"), at("it", [source], dev)),
        );
        assert.deepEqual(
            needs.map(({ component }) => component),
            ["BuildProject"],
        );
    });
});
