import type { Judgement } from "../blueprint/simulation/expectations";
import { planStack } from "../blueprint/stack";
import { pathText } from "../catalog/problem";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { problemText, type LocatedProblem } from "../config/source";
import type { YamlFile } from "../config/yaml-file";
import { projectFolder } from "./options";
import { paintFor } from "./paint";
import { simulateOptions, simulateUsage } from "./simulate-options";
import { missedProblems, played, type Played } from "./simulate/play";
import { judgementText, plain, simulationText } from "./simulate/text";
import { asCommand } from "./command";

/** Exit codes; the contract with scripts. */
const exit = { met: 0, problems: 1 } as const;

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
    const attempt = played(fleet, {
        ...(path !== undefined && { path }),
        ...(service !== undefined && { service }),
    });
    return attempt.played === undefined ? complain(attempt.problems, json) : show(attempt.played, stack, json);
}

function show(all: Played, stack: string, json: boolean): number {
    const { simulation, judgements, yaml } = all;
    const missed = missedProblems(all);
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
    tell(missed);
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
