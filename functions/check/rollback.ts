import {
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    type ActionExecutionDetail,
    type CodePipelineClient,
    type PipelineExecution,
} from "@aws-sdk/client-codepipeline";
import { reasonOf } from "../lib/text";
import type { CheckInput } from "./input";

/** Whether an execution goes back to an old release, and whether it may. */
export type Rollback =
    { readonly passes: true; readonly why: string } | { readonly passes: false; readonly why?: string };

/**
 * A rollback makes things as they were: it passes whatever speaks against a deploy. Only one that AWS starts because this
 * very check has stopped an execution does not: nothing was deployed, and the release that runs would be deployed once more.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html executionType, trigger
 */
export async function rollbackOf(input: CheckInput, codepipeline: CodePipelineClient): Promise<Rollback> {
    let execution: PipelineExecution | undefined;
    try {
        execution = await executionOf(input.pipeline, input.execution, codepipeline);
    } catch (error) {
        return { passes: false, why: `whether this is a rollback is not known: ${reasonOf(error)}` };
    }
    if (execution?.executionType !== "ROLLBACK") {
        return { passes: false };
    }
    if (execution.trigger?.triggerType !== "AutomatedRollback") {
        return { passes: true, why: "somebody rolls back" };
    }
    const stopped = await stoppedByCheck(input, codepipeline);
    return stopped === undefined
        ? { passes: true, why: "a failed deploy is rolled back" }
        : {
              passes: false,
              why: `nothing of the execution ${stopped} was deployed, so there is nothing to go back from`,
          };
}

const executionOf = async (pipelineName: string, pipelineExecutionId: string, codepipeline: CodePipelineClient) =>
    (await codepipeline.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }))).pipelineExecution;

const began = ({ startTime }: ActionExecutionDetail) => startTime?.getTime() ?? 0;

/**
 * The execution that was in the stage before this one, if this check stopped it. Of what cannot be found out the
 * rollback must not suffer; and a rollback that was stopped is no reason to stop the next, so that there is no circle.
 */
async function stoppedByCheck(
    { pipeline, execution, stage, action }: CheckInput,
    codepipeline: CodePipelineClient,
): Promise<string | undefined> {
    try {
        const { actionExecutionDetails = [] } = await codepipeline.send(
            new ListActionExecutionsCommand({ pipelineName: pipeline, maxResults: 100 }),
        );
        const earlier = actionExecutionDetails
            .filter(({ stageName, pipelineExecutionId }) => stageName === stage && pipelineExecutionId !== execution)
            .sort((a, b) => began(b) - began(a));
        const before = earlier.at(0)?.pipelineExecutionId;
        const actions = earlier.filter(({ pipelineExecutionId }) => pipelineExecutionId === before);
        if (before === undefined || actions.some(({ actionName }) => actionName !== action)) {
            return undefined;
        }
        const { executionType } = (await executionOf(pipeline, before, codepipeline)) ?? {};
        return executionType === "STANDARD" ? before : undefined;
    } catch {
        return undefined;
    }
}
