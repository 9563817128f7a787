import { handle, type Means } from "../../../../functions/metrics/handle";
import { basicUnits, stageUnits } from "../../../../functions/metrics/metric";
import { MemoryTable } from "../../support/table";
import { apiOf, bodyOf } from "./api";
import { pipelineName, settings } from "./pipeline";
import type { Told, World } from "./simulator";

/** Fields of a line. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (line: string) => JSON.parse(line) as Fields;

/** The fields of a line that are values; which of the lead times is which, nobody can tell. */
export function valuesOf(fields: Fields): Fields {
    const names = Object.keys({ ...basicUnits, ...stageUnits });
    const { LeadTime, ...rest } = Object.fromEntries(
        names.filter(name => name in fields).map(name => [name, fields[name]]),
    );
    return { ...rest, ...(Array.isArray(LeadTime) && { LeadTime: (LeadTime as number[]).sort((a, b) => a - b) }) };
}

/** The function before `world`, at a moment that can be set. */
export class Stand {
    now = 0;
    readonly lines: string[] = [];
    private readonly means: Means;

    constructor(world: World) {
        this.means = {
            settings,
            archive: { codepipeline: apiOf(world, () => this.now), known: new Map() },
            table: new MemoryTable().table(() => this.now),
            write: line => this.lines.push(line),
        };
    }

    /** Hands over `event` at `now`. */
    async deliver(event: Told, now: number): Promise<void> {
        this.now = now;
        await handle(bodyOf(event, pipelineName), this.means);
    }
}
