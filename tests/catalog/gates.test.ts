import * as assert from "node:assert/strict";
import { approval } from "../../catalog/approval";
import { alarm } from "../../catalog/gates/alarm";
import { window } from "../../catalog/gates/window";
import { home, read, refusals } from "./support/place";

describe("gate alarm", () => {
    const planned = (yaml: string) => alarm.plan(read(alarm.settings, `{ ${yaml} }`), { home });
    const grants = [
        {
            sid: "WatchGateAlarms",
            actions: ["cloudwatch:DescribeAlarms"],
            resources: ["arn:aws:cloudwatch:eu-west-1:111111111111:alarm:prod-5xx"],
        },
    ];

    it("looks at the alarm at once", () => {
        assert.deepEqual(planned("name: prod-5xx"), {
            provider: "CloudWatchAlarm",
            configuration: { AlarmName: "prod-5xx" },
            grants,
            summary: "alarm prod-5xx of account 111111111111",
        });
    });

    it("watches it for some minutes", () => {
        assert.deepEqual(planned("name: prod-5xx, waitMinutes: 10"), {
            provider: "CloudWatchAlarm",
            configuration: { AlarmName: "prod-5xx", WaitTime: "10" },
            grants,
            summary: "alarm prod-5xx of account 111111111111, watched for 10 min",
        });
    });

    it("may stand before and after", () => assert.deepEqual(alarm.on, ["before", "after"]));

    for (const [title, yaml, refused] of [
        ["no name", "waitMinutes: 1", "name"],
        ["a name of 256 characters", `name: ${"a".repeat(256)}`, "name"],
        ["no minute", "name: a, waitMinutes: 0", "waitMinutes"],
        ["more than a day", "name: a, waitMinutes: 1441", "waitMinutes"],
        ["half a minute", "name: a, waitMinutes: 0.5", "waitMinutes"],
        ["all alarms that begin alike, which the permission would then reach", "name: prod-*", "name"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(alarm.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});

describe("gate window", () => {
    const check = (cron: string) => window.check?.(read(window.settings, `{ cron: "${cron}" }`));

    it("is a rule without permissions, in UTC unless it says otherwise", () => {
        const planned = (yaml: string) => window.plan(read(window.settings, yaml), { home });
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
    ] as const) {
        it(`fails on ${cron}`, () => assert.deepEqual(check(cron), [{ path: ["cron"], message }]));
    }
});

describe("approval", () => {
    it("waits a week, and tells nobody unless asked to", () => {
        assert.deepEqual(read(approval, "{}"), { notify: [], timeoutHours: 168 });
    });

    for (const [title, yaml, refused] of [
        ["what is no address", "notify: [release]", "notify.0"],
        ["501 characters of instructions", `instructions: ${"i".repeat(501)}`, "instructions"],
        ["a page that is none", "reviewUrl: dashboards.example", "reviewUrl"],
        ["no hour", "timeoutHours: 0", "timeoutHours"],
        ["more than 60 days", "timeoutHours: 1441", "timeoutHours"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(approval, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
