import { approvalAction } from "../catalog/approval";
import { arn } from "../catalog/arn";
import { builds } from "../catalog/builds";
import { deploys } from "../catalog/deploys";
import { gates } from "../catalog/gates";
import { kindOf, type Place } from "../catalog/kind";
import type { Artifact, Revision, Rule, Step } from "../catalog/plan";
import type { Path } from "../catalog/problem";
import { sources } from "../catalog/sources";
import { suites } from "../catalog/suites";
import type {
    DeploySettings,
    GateSettings,
    Part,
    ServiceConfig,
    ServiceEnvironment,
    SuiteSettings,
} from "../config/fleet-config";
import { placeOf, type Ground } from "./place";
import type { ActionPlan, StagePlan } from "./plan";
import { endOf, runOrders, type Unit } from "./run-order";

/** A stage, and all that its actions brought with them. */
export interface PlannedStage {
    readonly stage: StagePlan;
    readonly steps: readonly Step[];
    readonly environment?: ServiceEnvironment;
}

/** What one key of the stack file became. */
interface Planned {
    readonly steps: readonly Step[];
    readonly unit: Unit;
    readonly path: Path;
}

/** The kind of each union member takes the settings of that member; that they belong together, `type` says. */
function planned(
    kinds: readonly { readonly type: string; plan(settings: never, at: Place): readonly Step[] }[],
    part: Part<{ readonly type: string; readonly needs?: readonly string[] }>,
    at: Place,
): Planned {
    const steps = kindOf(kinds, part.settings.type).plan(part.settings as never, at);
    return {
        steps,
        unit: { name: at.unit, needs: part.settings.needs ?? [], length: steps.length },
        path: part.origin([]),
    };
}

/** The actions of `units`: what `needs` leaves unordered runs in parallel, from run order `first`. */
function inOrder(
    units: readonly Planned[],
    first: number,
    deployRoleArn?: string,
): { actions: ActionPlan[]; end: number } {
    const starts = runOrders(
        units.map(({ unit }) => unit),
        first,
    );
    const actions = units.flatMap(({ steps, unit, path }) =>
        steps.map((step, index) => ({
            name: step.name,
            action: step.action,
            summary: step.summary,
            configuration: step.configuration,
            inputs: step.inputs,
            outputs: step.outputs.map(output => output.name),
            runOrder: (starts.get(unit.name) ?? first) + index,
            targets: step.targets ?? [],
            passes: step.passes ?? [],
            path,
            ...(step.namespace !== undefined && { namespace: step.namespace }),
            ...(step.byDeployRole && deployRoleArn !== undefined && { roleArn: deployRoleArn }),
        })),
    );
    return {
        actions,
        end: endOf(
            units.map(({ unit }) => unit),
            starts,
            first,
        ),
    };
}

const plain = { before: [], after: [], onFailure: "stop" } as const;

/** All stages of the pipeline of `service`, in order. */
export function planStages(service: ServiceConfig, ground: Ground): { stages: PlannedStage[]; revision: Revision } {
    const place = (unit: string, inputs: readonly Artifact[], environment?: ServiceEnvironment) =>
        placeOf(ground, service.name, unit, inputs, environment);
    const source = planned(sources, service.source, place("source", []));
    const sourced = source.steps.flatMap(step => step.outputs);
    const build = service.build && planned(builds, service.build, place("build", sourced));
    const built = build?.steps.flatMap(step => step.outputs) ?? [];
    const { revision } = source.steps[0];
    if (revision === undefined) {
        throw new Error(`source "${service.source.settings.type}" names no revision`);
    }

    const suitesAfter = (after: "build" | "deploy") =>
        Object.entries(service.suites).filter(([, suite]) => suite.settings.after === after);
    const suite = ([name, part]: [string, Part<SuiteSettings>], environment?: ServiceEnvironment) =>
        planned(suites, part, place(name, [...sourced, ...built], environment));
    const early = suitesAfter("build").map(entry => suite(entry));
    const deployable = built.length > 0 ? [...built, ...sourced] : sourced;

    const simple = (name: string, purpose: StagePlan["purpose"], units: readonly Planned[]): PlannedStage[] =>
        units.length === 0
            ? []
            : [
                  {
                      stage: { name, purpose, actions: inOrder(units, 1).actions, ...plain },
                      steps: units.flatMap(({ steps }) => steps),
                  },
              ];
    return {
        revision,
        stages: [
            ...simple("Source", "source", [source]),
            ...simple("Build", "build", build === undefined ? [] : [build]),
            ...simple("Suites", "test", early),
            ...service.environments.flatMap(environment => {
                const deploy = ([name, part]: [string, Part<DeploySettings>]) =>
                    planned(deploys, part, place(name, deployable, environment));
                const late = suitesAfter("deploy").filter(
                    ([, { settings }]) => settings.environments?.includes(environment.name) ?? true,
                );
                return [
                    ...approvalStage(service.name, environment, revision, ground),
                    environmentStage(
                        environment,
                        Object.entries(environment.deploys).map(deploy),
                        late.map(entry => suite(entry, environment)),
                        ground,
                    ),
                ];
            }),
        ],
    };
}

/** Name of the stage that asks for a yes before `environment`; environments are lower-case, so it can be no environment's. */
export const approvalStageName = (environment: string) => `Approve-${environment}`;

/** Name of the action that waits for the yes. */
export const approvalActionName = "approve";

/** Name of the topic on which approvers of `environment` are asked. */
export const approvalTopic = (ground: Ground, environment: string) => ground.names.shared(256, "approve", environment);

/**
 * An approval is a stage of its own: a no is a failed action, and in one stage with the deploy a rollback on failure
 * would redeploy production because somebody said no.
 */
function approvalStage(
    service: string,
    environment: ServiceEnvironment,
    revision: Revision,
    ground: Ground,
): PlannedStage[] {
    if (environment.approval === undefined) {
        return [];
    }
    const { settings, origin } = environment.approval;
    const { instructions, reviewUrl, timeoutHours } = settings;
    const notify = ground.asked[environment.name] ?? [];
    const what = `${service} to ${environment.name}: ${revision.label} ${revision.id}`;
    const topicArn = topicArnOf(ground, environment.name);
    const asked = `${notify.length === 0 ? "nobody is told" : `${notify.join(", ")} asked`}, ${timeoutHours} h to answer`;
    return [
        {
            steps: [
                {
                    name: approvalActionName,
                    action: approvalAction,
                    summary: asked,
                    configuration: {},
                    inputs: [],
                    outputs: [],
                    grants: [{ sid: "AskApprovers", actions: ["sns:Publish"], resources: [topicArn] }],
                },
            ],
            stage: {
                name: approvalStageName(environment.name),
                purpose: "approval",
                environment: environment.name,
                approval: {
                    environment: environment.name,
                    notify,
                    timeoutHours,
                    ...(instructions !== undefined && { instructions }),
                },
                actions: [
                    {
                        name: approvalActionName,
                        action: approvalAction,
                        summary: asked,
                        configuration: {
                            NotificationArn: topicArn,
                            CustomData: [
                                what,
                                ...(instructions === undefined ? [] : [instructions]),
                                // Last: its length is the committer's, and what is cut off is not what matters.
                                ...(revision.message === undefined ? [] : [revision.message]),
                            ].join(" - "),
                            ...(reviewUrl !== undefined && { ExternalEntityLink: reviewUrl }),
                        },
                        inputs: [],
                        outputs: [],
                        runOrder: 1,
                        timeoutMinutes: timeoutHours * 60,
                        targets: [],
                        passes: [],
                        path: origin([]),
                    },
                ],
                ...plain,
            },
        },
    ];
}

/** ARN of the topic of `environment`. */
export const topicArnOf = (ground: Ground, environment: string) =>
    arn("sns", approvalTopic(ground, environment), ground.home);

function environmentStage(
    environment: ServiceEnvironment,
    deployUnits: readonly Planned[],
    suiteUnits: readonly Planned[],
    ground: Ground,
): PlannedStage {
    const deployed = inOrder(deployUnits, 1, environment.deployRoleArn);
    const tested = inOrder(suiteUnits, deployed.end);
    return {
        environment,
        steps: [...deployUnits, ...suiteUnits].flatMap(({ steps }) => steps),
        stage: {
            name: environment.name,
            purpose: "environment",
            environment: environment.name,
            actions: [...deployed.actions, ...tested.actions],
            before: rules(environment.before, ground),
            after: rules(environment.after, ground),
            onFailure: environment.onFailure,
        },
    };
}

/** The rules of one condition; their names are unique in it. */
function rules(parts: readonly Part<GateSettings>[], ground: Ground): Rule[] {
    const counts = new Map<string, number>();
    return parts.map(({ settings }) => {
        const count = (counts.get(settings.type) ?? 0) + 1;
        counts.set(settings.type, count);
        return {
            name: count === 1 ? settings.type : `${settings.type}-${count}`,
            ...planGate(kindOf(gates, settings.type), settings, ground),
        };
    });
}

/** The settings of a gate are those of its own kind; that they belong together, `type` says. */
const planGate = (
    kind: { plan(settings: never, at: Pick<Place, "home">): Omit<Rule, "name"> },
    settings: GateSettings,
    ground: Ground,
) => kind.plan(settings as never, ground);
