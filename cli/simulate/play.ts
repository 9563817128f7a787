import { readFileSync } from "node:fs";
import { madePipelines } from "../../blueprint/part";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import { judge, type Judgement } from "../../blueprint/simulation/expectations";
import { readScript, type ReadScript } from "../../blueprint/simulation/read-script";
import { commitOf, scriptOf, type Script } from "../../blueprint/simulation/script";
import { simulate } from "../../blueprint/simulation/simulate";
import type { Simulation } from "../../blueprint/simulation/simulation";
import type { Hours } from "../../blueprint/simulation/state";
import type { LocatedProblem } from "../../config/source";
import { hint } from "../../config/suggest";
import { mapOf } from "../../config/values";
import { readOwnYaml, type YamlFile } from "../../config/yaml-file";
import { isFile, kindOf } from "../files";
import { UsageError } from "../options";
import { releasesOf } from "../releases";
import { elsewhere } from "../spread";

/** A script that was played, and what came of it. */
export interface Played {
    readonly plan: PipelinePlan;
    readonly script: Script;
    /** The file of the script. @default there is none: one commit was played */
    readonly yaml?: YamlFile;
    readonly simulation: Simulation;
    readonly judgements: readonly Judgement[];
}

/** What is to be played. */
export interface Wanted {
    /** Path of the script. @default one commit, and nothing goes wrong */
    readonly path?: string;
    /** Whose pipeline. @default the one that the script names */
    readonly service?: string;
}

/** A script that was played; or why not. */
export interface Attempt {
    readonly played?: Played;
    readonly problems: readonly LocatedProblem[];
}

/**
 * Plays a script on a pipeline of `fleet`.
 *
 * @throws UsageError where the script is no file that is read, and for a service that is asked for and is not there
 */
export function played(fleet: FleetPlan, { path, service }: Wanted): Attempt {
    const asked = service === undefined ? undefined : releasesOf(fleet, service)[0];
    const yaml = path === undefined ? undefined : scriptFile(path);
    const { plan, problems } = asked === undefined && yaml !== undefined ? named(fleet, yaml) : { plan: asked };
    if (plan === undefined) {
        return { problems: problems ?? [] };
    }
    const read = yaml === undefined ? oneCommit : readScript(yaml, plan);
    if (read.script === undefined) {
        return { problems: read.problems };
    }
    const { script, expectations } = read;
    const until = (end?: number) => simulate(plan, script, hoursOf(fleet), end);
    const simulation = until();
    const judgements = judge(expectations, simulation, until);
    return { problems: [], played: { plan, script, simulation, judgements, ...(yaml && { yaml }) } };
}

/** The expectations that were not met, as problems of the script. */
export const missedProblems = ({ judgements, yaml }: Played): LocatedProblem[] =>
    judgements
        .filter(({ met }) => !met)
        .map(({ path, expected, found }) => ({
            path,
            message: `expected: ${expected}; found: ${found}`,
            ...(yaml && { position: yaml.locate(path) }),
        }));

/** Without a script: one commit, and nothing goes wrong. */
const oneCommit: ReadScript = { script: scriptOf({ commits: [commitOf("a")] }), expectations: [], problems: [] };

/** The pipeline of the service that a script names. */
function named(fleet: FleetPlan, yaml: YamlFile): { plan?: PipelinePlan; problems: readonly LocatedProblem[] } {
    const path = ["service"];
    const { service } = mapOf(yaml.value);
    const releases = madePipelines(fleet).filter(({ purpose }) => purpose === "release");
    const plan = releases.find(one => one.service === service);
    if (plan !== undefined || !yaml.readable) {
        return { ...(plan && { plan }), problems: yaml.problems };
    }
    const names = releases.map(one => one.service);
    const remedy = typeof service === "string" ? (elsewhere(fleet, service) ?? hint(service, names)) : "";
    const message =
        service === undefined
            ? "expected the service whose pipeline is played, in the script or as --service NAME, found neither"
            : `expected a service of the stack ${fleet.stack}, found ${JSON.stringify(service)}${remedy}`;
    return { problems: [...yaml.problems, { path, message, position: yaml.locate(path) }] };
}

/** @throws UsageError where it is no file that is read */
function scriptFile(path: string): YamlFile {
    if (!isFile(path)) {
        const is = kindOf(path);
        throw new UsageError(`--script: no file ${JSON.stringify(path)}${is === undefined ? "" : `, which is ${is}`}`);
    }
    return readOwnYaml(path, readFileSync(path, "utf8"));
}

/** When people are told of what waits: as the settings of the function say it that tells them. */
function hoursOf({ shared }: FleetPlan): Hours | undefined {
    const settings = shared.functions.find(({ key }) => key === "notify")?.settings as
        { readonly approvalReminderHours: number; readonly stuckHours: number } | undefined;
    return settings && { approvalReminder: settings.approvalReminderHours, stuck: settings.stuckHours };
}
