import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import { positionsOf, secureProblem, stackFile } from "./from-file";
import { project, type StackSource } from "./source";

/** Keys whose value is a text, also where the text would be valid JSON. */
const texts = ["prefix"];

/**
 * The configuration that the Pulumi engine hands to the program, with the positions of the stack file where it is there.
 * The engine has merged the project's defaults, resolved anchors and sorted keys; structured values arrive as JSON.
 */
export function fromPulumi(folder: string): StackSource {
    const stack = pulumi.getStack();
    const file = positionsOf(stackFile(folder, stack), stack);
    const secrets = secretKeys();
    const values: Record<string, unknown> = {};
    for (const [key, text] of Object.entries(allConfig())) {
        const own = key.startsWith(`${project}:`);
        const name = own ? key.slice(project.length + 1) : key;
        if (!secrets.has(key)) {
            values[name] = own
                ? texts.includes(name)
                    ? text
                    : parsed(text)
                : key === "aws:allowedAccountIds"
                  ? parsed(text)
                  : text;
        }
    }
    return {
        stack,
        values,
        problems: [...secrets]
            .filter(key => key.startsWith(`${project}:`))
            .map(key => secureProblem([key]))
            .map(problem => ({ ...problem, ...(file && { position: file.locate(problem.path) }) })),
        locate: path => file?.locate(path),
        source: path => file?.source(path),
    };
}

/** The keys that hold a secret; the SDK tells them only one by one, its host by this variable. */
function secretKeys(): Set<string> {
    const listed: unknown = parsed(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]");
    return new Set(Array.isArray(listed) ? listed.map(String) : []);
}

/** `text` as JSON, or itself when it is none. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}
