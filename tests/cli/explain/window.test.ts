import * as assert from "node:assert/strict";
import { windowWords } from "../../../cli/explain/window";

describe("a window in words", () => {
    for (const [cron, expected] of [
        ["* * 8-16 ? * MON-THU *", "Monday to Thursday, from 8:00 until 16:59 (UTC time)"],
        ["* * 8-16 ? * mon-thu", "Monday to Thursday, from 8:00 until 16:59 (UTC time)"],
        ["* * 9 ? * 2", "on Monday, from 9:00 until 9:59 (UTC time)"],
        ["* * * ? * 1-7 *", "Sunday to Saturday (UTC time)"],
        ["* * * * * ? *", "at all times (UTC time)"],
        ["* * 22-4 ? * * *", "from 22:00 until 4:59 (UTC time)"],
        // What is not said exactly is not said.
        ["* 30 8-16 ? * MON-THU *", undefined],
        ["* * 8,16 ? * * *", undefined],
        ["* * 8/2 ? * * *", undefined],
        ["* * 8-16 1 * ? *", undefined],
        ["* * 8-16 ? JAN * *", undefined],
        ["* * 8-16 ? * MON#2 *", undefined],
        ["* * 8-16 ? * MON-XYZ *", undefined],
        ["* * 8-16 ? * * 2027", undefined],
    ] as const) {
        it(`is ${expected ?? "none"} of ${cron}`, () => assert.equal(windowWords(cron, "UTC"), expected));
    }
});
