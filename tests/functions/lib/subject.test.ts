import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Names } from "../../../blueprint/names";
import { keyPattern } from "../../../catalog/words";
import { subjectOf } from "../../../functions/lib/subject";

describe("what a pipeline is about", () => {
    const service = fc.stringMatching(keyPattern).filter(key => key.length <= 40);
    const prefix = fc.stringMatching(keyPattern).filter(key => key.length <= 10);

    it("is read from every name that the program gives", () => {
        fc.assert(
            fc.property(prefix, service, fc.boolean(), (of, name, check) => {
                const pipeline = new Names(of).pipeline(name, ...(check ? ["check"] : []));
                assert.deepEqual(subjectOf(pipeline, of), { service: name, check });
            }),
        );
    });

    it("is a service also where it is called check", () => {
        assert.deepEqual(subjectOf("shop--check", "shop"), { service: "check", check: false });
        assert.deepEqual(subjectOf("shop--check--check", "shop"), { service: "check", check: true });
    });

    for (const pipeline of ["web--orders", "shop", "shop--", "shop--orders--other", "shop--orders--check--check"]) {
        it(`is not known of ${pipeline}`, () => assert.equal(subjectOf(pipeline, "shop"), undefined));
    }
});
