import * as assert from "node:assert/strict";
import { ScheduleTrigger } from "../../components/schedule-trigger";
import { handles, planOf, stackFile, terms } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop", service: "web" };
const planned = () =>
    planOf(
        stackFile(`
        services:
            web:
                source: { repository: acme/web }
                trigger: { schedule: { cron: "0 6 ? * MON-FRI *", timeZone: Europe/Berlin } }
                build: { type: none }
                deploy: { type: s3, bucket: site }
    `),
    ).pipelines[0].components[0];

const build = () => {
    const plan = planned();
    assert.ok(plan.component === "ScheduleTrigger");
    const { scheduleArn } = new ScheduleTrigger("web--schedule", { plan, handles, terms, tags });
    return { scheduleArn };
};

describe("ScheduleTrigger", () => {
    it("registers exactly a role, its policy and a schedule, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "ScheduleTrigger web--schedule",
            "  RolePolicy web--schedule-policy < Role web--schedule-role",
            "  Role web--schedule-role",
            // Not before the policy: the first time could find a role that may not start the pipeline.
            "  Schedule web--schedule-schedule < Role web--schedule-role, RolePolicy web--schedule-policy",
        ]);
    });

    it("starts this pipeline, and no other, at the times of its zone", async () => {
        const { registrations: all, outputs } = await recorded(build);
        const pipeline = "arn:aws:codepipeline:eu-west-1:111111111111:shop--web";
        assert.deepEqual(inputsOf(all, "Schedule"), {
            name: "shop--web--schedule",
            description: "Starts the pipeline of web on a schedule",
            scheduleExpression: "cron(0 6 ? * MON-FRI *)",
            scheduleExpressionTimezone: "Europe/Berlin",
            flexibleTimeWindow: { mode: "OFF" },
            target: { arn: pipeline, roleArn: "arn:aws:iam::111111111111:role/shop--web--schedule" },
        });
        assert.deepEqual(inputsOf(all, "RolePolicy"), {
            name: "shop--web--schedule",
            role: "shop--web--schedule",
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
        assert.deepEqual(outputs, {
            scheduleArn: "arn:aws:scheduler:eu-west-1:111111111111:schedule/default/shop--web--schedule",
        });
    });

    it("is trusted as a schedule of this account's group, which is what AWS tells, not the schedule", async () => {
        assert.deepEqual(inputsOf(await registered(build), "Role"), {
            name: "shop--web--schedule",
            description: "Starts the pipeline of web on a schedule",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "scheduler.amazonaws.com" },
                        Action: "sts:AssumeRole",
                        Condition: {
                            StringEquals: { "aws:SourceAccount": "111111111111" },
                            ArnEquals: {
                                "aws:SourceArn": "arn:aws:scheduler:eu-west-1:111111111111:schedule-group/default",
                            },
                        },
                    },
                ],
            },
            tags,
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails beside another schedule of its name", () =>
        assertFails(() => [build(), build()], /duplicate URN .*ScheduleTrigger::web--schedule: a child of the stack/));
});
