import { madePipelines } from "../../blueprint/part";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import { rolesOf } from "../../blueprint/roles";
import type { Happening } from "../../functions/lib/happenings";
import { startsOf } from "../starts";
import { toldOf } from "../told";
import { stageStep, type Step } from "./stages";
import { backWords, stopWords } from "./stops";

/** What happens from a change to an environment, in words. */
export interface Explanation {
    readonly stack: string;
    readonly service: string;
    /** Absent of a service that is deployed nowhere. */
    readonly environment?: string;
    readonly pipeline: string;
    readonly starts: readonly string[];
    readonly steps: readonly Step[];
    /** Environments that come after it. */
    readonly later: readonly string[];
    readonly stops: readonly string[];
    readonly back: readonly string[];
    readonly told: readonly string[];
    readonly places: readonly string[];
    readonly weaker: readonly string[];
    readonly needs: readonly string[];
}

/** The way of the release pipeline `pipeline` to `environment`, which is one of its stages; undefined for a pipeline without any. */
export function explanationOf(pipeline: PipelinePlan, environment: string | undefined, fleet: FleetPlan): Explanation {
    const end = pipeline.stages.findIndex(
        stage => stage.purpose === "environment" && stage.environment === environment,
    );
    const stages = environment === undefined ? pipeline.stages : pipeline.stages.slice(0, end + 1);
    const passed = environmentsOf({ stages });
    return {
        stack: fleet.stack,
        service: pipeline.service,
        ...(environment !== undefined && { environment }),
        pipeline: pipeline.name,
        starts: startWords(pipeline, fleet),
        steps: stages.map(stage => stageStep(stage, pipeline, fleet)),
        later: environmentsOf(pipeline).slice(passed.length),
        stops: stopWords(stages, fleet),
        back: backWords(stages),
        told: toldWords(pipeline, passed, fleet),
        places: placeWords(pipeline, passed, fleet),
        weaker: pipeline.weakens,
        needs: pipeline.prerequisites,
    };
}

/** The environments that a pipeline deploys to, in order. */
export const environmentsOf = ({ stages }: Pick<PipelinePlan, "stages">): string[] =>
    stages.flatMap(stage => (stage.purpose === "environment" ? (stage.environment ?? []) : []));

const modes: Readonly<Record<PipelinePlan["executionMode"], string>> = {
    QUEUED: "If several changes come at once, they go one after the other, and none is left out.",
    SUPERSEDED: "If several changes come at once, the latest takes the place of those that wait.",
    PARALLEL: "If several changes come at once, all run at the same time, and none waits for another.",
};

function startWords(pipeline: PipelinePlan, fleet: FleetPlan): string[] {
    const { executionMode, name, service } = pipeline;
    const checks = madePipelines(fleet).filter(other => other.service === service && other.purpose === "check");
    return [
        ...startsOf(pipeline).map(start => `${start.charAt(0).toUpperCase()}${start.slice(1)}.`),
        `Then the pipeline ${name} runs: a chain of stages, each of which begins when the one before has succeeded.`,
        modes[executionMode],
        ...checks.flatMap(check =>
            check.starts.map(start => `A pull request is checked beside it, and deploys nothing: ${start}.`),
        ),
    ];
}

/** What happens, as people say it. */
const happenings: Readonly<Record<Happening, string>> = {
    started: "a release starts",
    succeeded: "it succeeds",
    failed: "it fails",
    recovered: "it succeeds again after a failure",
    "approval-needed": "a yes is wanted",
    "approval-answered": "somebody said yes or no",
    "approval-expiring": "the time to answer is nearly over",
    "rolled-back": "it went back to an earlier release",
    stuck: "it has waited for long",
    alarm: "an alarm of the fleet rings",
};

function toldWords(pipeline: PipelinePlan, passed: readonly string[], fleet: FleetPlan): string[] {
    const words = (all: readonly Happening[]) =>
        all.length === 0 ? "nothing" : all.map(one => happenings[one]).join("; ");
    const lines = toldOf(pipeline, fleet.shared.operations.targets).flatMap(
        ({ target, summary, everywhere, environments }) => {
            const own = passed.filter(name => Object.hasOwn(environments, name));
            const who = `${target} (${summary})`;
            return [
                ...(everywhere.length === 0 ? [] : [`${who} is told when ${words(everywhere)}.`]),
                ...own.map(
                    name =>
                        `${who} is told of ${name}${everywhere.length === 0 ? "" : ", instead of that,"} when ${words(environments[name])}.`,
                ),
            ];
        },
    );
    return lines.length === 0 ? ["Nobody is told of anything: `notify` of the stack file names no one."] : lines;
}

function placeWords(pipeline: PipelinePlan, passed: readonly string[], fleet: FleetPlan): string[] {
    const { account, region } = fleet.home;
    const foreign = pipeline.foreignRoles.filter(role => passed.includes(role.environment));
    return [
        `The pipeline runs in the account ${account}, region ${region}.`,
        ...passed.map(name => {
            const there = fleet.accounts[name] ?? account;
            return `${name} is ${there === account ? "the same account" : `the account ${there}`}.`;
        }),
        ...rolesOf(pipeline, fleet).map(({ name, of }) => `Role ${name}: what the ${of} works with.`),
        ...foreign.map(({ arn, environment }) => `Role ${arn}: with it ${environment} is deployed to.`),
        `\`npm start -- --stack ${fleet.stack} --permissions --service ${pipeline.service}\` says what each role may do, and why.`,
    ];
}
