import * as assert from "node:assert/strict";
import { answer, no } from "../../../../functions/lib/seals/answer";
import { Aws } from "../../support/aws";

/** What AWS is told of `verdict`. */
async function told(verdict: Parameters<typeof answer>[2]): Promise<string> {
    const aws = new Aws();
    await answer(aws.tools.codepipeline, "c0d76431-b0e7-4a5b-97e3-e8ee786eb6f6", verdict);
    const { failureDetails, executionDetails } = aws.calls[0].input as {
        failureDetails?: { message: string };
        executionDetails?: { summary: string };
    };
    return failureDetails?.message ?? executionDetails?.summary ?? "";
}

describe("the answer to a job", () => {
    it("is never a text that AWS would refuse, with which the action would hang until its end", async () => {
        assert.equal(await told({ verdict: "yes", message: "" }), "-");
        assert.equal(await told({ verdict: "no", message: " \n", type: "JobFailed" }), "-");
        assert.equal(await told({ verdict: "yes", message: "a\ud800b\u0000c" }), "a\ufffdb\ufffdc");
        assert.equal((await told(no(new Error("x".repeat(9000))))).length, 1500);
    });

    it("says something of whatever is thrown", async () => {
        assert.match(await told(no(undefined)), /something went wrong that has no name/);
        assert.equal(await told(no(new TypeError("a"))), "TypeError: a");
    });
});
