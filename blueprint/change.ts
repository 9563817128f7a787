import { isDeepStrictEqual } from "node:util";
import type { ActionPlan, FleetPlan, PipelinePlan, StagePlan } from "./plan";

/** What another stack file makes of the pipelines of a stack; one that checks pull requests is called `orders--check`. */
export interface FleetChange {
    readonly added: readonly string[];
    readonly removed: readonly string[];

    /**
     * Services whose pipeline's definition differs. Saving a definition stops the executions that run, after the actions
     * in progress, and begins a new version of its structure: until the next success nothing can be rolled back to.
     *
     * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
     * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
     */
    readonly edited: readonly EditedPipeline[];

    /** Services of which only projects, events, schedules, roles or tags differ: their pipelines go on, and can be rolled back. */
    readonly beside: readonly string[];
}

/** A pipeline whose definition differs, and where. */
export interface EditedPipeline {
    readonly service: string;

    /** Names of the stages that differ, are new or are gone; none when it is something of the whole pipeline. */
    readonly stages: readonly string[];

    /** Whether a failed stage of it is rolled back by itself, which needs an execution to go back to. */
    readonly rollsBack: boolean;
}

/** What `after` changes of the pipelines of `before`. */
export function changeOf(before: FleetPlan, after: FleetPlan): FleetChange {
    const old = new Map(before.pipelines.map(pipeline => [pipeline.name, pipeline]));
    const kept = new Map(after.pipelines.map(pipeline => [pipeline.name, pipeline]));
    const pairs = after.pipelines.flatMap(now => {
        const was = old.get(now.name);
        return was === undefined ? [] : [{ was, now }];
    });
    const isEdited = ({ was, now }: (typeof pairs)[number]) => !isDeepStrictEqual(definition(was), definition(now));
    return {
        added: after.pipelines.filter(({ name }) => !old.has(name)).map(({ logicalName }) => logicalName),
        removed: before.pipelines.filter(({ name }) => !kept.has(name)).map(({ logicalName }) => logicalName),
        edited: pairs.filter(isEdited).map(({ was, now }) => ({
            service: now.logicalName,
            stages: changedStages(was, now),
            rollsBack: now.stages.some(({ onFailure }) => onFailure === "rollback"),
        })),
        beside: pairs
            .filter(pair => !isEdited(pair) && !isDeepStrictEqual(surroundings(pair.was), surroundings(pair.now)))
            .map(({ now }) => now.logicalName),
    };
}

/** What CodePipeline stores of an action. */
const actionDefinition = ({ path, summary, targets, passes, ...stored }: ActionPlan) => stored;

/** What CodePipeline stores of a stage. */
const stageDefinition = ({ name, actions, before, after, onFailure }: StagePlan) => ({
    name,
    actions: actions.map(actionDefinition),
    gates: [before, after].map(rules => rules.map(({ grants, summary, ...stored }) => stored)),
    onFailure,
});

/** What CodePipeline stores of a pipeline; what it does not is free to change. */
function definition(pipeline: PipelinePlan) {
    const { service, name, arn, consoleUrl, folder, revision, role, components, foreignRoles, ...stored } = pipeline;
    const { weakens, prerequisites, stages, purpose, logicalName, ...known } = stored;
    const { starts, after, executionModePath, exposed, told, tags, integrity, ...rest } = known;
    return { ...rest, name, role: role.arn, stages: stages.map(stageDefinition) };
}

const surroundings = ({ role, components, tags }: PipelinePlan) => ({ statements: role.statements, components, tags });

/** Names of the stages that are not the same in both. */
function changedStages(was: PipelinePlan, now: PipelinePlan): string[] {
    const [old, current] = [was, now].map(({ stages }) => new Map(stages.map(stage => [stage.name, stage])));
    return [...new Set([...current.keys(), ...old.keys()])].filter(name => {
        const [before, after] = [old.get(name), current.get(name)];
        return (
            before === undefined ||
            after === undefined ||
            !isDeepStrictEqual(stageDefinition(before), stageDefinition(after))
        );
    });
}
