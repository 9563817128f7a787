import { machines, machineTypes, type Machine } from "../../catalog/codebuild/compute";
import type { BuildProjectPlan } from "../../catalog/plan";
import type { Path } from "../../catalog/problem";
import type { ActionPlan, PipelinePlan, StagePlan } from "../plan";
import { buildPriceIn } from "../prices/table";
import { isOf, projectOf } from "./durations";
import type { Change } from "./what-if";

/** What could be shortened, and how. */
export type ProposalKind =
    | "parallel-suites"
    | "suite-once"
    | "build-once"
    | "cache"
    | "larger-compute"
    | "arm"
    | "regions-together"
    | "home-region";

/** A change of the stack file that may shorten a release. */
export interface Proposal {
    readonly kind: ProposalKind;
    readonly changes: readonly Change[];
    /** Why it would help, in words. */
    readonly why: string;
    /** What else it means: what is assumed, and what is given up. */
    readonly but: string;
}

/** An action that runs a project of CodeBuild's, and where in the service's words it stands. */
export interface Run {
    readonly stage: StagePlan;
    readonly action: ActionPlan;
    readonly project: BuildProjectPlan;
    readonly path: Path;
}

/** All runs of projects in `pipeline`. */
export const runsOf = (pipeline: PipelinePlan): Run[] =>
    pipeline.stages.flatMap(stage =>
        stage.actions.flatMap(action => {
            const project = projectOf({ pipeline, action });
            return project === undefined
                ? []
                : [{ stage, action, project, path: ownPath(action.path, pipeline.service) }];
        }),
    );

/** `path` in the service's own words: what the defaults say of all services, one service says over them. */
export const ownPath = (path: Path, service: string): Path =>
    path[0] === "defaults" ? ["services", service, ...path.slice(1)] : path;

/** Runs by where they stand: what one key of the stack file says, all of them do. */
function byPath(runs: readonly Run[]): [Run, ...Run[]][] {
    const groups = new Map<string, [Run, ...Run[]]>();
    for (const run of runs) {
        const key = JSON.stringify(run.path);
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, [run]);
        } else {
            group.push(run);
        }
    }
    return [...groups.values()];
}

/** What each build, suite and script of `runs` could do with its machine and its cache. */
export const machineProposals = (runs: readonly Run[], region: string): Proposal[] =>
    byPath(runs).flatMap(group => [...largerCompute(group, region), ...arm(group), ...cache(group)]);

const unitOf = ({ path }: Run) => String(path.at(-1));

/**
 * The next size whose price is known. A batch says itself which machines its builds want, and Lambda's sizes are of memory.
 */
function largerCompute([run]: readonly [Run, ...Run[]], region: string): Proposal[] {
    const { path, project } = run;
    const at = machines.findIndex(machine => machineTypes[machine] === project.computeType);
    const larger = at === -1 ? [] : machines.slice(at + 1);
    const priced = (size: Machine) => buildPriceIn(project.environmentType, machineTypes[size], region) !== undefined;
    const size = larger.find(priced) ?? larger.at(0);
    const unpriced = size === undefined ? [] : larger.slice(0, larger.indexOf(size));
    const passed = unpriced.length === 0 ? "" : ` (of ${unpriced.join(", ")} no price is known)`;
    return size === undefined || project.batch !== undefined
        ? []
        : [
              {
                  kind: "larger-compute",
                  changes: [{ path: [...path, "compute"], value: size }],
                  why: `${unitOf(run)} runs on ${machines[at]}; ${size} has more processors${passed}`,
                  but: "assumes that they take over three fifths of its work",
              },
          ];
}

/**
 * The same image of AWS's for ARM: of the same release of Amazon Linux.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
export function armImage(image: string): string | undefined {
    const standard: Readonly<Record<string, string>> = {
        "aws/codebuild/amazonlinux-x86_64-standard:5.0": "aws/codebuild/amazonlinux-aarch64-standard:3.0",
        "aws/codebuild/amazonlinux2-x86_64-standard:5.0": "aws/codebuild/amazonlinux2-aarch64-standard:3.0",
        "aws/codebuild/amazonlinux2-x86_64-standard:4.0": "aws/codebuild/amazonlinux2-aarch64-standard:2.0",
    };
    return Object.hasOwn(standard, image) ? standard[image] : undefined;
}

/** Whether something privileged would move with it, the plan of the change tells. */
function arm([run]: readonly [Run, ...Run[]]): Proposal[] {
    const { path, project } = run;
    const image = armImage(project.image);
    return image === undefined || project.environmentType !== "LINUX_CONTAINER"
        ? []
        : [
              {
                  kind: "arm",
                  changes: [{ path: [...path, "image"], value: image }],
                  why: `${unitOf(run)} runs on x86_64, whose minutes cost more`,
                  but: `assumes that it takes as long on ARM, and that nothing in it${isOf(path, ["build", "builds"]) ? ", nor what it builds," : ""} is bound to x86_64`,
              },
          ];
}

/** Where package managers of CodeBuild's images keep what they have fetched; builds there are root's. */
const kept: readonly (readonly [word: RegExp, folder: string])[] = [
    [/\b(npm (ci|i|install)|npx)\b/, "/root/.npm/**/*"],
    [/\byarn\b/, "/usr/local/share/.cache/yarn/**/*"],
    [/\bpip3? install\b/, "/root/.cache/pip/**/*"],
    [/\bmvnw?\b/, "/root/.m2/**/*"],
    [/\bgradlew?\b/, "/root/.gradle/caches/**/*"],
    [/\bgo (build|test|install|mod)\b/, "/root/go/pkg/mod/**/*"],
    [/\bcargo\b/, "/root/.cargo/registry/**/*"],
];

/** Only commands that the stack file has tell what they fetch: a buildspec in the repository is not read. */
function cache([run]: readonly [Run, ...Run[]]): Proposal[] {
    const { path, project } = run;
    const commands = commandsOf(project);
    const paths = kept.filter(([word]) => word.test(commands)).map(([, folder]) => folder);
    return paths.length === 0 || project.cacheLocation !== undefined || project.network === undefined || project.batch
        ? []
        : [
              {
                  kind: "cache",
                  changes: [{ path: [...path, "cache"], value: { type: "s3", paths } }],
                  why: `${unitOf(run)} fetches its packages anew each time`,
                  but: "assumes that this is a fifth of its work; the storage is some cents a month",
              },
          ];
}

/** The buildspec where it is made of the stack file's commands, else nothing: a path is one line. */
export const commandsOf = ({ buildspec }: BuildProjectPlan): string => (buildspec.includes("\n") ? buildspec : "");
