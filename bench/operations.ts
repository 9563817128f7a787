import { readdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "../components/bundle";
import { run } from "../tests/functions/burst/burst";
import { coldStart, handling } from "./functions";
import { questions } from "./questions";

/**
 * Measures the functions of operations, and prints the figures: `npm run bench:operations [-- events]`.
 *
 * A burst of 10,000 events goes through the real code of queues, claims and deliveries while receivers throttle, fail and
 * lose answers, AWS throws, and functions die; its clock is virtual. Sizes and times are of the bundles that are deployed.
 */
async function main(events: number): Promise<void> {
    console.log(`burst of ${events} events (seed 1)`);
    const faults = { refused: 0.1, lostAnswer: 0.02, crash: 0.0002, aws: 0.01 };
    const outcome = await run({ events, seed: 1, faults });
    table([
        ["messages queued", outcome.messages],
        ["handed to the function", outcome.receives],
        ["sent", outcome.sent],
        ["lost", outcome.lost.length],
        ["doubled by us", outcome.doubledByUs.length],
        ["doubled by lost answers", outcome.doubledByLostAnswers],
        ["dead letters", outcome.deadLetters],
        ["of them that nobody could send", outcome.unsendable],
        ["of them without a reason", outcome.withoutReason],
        ["crashes", outcome.crashes],
        ["hours until all was told", outcome.hours.toFixed(1)],
    ]);
    const folder = join(__dirname, "../functions");
    const names = readdirSync(folder).filter(name => existsSync(join(folder, name, "index.ts")));
    console.log("\nfunctions: KB of the bundle, ms of a cold start (median of 5), p95 of ms of one event");
    for (const name of names) {
        const cold = await coldStart(name);
        const question = questions[name];
        const p95 = question === undefined ? "-" : (await handling(name, question)).toFixed(1);
        console.log(
            `  ${name.padEnd(12)} ${kilobytes(name).padStart(8)} ${cold.toFixed(0).padStart(8)} ${p95.padStart(8)}`,
        );
    }
}

const kilobytes = (name: string): string => (Buffer.byteLength(bundled(name)) / 1024).toFixed(0);

function table(rows: readonly (readonly [string, number | string])[]): void {
    rows.forEach(([label, value]) => console.log(`  ${label.padEnd(32)} ${String(value).padStart(8)}`));
}

void main(Number(process.argv.at(2) ?? 10_000));
