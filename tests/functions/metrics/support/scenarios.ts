import * as fc from "fast-check";
import { production } from "./pipeline";
import { fine, type Scenario, type Script, type Try } from "./simulator";

export const hour = 60 * 60 * 1000;

/** Actions take more than a second. */
const duration = fc.integer({ min: 1001, max: hour });

const trying = (mode: Scenario["mode"]): fc.Arbitrary<Try> =>
    fc.record({
        result: fc.oneof(
            { weight: 5, arbitrary: fc.constant("ok" as const) },
            { weight: 4, arbitrary: fc.constantFrom("fail" as const, "stop" as const, "blocked" as const) },
            // What a condition decides late is not seen by what runs beside it.
            { weight: mode === "PARALLEL" ? 0 : 1, arbitrary: fc.constant("refused" as const) },
        ),
        action: fc.nat(3),
        durations: fc.array(duration, { minLength: 1, maxLength: 4 }),
        condition: fc.oneof(fc.constant(0), fc.nat(hour)),
        then: fc.record({
            does: fc.constantFrom("nothing", "retry-all", "retry-failed", "rollback"),
            after: fc.oneof(fc.nat(1500), fc.integer({ min: 2000, max: 3 * hour })),
        }),
    });

const tries = (mode: Scenario["mode"]) => fc.array(trying(mode), { maxLength: 7 });

/** All goes well until production, where most is to be seen. */
const smooth = fc
    .array(duration, { minLength: 1, maxLength: 4 })
    .map(durations => Array.from({ length: 4 }, (): Try => ({ ...fine, durations })));

const scripting = (mode: Scenario["mode"]): fc.Arbitrary<Script> =>
    fc.record(
        {
            gap: fc.integer({ min: 1, max: 4 * hour }),
            commit: fc.nat(6),
            age: fc.nat(100 * hour),
            tries: fc.oneof(
                tries(mode),
                fc.tuple(smooth, tries(mode)).map(([first, rest]) => [...first, ...rest]),
            ),
        },
        { requiredKeys: ["gap", "commit", "tries"] },
    );

/** What may happen to a pipeline. */
export const scenarios: fc.Arbitrary<Scenario> = fc.constantFrom("QUEUED", "SUPERSEDED", "PARALLEL").chain(mode =>
    fc.record({
        mode: fc.constant(mode),
        scripts: fc.array(scripting(mode), { minLength: 1, maxLength: 7 }),
        undoings: fc.array(
            fc.record({
                after: fc.integer({ min: 0, max: 40 * hour }),
                stage: fc.constantFrom("staging", production, production),
                back: fc.nat(2),
                tries: tries(mode),
            }),
            { maxLength: 5 },
        ),
    }),
);
