import * as assert from "node:assert/strict";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
    CodePipelineClient,
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    PutJobFailureResultCommand,
    PutJobSuccessResultCommand,
    type ExecutionType,
    type TriggerType,
} from "@aws-sdk/client-codepipeline";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../functions/check";
import { eventOf, question } from "./support/job";

const ssm = mockClient(SSMClient);
const cloudwatch = mockClient(CloudWatchClient);
const codepipeline = mockClient(CodePipelineClient);

const own = question.execution;
const failed = "22222222-2222-4222-8222-222222222222";
const older = "33333333-3333-4333-8333-333333333333";

/** An action that ran in a stage, so many seconds after the first. */
const ran = (pipelineExecutionId: string, actionName: string, second: number, stageName = "prod") => ({
    pipelineExecutionId,
    actionName,
    stageName,
    startTime: new Date(second * 1000),
});

describe("the check of a frozen environment", () => {
    const { log } = console;

    beforeEach(() => {
        [ssm, cloudwatch, codepipeline].forEach(client => client.reset());
        ssm.on(GetParametersCommand).resolves({ Parameters: [{ Name: "/f/prod", Value: "Black Friday" }] });
        codepipeline.on(PutJobSuccessResultCommand).resolves({});
        codepipeline.on(PutJobFailureResultCommand).resolves({});
        codepipeline.on(ListActionExecutionsCommand).resolves({ actionExecutionDetails: [] });
        console.log = () => undefined;
    });
    afterEach(() => (console.log = log));

    const execution = (id: string, executionType?: ExecutionType, triggerType?: TriggerType) =>
        codepipeline
            .on(GetPipelineExecutionCommand, { pipelineName: "shop--orders", pipelineExecutionId: id })
            .resolves({
                pipelineExecution: {
                    ...(executionType && { executionType }),
                    ...(triggerType && { trigger: { triggerType } }),
                },
            });

    /** Whether it says yes, and what it says. */
    async function answer(): Promise<readonly [boolean, string | undefined]> {
        await handler(eventOf(JSON.stringify({ ...question, alarms: [] })));
        const [yes] = codepipeline.commandCalls(PutJobSuccessResultCommand);
        const [no] = codepipeline.commandCalls(PutJobFailureResultCommand);
        return yes === undefined
            ? [false, no.args[0].input.failureDetails?.message]
            : [true, yes.args[0].input.executionDetails?.summary];
    }
    const refusal = (...more: string[]) =>
        `not deployed to prod: ${["prod is frozen: Black Friday", ...more].join("; ")}. Retry the stage when this is over`;

    it("stops a deploy", async () => {
        execution(own, "STANDARD", "StartPipelineExecution");
        assert.deepEqual(await answer(), [false, refusal()]);
    });

    it("stops an execution of which AWS does not say what it is", async () => {
        execution(own);
        assert.deepEqual(await answer(), [false, refusal()]);
    });

    it("lets somebody roll back, whatever ran before", async () => {
        execution(own, "ROLLBACK", "ManualRollback");
        assert.deepEqual(await answer(), [true, "somebody rolls back, although prod is frozen: Black Friday"]);
        assert.deepEqual(codepipeline.commandCalls(ListActionExecutionsCommand), []);
    });

    it("stops an execution of which nothing can be found out", async () => {
        codepipeline
            .on(GetPipelineExecutionCommand)
            .rejects(Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" }));
        assert.deepEqual(await answer(), [
            false,
            refusal("whether this is a rollback is not known: ThrottlingException: Rate exceeded"),
        ]);
    });

    describe("when AWS rolls back by itself", () => {
        const goesBack = [true, "a failed deploy is rolled back, although prod is frozen: Black Friday"] as const;
        const stays = [
            false,
            refusal(`nothing of the execution ${failed} was deployed, so there is nothing to go back from`),
        ] as const;

        beforeEach(() => {
            execution(own, "ROLLBACK", "AutomatedRollback");
            execution(failed, "STANDARD");
            execution(older, "STANDARD");
        });

        for (const [title, actions, wanted] of [
            [
                "lets a failed deploy be rolled back",
                [ran(own, "check", 9), ran(failed, "deploy", 8), ran(failed, "check", 7)],
                goesBack,
            ],
            [
                "does not deploy the running release again because it stopped another",
                [ran(own, "check", 9), ran(failed, "check", 8), ran(older, "deploy", 7)],
                stays,
            ],
            [
                "knows the last execution by its time, not by its place in the list",
                [ran(older, "deploy", 7), ran(failed, "check", 8), ran(own, "check", 9)],
                stays,
            ],
            [
                "does not mind what runs in other stages",
                [ran(older, "build", 9, "Build"), ran(failed, "check", 8), ran(older, "deploy", 7)],
                stays,
            ],
            [
                "does not take the same stage's earlier failure for the last one",
                [ran(failed, "deploy", 8), ran(older, "check", 7)],
                goesBack,
            ],
            [
                "goes back after a retry of what it had stopped",
                [ran(failed, "deploy", 9), ran(failed, "check", 8), ran(failed, "check", 6)],
                goesBack,
            ],
            ["goes back where nothing is known of what ran", [ran(own, "check", 9)], goesBack],
        ] as const) {
            it(title, async () => {
                codepipeline.on(ListActionExecutionsCommand).resolves({ actionExecutionDetails: [...actions] });
                assert.deepEqual(await answer(), wanted);
                assert.deepEqual(
                    codepipeline.commandCalls(ListActionExecutionsCommand).map(call => call.args[0].input),
                    [{ pipelineName: "shop--orders", maxResults: 100 }],
                );
            });
        }

        it("never stops two rollbacks in a row", async () => {
            execution(failed, "ROLLBACK", "AutomatedRollback");
            codepipeline
                .on(ListActionExecutionsCommand)
                .resolves({ actionExecutionDetails: [ran(failed, "check", 8)] });
            assert.deepEqual(await answer(), goesBack);
        });

        it("goes back where AWS does not tell what ran", async () => {
            codepipeline.on(ListActionExecutionsCommand).rejects(new Error("Rate exceeded"));
            assert.deepEqual(await answer(), goesBack);
        });
    });
});
