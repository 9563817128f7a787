import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edit } from "./edit";
import { engine } from "./engine";
import { options, usage, UsageError, type Options } from "./options";
import { progress, type Asked, type Outcome } from "./part";
import { bench } from "./process";
import { circumstances, page } from "./results";
import { install, tests } from "./suite";
import { synth } from "./synth";
import { table } from "./table";
import { verdicts, type Verdict } from "./targets";

/** Measures what was asked for and prints the table; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
    const asked = options(args);
    if (asked.help) {
        console.log(usage);
        return 0;
    }
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    // Also where a part is interrupted: a fleet's templates are a hundred MB.
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    (["SIGINT", "SIGTERM"] as const).forEach(signal => process.once(signal, () => process.exit(1)));
    const outcomes: Outcome[] = [];
    let failed = false;
    for (const [name, part] of parts(asked, { ...asked, folder })) {
        try {
            outcomes.push(await part());
        } catch (error) {
            // What the others have measured is not lost.
            failed = true;
            const reason = error instanceof Error ? error.message : String(error);
            progress(`${name}: ${reason}`);
            outcomes.push({ rows: [], notes: [`${name}: failed, ${reason.split("\n")[0]}`] });
        }
    }
    const rows = outcomes.flatMap(outcome => outcome.rows);
    const notes = outcomes.flatMap(outcome => outcome.notes);
    const lines = circumstances(asked, new Date());
    const text = table(rows);
    console.log([lines.join("\n"), text, notes.join("\n")].filter(each => each !== "").join("\n\n"));
    if (asked.write) {
        writeFileSync(join(bench, "results.md"), page(lines, text, notes));
    }
    const missed = verdicts(rows).filter(({ met, target }) => !met && target.asserted);
    missed.forEach(each => progress(missedText(each)));
    return failed || (asked.assert && missed.length > 0) ? 1 : 0;
}

/** The parts that were asked for, in the order of the table. */
function parts({ only, engineSizes }: Options, asked: Asked): [string, () => Promise<Outcome>][] {
    const who = { ours: only.has("offline"), cdk: only.has("cdk") };
    const all: [string, boolean, () => Promise<Outcome>][] = [
        ["offline preview and cdk synth", who.ours || who.cdk, () => synth(asked, who)],
        ["edit", only.has("edit"), () => edit(asked)],
        ["engine", only.has("engine"), () => engine({ ...asked, sizes: engineSizes })],
        ["installation", only.has("suite"), () => install(asked)],
        ["test suite", only.has("suite"), tests],
    ];
    return all.filter(([, wanted]) => wanted).map(([name, , part]) => [name, part]);
}

const missedText = ({ figure, value, target }: Verdict) =>
    `missed: ${figure}: ${value.toFixed(3)}, expected at most ${target.most.toFixed(3)}`;

main(process.argv.slice(2)).then(
    code => {
        process.exitCode = code;
    },
    (error: unknown) => {
        const usageError = error instanceof UsageError;
        progress(
            `${error instanceof Error ? error.message : String(error)}${usageError ? "\n--help tells the usage" : ""}`,
        );
        process.exitCode = usageError ? 2 : 1;
    },
);
