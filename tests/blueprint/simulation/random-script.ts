import * as fc from "fast-check";
import type { PipelinePlan } from "../../../blueprint/plan";
import { namesIn } from "../../../blueprint/simulation/names";
import { commitOf, scriptOf, type Script } from "../../../blueprint/simulation/script";
import { minute } from "../../../blueprint/simulation/times";

/** Entries with some of `names`, or nothing at all where there is none. */
const listOf = <T>(
    names: readonly string[],
    entry: (name: fc.Arbitrary<string>) => fc.Arbitrary<T>,
    maxLength = 3,
): fc.Arbitrary<T[]> =>
    names.length === 0 ? fc.constant([]) : fc.array(entry(fc.constantFrom(...names)), { maxLength });

/** Rarely anything: what ends most of what runs would hide all else. */
const rarely = <T>(entries: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
    fc.oneof({ weight: 4, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: entries });

/** A moment in the first ten hours: most of what happens does so then. */
const moment = fc.nat({ max: 600 }).map(minutes => minutes * minute);

const span = fc
    .record({ from: moment, length: fc.integer({ min: 1, max: 400 }) })
    .map(({ from, length }) => ({ from, to: from + length * minute }));

const ids = ["a", "b", "c", "d"];

/** Any script for `plan`: anything may fail, be stopped, overridden, retried or rolled back, at any time. */
export function randomScript(plan: PipelinePlan): fc.Arbitrary<Script> {
    const names = namesIn(plan);
    const commit = fc.constantFrom(...ids);
    const some = fc.option(commit, { nil: undefined });
    const optional = <K extends string, T>(key: K, value: fc.Arbitrary<T | undefined>) =>
        value.map(one => (one === undefined ? {} : { [key]: one }));
    // Those of environments more often: they are rolled back.
    const deploying = names.environments.flatMap(name => names.actions.filter(one => one.startsWith(`${name}/`)));
    const failing = [...names.actions, ...deploying, ...deploying];
    const conditions = [
        ...names.conditions.before.map(stage => ({ stage, condition: "before" as const })),
        ...names.conditions.after.map(stage => ({ stage, condition: "after" as const })),
    ];
    return fc
        .record({
            // From Monday morning on: windows are open, closed, or about to close.
            start: fc.nat({ max: 7 * 24 }).map(hours => Date.UTC(2026, 2, 2) + hours * 60 * minute),
            deployed: fc
                .subarray([...names.environments])
                .map(all => Object.fromEntries(all.map(environment => [environment, "z"]))),
            commits: fc
                // Close together, or not.
                .array(
                    fc.oneof(
                        moment,
                        fc.nat({ max: 60 }).map(minutes => minutes * minute),
                    ),
                    {
                        minLength: 1,
                        maxLength: ids.length,
                    },
                )
                .map(times => times.map((at, index) => commitOf(ids[index], { at, byHand: true }))),
            durations: fc.record({ default: fc.integer({ min: 0, max: 30 }).map(minutes => minutes * minute) }),
            failures: listOf(failing, action =>
                fc
                    .tuple(
                        action,
                        fc.boolean(),
                        optional("commit", some),
                        optional("attempt", fc.option(fc.constantFrom(1, 2), { nil: undefined })),
                    )
                    .map(([name, rollback, whose, which]) => ({ action: name, rollback, ...whose, ...which })),
            ),
            alarms: listOf(names.alarms, name =>
                fc.tuple(name, span).map(([one, when]) => ({ name: one, state: "ALARM" as const, ...when })),
            ),
            approvals: listOf(names.approved, name =>
                fc
                    .record({
                        environment: name,
                        after: fc.nat({ max: 150 }).map(minutes => minutes * minute),
                        answer: fc.constantFrom("approve" as const, "approve", "refuse" as const, "none" as const),
                    })
                    .chain(answer => optional("commit", some).map(whose => ({ ...answer, ...whose }))),
            ),
            freezes: listOf(names.freezable, name =>
                fc.tuple(name, span).map(([environment, when]) => ({ environment, ...when })),
            ),
            functions: listOf(names.functions, name =>
                fc.tuple(name, span).map(([one, when]) => ({ name: one, answer: "no" as const, ...when })),
            ),
            transitions: rarely(
                listOf(names.stages, name => fc.tuple(name, span).map(([stage, when]) => ({ stage, ...when }))),
            ),
            overrides:
                conditions.length === 0
                    ? fc.constant([])
                    : fc.array(
                          fc
                              .record({ where: fc.constantFrom(...conditions), commit, at: moment })
                              .map(({ where, ...rest }) => ({ ...where, ...rest })),
                          { maxLength: 3 },
                      ),
            retries: listOf(names.stages, stage =>
                fc.record({
                    stage,
                    commit,
                    at: moment,
                    mode: fc.constantFrom("failed-actions", "all-actions" as const),
                }),
            ),
            rollbacks: listOf(names.environments, environment =>
                fc.record({ environment, to: fc.constantFrom(...ids, "z"), at: moment }),
            ),
            releases: listOf(names.starters, service => fc.record({ service, at: moment })),
            edits: rarely(fc.array(fc.record({ at: moment }), { minLength: 1, maxLength: 1 })),
            stops: rarely(fc.array(fc.record({ commit, at: moment, abandon: fc.boolean() }), { maxLength: 2 })),
        })
        .map(words => scriptOf(words));
}
