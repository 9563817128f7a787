import * as assert from "node:assert/strict";
import type { EnvironmentStatus } from "../../../cli/status/fleet-status";
import { back, calm, commit, made, noneBefore, noWay, reader, run, third, through } from "./support/orders";
import { ago, id, type World } from "./support/world";

describe("what is deployed", () => {
    const { read } = reader();
    const environment = async (name: string, known: World): Promise<Partial<EnvironmentStatus>> => {
        const { environments } = await read(known);
        const { deployed, rollbackTarget } = environments.find(one => one.environment === name) ?? assert.fail();
        return { ...(deployed && { deployed }), rollbackTarget };
    };

    for (const [title, known, expected] of [
        [
            "is the release before one that failed before its deploys were done",
            third("Failed", [
                ["staging", "api", "Succeeded", 40, 39],
                ["staging", "web", "Failed", 40, 38],
            ]),
            { deployed: { ...run(2), passed: true, since: ago(92) }, rollbackTarget: back(1, 200) },
        ],
        [
            "is the release that failed after its deploys were done",
            third("Failed", [...through("staging", 40).slice(0, 2), ["staging", "smoke", "Failed", 40, 38]]),
            { deployed: { ...run(3), passed: false, since: ago(42) }, rollbackTarget: back(2, 100) },
        ],
        [
            "is the release whose deploy succeeded at the second try",
            third("InProgress", [
                ["staging", "api", "Failed", 45, 44],
                ...through("staging", 38).slice(0, 2),
                ["staging", "smoke", "InProgress", 30, 30],
            ]),
            {
                deployed: { ...run(3), passed: false, since: ago(40) },
                rollbackTarget: back(2, 100, "not while an execution is in the stage"),
            },
        ],
        [
            "is a release that failed after its deploys even where a later one failed before its own",
            {
                ...calm,
                executions: [
                    made(4, 30, [["staging", "api", "Failed", 20, 19]]),
                    made(3, 50, [...through("staging", 40).slice(0, 2), ["staging", "smoke", "Failed", 40, 38]]),
                    ...calm.executions,
                ],
                stages: { ...calm.stages, staging: { latest: [4, "Failed"], succeeded: [2, 1] } },
            },
            { deployed: { ...run(3), passed: false, since: ago(42) }, rollbackTarget: back(2, 100) },
        ],
        [
            "cannot go back while its execution is being stopped",
            third("Stopping", [...through("staging", 40).slice(0, 2), ["staging", "smoke", "InProgress", 30, 30]]),
            {
                deployed: { ...run(3), passed: false, since: ago(42) },
                rollbackTarget: back(2, 100, "not while an execution is in the stage"),
            },
        ],
        [
            "is the newest success where the actions have gone by",
            { ...third("Failed", []), executions: third("Failed", []).executions.map(one => ({ ...one, did: [] })) },
            { deployed: { ...run(2), passed: true }, rollbackTarget: back(1, 200) },
        ],
        [
            "may have got there by a rollback of AWS's own",
            {
                ...third("Failed", []),
                executions: [
                    made(4, 30, through("staging", 20), {
                        more: {
                            executionType: "ROLLBACK",
                            trigger: { triggerType: "AutomatedRollback", triggerDetail: id(3) },
                            rollbackMetadata: { rollbackTargetPipelineExecutionId: id(2) },
                            sourceRevisions: [],
                        },
                    }),
                    ...third("Failed", []).executions,
                ],
                stages: { ...calm.stages, staging: { latest: [4, "Succeeded"], succeeded: [4, 2, 1] } },
            },
            {
                deployed: {
                    execution: id(4),
                    revisions: commit(2),
                    passed: true,
                    since: ago(20),
                    rollback: { automatic: true, to: id(2) },
                },
                rollbackTarget: back(1, 200, "by hand only: no alarm rolls back a rollback"),
            },
        ],
        [
            "may have got there by somebody's rollback",
            {
                ...calm,
                executions: [
                    made(3, 50, through("staging", 40), {
                        more: {
                            executionType: "ROLLBACK",
                            trigger: { triggerType: "ManualRollback", triggerDetail: "arn:aws:iam::1:user/a" },
                            rollbackMetadata: { rollbackTargetPipelineExecutionId: id(1) },
                        },
                    }),
                    ...calm.executions,
                ],
                stages: { ...calm.stages, staging: { latest: [3, "Succeeded"], succeeded: [3, 2, 1] } },
            },
            {
                deployed: {
                    ...run(3),
                    passed: true,
                    since: ago(40),
                    rollback: { automatic: false, to: id(1), by: "arn:aws:iam::1:user/a" },
                },
                rollbackTarget: noneBefore,
            },
        ],
        [
            "is in parallel mode what its actions tell, and cannot be rolled back",
            {
                ...calm,
                executionMode: "PARALLEL",
                stages: { ...calm.stages, staging: { latest: [1, "Succeeded"], succeeded: [2, 1] } },
            },
            {
                deployed: { ...run(2), passed: true, since: ago(92) },
                rollbackTarget: noWay("a pipeline in parallel mode cannot be rolled back"),
            },
        ],
        [
            "stays what it was when the structure changes, and has no way back",
            {
                ...calm,
                version: 8,
                executions: [
                    made(3, 50, [["staging", "api", "Failed", 40, 39]]),
                    made(2, 100, [["staging", "api-of-old", "Succeeded", 92, 90]], { version: 7 }),
                ],
                stages: { ...calm.stages, staging: { latest: [3, "Failed"], succeeded: [] } },
            },
            {
                deployed: { ...run(2), passed: true, since: ago(90) },
                rollbackTarget: noWay("no older release has succeeded here in version 8 of the pipeline"),
            },
        ],
        [
            "has no way back to a release that was started before the structure changed",
            {
                ...calm,
                executions: [calm.executions[0], { ...calm.executions[1], version: 6 }],
            },
            {
                deployed: { ...run(2), passed: true, since: ago(90) },
                rollbackTarget: noWay(
                    `${id(1).slice(0, 8)} was started in version 6 of the pipeline, which is now in version 7`,
                ),
            },
        ],
        [
            "is told of an execution that the lists no longer have",
            {
                ...calm,
                version: 8,
                executions: calm.executions.map(one => ({ ...one, old: true, version: 7 })),
                stages: { ...calm.stages, staging: { latest: [2, "Succeeded"] } },
            },
            {
                deployed: { ...run(2), passed: true, since: ago(90) },
                rollbackTarget: noWay("no older release has succeeded here in version 8 of the pipeline"),
            },
        ],
        [
            "has a way back even from an execution that the lists no longer have",
            {
                ...calm,
                executions: [{ ...calm.executions[0], old: true }, calm.executions[1]],
                stages: { ...calm.stages, staging: { latest: [2, "Succeeded"], succeeded: [1] } },
            },
            { deployed: { ...run(2), passed: true, since: ago(90) }, rollbackTarget: back(1, 200) },
        ],
        [
            "is an execution that AWS knows nothing more of",
            { ...calm, executions: [], stages: { ...calm.stages, staging: { latest: [2, "Succeeded"] } } },
            { deployed: { execution: id(2), revisions: [], passed: true }, rollbackTarget: noneBefore },
        ],
    ] as const satisfies readonly (readonly [string, World, unknown])[]) {
        it(title, async () => {
            assert.deepEqual(await environment("staging", known), expected);
        });

        it(`${title}; from many pages`, async () => {
            assert.deepEqual(await environment("staging", { ...known, page: 1 }), expected);
        });
    }

    it("is not known where it is too long ago, and no more than 10 pages are asked", async () => {
        const failing = Array.from({ length: 20 }, (_, index) =>
            made(index + 10, 10 + index, [["staging", "api", "Failed", 10 + index, 10 + index]]),
        );
        const { environments } = await read({
            ...calm,
            page: 1,
            executions: [...failing, ...calm.executions],
            stages: { staging: { latest: [10, "Failed"] }, prod: { latest: [2, "Succeeded"] } },
        });
        assert.deepEqual(environments[0], {
            environment: "staging",
            stage: "staging",
            exists: true,
            frozen: [],
            unknown: "nothing that succeeded here is among the last 1000 actions of the pipeline",
            rollbackTarget: noWay("what is deployed is not known"),
        });
    });

    it("is nothing in a stage that the pipeline does not have yet", async () => {
        const { environments } = await read({ ...calm, stages: { staging: calm.stages.staging } });
        assert.deepEqual(environments[1], {
            environment: "prod",
            stage: "prod",
            exists: false,
            frozen: [],
            rollbackTarget: noWay("the pipeline does not have this stage"),
        });
    });
});
