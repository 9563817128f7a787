import type { ActionExecutionDetail, StageState } from "@aws-sdk/client-codepipeline";
import type { PipelinePlan, StagePlan } from "../../blueprint/plan";
import type { Path } from "../../catalog/problem";
import { mostActions, type History } from "./history";
import { rollbackTarget, type Release } from "./rollback-target";
import { began, lastAttempts, latest, releaseOf, revisionsOf, runOf, sinceOf } from "./runs";
import type { Deployed, EnvironmentStatus } from "./fleet-status";

/** What is deployed in the stage of an environment, as far as that can be told, and where it can go back to. */
export async function deployment(
    pipeline: PipelinePlan,
    stage: StagePlan,
    state: StageState,
    history: History,
): Promise<Pick<EnvironmentStatus, "deployed" | "unknown" | "rollbackTarget">> {
    const { version, executionMode } = await history.structure();
    const found = await landed(stage, state, executionMode === "PARALLEL", history);
    const succeeded = (await history.succeededIn(stage.name)).flatMap(one =>
        one.startTime === undefined
            ? []
            : [
                  {
                      ...released(one.pipelineExecutionId, one.executionType, one.startTime),
                      ...(one.rollbackMetadata?.rollbackTargetPipelineExecutionId && {
                          target: one.rollbackMetadata.rollbackTargetPipelineExecutionId,
                      }),
                  },
              ],
    );
    const { pipelineExecutionId: newest, status } = state.latestExecution ?? {};
    if (found === undefined && history.tooLong) {
        return { unknown: tooFarBack, rollbackTarget: { possible: false, why: "what is deployed is not known" } };
    }
    const target = rollbackTarget({
        executionMode,
        version,
        succeeded,
        busy: newest !== undefined && (status === "InProgress" || status === "Stopping"),
        ...(found && { deployed: await standing(found.execution, history) }),
    });
    return {
        ...(found && { deployed: await described(found, pipeline, history) }),
        rollbackTarget: target.possible ? await confirmed(target, pipeline, version, history) : target,
    };
}

const tooFarBack = `nothing that succeeded here is among the last ${mostActions} actions of the pipeline`;

const released = (execution = "", type: Release["type"] = "STANDARD", started: Date): Release => ({
    execution,
    type,
    started,
});

/** An execution that brought something into the environment. */
type Landed = Omit<Deployed, "revisions" | "rollback">;

/**
 * The newest execution all of whose deploys in `stage` were done, whatever came after them: a test that fails takes
 * nothing back. What AWS tells of a stage in parallel mode is not documented, so there its actions alone count.
 */
async function landed(
    stage: StagePlan,
    { latestExecution, actionStates = [] }: StageState,
    parallel: boolean,
    history: History,
): Promise<Landed | undefined> {
    if (!parallel && latestExecution?.status === "Succeeded" && latestExecution.pipelineExecutionId !== undefined) {
        const since = latest(actionStates.flatMap(action => action.latestExecution?.lastStatusChange ?? []));
        return { execution: latestExecution.pipelineExecutionId, passed: true, ...sinceOf(since) };
    }
    const { version } = await history.structure();
    const found = await history.lookBack(read => newestLanded(read, stage, version));
    const [newest] = [...(await history.succeededIn(stage.name))].sort(
        (a, b) => (b.startTime?.getTime() ?? 0) - (a.startTime?.getTime() ?? 0),
    );
    return found ?? (newest?.pipelineExecutionId ? { execution: newest.pipelineExecutionId, passed: true } : undefined);
}

/** The newest execution in `read` whose deploys in `stage` have all succeeded. */
function newestLanded(read: readonly ActionExecutionDetail[], stage: StagePlan, version: number): Landed | undefined {
    const here = read.filter(({ stageName }) => stageName === stage.name).sort((a, b) => began(b) - began(a));
    const executions = [...new Set(here.map(({ pipelineExecutionId }) => pipelineExecutionId ?? ""))];
    return executions
        .map((execution): Landed | undefined => {
            const own = here.filter(({ pipelineExecutionId }) => pipelineExecutionId === execution);
            const attempts = lastAttempts(own, stage.name);
            // An older structure may have had other actions: there, all that ran must have succeeded.
            const current = own.some(({ pipelineVersion = version }) => pipelineVersion === version);
            const names = current ? deploysOf(stage) : attempts.map(({ actionName = "" }) => actionName);
            const done = attempts.filter(
                ({ actionName = "", status }) => names.includes(actionName) && succeeds(status),
            );
            return done.length < names.length
                ? undefined
                : {
                      execution,
                      passed: attempts.every(({ status }) => succeeds(status)),
                      ...sinceOf(latest(done.flatMap(({ lastUpdateTime }) => lastUpdateTime ?? []))),
                  };
        })
        .find(one => one !== undefined);
}

export const succeeds = (status?: string) => status === "Succeeded";

/** Names of the actions in `stage` that deploy, or where there is none, of all of them. */
export function deploysOf({ actions }: StagePlan): string[] {
    const deploys = actions.filter(({ path }) => isDeploy(path));
    return (deploys.length === 0 ? actions : deploys).map(({ name }) => name);
}

/** Whether `path` in the stack file is that of a deploy: of a service, of it in one environment, or of the defaults. */
function isDeploy([top, ...below]: Path): boolean {
    const own = top === "services" ? below.slice(1) : below;
    const key = own[0] === "environments" ? own[2] : own[0];
    return key === "deploy" || key === "deploys";
}

async function described(found: Landed, pipeline: PipelinePlan, history: History): Promise<Deployed> {
    const { executionType, trigger, rollbackMetadata } = await history.execution(found.execution);
    const to = rollbackMetadata?.rollbackTargetPipelineExecutionId;
    const run = await runOf(found.execution, pipeline, history);
    const revisions =
        run.revisions.length === 0 && to !== undefined
            ? revisionsOf(await history.execution(to), pipeline)
            : run.revisions;
    const automatic = trigger?.triggerType === "AutomatedRollback";
    const by = automatic ? undefined : trigger?.triggerDetail;
    const rollback = { automatic, ...(to !== undefined && { to }), ...(by !== undefined && { by }) };
    return { ...found, revisions, ...(executionType === "ROLLBACK" && { rollback }) };
}

/** What is deployed as a release, with what it has brought back. */
async function standing(execution: string, history: History): Promise<Release & { readonly broughtBack?: Release }> {
    const { rollbackMetadata } = await history.execution(execution);
    const to = rollbackMetadata?.rollbackTargetPipelineExecutionId;
    const broughtBack = to === undefined ? undefined : await releaseOf(to, history);
    // Nothing began before an execution of which nothing is known any more.
    const release = (await releaseOf(execution, history)) ?? released(execution, "STANDARD", new Date(0));
    return { ...release, ...(broughtBack && { broughtBack }) };
}

/**
 * The target, if it was started in the pipeline's current version: AWS lists what _succeeded_ in it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html pipelineVersion
 */
async function confirmed(
    target: Extract<EnvironmentStatus["rollbackTarget"], { possible: true }>,
    pipeline: PipelinePlan,
    version: number,
    history: History,
): Promise<EnvironmentStatus["rollbackTarget"]> {
    const started = await history.versionOf(target.execution);
    if (started !== version) {
        return {
            possible: false,
            why: `${target.execution.slice(0, 8)} was started in ${started === undefined ? "an unknown version" : `version ${started}`} of the pipeline, which is now in version ${version}`,
        };
    }
    return { ...target, revisions: (await runOf(target.execution, pipeline, history)).revisions };
}
