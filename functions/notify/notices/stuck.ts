import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import { given, textOf } from "../../lib/fields";
import { spanOf } from "../deliver/words";
import type { Draft } from "../draft";
import type { StuckMoment } from "../kept/moments";
import { placeOf } from "../place";
import type { World } from "../world";
import { commitOf } from "./commit";
import { placed, releaseOf, secondsBetween } from "./words";

const hour = 60 * 60 * 1000;

/** What there is to a moment at which an execution was to be over. */
export type Finding =
    | { readonly over: true }
    /** Nothing is wrong, as far as can be seen now. */
    | { readonly lookAgain: string }
    | { readonly draft: Draft };

/**
 * Looks at an execution that should have ended by now. It is stuck when it has made no step for as long as the stack allows,
 * and waits neither for a person nor for a gate nor behind another execution.
 */
export async function lookAt(moment: StuckMoment, id: string, world: World): Promise<Finding> {
    const { pipeline, execution } = moment;
    if (!(await world.facts.runs(pipeline, execution))) {
        return { over: true };
    }
    const limit = world.settings.stuckHours * hour;
    const actions = await world.facts.actions(pipeline, execution);
    const running = actions.filter(({ status }) => status === "InProgress");
    const step = lastStep(actions) ?? Date.parse(moment.due) - limit;
    if (running.some(isApproval)) {
        return { lookAgain: next(moment, limit, world.now()) };
    }
    if (step + limit > world.now()) {
        return { lookAgain: new Date(step + limit).toISOString() };
    }
    if (running.length === 0 && (await waits(moment, world))) {
        return { lookAgain: next(moment, limit, world.now()) };
    }
    return { draft: stuck(moment, id, actions, step, world) };
}

const isApproval = ({ input }: ActionExecutionDetail) => input?.actionTypeId?.category === "Approval";

const lastStep = (actions: readonly ActionExecutionDetail[]): number | undefined => {
    // An action that runs may say how far it is; it has made a step when it began.
    const times = actions.flatMap(({ status, startTime, lastUpdateTime }) =>
        status === "InProgress"
            ? (startTime?.getTime() ?? [])
            : (lastUpdateTime?.getTime() ?? startTime?.getTime() ?? []),
    );
    return times.length === 0 ? undefined : Math.max(...times);
};

/** The first time after now that is whole waits behind the moment: the same, however often it is reckoned before it comes. */
function next({ due }: StuckMoment, limit: number, now: number): string {
    const first = Date.parse(due);
    const rounds = Math.floor(Math.max(0, now - first) / limit) + 1;
    return new Date(first + rounds * limit).toISOString();
}

/**
 * Whether the execution stands before a stage: at a gate, behind another one, or because somebody has closed the way. Of
 * executions that run at the same time only gates are known, but those wait for nothing else.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RuleExecutionDetail.html status
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageState.html inboundExecutions
 */
async function waits({ pipeline, execution }: StuckMoment, { facts }: World): Promise<boolean> {
    if ((await facts.rules(pipeline, execution)).some(({ status }) => status === "InProgress")) {
        return true;
    }
    return (await facts.stages(pipeline)).some(({ inboundExecution, inboundExecutions = [] }) =>
        [inboundExecution, ...inboundExecutions].some(inbound => inbound?.pipelineExecutionId === execution),
    );
}

function stuck(
    { pipeline, execution, due }: StuckMoment,
    id: string,
    actions: readonly ActionExecutionDetail[],
    step: number,
    world: World,
): Draft {
    const running = actions.filter(({ status }) => status === "InProgress");
    const names = running.flatMap(({ actionName }) => actionName ?? []).join(", ");
    const stage = running.at(0)?.stageName;
    const { environment } = placeOf(stage, world.settings);
    const idle = secondsBetween(new Date(step), new Date(world.now()));
    const log = running.find(({ output }) => output?.executionResult?.externalExecutionUrl)?.output?.executionResult;
    return {
        id,
        happenings: ["stuck"],
        time: new Date(due),
        pipeline,
        execution,
        ...given("environment", environment),
        ...given("stage", stage),
        ...given("action", textOf(names)),
        write: async (_, service) => {
            const commit = await commitOf(world, pipeline, await world.facts.execution(pipeline, execution), actions);
            return {
                title: `${releaseOf(service, commit)} is stuck${placed(environment, stage)}: ${names === "" ? "nothing has run" : `${names} has run`} for ${spanOf(idle)}`,
                advice: "Look at the log. Stop the execution if it will not end: the next release waits behind it.",
                ...given("commit", commit),
                durationSeconds: idle,
                ...(log?.externalExecutionUrl !== undefined && { links: { log: log.externalExecutionUrl } }),
            };
        },
    };
}
