import {
    GetPipelineExecutionCommand,
    type CodePipelineClient,
    type PipelineExecution,
} from "@aws-sdk/client-codepipeline";
import { asked, Refusal } from "./errors";
import type { Asking } from "./job";

/**
 * What CodePipeline says of an execution.
 *
 * @throws Refusal when it knows none of this id and pipeline
 */
export async function executionOf(
    codepipeline: CodePipelineClient,
    { pipeline, execution }: Pick<Asking, "execution" | "pipeline">,
): Promise<PipelineExecution> {
    const { pipelineExecution } = await asked(
        `look at the execution ${execution}`,
        `codepipeline:GetPipelineExecution on ${pipeline}`,
        () =>
            codepipeline.send(
                new GetPipelineExecutionCommand({ pipelineName: pipeline, pipelineExecutionId: execution }),
            ),
    );
    if (pipelineExecution?.pipelineExecutionId !== execution || pipelineExecution.pipelineName !== pipeline) {
        throw new Refusal(`expected an execution ${execution} of ${pipeline}, found that CodePipeline knows none`);
    }
    return pipelineExecution;
}
