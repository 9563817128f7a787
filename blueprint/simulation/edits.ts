import { giveUp } from "./ends";
import { end } from "./flow";
import type { Edit } from "./script";
import type { StageStatus } from "./simulation";
import { isOnItsWay, nameOf, runIn, type Execution, type State } from "./state";
import { note } from "./telling";

/**
 * Somebody changes the structure of the pipeline, as `pulumi up` does: what is on its way is not completed, and what was
 * started before can be neither retried nor gone back to. Nothing starts by itself.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-edit.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html (Cancelled)
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html (the current structure version)
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 */
export function edit(state: State, { by = "somebody", reason }: Edit): void {
    state.edited = true;
    note(
        state,
        "pipeline-edited",
        {},
        { what: `${by} edits the pipeline`, ...(reason !== undefined && { why: reason }) },
    );
    for (const stage of state.stages) {
        delete stage.holder;
        stage.waiting = [];
        stage.successes.length = 0;
    }
    for (const execution of state.executions) {
        execution.outdated = true;
        if (isOnItsWay(execution)) {
            cancel(state, execution);
        }
    }
}

function cancel(state: State, execution: Execution): void {
    const stage = state.stages.find(({ plan: { name } }) => isThere(execution.runs.get(name)?.status));
    if (stage !== undefined) {
        const run = runIn(execution, stage);
        const waits = run.status === "Waiting";
        giveUp(state, execution, stage, "action-cancelled");
        run.status = waits ? "NotReached" : "Cancelled";
        run.token += 1;
    }
    end(state, execution, "Cancelled");
    const place = { execution, ...(stage && { stage }) };
    const what = `${nameOf(execution)} is cancelled`;
    note(state, "execution-cancelled", place, { what, why: "the pipeline was edited while it ran" });
}

const isThere = (status: StageStatus | undefined) =>
    status === "Waiting" || status === "InProgress" || status === "Stopping";
