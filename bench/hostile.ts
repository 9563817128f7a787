import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import { fromText, type StackSource } from "../config/source";
import { engineText } from "../tests/config/support/source";
import { files } from "./hostile-files";

/**
 * Measures how long hostile stack files take, and prints the figures: `npm run bench:hostile [-- WORD]`, with a word only
 * those whose title holds it. Times are of the processor: reading a file and planning it, and the same of the values that
 * the engine would hand over.
 */
function main(word: string): void {
    // What the first file of a process costs is loading.
    measured(files["1 reference service"]());
    console.log(`${"".padEnd(52)}${"KB".padStart(8)}${"ms".padStart(8)}${"engine".padStart(8)}${"lines".padStart(8)}`);
    let worst = 0;
    for (const [title, text] of Object.entries(files).filter(([each]) => each.includes(word))) {
        const { file, engine, bytes, lines, first } = measured(text());
        worst = Math.max(worst, file, engine);
        const columns = [bytes / 1024, file, engine, lines].map(each => each.toFixed(0).padStart(8)).join("");
        console.log(`${title.padEnd(52)}${columns}  ${first.slice(0, 100)}`);
    }
    console.log(`longest: ${worst.toFixed(0)} ms`);
}

function measured(text: string) {
    const started = process.cpuUsage();
    const source = fromFile("Pulumi.hostile.yaml", "hostile", text);
    const lines = problemLines(planStack(source).problems);
    const file = since(started);
    const values = Object.entries(source.values).map(([key, value]) => [key, engineText(value)] as const);
    const begun = process.cpuUsage();
    const read = Object.fromEntries(values.map(([key, value]) => [key, fromText(key, value)]));
    const engine: StackSource = {
        ...source,
        values: read,
        problems: [],
        locate: () => undefined,
        source: () => undefined,
    };
    problemLines(planStack(engine).problems);
    return {
        file,
        engine: since(begun),
        bytes: Buffer.byteLength(text),
        lines: lines.length,
        first: lines.at(0) ?? "a plan",
    };
}

function since(started: NodeJS.CpuUsage): number {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
}

main(process.argv.at(2) ?? "");
