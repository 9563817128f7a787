import * as assert from "node:assert/strict";
import { cronProblem } from "../../catalog/conditions/cron";
import { window } from "../../catalog/gates/window";
import { home, read, refusals } from "./support/place";

describe("gate window", () => {
    const check = (cron: string) => window.check?.(read(window.settings, `{ cron: "${cron}" }`));

    it("is a rule without permissions, in UTC unless it says otherwise", () => {
        const planned = (yaml: string) =>
            window.plan(read(window.settings, yaml), { home, when: "before", environment: home });
        assert.deepEqual(planned('{ cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }'), {
            provider: "DeploymentWindow",
            configuration: { Cron: "* * 8-16 ? * MON-THU *", TimeZone: "Europe/Berlin" },
            grants: [],
            summary: "window * * 8-16 ? * MON-THU * (Europe/Berlin)",
        });
        assert.equal(planned('{ cron: "* * 8-16 ? * MON-THU" }').configuration.TimeZone, "UTC");
    });

    it("may stand before only", () => assert.deepEqual(window.on, ["before"]));

    for (const cron of ["* * 8-16 ? * MON-THU", "* 0/5 9-17 1 JAN-MAR ? 2026-2030", "* * * ? * 2#1 *", "* * * L * ?"]) {
        it(`takes ${cron}`, () => {
            assert.deepEqual(refusals(window.settings, `{ cron: "${cron}" }`), []);
            assert.deepEqual(check(cron), []);
        });
    }

    for (const [title, cron] of [
        ["five fields", "* * 8-16 ? *"],
        ["eight fields", "* * 8-16 ? * MON * *"],
        ["seconds", "0 * 8-16 ? * MON *"],
        ["two spaces", "*  * 8-16 ? * MON"],
    ] as const) {
        it(`fails on ${title}`, () => assert.equal(refusals(window.settings, `{ cron: "${cron}" }`).length, 1));
    }

    for (const cron of ["* * 8-16 * * *", "* * 8-16 ? * ?", "* * 8-16 1 * MON"]) {
        it(`fails on ${cron}, which has not one "?" among its days`, () => {
            assert.deepEqual(check(cron), [
                {
                    path: ["cron"],
                    message: `expected "?" as exactly one of day-of-month and day-of-week, found "${cron}"`,
                },
            ]);
        });
    }

    for (const [zone, taken] of [
        ["UTC", true],
        ["UTC+05:30", true],
        ["UTC-03:00", true],
        ["UTC+5", false],
        ["UTC+24:00", false],
        ["Europe/Berlin", true],
        // Names that the tz database changed: both are in use.
        ["Asia/Kolkata", true],
        ["Asia/Calcutta", true],
        ["America/Argentina/Buenos_Aires", true],
        ["Europe/Berlim", false],
        ["EST", false],
        ["+01:00", false],
    ] as const) {
        it(`${taken ? "takes" : "fails on"} the time zone ${zone}`, () => {
            const yaml = `{ cron: "* * 8-16 ? * MON", timeZone: "${zone}" }`;
            assert.equal(refusals(window.settings, yaml).length, taken ? 0 : 1);
        });
    }

    for (const cron of [
        "* * 8-16 ? * MON-THU *",
        "* 0,30 8-16/2 ? JAN-MAR,DEC 2-6",
        "* * * 1-31 * ?",
        "* */15 * L-3 * ? 2026-2030",
        "* * * 15W * ?",
        "* * 9 ? * 2#1",
    ]) {
        it(`takes ${cron}`, () => assert.deepEqual(check(cron), []));
    }

    for (const [cron, message] of [
        ["* 99 8 ? * MON", 'expected 0 to 59 as minutes, found "99"'],
        ["* * 24 ? * MON", 'expected 0 to 23 as hours, found "24"'],
        ["* * 8-9-10 ? * MON", 'expected 0 to 23 as hours, found "8-9-10"'],
        ["* * 8/0 ? * MON", 'expected 0 to 23 as hours, found "8/0"'],
        ["* * 8 32 * ?", 'expected 1 to 31 as day-of-month, found "32"'],
        ["* * 8 ? 1-3 MON", 'expected JAN to DEC as month, found "1-3"'],
        ["* * 8 ? * FOO", 'expected 1 to 7 or SUN to SAT as day-of-week, found "FOO"'],
        ["* * 8 ? * MON 1969", 'expected 1970 to 2199 as year, found "1969"'],
        ["* * 8 ? * MON#2", 'expected 1 to 7 or SUN to SAT as day-of-week, found "MON#2"'],
        ["* * 22-6 ? * MON", 'expected a range that goes up as hours, found "22-6": write two of them, with a comma'],
        [
            "* * 8 ? * MON,FRI-SUN",
            'expected a range that goes up as day-of-week, found "FRI-SUN": write two of them, with a comma',
        ],
    ] as const) {
        it(`fails on ${cron}`, () => assert.deepEqual(check(cron), [{ path: ["cron"], message }]));
    }

    describe("as a day on which it opens", () => {
        const today = new Date("2026-11-20T12:00:00Z");
        const never = (cron: string) =>
            `expected a window that opens, found ${JSON.stringify(cron)}: no day from now on is one of its days`;

        for (const [title, opens, closed] of [
            ["the last day of a month", "* * 8 30 APR ? *", "* * 8 31 APR ? *"],
            ["a leap day", "* * 8 29 FEB ? *", "* * 8 30 FEB ? *"],
            ["a leap day of a year", "* * 8 29 FEB ? 2028", "* * 8 29 FEB ? 2027"],
            ["one of several months", "* * 8 31 APR-MAY ? *", "* * 8 31 FEB,APR,JUN,SEP,NOV ? *"],
            ["a year", "* * 8 ? * MON 2026", "* * 8 ? * MON 2025"],
            ["the month that it is", "* * 8 ? NOV MON 2026", "* * 8 ? JAN-OCT MON 2026"],
            ["the days before the last", "* * 8 L-27 FEB ? 2027", "* * 8 L-28 FEB ? 2027"],
            ["the last day", "* * 8 L FEB ? *", "* * 8 L-31 * ? *"],
            ["the nearest weekday", "* * 8 28W FEB ? 2027", "* * 8 29W FEB ? 2027"],
            // February 2027 begins on a Monday and has four weeks; in 2044 it has five Mondays.
            ["a fifth weekday", "* * 8 ? FEB 2#5 2044", "* * 8 ? FEB 2#5 2027"],
            ["a fifth Sunday", "* * 8 ? MAY 1#5 2027", "* * 8 ? APR 1#5 2027"],
            ["a step of days", "* * 8 1/30 FEB ? *", "* * 8 30/1 FEB ? *"],
        ] as const) {
            it(`takes ${title}, and fails on one that never comes`, () => {
                assert.equal(cronProblem(opens, today), undefined);
                assert.equal(cronProblem(closed, today), never(closed));
            });
        }

        it("fails through the kind, at the cron expression", () => {
            assert.deepEqual(check("* * 8 31 FEB ? *"), [{ path: ["cron"], message: never("* * 8 31 FEB ? *") }]);
        });
    });
});
