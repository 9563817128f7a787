import * as assert from "node:assert/strict";
import { ListPipelineExecutionsCommand, type PipelineExecutionSummary } from "@aws-sdk/client-codepipeline";
import { commitsSinceRelease } from "../../../../functions/notify/notices/since-release";
import { pipeline, structure, TestWorld } from "../support/world";

/** An execution that began so many minutes after the first. */
const execution = (
    id: string,
    minute: number,
    more: Partial<PipelineExecutionSummary> = {},
): PipelineExecutionSummary => ({
    pipelineExecutionId: id,
    startTime: new Date(minute * 60_000),
    status: "InProgress",
    executionType: "STANDARD",
    sourceRevisions: [
        { actionName: "library", revisionId: "other" },
        { actionName: "source", revisionId: `c-${id}` },
    ],
    ...more,
});

const of = (id: string) => ({ sourceRevisions: [{ actionName: "source", revisionId: id }] });

describe("what has come in since the last release", () => {
    let test: TestWorld;
    beforeEach(() => (test = new TestWorld()));

    async function since(
        all: readonly PipelineExecutionSummary[],
        released: readonly PipelineExecutionSummary[],
        own = "own",
        built: ReturnType<typeof structure> | undefined = structure(),
    ) {
        test.executions(all, released);
        const found = await commitsSinceRelease(pipeline, own, built, test.world);
        return found && { commits: found.commits.map(({ id }) => id), further: found.further };
    }
    const released = execution("released", 10);

    it("is what executions have brought after it, newest first", async () => {
        assert.deepEqual(
            await since(
                [execution("own", 40), execution("b", 30), execution("a", 20), released, execution("old", 5)],
                [released, execution("old", 5)],
            ),
            { commits: ["c-own", "c-b", "c-a"], further: 0 },
        );
    });

    it("is in the order of time, whatever order AWS has", async () => {
        assert.deepEqual(
            await since(
                [released, execution("a", 20), execution("own", 40), execution("b", 30)],
                [execution("old", 5), released],
            ),
            { commits: ["c-own", "c-b", "c-a"], further: 0 },
        );
    });

    it("is not what came after the execution that asks", async () => {
        assert.deepEqual(await since([execution("newer", 50), execution("own", 40), released], [released]), {
            commits: ["c-own"],
            further: 0,
        });
    });

    it("names each commit once, and none that production has", async () => {
        assert.deepEqual(
            await since(
                [
                    execution("own", 40, of("x")),
                    execution("again", 30, of("x")),
                    execution("same", 20, of("c-released")),
                    released,
                ],
                [released],
            ),
            { commits: ["x"], further: 0 },
        );
    });

    it("is what failed or was overtaken, too", async () => {
        assert.deepEqual(
            await since(
                [
                    execution("own", 40),
                    execution("failed", 30, { status: "Failed" }),
                    execution("over", 20, { status: "Superseded" }),
                    released,
                ],
                [released],
            ),
            { commits: ["c-own", "c-failed", "c-over"], further: 0 },
        );
    });

    it("lists twenty, and counts the rest", async () => {
        const many = Array.from({ length: 25 }, (_, index) => execution(`e${index}`, 20 + index));
        const found = await since([...many, released], [released], "e24");
        assert.deepEqual([found?.commits.length, found?.commits[0], found?.further], [20, "c-e24", 5]);
    });

    it("is since what production went back to", async () => {
        const rollback = execution("rollback", 35, {
            executionType: "ROLLBACK",
            rollbackMetadata: { rollbackTargetPipelineExecutionId: "good" },
        });
        assert.deepEqual(
            await since(
                [execution("own", 40), rollback, execution("bad", 30), execution("good", 20), released],
                [rollback, execution("bad", 30)],
            ),
            { commits: ["c-own", "c-bad"], further: 0 },
        );
    });

    it("is since the last execution that went all the way, where the pipeline has changed", async () => {
        const whole = execution("whole", 10, { status: "Succeeded" });
        const back = execution("back", 15, { status: "Succeeded", executionType: "ROLLBACK" });
        for (const built of [structure(), undefined]) {
            assert.deepEqual(await since([execution("own", 40), execution("a", 20), back, whole], [], "own", built), {
                commits: ["c-own", "c-a"],
                further: 0,
            });
        }
    });

    for (const [title, all, last] of [
        ["nothing was ever released", [execution("own", 40)], []],
        [
            "the release is older than what AWS lists, and its like unknown",
            [
                execution("own", 40),
                execution("x", 35, {
                    executionType: "ROLLBACK",
                    rollbackMetadata: { rollbackTargetPipelineExecutionId: "gone" },
                }),
            ],
            [
                execution("x", 35, {
                    executionType: "ROLLBACK",
                    rollbackMetadata: { rollbackTargetPipelineExecutionId: "gone" },
                }),
            ],
        ],
        ["the execution itself is not listed", [released], [released]],
    ] as const) {
        it(`is not known where ${title}`, async () => assert.equal(await since(all, last), undefined));
    }

    it("goes by the last environment that the pipeline has", async () => {
        const short = { ...structure(), stages: structure().stages.slice(0, 2) };
        await since([], [], "own", short);
        assert.deepEqual(
            test.aws.commandCalls(ListPipelineExecutionsCommand).map(call => call.args[0].input.filter),
            [undefined, { succeededInStage: { stageName: "test" } }],
        );
    });
});
