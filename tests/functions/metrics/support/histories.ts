import { production } from "./pipeline";
import { fine, simulate, type Scenario, type Script, type Try, type Undoing } from "./simulator";
import { fieldsOf, Stand, type Fields } from "./stand";

export const minute = 60_000;

/** Each action takes a minute: an execution is in production from its sixth minute to its ninth, if it waits for nobody. */
const beforeProduction = [fine, fine, fine, fine];

/** An attempt that goes wrong, and what is done about it. */
export const bad = (
    result: Try["result"],
    action: number,
    does: Try["then"]["does"] = "nothing",
    after = 5 * minute,
): Try => ({
    ...fine,
    result,
    action,
    then: { does, after },
});

/** The actions of production: a migration, two deploys at once, a test. */
export const [migration, deploy, , smoke] = [0, 1, 2, 3];

/** An execution that begins `gap` minutes after the one before, of a commit that is an hour older than the first. */
export const script = (gap: number, commit: number, ...inProduction: readonly Try[]): Script => ({
    gap: gap * minute,
    commit,
    age: 60 * minute,
    tries: [...beforeProduction, ...inProduction],
});

/** Builds for ten minutes: until then others wait behind it. */
export const slowly = { gap: 0, commit: 1, age: 60 * minute, tries: [fine, { ...fine, durations: [5 * minute] }] };

/** A history of `scripts`. */
export const history = (scripts: readonly Script[], more: Partial<Scenario> = {}): Scenario => ({
    mode: "QUEUED",
    undoings: [],
    ...more,
    scripts,
});

/** Somebody rolls `stage` back, `after` minutes from the beginning: to the success there, `back` before the last. */
export const undoing = (after: number, back: number, stage = production, ...tries: readonly Try[]): Undoing => ({
    after: after * minute,
    stage,
    back,
    tries,
});

/** All lines of `scenario`, in the order in which it was. */
export async function linesOf(scenario: Scenario): Promise<readonly Fields[]> {
    const world = simulate(scenario);
    const stand = new Stand(world);
    for (const event of world.told) {
        await stand.deliver(event, event.at);
    }
    return stand.lines.map(fieldsOf);
}
