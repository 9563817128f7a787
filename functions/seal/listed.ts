import {
    ListActionExecutionsCommand,
    type ActionExecutionDetail,
    type CodePipelineClient,
} from "@aws-sdk/client-codepipeline";
import { asked, Unlisted } from "../lib/seals/errors";
import { executionOf } from "../lib/seals/execution";
import type { Artifact, Asking } from "../lib/seals/job";
import { urlOf } from "../lib/seals/object";
import type { Revision } from "../lib/seals/statement";
import { cut } from "../lib/text";

/** Pages of 100 actions that one execution has at most: stages may be retried often, but not for ever. */
const mostPages = 20;

/** What CodePipeline lists: the action that asks, and when the last action that has made an artifact was over, by its name. */
export interface Listed {
    readonly asks: ActionExecutionDetail;
    readonly made: ReadonlyMap<string, Date | undefined>;
}

/**
 * Makes sure that CodePipeline itself says what the event says: the action that asks is in progress in this execution, and
 * each artifact was made by an action of it that has succeeded, and lies where that action has put it. Whoever may invoke
 * the function could write any event.
 *
 * @throws Unlisted when it is not there, or not yet
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListActionExecutions.html
 */
export async function listed(
    codepipeline: CodePipelineClient,
    asking: Asking,
    artifacts: readonly Artifact[],
): Promise<Listed> {
    const actions = await actionsOf(codepipeline, asking);
    const { stage, action, execution, pipeline } = asking;
    const asks = actions.find(
        candidate =>
            candidate.stageName === stage &&
            candidate.actionName === action &&
            candidate.status === "InProgress" &&
            mayAsk(candidate, artifacts),
    );
    if (asks === undefined) {
        throw new Unlisted(
            `expected the action ${action} of the stage ${stage}, which asks for seals, to be in progress in the execution ${execution} of ${pipeline}, found that CodePipeline lists none`,
        );
    }
    const made = new Map<string, Date | undefined>();
    for (const artifact of artifacts) {
        const makers = actions.filter(candidate => hasMade(candidate, artifact));
        const ends = makers.flatMap(({ lastUpdateTime }) => lastUpdateTime ?? []);
        made.set(artifact.name, [...ends].sort((one, other) => other.getTime() - one.getTime()).at(0));
        if (makers.length === 0) {
            throw new Unlisted(
                `expected an action of the execution ${execution} that has made the artifact ${artifact.name} at ${urlOf(artifact)}, found that CodePipeline lists none`,
            );
        }
    }
    return { asks, made };
}

/**
 * Whether an action is one that seals. An approval is in progress for days, in which somebody who may write to the bucket
 * could have sealed what he has put there. The program lets nothing else begin with this word; what CodePipeline lists of
 * the action's input has to fit as well, which it may leave out.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionInput.html
 */
function mayAsk({ actionName, input }: ActionExecutionDetail, artifacts: readonly Artifact[]): boolean {
    const { actionTypeId: type, inputArtifacts: inputs = [] } = input ?? {};
    return (
        /^seal(?:-|$)/.test(actionName ?? "") &&
        (type === undefined || (type.category === "Invoke" && type.provider === "Lambda")) &&
        (inputs.length === 0 || artifacts.every(artifact => inputs.some(({ name }) => name === artifact.name)))
    );
}

const hasMade = ({ status, output }: ActionExecutionDetail, artifact: Artifact): boolean =>
    status === "Succeeded" &&
    (output?.outputArtifacts ?? []).some(
        ({ name, s3location }) =>
            name === artifact.name && s3location?.bucket === artifact.bucket && s3location.key === artifact.key,
    );

async function actionsOf(
    codepipeline: CodePipelineClient,
    { pipeline, execution }: Asking,
): Promise<readonly ActionExecutionDetail[]> {
    const actions: ActionExecutionDetail[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < mostPages; page++) {
        const found = await asked(
            `list the actions of ${pipeline}`,
            `codepipeline:ListActionExecutions on ${pipeline}`,
            () =>
                codepipeline.send(
                    new ListActionExecutionsCommand({
                        pipelineName: pipeline,
                        filter: { pipelineExecutionId: execution },
                        maxResults: 100,
                        nextToken,
                    }),
                ),
        );
        // Filtered by itself too: an action of another execution must never count.
        actions.push(
            ...(found.actionExecutionDetails ?? []).filter(detail => detail.pipelineExecutionId === execution),
        );
        nextToken = found.nextToken;
        if (nextToken === undefined) {
            return actions;
        }
    }
    return actions;
}

/** Most sources that a seal names, and the longest text of each. */
const mostRevisions = 50;
const longest = 300;

/** The revisions of the sources of an execution. */
export async function revisionsOf(codepipeline: CodePipelineClient, asking: Asking): Promise<readonly Revision[]> {
    const { artifactRevisions = [] } = await executionOf(codepipeline, asking);
    return artifactRevisions.slice(0, mostRevisions).map(revision => ({
        name: cut(revision.name ?? "", longest),
        id: cut(revision.revisionId ?? "", longest),
        ...(revision.revisionUrl !== undefined && { url: cut(revision.revisionUrl, longest) }),
    }));
}
