import type { PipelineStatus } from "../../../cli/status/fleet-status";
import { calm, made, reader, run, third, waits } from "./support/orders";
import { ago, condition, type World } from "./support/world";

describe("what has failed in a pipeline", () => {
    const { goesOn } = reader();
    const rows: readonly (readonly [title: string, known: World, expected: Partial<PipelineStatus>])[] = [
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
            "an execution that was not let in, and why in the words of the rule",
            {
                ...calm,
                stages: {
                    ...calm.stages,
                    prod: {
                        inbound: [[2, "Failed"]],
                        more: {
                            beforeEntryConditionState: {
                                conditionStates: [
                                    {
                                        ruleStates: [
                                            {
                                                ruleName: "alarm",
                                                latestExecution: { status: "Failed", summary: "ALARM" },
                                            },
                                            { ruleName: "window", latestExecution: { status: "Succeeded" } },
                                        ],
                                    },
                                ],
                            },
                        },
                    },
                },
            },
            { failed: [{ ...run(2), stage: "prod", status: "Failed", done: [], at: "alarm", error: "ALARM" }] },
        ],
        [
            "an action that failed, and not the rule that has failed before",
            {
                ...third("Failed", [
                    ["staging", "api", "Failed", 40, 39, { updatedBy: "arn:aws:iam::1:role/pipeline" }],
                ]),
                stages: {
                    ...calm.stages,
                    staging: {
                        latest: [3, "Failed"],
                        more: { beforeEntryConditionState: condition("freeze", "Failed", 1500, "staging is frozen") },
                    },
                },
            },
            { failed: [{ ...run(3), stage: "staging", status: "Failed", done: [], at: "api", since: ago(39) }] },
        ],
        [
            "a failed source, beside one that is no deploy",
            {
                ...calm,
                executions: [
                    made(3, 50, [
                        ["Source", "source", "Succeeded", 50, 49],
                        ["Source", "contracts", "Failed", 50, 48],
                    ]),
                    ...calm.executions,
                ],
                stages: { ...calm.stages, Source: { latest: [3, "Failed"] } },
            },
            { failed: [{ ...run(3), stage: "Source", status: "Failed", done: [], at: "contracts", since: ago(48) }] },
        ],
        [
            "an execution that an edit of the pipeline has cancelled",
            third("Cancelled", []),
            { failed: [{ ...run(3), stage: "staging", status: "Cancelled", done: [], since: ago(50) }] },
        ],
    ];
    rows.forEach(row => goesOn(...row));
});
