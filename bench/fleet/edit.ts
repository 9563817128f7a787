import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serviceNames } from "../shape";
import { numbered, progress, push, shapeOf, type Asked, type Outcome } from "./part";
import { run, startCommand, type Run } from "./process";
import { figures, medians, type Column } from "./rows";
import { edited, edits, stackFile, type Edit } from "./stack-file";
import { targets } from "./targets";

/**
 * How long one waits after a change of one line: for the problem that it makes, and for the plan of the service that it is
 * in. Beside them what `npm start` takes for the stack of the repository, npm included.
 */
export async function edit(asked: Asked): Promise<Outcome> {
    const problem = new Map<Column, Run[]>();
    const plan = new Map<Column, Run[]>();
    for (const size of asked.sizes) {
        const names = serviceNames({ services: size });
        const name = names[size >> 1];
        const text = stackFile(shapeOf(asked, size));
        const answer = async (change: Edit, options: readonly string[], code: number, expected: string) => {
            const file = join(asked.folder, "Pulumi.edit.yaml");
            writeFileSync(file, edited(text, name, change));
            const one = await run({ args: [...startCommand(), "--config", file, ...options], code });
            if (!one.output.includes(expected)) {
                throw new Error(
                    `expected ${JSON.stringify(expected)} in what is shown, found\n${one.output.slice(0, 2000)}`,
                );
            }
            return one;
        };
        for (const number of numbered(asked.runs)) {
            const mistake = edits.mistake(number);
            push(problem, size, await answer(mistake, [], 1, `services.${name}.deploy.${mistake.to.split(":")[0]}: `));
            push(plan, size, await answer(edits.change(number), ["--service", name], 0, name));
            progress(`edit, ${size} services, run ${number}`);
        }
    }
    const start = new Map<Column, Run[]>();
    for (const number of numbered(asked.runs)) {
        push(start, "any", await run({ program: "npm", args: ["start"] }));
        progress(`npm start, run ${number}`);
    }
    const { wall } = figures;
    return {
        rows: [
            medians("edit to its problem: wall", "s", problem, wall.of),
            medians("edit to the plan of its service: wall", "s", plan, wall.of, { target: targets.service }),
            medians("edit to the plan of its service: memory", "MB", plan, figures.memory.of),
            medians("npm start, dev stack: wall", "s", start, wall.of, { target: targets.start }),
        ],
        notes: [],
    };
}
