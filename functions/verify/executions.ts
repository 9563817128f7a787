import type { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { Refusal } from "../lib/seals/errors";
import { executionOf } from "../lib/seals/execution";
import type { Asking } from "../lib/seals/job";

/** How far a rollback of a rollback is followed. AWS takes none as the target of another; should it once, this is enough. */
const mostSteps = 10;

/**
 * The executions whose seals hold for what an execution deploys: its own, as its stages may build; and of a rollback the
 * one that it goes back to, whose artifacts it uses.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html executionType, rollbackMetadata
 */
export async function executionsOf(
    codepipeline: CodePipelineClient,
    { pipeline, execution }: Pick<Asking, "execution" | "pipeline">,
): Promise<readonly string[]> {
    const executions: string[] = [];
    for (let next: string | undefined = execution; next !== undefined && !executions.includes(next);) {
        if (executions.length === mostSteps) {
            throw new Refusal(`expected a rollback to a release, found ${mostSteps} rollbacks to rollbacks`);
        }
        executions.push(next);
        const { executionType, rollbackMetadata } = await executionOf(codepipeline, { pipeline, execution: next });
        next = executionType === "ROLLBACK" ? rollbackMetadata?.rollbackTargetPipelineExecutionId : undefined;
    }
    return executions;
}
