import { completions } from "./completion/names";
import { completionScript, shells, type Shell } from "./completion/scripts";
import { hint } from "../config/suggest";
import { parsedArguments, projectFolder, UsageError } from "./options";
import { asCommand } from "./command";

const usage = `Usage: npm run completion -- bash | zsh | fish

Prints a script with which the shell completes names: of stacks behind --stack, of services behind --service and --mermaid, of
environments behind --environment, and those that a command takes without an option. The names come from the stack files of the folder.

  eval "$(npm run completion -- bash)"          bash; in ~/.bashrc, with cd to this folder before
  eval "$(npm run completion -- zsh)"           zsh, after compinit
  npm run completion -- fish | source           fish
  --help                                        this text

It completes \`npm run NAME -- ...\`, \`npm start -- ...\` and \`node cli/run.js NAME ...\`, in this folder alone. Where there is no
name, whatever completed npm before is asked.

Exit code 0: printed; 2: wrong usage.`;

/** The words of a command line from the command on; undefined where it is none of this project's. */
export function commandIn(words: readonly string[]): string[] | undefined {
    const [program = "", first = "", second, ...rest] = words;
    if (/(^|\/)npm$/.test(program)) {
        if (first === "start") {
            return words.slice(1);
        }
        return first === "run" || first === "run-script" ? words.slice(2) : undefined;
    }
    return /(^|\/)cli\/run\.js$/.test(first) && second !== undefined ? [second, ...rest] : undefined;
}

/** Runs the command on `args`; returns what it prints. */
export function completion(args: readonly string[]): string {
    // What a shell has typed is no option of this command.
    if (args[0] === "--names") {
        const [, folder = ".", current = "", ...words] = args;
        const command = commandIn(words);
        return command === undefined
            ? ""
            : completions({ words: command, current }, folder)
                  .map(name => `${name}\n`)
                  .join("");
    }
    const { values, positionals } = parsedArguments(args, { help: { type: "boolean", short: "h" } }, true);
    if (values.help === true) {
        return `${usage}\n`;
    }
    const [shell = "", ...more] = positionals;
    if (more.length > 0 || !(shells as readonly string[]).includes(shell)) {
        throw new UsageError(
            `expected the name of one shell, found ${JSON.stringify(positionals.join(" "))}${hint(shell, shells)}`,
        );
    }
    return completionScript(shell as Shell, projectFolder);
}

if (require.main === module) {
    asCommand(() => {
        process.stdout.write(completion(process.argv.slice(2)));
        return 0;
    });
}
