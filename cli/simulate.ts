import { readFileSync, statSync } from "node:fs";
import type { FleetPlan, PipelinePlan } from "../blueprint/plan";
import { judge, type Judgement } from "../blueprint/simulation/expectations";
import { readScript } from "../blueprint/simulation/read-script";
import type { ExpectationWords } from "../blueprint/simulation/schema";
import { commitOf, scriptOf, type Script } from "../blueprint/simulation/script";
import { simulate } from "../blueprint/simulation/simulate";
import type { Simulation } from "../blueprint/simulation/simulation";
import type { Hours } from "../blueprint/simulation/state";
import { planStack } from "../blueprint/stack";
import { pathText } from "../catalog/problem";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { problemText, type LocatedProblem } from "../config/source";
import { readOwnYaml, type YamlFile } from "../config/yaml-file";
import { isFile, kindOf } from "./files";
import { projectFolder, UsageError } from "./options";
import { paintFor } from "./paint";
import { releasesOf } from "./releases";
import { simulateOptions, simulateUsage } from "./simulate-options";
import { judgementText, plain, simulationText } from "./simulate/text";
import { asCommand } from "./command";

/** Exit codes; the contract with scripts. */
const exit = { met: 0, problems: 1 } as const;

/** Largest script that is read, in bytes. */
const mostBytes = 1024 * 1024;

/** Plays a script; returns the exit code. */
function run(args: readonly string[]): number {
    const { file, stack, service, script: path, json, help } = simulateOptions(args, projectFolder);
    if (help) {
        print(simulateUsage);
        return exit.met;
    }
    const { plan: fleet, problems } = planStack(fromFile(file, stack));
    if (fleet === undefined) {
        return complain(problems, json);
    }
    const [plan] = releasesOf(fleet, service);
    const yaml = path === undefined ? undefined : scriptFile(path);
    const read = yaml === undefined ? oneCommit : readScript(yaml, plan);
    if (read.script === undefined) {
        return complain(read.problems, json);
    }
    const simulation = simulate(plan, read.script, hoursOf(fleet));
    return show(simulation, { stack, plan, read: { ...read, script: read.script }, ...(yaml && { yaml }) }, json);
}

/** Without a script: one commit, and nothing goes wrong. */
const oneCommit: { readonly script: Script; readonly expectations: readonly ExpectationWords[]; problems: [] } = {
    script: scriptOf({ commits: [commitOf("a")] }),
    expectations: [],
    problems: [],
};

/** @throws UsageError where it is no file that is read */
function scriptFile(path: string): YamlFile {
    if (!isFile(path)) {
        const is = kindOf(path);
        throw new UsageError(`--script: no file ${JSON.stringify(path)}${is === undefined ? "" : `, which is ${is}`}`);
    }
    const { size } = statSync(path);
    if (size > mostBytes) {
        throw new UsageError(`--script: expected a file of at most ${mostBytes} bytes, found ${size}`);
    }
    return readOwnYaml(path, readFileSync(path, "utf8"));
}

/** When people are told of what waits: as the settings of the function say it that tells them. */
function hoursOf({ shared }: FleetPlan): Hours | undefined {
    const settings = shared.functions.find(({ key }) => key === "notify")?.settings as
        { readonly approvalReminderHours: number; readonly stuckHours: number } | undefined;
    return settings && { approvalReminder: settings.approvalReminderHours, stuck: settings.stuckHours };
}

interface Played {
    readonly stack: string;
    readonly plan: PipelinePlan;
    readonly read: { readonly script: Script; readonly expectations: readonly ExpectationWords[] };
    readonly yaml?: YamlFile;
}

function show(simulation: Simulation, { stack, read: { expectations }, yaml }: Played, json: boolean): number {
    const judgements = judge(expectations, simulation);
    const missed = judgements.filter(({ met }) => !met);
    if (json) {
        print(
            JSON.stringify(
                { stack, ...simulation, expectations: judgements.map(one => located(one, yaml)) },
                undefined,
                2,
            ),
        );
    } else {
        const paint = paintFor(process.stdout);
        print(simulationText(simulation, paint));
        if (judgements.length > 0) {
            print(judgementText(judgements, paint));
        }
    }
    tell(
        missed.map(({ path, expected, found }) => ({
            path,
            message: `expected: ${expected}; found: ${found}`,
            ...(yaml && { position: yaml.locate(path) }),
        })),
    );
    return missed.length === 0 ? exit.met : exit.problems;
}

const located = ({ path, ...judgement }: Judgement, yaml: YamlFile | undefined) => ({
    path: pathText(path),
    ...(yaml && { position: yaml.locate(path) }),
    ...judgement,
});

function complain(problems: readonly LocatedProblem[], json: boolean): number {
    tell(problems);
    if (json) {
        print(JSON.stringify({ problems: problemLines(problems) }, undefined, 2));
    }
    return exit.problems;
}

function tell(problems: readonly LocatedProblem[]): void {
    process.stderr.write(problems.map(problem => `${plain(problemText(problem, pathText))}\n`).join(""));
}

const print = (text: string) => process.stdout.write(`${text}\n`);

if (require.main === module) {
    asCommand(() => run(process.argv.slice(2)));
}
