import { machineTypes, type Machine } from "../../catalog/codebuild/compute";
import { shiftMinutes } from "../../catalog/deploys/lambda";
import type { BuildProjectPlan } from "../../catalog/plan";
import { shown } from "../../catalog/reference";
import type { ActionPlan, PipelinePlan, StagePlan } from "../plan";

/** Where an action stands. */
export interface Timed {
    readonly pipeline: Pick<PipelinePlan, "name" | "components">;
    readonly stage: Pick<StagePlan, "name">;
    readonly action: ActionPlan;
}

/** How long an action takes. */
export interface ActionTime {
    /** Of machines, from the action's start to its end, fractions included; 0 for an approval. A bill rounds it up. */
    readonly minutes: number;

    /** Of an approval: it waits for people, which is no machine's time and on no bill. */
    readonly waits?: "people";
    readonly source: "measured" | "default";

    /** Where the minutes come from, in words. */
    readonly reason: string;

    /** The CodeBuild project that runs it, where one does. */
    readonly project?: BuildProjectPlan;
}

/** What was measured of one action. */
export interface Measured {
    readonly minutes: number;
    /** Of how many executions. */
    readonly count: number;
}

/** Measured durations, by the names of pipeline, stage and action. */
export interface MeasuredDurations {
    minutes(pipeline: string, stage: string, action: string): Measured | undefined;
}

/** A duration where none was measured: what passes before the work begins, and the work. */
export interface DefaultDuration {
    readonly start: number;
    readonly work: number;
    readonly reason: string;
}

/**
 * How long an action takes: what was measured of it, or else the default of its kind.
 *
 * @param measured - what was measured. @default nothing, so defaults alone
 */
export function minutesOf(timed: Timed, measured?: MeasuredDurations): ActionTime {
    const { pipeline, stage, action } = timed;
    if (action.action.category === "Approval") {
        return { minutes: 0, waits: "people", source: "default", reason: "waits for people" };
    }
    const project = projectOf(timed);
    const run = project && { project };
    const known = measured?.minutes(pipeline.name, stage.name, action.name);
    if (known !== undefined) {
        const reason = `the median of ${known.count} ${known.count === 1 ? "execution" : "executions"}`;
        return { minutes: known.minutes, source: "measured", reason, ...run };
    }
    const { start, work, reason } = defaultDuration(action, project);
    return { minutes: start + work, source: "default", reason, ...run };
}

/** The CodeBuild project that runs an action. */
export function projectOf({ pipeline, action }: Pick<Timed, "pipeline" | "action">): BuildProjectPlan | undefined {
    const { ProjectName: name } = action.configuration;
    return action.action.provider !== "CodeBuild"
        ? undefined
        : pipeline.components.find(
              (component): component is BuildProjectPlan =>
                  component.component === "BuildProject" && component.physicalName === name,
          );
}

/** Minutes until a build has its machine. No page of AWS says how long that takes; in a VPC a network interface is made, too. */
const provisioning = { inNetwork: 1, elsewhere: 0.5, inLambda: 0.1 } as const;

/** Minutes of the work of a build on the smallest machine, by what it is for. Assumptions all: only its commands know. */
const buildWork = { build: 5, suite: 4, script: 2 } as const;

/** Share of the work of builds and suites that more processors take over, as Amdahl's law has it: an assumption. Scripts wait for AWS. */
const parallelShare = 0.6;

/**
 * Processors of each machine, and of those for ARM where they have others.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html
 */
const processors: Readonly<Record<Machine, number>> = { small: 2, medium: 4, large: 8, xlarge: 36, "2xlarge": 72 };
const processorsOfArm: typeof processors = { ...processors, xlarge: 32, "2xlarge": 48 };

/** Share of a build's work that is left with a cache, which saves it from fetching its packages again: an assumption. */
const workWithCache = 0.8;

/** Minutes to copy what an action takes to another region: an assumption; CodePipeline copies before the action begins. */
const copy = 0.5;

/** How long the work of a build takes on a machine, against the smallest. */
function pace({ environmentType, computeType }: BuildProjectPlan): number {
    const machine = Object.entries(machineTypes).find(([, type]) => type === computeType)?.[0] as Machine | undefined;
    const count = environmentType === "ARM_CONTAINER" ? processorsOfArm : processors;
    return machine === undefined ? 1 : 1 - parallelShare + (parallelShare * count.small) / count[machine];
}

/** How long an action takes where nobody has measured it. */
export function defaultDuration(action: ActionPlan, project?: BuildProjectPlan): DefaultDuration {
    const { start, work, reason } = project === undefined ? ofAction(action) : ofBuild(action, project);
    const abroad = action.region !== undefined && action.inputs.length > 0;
    return abroad
        ? { start: start + copy, work, reason: `${reason}; copied to ${action.region} in ${copy} min` }
        : { start, work, reason };
}

function ofBuild({ action, path }: ActionPlan, project: BuildProjectPlan): DefaultDuration {
    const sort = action.category === "Test" ? "suite" : isOf(path, ["build", "builds"]) ? "build" : "script";
    const cached = project.cacheLocation === undefined ? 1 : workWithCache;
    return {
        start: project.network === undefined ? provisioning.inLambda : provisioning.inNetwork,
        work: buildWork[sort] * (sort === "script" ? 1 : pace(project)) * cached,
        reason: `assumed for a ${sort}`,
    };
}

/** Whether `path` in the stack file is below one of `keys` of a service, of its environments or of the defaults. */
export function isOf([top, ...below]: ActionPlan["path"], keys: readonly string[]): boolean {
    const own = top === "services" ? below.slice(1) : below;
    return keys.includes(String(own[0] === "environments" ? own[2] : own[0]));
}

type Row = readonly [minutes: number, reason: string];

const assumed = (minutes: number, what: string): Row => [minutes, `assumed for ${what}`];

/**
 * Minutes of actions that no project of CodeBuild's runs, by their provider.
 *
 * ECS waits until the tasks before are gone, which a target group by default leaves five minutes for their last requests.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 */
const byProvider: Readonly<Record<string, Row>> = {
    CodeStarSourceConnection: assumed(0.5, "a source"),
    CodeCommit: assumed(0.5, "a source"),
    ECR: assumed(0.5, "a source"),
    AppConfig: assumed(10, "a deployment strategy whose minutes are in AppConfig"),
    CloudFormation: assumed(4, "the changes of a stack"),
    CloudFormationStackInstances: assumed(6, "the changes of a stack in its accounts and regions"),
    CloudFormationStackSet: assumed(6, "the changes of a stack in its accounts and regions"),
    CodeDeploy: assumed(5, "a deployment, whose pace is in its deployment group"),
    CodeDeployToECS: assumed(10, "a blue/green deployment, whose waits are in its deployment group"),
    EC2: assumed(4, "a deployment to instances"),
    ECS: [
        5.5,
        "assumed for new tasks to be healthy, and five minutes to drain the old ones, as target groups do by default",
    ],
    EKS: assumed(3, "a rollout"),
    ElasticBeanstalk: assumed(5, "an update of an environment"),
    ServiceCatalog: assumed(1, "a new version of a product"),
    CodePipeline: assumed(0.2, "the start of another pipeline, whose end nothing waits for"),
    StepFunctions: assumed(5, "a state machine"),
    Commands: [
        provisioning.elsewhere + buildWork.script,
        `assumed for commands, ${provisioning.elsewhere} min of it to get a machine`,
    ],
    InspectorScan: assumed(3, "a scan"),
};

/** Minutes of a change set until it can be executed: an assumption. */
const changeSet: Row = assumed(1, "a change set");

/** Minutes of a function's answer: CodePipeline asks it, and it looks at a few objects. An assumption. */
const invocation: Row = assumed(0.3, "a function's answer");

/** Minutes of a file in a bucket, and of the code of a function: assumptions. */
const upload: Row = assumed(0.5, "files to be copied");

const custom: Row = assumed(5, "a custom action");

function ofAction({ action, configuration, summary }: ActionPlan): DefaultDuration {
    const [work, reason] = rowOf(action, configuration, summary);
    return { start: 0, work, reason };
}

function rowOf(
    { owner, provider, category }: ActionPlan["action"],
    { ActionMode, DeployStrategy }: ActionPlan["configuration"],
    summary: string,
): Row {
    if (owner === "Custom") {
        return custom;
    }
    if (provider === "S3") {
        return category === "Source" ? assumed(0.5, "a source") : upload;
    }
    if (provider === "Lambda") {
        if (category !== "Deploy") {
            return invocation;
        }
        const strategy = shown(DeployStrategy ?? "");
        const shift = shiftMinutes(strategy) ?? 0;
        return [upload[0] + shift, `${upload[1]}${shift === 0 ? "" : `, and ${shift} min of ${strategy}`}`];
    }
    if (provider === "CloudFormation" && ActionMode === "CHANGE_SET_REPLACE") {
        return changeSet;
    }
    return byProvider[provider] ?? assumed(5, `an action of which nothing is known (${summary})`);
}
