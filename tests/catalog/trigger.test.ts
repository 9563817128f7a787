import * as assert from "node:assert/strict";
import { scheduleProblems, schedule, scheduleText } from "../../catalog/schedule";
import { commonTrigger, executionMode, trigger, variables } from "../../catalog/trigger";
import { read, refusals } from "./support/place";

describe("a schedule", () => {
    const problems = (cron: string) => scheduleProblems(read(schedule, `{ cron: "${cron}" }`));

    it("is in UTC unless it says otherwise", () => {
        const weekdays = { cron: "0 6 ? * MON-FRI *", timeZone: "UTC" };
        assert.deepEqual(read(schedule, '{ cron: "0 6 ? * MON-FRI *" }'), weekdays);
        assert.equal(scheduleText(weekdays), "0 6 ? * MON-FRI * (UTC)");
    });

    for (const cron of [
        "0 6 ? * MON-FRI *",
        "0/15 8-17 ? * 2-6 2026-2030",
        "30 4 L * ? *",
        "0 0 1,15 1-6 ? *",
        "59 23 15W DEC ? 2199",
        "0 0 ? * 2#1 *",
    ]) {
        it(`takes ${cron}`, () => {
            assert.deepEqual(refusals(schedule, `{ cron: "${cron}" }`), []);
            assert.deepEqual(problems(cron), []);
        });
    }

    for (const [title, cron] of [
        ["five fields, as crontab has them", "0 6 * * MON-FRI"],
        ["seven fields, as a window has them", "* 0 6 ? * MON-FRI *"],
        ["what stands around the expression in AWS", "cron(0 6 ? * MON-FRI *)"],
        ["two spaces", "0  6 ? * MON-FRI *"],
        ["a rate", "rate(1 day)"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(refusals(schedule, `{ cron: "${cron}" }`), [
                'cron: six fields (minutes hours day-of-month month day-of-week year), such as "0 6 ? * MON-FRI *"',
            ]);
        });
    }

    for (const [cron, message] of [
        ["60 6 ? * MON *", 'expected 0 to 59 as minutes, found "60"'],
        ["0 24 ? * MON *", 'expected 0 to 23 as hours, found "24"'],
        ["0 6 32 * ? *", 'expected 1 to 31 as day-of-month, found "32"'],
        ["0 6 ? 13 MON *", 'expected 1 to 12 or JAN to DEC as month, found "13"'],
        ["0 6 ? * 0-6 *", 'expected 1 to 7 or SUN to SAT as day-of-week, found "0-6"'],
        ["0 6 ? * MON 2200", 'expected 1970 to 2199 as year, found "2200"'],
        ["0 6 * * * *", 'expected "?" as exactly one of day-of-month and day-of-week, found "0 6 * * * *"'],
        ["0 6 ? * ? *", 'expected "?" as exactly one of day-of-month and day-of-week, found "0 6 ? * ? *"'],
    ] as const) {
        it(`fails on ${cron}`, () => assert.deepEqual(problems(cron), [{ path: ["cron"], message }]));
    }

    it("fails on a time zone that there is not", () => {
        assert.deepEqual(refusals(schedule, '{ cron: "0 6 ? * MON *", timeZone: CET }'), [
            'timeZone: a time zone such as "Europe/Berlin" or "UTC"',
        ]);
    });
});

describe("a trigger", () => {
    it("is every change of the sources, and nothing else, unless it says otherwise", () => {
        assert.deepEqual(read(trigger, "{}"), { manual: false, commits: true, after: [] });
        assert.deepEqual(read(commonTrigger, "{}"), { manual: false, commits: true });
    });

    for (const [title, yaml, refused] of [
        ["a text in place of true", 'manual: "yes"', "manual"],
        ["an empty list of services", "after: []", "after"],
        ["an empty name of a service", 'after: [""]', "after.0"],
        ["a service in place of a list", "after: orders", "after"],
        ["a schedule without a time", "schedule: { timeZone: UTC }", "schedule.cron"],
        ["an unknown key", "cron: x", ""],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(trigger, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("fails on services in the defaults", () => {
        assert.equal(refusals(commonTrigger, "{ after: [orders] }").length, 1);
    });
});

describe("variables of a pipeline", () => {
    const many = (count: number) =>
        `{ ${Array.from({ length: count }, (_, index) => `V${index}: { default: x }`).join(", ")} }`;

    for (const [title, yaml] of [
        ["a name of 128 characters", `{ ${"N".repeat(128)}: { default: x } }`],
        ["a name of all that AWS takes", "{ a-Z@9_: { default: x } }"],
        ["a default of 1000 characters", `{ A: { default: ${"d".repeat(1000)} } }`],
        ["a description of 200 characters", `{ A: { default: x, description: ${"d".repeat(200)} } }`],
        ["50 of them", many(50)],
    ] as const) {
        it(`take ${title}`, () => assert.deepEqual(refusals(variables, yaml), []));
    }

    for (const [title, yaml, refused] of [
        ["no default, which an execution that nobody starts would miss", "{ A: { description: d } }", "A.default"],
        ["an empty default", '{ A: { default: "" } }', "A.default"],
        ["a default of 1001 characters", `{ A: { default: ${"d".repeat(1001)} } }`, "A.default"],
        ["a description of 201 characters", `{ A: { default: x, description: ${"d".repeat(201)} } }`, "A.description"],
        ["a name of 129 characters", `{ ${"N".repeat(129)}: { default: x } }`, "N".repeat(129)],
        ["a name with a dot", "{ a.b: { default: x } }", "a.b"],
        ["51 of them", many(51), ""],
    ] as const) {
        it(`fail on ${title}`, () => {
            assert.deepEqual(
                refusals(variables, yaml).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});

describe("an execution mode", () => {
    it("is one of three", () => {
        assert.deepEqual(executionMode.options, ["queued", "superseded", "parallel"]);
    });
});
