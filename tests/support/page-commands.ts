import { blocksOf, pages } from "./pages";

/** A command that a page shows. */
export interface PageCommand {
    readonly page: string;
    /** The command as it stands there, in one line. */
    readonly text: string;
    /** Its words, without quotes. */
    readonly words: readonly string[];
}

/** Every command of the pages' shell blocks: a line each, longer ones joined, comments left out, pipes and sequences taken apart. */
export const commands: readonly PageCommand[] = pages.flatMap(page =>
    blocksOf(page, "sh")
        .flatMap(block => block.replaceAll(/\\\n\s*/g, "").split("\n"))
        .flatMap(partsOf)
        .map(words => ({ page, text: words.join(" "), words })),
);

/** The words of each command in `line`, as far as these pages need a shell's grammar. */
function partsOf(line: string): string[][] {
    const parts: string[][] = [[]];
    for (const [word] of line.matchAll(/#.*$|\||;|[()]|(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"|;()])+/g)) {
        if (word.startsWith("#")) {
            break;
        }
        if (/^[|;()]$/.test(word)) {
            parts.push([]);
        } else {
            parts[parts.length - 1].push(word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, "$1$2"));
        }
    }
    return parts.filter(([first]) => first !== undefined && !/^[<>]/.test(first));
}

/** Those that begin with `words`. */
export const commandsOf = (...words: readonly string[]): readonly PageCommand[] =>
    commands.filter(command => words.every((word, index) => command.words[index] === word));

/** The words of `command` before its output goes to a file. */
export const argumentsOf = ({ words }: PageCommand): readonly string[] => {
    const end = words.findIndex(word => /^[<>]/.test(word));
    return end === -1 ? words : words.slice(0, end);
};
