import type { PipelineStatus, Waiting } from "../../../cli/status/fleet-status";
import { approval, calm, made, reader, run, third, through, waits } from "./support/orders";
import { ago, condition, id, type World } from "./support/world";

describe("what waits and runs in a pipeline", () => {
    const { goesOn } = reader();
    const asking: Waiting = {
        ...run(2),
        for: "approval",
        stage: "Approve-prod",
        names: ["approve"],
        asked: ["a@shop.example", "b@shop.example"],
        since: ago(60),
        expires: ago(60 - 48 * 60),
    };
    const rows: readonly (readonly [title: string, known: World, expected: Partial<PipelineStatus>])[] = [
        [
            "an approval waits for those whom the stack file names",
            waits("InProgress"),
            {
                waiting: [asking],
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
        ["an approval of which AWS does not say that it is one", waits("InProgress", {}), { waiting: [asking] }],
        [
            "an approval in a stage that the stack file no longer has",
            {
                ...calm,
                executions: [made(2, 100, [["Approve-qa", "ask", "InProgress", 60, 60, approval]])],
                stages: { ...calm.stages, "Approve-qa": { latest: [2, "InProgress"] } },
            },
            {
                waiting: [
                    { ...run(2), for: "approval", stage: "Approve-qa", names: ["ask"], asked: [], since: ago(60) },
                ],
            },
        ],
        [
            "the one execution that wants in, as AWS told it before there were many",
            {
                ...calm,
                stages: {
                    ...calm.stages,
                    prod: {
                        more: {
                            inboundExecutions: undefined,
                            inboundExecution: { pipelineExecutionId: id(2), status: "InProgress" },
                        },
                    },
                },
            },
            { waiting: [{ ...run(2), for: "turn", stage: "prod", names: [], since: ago(90) }] },
        ],
        [
            "an execution that is being stopped",
            third("Stopping", [["staging", "api", "InProgress", 3, 3]]),
            { running: [{ ...run(3), stage: "staging", action: "api", since: ago(3) }] },
        ],
    ];
    rows.forEach(row => goesOn(...row));

    // The hundred newest executions are looked at.
    goesOn(
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
        [100],
    );
});
