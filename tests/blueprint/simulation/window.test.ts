import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { dateOf, dateText, durationOf, durationText } from "../../../blueprint/simulation/times";
import { nextOpening } from "../../../blueprint/simulation/window";

const opens = (cron: string, zone: string, from: string) => {
    const at = nextOpening(cron, zone, dateOf(from) ?? 0);
    return at === undefined ? undefined : dateText(at);
};

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html */
describe("simulation: windows", () => {
    for (const [cron, zone, from, expected] of [
        ["* * 8-16 ? * MON-THU *", "Europe/Berlin", "2026-03-02T06:59Z", "2026-03-02 07:00"],
        ["* * 8-16 ? * MON-THU *", "Europe/Berlin", "2026-03-02T15:59Z", "2026-03-02 15:59"],
        ["* * 8-16 ? * MON-THU *", "Europe/Berlin", "2026-03-02T16:00Z", "2026-03-03 07:00"],
        ["* * 8-16 ? * MON-THU *", "Europe/Berlin", "2026-03-05T16:00Z", "2026-03-09 07:00"],
        // Summer time begins on the 29th.
        ["* * 8-16 ? * MON-THU *", "Europe/Berlin", "2026-03-27T12:00Z", "2026-03-30 06:00"],
        ["* 30-40 9 ? * *", "UTC+05:30", "2026-03-02T00:00Z", "2026-03-02 04:00"],
        ["* 0/20 * ? * *", "UTC", "2026-03-02T09:01Z", "2026-03-02 09:20"],
        ["* * 9 L * ?", "UTC", "2026-02-01T00:00Z", "2026-02-28 09:00"],
        ["* * 9 L-1 * ?", "UTC", "2026-02-01T00:00Z", "2026-02-27 09:00"],
        ["* * 9 LW * ?", "UTC", "2026-02-01T00:00Z", "2026-02-27 09:00"],
        ["* * 9 1W * ?", "UTC", "2026-08-01T00:00Z", "2026-08-03 09:00"],
        ["* * 9 ? * 2#2", "UTC", "2026-03-01T00:00Z", "2026-03-09 09:00"],
        ["* * 9 ? * 6L", "UTC", "2026-03-01T00:00Z", "2026-03-27 09:00"],
        ["* * 9 ? * L", "UTC", "2026-03-01T00:00Z", "2026-03-07 09:00"],
        ["* * 9 1 JAN,JUL ?", "UTC", "2026-03-01T00:00Z", "2026-07-01 09:00"],
        ["* * 9 1 JAN ? 2028", "UTC", "2026-03-01T00:00Z", "2028-01-01 09:00"],
        ["* * 9 1 JAN ? 2025", "UTC", "2026-03-01T00:00Z", undefined],
    ] as const) {
        it(`${cron} (${zone}) from ${from} is open ${expected ?? "no more"}`, () =>
            assert.equal(opens(cron, zone, from), expected));
    }
});

describe("simulation: times", () => {
    it("are written as they are read", () => {
        fc.assert(
            fc.property(fc.nat({ max: 10_000_000 }), seconds => {
                assert.equal(durationOf(durationText(seconds * 1000)), seconds * 1000);
            }),
        );
    });

    for (const text of ["", "10", "m", "10 m", "1h1d", "-1h", "1.5h", "10min"]) {
        it(`${JSON.stringify(text)} is no duration`, () => assert.equal(durationOf(text), undefined));
    }

    for (const text of ["2026-13-01", "2026-02-30", "2026-03-02T25:00Z", "2026-03-02T08:00+01:00", "tomorrow"]) {
        it(`${text} is no date`, () => assert.equal(dateOf(text), undefined));
    }
});
