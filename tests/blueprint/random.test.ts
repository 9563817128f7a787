import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { problemLines } from "../../config/read";
import { stackOf } from "./support/fleet";
import { validStack } from "./support/random";

describe("any stack file that is right", () => {
    it("becomes a fleet that breaks no rule", function () {
        this.timeout(120_000);
        fc.assert(
            fc.property(validStack, words => {
                const { plan, problems } = stackOf(words);
                assert.deepEqual(problemLines(problems), []);
                assert.ok(plan !== undefined && plan.pipelines.length > 0);
            }),
            { numRuns: 200 },
        );
    });
});
