import * as assert from "node:assert/strict";
import { ecs } from "../../../catalog/deploys/ecs";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const base = `cluster: shop-prod, service: orders, taskRoles: ["${role("task")}"]`;
const words = (yaml: string) => read(ecs.settings, `{ ${base}, ${yaml} }`);
const planned = (yaml: string) => only(ecs.plan(words(yaml), at("deploy", [built, source], prod)));

describe("deploy ecs by the service's own strategy", () => {
    for (const [strategy, summary] of [
        ["BLUE_GREEN", "ECS service orders of cluster shop-prod, blue/green"],
        ["CANARY", "ECS service orders of cluster shop-prod, canary"],
        ["LINEAR", "ECS service orders of cluster shop-prod, linear"],
    ] as const) {
        it(`${strategy} is the same action, and asks that the service is made for it and ends in time`, () => {
            const rolling = planned("strategy: ROLLING");
            const step = planned(`strategy: ${strategy}`);
            const { summary: _, ...same } = rolling;
            assert.deepEqual(step, {
                ...same,
                summary,
                prerequisites: [
                    `the ECS service orders of cluster shop-prod has the deployment controller ECS, the strategy ${strategy} and what that needs: load balancers with an infrastructure role, or Service Connect`,
                    "a deploy of the ECS service orders of cluster shop-prod ends within 60 minutes, shifts of traffic and bake time with it",
                ],
            });
        });
    }

    it("counts the bake time against the deploy's own timeout", () => {
        const step = planned("strategy: CANARY, timeoutMinutes: 45");
        assert.match(step.prerequisites?.[1] ?? "", / within 45 minutes,/);
        assert.equal(step.configuration.DeploymentTimeout, "45");
    });

    it("passes the infrastructure role to ECS alone, and the task roles to tasks too", () => {
        const step = planned(`strategy: BLUE_GREEN, infrastructureRoleArn: "${role("lb")}"`);
        assert.deepEqual(step.passes, [role("task"), role("lb")]);
        assert.deepEqual(
            step.grants.filter(({ actions }) => actions.includes("iam:PassRole")),
            [
                {
                    sid: "PassTaskRoles",
                    actions: ["iam:PassRole"],
                    resources: [role("task")],
                    conditions: {
                        StringEquals: { "iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] },
                    },
                },
                {
                    sid: "PassInfrastructureRole",
                    actions: ["iam:PassRole"],
                    resources: [role("lb")],
                    conditions: { StringEquals: { "iam:PassedToService": "ecs.amazonaws.com" } },
                },
            ],
        );
    });

    it("rolls without a word of it, and asks nothing", () => {
        assert.equal(words("timeoutMinutes: 5").strategy, "ROLLING");
        assert.equal(planned("timeoutMinutes: 5").prerequisites, undefined);
    });

    it("fails on an infrastructure role of a rolling deploy, which would be passed for nothing", () => {
        const own = `infrastructureRoleArn: "${role("lb")}"`;
        assert.deepEqual(ecs.check?.(words(own)), [
            {
                path: ["infrastructureRoleArn"],
                message:
                    "expected `strategy` BLUE_GREEN, CANARY or LINEAR beside it: a rolling deploy moves no traffic; leave it out",
            },
        ]);
        assert.deepEqual(ecs.check?.(words(`${own}, strategy: LINEAR`)), []);
    });

    it("fails on a strategy that ECS does not have", () => {
        const lines = refusals(ecs.settings, `{ ${base}, strategy: ALL_AT_ONCE }`);
        assert.deepEqual(
            lines.map(line => line.split(":")[0]),
            ["strategy"],
        );
    });
});
