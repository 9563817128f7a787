import { readFileSync, readdirSync } from "node:fs";
import { readYaml } from "../../config/yaml-file";
import { stackFile, stacksAmong } from "../../config/from-file";
import { project } from "../../config/source";
import { mapOf, namesOf } from "../../config/values";

/** What can stand at the end of a command line. */
export interface Line {
    /** Words after `npm run` or `node cli/run.js`: the command, and what follows it. */
    readonly words: readonly string[];

    /** The beginning of the word that is completed. */
    readonly current: string;
}

/** Options that name something of the stack files. */
const sorts = {
    "--stack": "stacks",
    "--service": "services",
    "--mermaid": "services",
    "--environment": "environments",
} as const;

type SortOfName = (typeof sorts)[keyof typeof sorts];

/** What the words of a command that are no options name, in their order. */
const positionals: Readonly<Record<string, readonly SortOfName[]>> = {
    explain: ["services", "environments"],
    simulate: ["services"],
};

/** Only names like these are offered: whatever else stands in a file would be acted on by a shell. */
const harmless = /^[A-Za-z0-9][\w.-]{0,99}$/;

/** What `line` can go on with in the stack files of `folder`: names, sorted; none where something cannot be read. */
export function completions(line: Line, folder: string): string[] {
    const { words, current, before } = apart(line);
    const sort = sortAt(words);
    return sort === undefined
        ? []
        : [...new Set(known(sort, stackIn(words), folder))]
              .filter(name => harmless.test(name) && name.startsWith(current))
              .sort()
              .map(name => before + name);
}

/** `--stack=p` as `--stack p`, with what stays before each name; bash takes it for three words, and zsh and fish for one. */
function apart({ words, current }: Line): Line & { readonly before: string } {
    const [, option, begun] = /^(--[a-z-]+)=(.*)$/.exec(current) ?? [];
    const others = words.flatMap(word => {
        const [, name, value] = /^(--[a-z-]+)=(.*)$/.exec(word) ?? [];
        return word === "=" ? [] : name === undefined || value === undefined ? [word] : [name, value];
    });
    return option === undefined || begun === undefined
        ? { words: others, current: current === "=" ? "" : current, before: "" }
        : { words: [...others, option], current: begun, before: `${option}=` };
}

/** What the word behind `words` names; undefined where it names nothing of a stack file. */
function sortAt([command = "", ...words]: readonly string[]): SortOfName | undefined {
    const last = words.at(-1) ?? "";
    if (Object.hasOwn(sorts, last)) {
        return sorts[last as keyof typeof sorts];
    }
    const plain = words.filter(
        (word, index) => !word.startsWith("--") && !Object.hasOwn(sorts, words[index - 1] ?? ""),
    );
    return last.startsWith("--") && last !== "--" ? undefined : positionals[command]?.at(plain.length);
}

/** The stack that `words` name. */
function stackIn(words: readonly string[]): string | undefined {
    const at = words.indexOf("--stack");
    return at < 0 ? undefined : words.at(at + 1);
}

/** The names of `sort` in the file of `stack`, or in all files; a platform's environments are those of the stacks on it. */
function known(sort: SortOfName, stack: string | undefined, folder: string): string[] {
    const stacks = stacksAmong(readdirSync(folder));
    if (sort === "stacks") {
        return stacks;
    }
    const chosen = stack !== undefined && stacks.includes(stack) ? [stack] : stacks;
    const own = chosen.flatMap(one => said(sort, configOf(folder, one)));
    return own.length > 0 ? own : stacks.flatMap(one => said(sort, configOf(folder, one)));
}

function said(sort: SortOfName, config: Readonly<Record<string, unknown>>): string[] {
    const value = config[`${project}:${sort}`];
    return sort === "services" ? Object.keys(mapOf(value)) : namesOf(value);
}

/** What the file of `stack` says, as far as it is YAML. */
function configOf(folder: string, stack: string): Readonly<Record<string, unknown>> {
    try {
        const path = stackFile(folder, stack);
        return mapOf(mapOf(readYaml(path, readFileSync(path, "utf8")).value).config);
    } catch {
        return {};
    }
}
