import * as assert from "node:assert/strict";
import { EventTrigger } from "../../components/event-trigger";
import { handles, planOf, stackFile, terms } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop", service: "drop" };
const planned = () =>
    planOf(
        stackFile(`
        services:
            drop: { source: { type: s3, bucket: drops, key: a/b.zip }, build: { type: none }, deploy: { type: s3, bucket: site } }
    `),
    ).pipelines[0].components[0];

const build = () => {
    const plan = planned();
    assert.ok(plan.component === "EventTrigger");
    const { ruleArn } = new EventTrigger("drop--upload", { plan, handles, terms, tags });
    return { ruleArn };
};

describe("EventTrigger", () => {
    it("registers exactly a role, its policy, a rule and its target, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "EventTrigger drop--upload",
            "  RolePolicy drop--upload-policy < Role drop--upload-role",
            "  Role drop--upload-role",
            "  EventRule drop--upload-rule",
            // Not before the policy: an upload would find a role that may not start the pipeline.
            "  EventTarget drop--upload-target < EventRule drop--upload-rule, Role drop--upload-role, RolePolicy drop--upload-policy",
        ]);
    });

    it("starts this pipeline, and no other, when this object is uploaded", async () => {
        const { registrations: all, outputs } = await recorded(build);
        const pipeline = "arn:aws:codepipeline:eu-west-1:111111111111:shop--drop";
        const { eventPattern, ...rule } = inputsOf(all, "EventRule");
        assert.deepEqual(rule, {
            name: "shop--drop--upload",
            description: "Starts the pipeline of drop on an upload",
            tags,
        });
        assert.deepEqual(JSON.parse(String(eventPattern)), {
            source: ["aws.s3"],
            "detail-type": ["Object Created"],
            detail: { bucket: { name: ["drops"] }, object: { key: ["a/b.zip"] } },
        });
        assert.deepEqual(inputsOf(all, "EventTarget"), {
            rule: "shop--drop--upload",
            targetId: "pipeline",
            arn: pipeline,
            roleArn: "arn:aws:iam::111111111111:role/shop--drop--upload",
        });
        assert.deepEqual(inputsOf(all, "RolePolicy"), {
            name: "shop--drop--upload",
            role: "shop--drop--upload",
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "StartPipeline",
                        Effect: "Allow",
                        Action: ["codepipeline:StartPipelineExecution"],
                        Resource: [pipeline],
                    },
                ],
            },
        });
        assert.deepEqual(inputsOf(all, "Role"), {
            name: "shop--drop--upload",
            description: "Starts the pipeline of drop on an upload",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            },
            tags,
        });
        assert.deepEqual(outputs, { ruleArn: "arn:aws:events:eu-west-1:111111111111:rule/shop--drop--upload" });
    });

    it("starts a build, and no other, with what it is told", async () => {
        const plan = planned();
        assert.ok(plan.component === "EventTrigger");
        const { component, logicalName, physicalName, roleName, description, pattern } = plan;
        const rest = { component, logicalName, physicalName, roleName, description, pattern };
        const projectArn = "arn:aws:codebuild:eu-west-1:111111111111:project/shop--drop--it";
        const all = await registered(
            () =>
                new EventTrigger("drop--upload", {
                    plan: { ...rest, build: { projectArn, input: "{}" } },
                    handles,
                    terms,
                    tags,
                }),
        );
        assert.deepEqual(inputsOf(all, "EventTarget"), {
            rule: "shop--drop--upload",
            targetId: "build",
            arn: projectArn,
            input: "{}",
            roleArn: "arn:aws:iam::111111111111:role/shop--drop--upload",
        });
        assert.deepEqual(inputsOf(all, "RolePolicy").policy.Statement, [
            { Sid: "StartBuild", Effect: "Allow", Action: ["codebuild:StartBuild"], Resource: [projectArn] },
        ]);
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails beside another trigger of its name", () =>
        assertFails(() => [build(), build()], /duplicate URN .*EventTrigger::drop--upload: a child of the stack/));
});
