import { kindOf, type Place } from "../catalog/kind";
import type { Artifact, Step } from "../catalog/plan";
import type { Path } from "../catalog/problem";
import type { Text } from "../catalog/reference";
import type { Part, ServiceEnvironment } from "../config/fleet-config";
import { namespaceOf } from "./artifacts";
import type { ActionPlan } from "./plan";
import { endOf, runOrders, type Unit } from "./run-order";

/** What one key of the stack file became. */
export interface PlannedUnit {
    readonly steps: readonly Step[];
    readonly unit: Unit;
    readonly path: Path;
    /** Where it runs, if not in the pipeline's region. */
    readonly region?: string;
}

/** Settings of which some name the artifact that they work on, and what has to run before. */
interface UnitSettings {
    readonly type: string;
    readonly needs?: readonly string[];
    readonly artifact?: string;
}

/** `artifacts` with the one that is called `key` first. */
function withFirst(artifacts: readonly Artifact[], key: string | undefined): readonly Artifact[] {
    const first = artifacts.filter(artifact => artifact.key === key);
    return first.length === 0 ? artifacts : [...first, ...artifacts.filter(artifact => artifact.key !== key)];
}

/** The kind of each union member takes the settings of that member; that they belong together, `type` says. */
export function planUnit(
    kinds: readonly { readonly type: string; plan(settings: never, at: Place): readonly Step[] }[],
    part: Part<UnitSettings>,
    inputs: readonly Artifact[],
    placed: (inputs: readonly Artifact[]) => Place,
): PlannedUnit {
    const { type, needs = [], artifact } = part.settings;
    const at = placed(withFirst(inputs, artifact));
    const { region = at.home.region } = at.environment ?? {};
    const steps = kindOf(kinds, type).plan(part.settings as never, at);
    return {
        steps,
        unit: { name: at.unit, needs, length: steps.filter(({ together }) => together !== true).length },
        path: part.origin([]),
        ...(region !== at.home.region && { region }),
    };
}

/** What `units` hand on. */
export const outputsOf = (units: readonly PlannedUnit[]): Artifact[] =>
    units.flatMap(({ steps }) => steps.flatMap(step => step.outputs));

/**
 * The actions of `groups`, one group after the other, from run order 1. In a group runs in parallel what `needs` leaves
 * unordered.
 */
export function actionsOf(
    groups: readonly (readonly PlannedUnit[])[],
    environment?: Pick<ServiceEnvironment, "name" | "deployRoleArn">,
): ActionPlan[] {
    let first = 1;
    const actions: ActionPlan[] = [];
    for (const planned of groups) {
        const units = planned.map(({ unit }) => unit);
        const starts = runOrders(units, first);
        for (const one of planned) {
            actions.push(...unitActions(one, starts.get(one.unit.name) ?? first, environment?.deployRoleArn));
        }
        first = endOf(units, starts, first);
    }
    return environment === undefined ? actions : ownVariables(actions, groups.flat(), environment.name);
}

/** Whether `step` is performed where its environment is; sources, custom actions and builds are where the pipeline is. */
const goesAbroad = ({ action }: Step) => action.owner === "AWS" && action.homeOnly !== true;

function unitActions(
    { steps, path, region }: PlannedUnit,
    first: number,
    deployRoleArn: string | undefined,
): ActionPlan[] {
    let order = first - 1;
    return steps.map((step, index) => {
        order += step.together === true && index > 0 ? 0 : 1;
        return {
            name: step.name,
            action: step.action,
            summary: step.summary,
            configuration: step.configuration,
            inputs: step.inputs,
            outputs: step.outputs.map(output => output.name),
            runOrder: order,
            targets: step.targets ?? [],
            passes: step.passes ?? [],
            path,
            ...(step.readers && { readers: step.readers }),
            ...(step.commands && {
                compute: {
                    commands: step.commands,
                    outputVariables: step.outputVariables ?? [],
                    files: Object.fromEntries(step.outputs.map(({ name, files = [] }) => [name, files])),
                },
            }),
            ...(step.namespace !== undefined && { namespace: step.namespace }),
            ...(region !== undefined && goesAbroad(step) && { region }),
            ...(step.byDeployRole && deployRoleArn !== undefined && { roleArn: deployRoleArn }),
        };
    });
}

/** Namespaces that CodePipeline has itself; a deploy may be called so all the same. */
const ofCodePipeline = ["codepipeline", "variables"];

/**
 * `all` as they stand in the stage of `environment`: one that reads `#{migrate.Version}` means the step of the same
 * environment, whose namespace holds the environment's name, as namespaces are unique in a pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function ownVariables<T extends Configured>(
    all: readonly T[],
    units: readonly PlannedUnit[],
    environment: string,
): T[] {
    const here = new Set(units.map(({ unit }) => unit.name));
    const meant = (text: string) =>
        text.replace(/#\{([a-z0-9-]+)\./g, (whole, unit: string) =>
            here.has(unit) && !ofCodePipeline.includes(unit) ? `#{${namespaceOf(unit, environment)}.` : whole,
        );
    const meantText = (text: Text) => (typeof text === "string" ? meant(text) : text);
    return all.map(one =>
        readsVariables(one)
            ? {
                  ...one,
                  configuration: Object.fromEntries(
                      Object.entries(one.configuration).map(([key, value]) => [key, meantText(value)]),
                  ),
                  ...(one.compute && { compute: { ...one.compute, commands: one.compute.commands.map(meant) } }),
              }
            : one,
    );
}

const readsVariables = ({ configuration, compute }: Configured) =>
    [...Object.values(configuration), ...(compute?.commands ?? [])].some(
        text => typeof text === "string" && text.includes("#{"),
    );

/** An action, or a gate: what reads variables. */
interface Configured {
    readonly configuration: Readonly<Record<string, Text>>;
    readonly compute?: ActionPlan["compute"];
}
