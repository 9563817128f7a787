import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { matrixOf, type Matrix, type StackJob } from "../blueprint/stacks/matrix";
import { filesIn } from "../config/from-file";
import { problemLines } from "../config/read";
import { folderOf } from "./all-options";
import { matrixFile, matrixText } from "./matrix-file";
import { parsedArguments, projectFolder } from "./options";
import { plural } from "./plural";
import { asCommand } from "./command";

const usage = `Usage: npm run matrix -- [--config FOLDER] [--check]

Writes ${matrixFile} beside the stack files: the stacks as jobs for GitHub Actions, by what they wait for. Offline, like npm start.

  --config FOLDER  stack files somewhere else
  --check          writes nothing, and fails where ${matrixFile} is not what the stack files say
  --help           this text

Exit code 0: written, or checked; 1: it is not current, or the stack files have problems; 2: wrong usage.`;

/** Writes the file, or checks it; returns the exit code. */
function run(args: readonly string[]): number {
    const { values } = parsedArguments(args, {
        config: { type: "string" },
        check: { type: "boolean" },
        help: { type: "boolean", short: "h" },
    });
    const { config = projectFolder, check = false, help = false } = values;
    if (help) {
        process.stdout.write(`${usage}\n`);
        return 0;
    }
    const folder = folderOf(config);
    const { matrix, problems } = matrixOf(filesIn(folder));
    if (problems.length > 0) {
        return complain(problemLines(problems));
    }
    const file = join(folder, matrixFile);
    const said = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    const text = matrixText(matrix);
    if (check && said !== text) {
        return complain([
            `${matrixFile} is not what the stack files say${differences(said, matrix)}: \`npm run matrix\` writes it`,
        ]);
    }
    if (!check) {
        writeFileSync(file, text);
    }
    const { platforms, services, both } = matrix.counts;
    process.stdout.write(
        `${matrixFile}: ${plural(platforms, "platform")}, ${plural(services, "stack")} of services, ${plural(both, "other stack")}\n`,
    );
    return 0;
}

/** The stacks that `said` has otherwise, or not. */
function differences(said: string | undefined, matrix: Matrix): string {
    const before = jobsIn(said);
    const now = jobsIn(matrixText(matrix));
    const differ = [...new Set([...before.keys(), ...now.keys()])].filter(
        stack => before.get(stack) !== now.get(stack),
    );
    return said === undefined ? ", as it is not there" : differ.length === 0 ? "" : `, of ${differ.sort().join(", ")}`;
}

/** The jobs of a file by stack, each as a text; none where it cannot be read. */
function jobsIn(text: string | undefined): Map<string, string> {
    try {
        const { platforms, services, both } = JSON.parse(text ?? "") as Matrix;
        const jobs: readonly StackJob[] = [platforms, services, both].flatMap(({ include }) => include);
        return new Map(jobs.map(job => [job.stack, JSON.stringify(job)]));
    } catch {
        return new Map();
    }
}

function complain(lines: readonly string[]): number {
    process.stderr.write(lines.map(line => `${line}\n`).join(""));
    return 1;
}

if (require.main === module) {
    asCommand(() => run(process.argv.slice(2)));
}
