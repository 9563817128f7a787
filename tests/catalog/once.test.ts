import * as assert from "node:assert/strict";
import { once } from "../../catalog/once";

describe("once", () => {
    it("asks one time for each object, also where there is nothing to say", () => {
        const asked: object[] = [];
        const nothing = once((from: object) => {
            asked.push(from);
            return undefined;
        });
        const [one, other] = [{}, {}];
        assert.deepEqual([nothing(one), nothing(other), nothing(one)], [undefined, undefined, undefined]);
        assert.deepEqual(
            asked.map(each => [one, other].indexOf(each)),
            [0, 1],
        );
    });

    it("asks again for an object that only looks the same, and after a failure", () => {
        let count = 0;
        const counted = once(({ fails }: { readonly fails: boolean }) => {
            count += 1;
            assert.ok(!fails, "it failed");
            return count;
        });
        assert.deepEqual([counted({ fails: false }), counted({ fails: false })], [1, 2]);
        const failing = { fails: true };
        assert.throws(() => counted(failing), /it failed/);
        assert.throws(() => counted(failing), /it failed/);
        assert.equal(count, 4);
    });
});
