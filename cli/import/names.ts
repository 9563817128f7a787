import { bracedWords } from "../../catalog/placeholders";

/** Namespaces of variables, and which they are here; those of CodePipeline itself are what they are. */
export type Namespaces = ReadonlyMap<string, string>;

const ofCodePipeline = ["codepipeline", "variables"];

/**
 * A text of the pipeline as a stack file has it: each variable with the namespace that its action has here.
 *
 * @returns undefined where it cannot be had: it reads a variable of another action, or would be taken for a placeholder
 */
export function textHere(text: string, namespaces: Namespaces): string | undefined {
    let known = bracedWords(text).length === 0;
    const here = text.replace(/#\{([^{}.]+)\./g, (whole, namespace: string) => {
        if (ofCodePipeline.includes(namespace)) {
            return whole;
        }
        const name = namespaces.get(namespace);
        known &&= name !== undefined;
        return `#{${name}.`;
    });
    return known ? here : undefined;
}
