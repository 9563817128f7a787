import * as assert from "node:assert/strict";
import type { PipelineStatus, Waiting } from "../../../cli/status/fleet-status";
import { calm, made, reader, run, third, through } from "./support/orders";
import { ago, condition, type Did, type World } from "./support/world";

describe("what goes on in a pipeline", () => {
    const { read } = reader();
    const approval = { input: { actionTypeId: { category: "Approval" } } } as never;
    const waits = (status: "Failed" | "InProgress", more: Did[5] = approval): World => ({
        ...calm,
        executions: [
            made(2, 100, [
                ...through("staging", 90),
                ["Approve-prod", "approve", status, 60, status === "Failed" ? 30 : 60, more],
            ]),
            calm.executions[1],
        ],
        stages: { ...calm.stages, "Approve-prod": { latest: [2, status], inbound: [] } },
    });
    const asking: Waiting = {
        ...run(2),
        for: "approval",
        stage: "Approve-prod",
        names: ["approve"],
        asked: ["a@shop.example", "b@shop.example"],
        since: ago(60),
        expires: ago(60 - 48 * 60),
    };
    const rows: readonly (readonly [string, World, Partial<PipelineStatus>])[] = [
        [
            "an approval waits for those whom the stack file names",
            waits("InProgress"),
            {
                waiting: [asking],
            },
        ],
        [
            "somebody has said no",
            waits("Failed", {
                input: { actionTypeId: { category: "Approval" } } as never,
                updatedBy: "arn:aws:iam::1:user/a",
                output: { executionResult: { externalExecutionSummary: "Not on a Friday" } },
            }),
            {
                failed: [
                    {
                        ...run(2),
                        stage: "Approve-prod",
                        status: "Failed",
                        done: [],
                        at: "approve",
                        since: ago(30),
                        error: "Not on a Friday",
                        by: "arn:aws:iam::1:user/a",
                    },
                ],
            },
        ],
        [
            "another waits for its turn",
            {
                ...waits("InProgress"),
                executions: [made(3, 50, through("staging", 40)), ...waits("InProgress").executions],
                stages: {
                    ...calm.stages,
                    "Approve-prod": {
                        latest: [2, "InProgress"],
                        inbound: [[3, "InProgress"]],
                    },
                },
            },
            { waiting: [asking, { ...run(3), for: "turn", stage: "Approve-prod", names: [], since: ago(40) }] },
        ],
        [
            "a window is closed",
            {
                ...calm,
                stages: {
                    ...calm.stages,
                    prod: {
                        inbound: [[2, "InProgress"]],
                        more: { beforeEntryConditionState: condition("window", "InProgress", 15) },
                    },
                },
            },
            { waiting: [{ ...run(2), for: "gate", stage: "prod", names: ["window"], since: ago(15) }] },
        ],
        [
            "a gate is looked at for the execution that has come in",
            {
                ...calm,
                stages: {
                    ...calm.stages,
                    prod: {
                        latest: [2, "InProgress"],
                        more: { onSuccessConditionState: condition("alarm", "InProgress", 5) },
                    },
                },
            },
            { waiting: [{ ...run(2), for: "gate", stage: "prod", names: ["alarm"], since: ago(5) }] },
        ],
        [
            "a gate has said no",
            {
                ...calm,
                stages: {
                    ...calm.stages,
                    prod: {
                        latest: [2, "Failed"],
                        more: { beforeEntryConditionState: condition("freeze", "Failed", 15, "prod is frozen") },
                    },
                },
            },
            {
                failed: [
                    {
                        ...run(2),
                        stage: "prod",
                        status: "Failed",
                        done: [],
                        at: "freeze",
                        since: ago(15),
                        error: "prod is frozen",
                    },
                ],
            },
        ],
        [
            "a transition is disabled, and holds an execution",
            {
                ...calm,
                stages: {
                    ...calm.stages,
                    prod: {
                        inbound: [[2, "InProgress"]],
                        more: {
                            inboundTransitionState: {
                                enabled: false,
                                lastChangedBy: "arn:aws:iam::1:user/a",
                                lastChangedAt: ago(500),
                                disabledReason: "audit",
                            },
                        },
                    },
                },
            },
            {
                waiting: [{ ...run(2), for: "transition", stage: "prod", names: [], since: ago(90) }],
                disabled: [{ stage: "prod", by: "arn:aws:iam::1:user/a", since: ago(500), reason: "audit" }],
            },
        ],
        [
            "actions run, whatever ran there before",
            third("InProgress", [
                ["staging", "api", "InProgress", 3, 3],
                ["staging", "web", "InProgress", 2, 2],
            ]),
            {
                running: [
                    { ...run(3), stage: "staging", action: "api", since: ago(3) },
                    { ...run(3), stage: "staging", action: "web", since: ago(2) },
                ],
            },
        ],
        [
            "a stage is between two actions",
            third("InProgress", [["staging", "api", "Succeeded", 3, 2]]),
            { running: [{ ...run(3), stage: "staging" }] },
        ],
        [
            "one of two deploys has failed, at the second try too, beside a failure of old",
            {
                ...third("Failed", [
                    ["staging", "api", "Succeeded", 40, 39],
                    ["staging", "web", "Failed", 40, 38, { output: { executionResult: { errorDetails: {} } } }],
                    [
                        "staging",
                        "web",
                        "Failed",
                        30,
                        28,
                        { output: { executionResult: { errorDetails: { message: "no bucket" } } } },
                    ],
                ]),
                executions: [
                    ...third("Failed", [
                        ["staging", "api", "Succeeded", 40, 39],
                        ["staging", "web", "Failed", 40, 38],
                        [
                            "staging",
                            "web",
                            "Failed",
                            30,
                            28,
                            { output: { executionResult: { errorDetails: { message: "no bucket" } } } },
                        ],
                    ]).executions,
                    made(9, 300, [["staging", "smoke", "Failed", 290, 280]]),
                ],
            },
            {
                failed: [
                    {
                        ...run(3),
                        stage: "staging",
                        status: "Failed",
                        done: ["api"],
                        at: "web",
                        since: ago(28),
                        error: "no bucket",
                    },
                ],
            },
        ],
        [
            "somebody has stopped an execution",
            third("Stopped", [["staging", "api", "Abandoned", 40, 39]], {
                more: { status: "Stopped", stopTrigger: { reason: "wrong branch" }, lastUpdateTime: ago(38) },
            }),
            {
                failed: [
                    {
                        ...run(3),
                        stage: "staging",
                        status: "Stopped",
                        done: [],
                        since: ago(38),
                        error: "wrong branch",
                    },
                ],
            },
        ],
        [
            "in parallel mode, all executions that are under way",
            {
                ...calm,
                executionMode: "PARALLEL",
                executions: [
                    made(4, 30, [["staging", "api", "InProgress", 3, 3]], { more: { status: "InProgress" } }),
                    made(3, 50, [["staging", "web", "InProgress", 2, 2]], { more: { status: "InProgress" } }),
                    ...calm.executions,
                ],
                stages: { ...calm.stages, staging: { latest: [4, "InProgress"], succeeded: [2, 1] } },
            },
            {
                running: [
                    { ...run(4), stage: "staging", action: "api", since: ago(3) },
                    { ...run(3), stage: "staging", action: "web", since: ago(2) },
                ],
            },
        ],
    ];
    for (const [title, known, expected] of rows) {
        it(title, async () => {
            const { waiting, running, failed, disabled } = await read(known);
            assert.deepEqual(
                { waiting, running, failed, disabled },
                { waiting: [], running: [], failed: [], disabled: [], ...expected },
            );
        });
    }
});
