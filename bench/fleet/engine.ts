import { numbered, progress, push, shapeOf, type Asked, type Outcome } from "./part";
import type { EngineFigures } from "../engine/run";
import { against, figures, medians, wholeProcess, type Column, type Row, type Runs } from "./rows";
import { stackFile } from "./stack-file";
import { targets } from "./targets";

/** Operations that are measured, and what they are called. */
const operations = [
    ["preview", "pulumi preview", true],
    ["firstUp", "first pulumi up", false],
    ["secondUp", "second pulumi up", true],
] as const;

/**
 * This program on the real engine, with the stand-in provider of the tests, against the floor: a program that registers as
 * many empty resources on the same engine and provider.
 */
export async function engine(asked: Asked): Promise<Outcome> {
    if (asked.sizes.length === 0) {
        return {
            rows: [],
            notes: ["pulumi preview and up: skipped, none of the sizes is one that the engine is measured at"],
        };
    }
    // Loaded where it is needed: it takes half of a second.
    const { unavailable } = await import("../../tests/engine/support/cli");
    const reason = unavailable();
    if (reason !== undefined) {
        return { rows: [], notes: [`pulumi preview and up: skipped, ${reason}`] };
    }
    const { engineRound } = await import("../engine/run");
    const fleet = new Map<Column, EngineFigures[]>();
    const floor = new Map<Column, EngineFigures[]>();
    progress("engine: the first round, which is not counted");
    await engineRound(stackFile(shapeOf(asked, 1)));
    for (const size of asked.sizes) {
        for (const number of numbered(asked.runs)) {
            const round = await engineRound(stackFile(shapeOf(asked, size)));
            progress(
                `engine, ${size} services, run ${number}: preview ${round.fleet.preview.wallSeconds.toFixed(2)} s`,
            );
            push(fleet, size, round.fleet);
            push(floor, size, round.floor);
        }
    }
    return { rows: rows(fleet, floor), notes: [] };
}

function rows(fleet: Runs<EngineFigures>, floor: Runs<EngineFigures>): Row[] {
    return [
        medians("resources on the engine", "count", fleet, each => each.resources),
        ...operations.flatMap(([operation, name, judged]) => {
            const [ours, least] = [fleet, floor].map(
                runs => new Map([...runs].map(([size, each]) => [size, each.map(figures => figures[operation])])),
            );
            return [
                ...wholeProcess(name, ours, operation === "preview" ? { wall: { target: targets.engineStart } } : {}),
                medians(`– floor, ${name}: wall`, "s", least, figures.wall.of),
                against(`– ${name} ÷ floor`, "wall", ours, least, judged ? { target: targets.engine } : {}),
            ];
        }),
    ];
}
