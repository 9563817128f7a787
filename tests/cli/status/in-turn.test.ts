import * as assert from "node:assert/strict";
import { inTurn } from "../../../cli/status/in-turn";

describe("asking in turn", () => {
    it("asks no more than so many at once, and answers in the order of the questions", async () => {
        let under = 0;
        let most = 0;
        const answers = await inTurn([5, 4, 3, 2, 1, 0, 7], 3, async turns => {
            under += 1;
            most = Math.max(most, under);
            for (let turn = 0; turn < turns; turn += 1) {
                await Promise.resolve();
            }
            under -= 1;
            return turns * 2;
        });
        assert.deepEqual([answers, most, under], [[10, 8, 6, 4, 2, 0, 14], 3, 0]);
    });

    it("asks nothing where there is nothing to ask", async () => {
        assert.deepEqual(await inTurn([], 3, () => assert.fail()), []);
    });
});
