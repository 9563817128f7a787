import * as assert from "node:assert/strict";
import type {
    ExecutionMode,
    PipelineExecutionSummary,
    StageExecutionStatus,
    StageState,
} from "@aws-sdk/client-codepipeline";
import { decide, type StageHistory } from "../../../functions/rollback/target";

/** So many minutes after the start of the day. */
const at = (minute: number) => new Date(minute * 60_000);

const release = (id: string, minute: number, executionMode: ExecutionMode = "QUEUED"): PipelineExecutionSummary => ({
    pipelineExecutionId: id,
    executionType: "STANDARD",
    executionMode,
    startTime: at(minute),
});

const rollback = (id: string, minute: number, target?: string): PipelineExecutionSummary => ({
    ...release(id, minute),
    executionType: "ROLLBACK",
    ...(target !== undefined && { rollbackMetadata: { rollbackTargetPipelineExecutionId: target } }),
});

const latest = (
    id: string,
    status: StageExecutionStatus = "Succeeded",
    type: "STANDARD" | "ROLLBACK" = "STANDARD",
) => ({
    stageName: "prod",
    latestExecution: { pipelineExecutionId: id, status, type },
});

const history = (
    stage: StageState | undefined,
    successes: readonly PipelineExecutionSummary[],
    began: Readonly<Record<string, Date>> = {},
): StageHistory => ({ version: 3, ...(stage && { stage }), successes, began: new Map(Object.entries(began)) });

const decided = (of: StageHistory, since = at(60)) => decide("prod", { alarm: "5xx", since }, of);

describe("where a stage goes back to", () => {
    for (const [title, of, from, target] of [
        [
            "the release before the one that is deployed, although that one has succeeded last",
            history(latest("c"), [release("c", 30), release("b", 20), release("a", 10)]),
            "c",
            "b",
        ],
        [
            "the same, in whatever order they are listed",
            history(latest("c"), [release("a", 10), release("c", 30), release("b", 20)]),
            "c",
            "b",
        ],
        [
            "the one that came to the stage last, not the one that began last",
            history(latest("c"), [release("c", 30), release("b", 20), release("a", 10)], {
                a: at(28),
                b: at(25),
                c: at(40),
            }),
            "c",
            "a",
        ],
        [
            "the release that a rollback went to, not the one that it went away from",
            history(latest("d"), [release("d", 40), rollback("r", 35, "a"), release("b", 20), release("a", 10)]),
            "d",
            "a",
        ],
        [
            "the same, when the release had begun before the rollback and waited for its approval",
            history(latest("d"), [rollback("r", 35, "a"), release("d", 30), release("b", 20), release("a", 10)], {
                d: at(40),
                r: at(35),
                b: at(22),
                a: at(12),
            }),
            "d",
            "a",
        ],
        [
            "the newest success, when the latest execution was skipped",
            history(latest("d", "Skipped"), [release("c", 30), release("b", 20)]),
            "c",
            "b",
        ],
        [
            "the release before, although the transition into the stage is closed",
            history({ ...latest("c"), inboundTransitionState: { enabled: false } }, [
                release("c", 30),
                release("b", 20),
            ]),
            "c",
            "b",
        ],
        [
            "the release before, although another execution waits before the stage",
            history({ ...latest("c"), inboundExecutions: [{ pipelineExecutionId: "d", status: "InProgress" }] }, [
                release("c", 30),
                release("b", 20),
            ]),
            "c",
            "b",
        ],
        [
            "the release before one that began in the same second as the alarm rose",
            history(latest("b"), [release("b", 20), release("a", 10)], { b: at(60) }),
            "b",
            "a",
        ],
    ] as const) {
        it(`is ${title}`, () => {
            assert.deepEqual(decided(of), { from, target });
        });
    }

    for (const [title, of, refusal, message, from] of [
        [
            "no such stage",
            history(undefined, [release("b", 20)]),
            "gone",
            /^the pipeline has no stage prod any more/,
            undefined,
        ],
        [
            "executions in parallel",
            history(latest("b"), [release("b", 20, "PARALLEL"), release("a", 10, "PARALLEL")]),
            "parallel",
            /in parallel.*release the last good commit again$/,
            undefined,
        ],
        [
            "an execution in the stage",
            history(latest("c", "InProgress"), [release("b", 20), release("a", 10)]),
            "busy",
            /^the execution c is in prod now: wait for its end, or stop it; then roll back by hand if the alarm stays$/,
            undefined,
        ],
        [
            "an execution that is being stopped",
            history(latest("c", "Stopping"), [release("b", 20), release("a", 10)]),
            "busy",
            /^the execution c is in prod now/,
            undefined,
        ],
        [
            "a rollback in the stage",
            history(latest("r", "InProgress", "ROLLBACK"), [release("b", 20), release("a", 10)]),
            "already",
            /^prod is being rolled back already, by the execution r: wait for it$/,
            undefined,
        ],
        ...(["Failed", "Stopped", "Cancelled"] as const).map(
            status =>
                [
                    `an execution that ended as ${status}`,
                    history(latest("c", status), [release("b", 20), release("a", 10)]),
                    "unclear",
                    new RegExp(
                        `^the execution c ended in prod as ${status}, .*retry the stage, or roll it back by hand$`,
                    ),
                    undefined,
                ] as const,
        ),
        [
            "a rollback that is deployed",
            history(latest("r", "Succeeded", "ROLLBACK"), [rollback("r", 30, "a"), release("b", 20), release("a", 10)]),
            "of-a-rollback",
            /^what is deployed in prod is itself a rollback \(r\): .*needs a person/,
            "r",
        ],
        [
            "a rollback that is deployed, and listed nowhere",
            history(latest("r", "Succeeded", "ROLLBACK"), [release("b", 20), release("a", 10)]),
            "of-a-rollback",
            /is itself a rollback \(r\)/,
            "r",
        ],
        [
            "an alarm that rose before the release came to the stage",
            history(latest("b"), [release("b", 20), release("a", 10)], { b: at(61) }),
            "older-alarm",
            /^the alarm 5xx rose at 1970-01-01T01:00:00.000Z, before the release b began in prod at 1970-01-01T01:01:00.000Z/,
            "b",
        ],
        [
            "an alarm that rose before the release began, where no more is known",
            history(latest("b"), [release("b", 61), release("a", 10)]),
            "older-alarm",
            /not this release's fault$/,
            "b",
        ],
        [
            "nothing that has succeeded",
            history({ stageName: "prod" }, []),
            "no-target",
            /^nothing has succeeded in prod/,
            undefined,
        ],
        [
            "a first release",
            history(latest("a"), [release("a", 10)]),
            "no-target",
            /^no release before a has succeeded/,
            "a",
        ],
        [
            "an edit since the last release",
            history(latest("b"), []),
            "no-target",
            /since the pipeline was last edited, and AWS goes back to none from before: release the last good commit again$/,
            "b",
        ],
        [
            "a rollback before that went to nobody knows where",
            history(latest("c"), [release("c", 40), rollback("r", 35), release("b", 20)]),
            "no-target",
            /^no release before c/,
            "c",
        ],
        [
            "a rollback before that went to what is listed no more",
            history(latest("c"), [release("c", 40), rollback("r", 35, "a"), release("b", 20)]),
            "no-target",
            /^no release before c/,
            "c",
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            const decision = decided(of);
            assert.ok("refusal" in decision);
            assert.deepEqual([decision.refusal, decision.from], [refusal, from]);
            assert.match(decision.reason, message);
        });
    }
});
