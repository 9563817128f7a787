import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import { secureProblem } from "./file-problems";
import { filesIn } from "./from-file";
import { spread } from "./spread";
import { fromText, ownName, project, type LocatedProblem, type StackSource } from "./source";

/**
 * The configuration that the Pulumi engine hands to the program, with the positions of the stack file where it is there.
 * The engine has merged the project's defaults, resolved anchors and sorted keys. Of a fleet that is spread over stacks, it hands over
 * the values of one stack alone: those of the others are read from their files.
 */
export function fromPulumi(folder: string): StackSource {
    const stack = pulumi.getStack();
    const files = filesIn(folder);
    const file = files.read(stack);
    const secrets = secretKeys();
    const values = Object.entries(allConfig())
        .filter(([key]) => !secrets.has(key))
        .map(([key, text]) => [ownName(key), fromText(ownName(key), text)] as const);
    const own: StackSource = {
        stack,
        values: Object.fromEntries(values),
        // What the CLI takes in silence, such as a misspelt `config`, is refused here as in the offline preview.
        problems: file !== undefined && file.problems.length > 0 ? file.problems : secretProblems(secrets, file),
        readable: file !== undefined && file.problems.length > 0 && file.readable === true,
        locate: path => file?.locate(path),
        source: path => file?.source(path),
    };
    return spread(own, files);
}

function secretProblems(secrets: ReadonlySet<string>, file: Pick<StackSource, "locate"> | undefined): LocatedProblem[] {
    return [...secrets]
        .filter(key => key.startsWith(`${project}:`))
        .map(key => secureProblem([key]))
        .map(problem => ({ ...problem, ...(file && { position: file.locate(problem.path) }) }));
}

/** The keys that hold a secret; the SDK tells them only one by one, its host by this variable. */
function secretKeys(): Set<string> {
    const listed = fromText("", process.env.PULUMI_CONFIG_SECRET_KEYS ?? "");
    return new Set(Array.isArray(listed) ? listed.map(String) : []);
}
