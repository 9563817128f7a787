import * as assert from "node:assert/strict";
import { outsideNetworkKey, outsideNetworkWeakness } from "../../catalog/outside-network";
import { refusals } from "./support/place";

describe("outside the network", () => {
    it("takes a reason", () => assert.deepEqual(refusals(outsideNetworkKey, "The scan reads no secret."), []));

    for (const yaml of ["true", '"true"', '"no"', '""', "null"]) {
        it(`fails on ${yaml}, which says no reason`, () =>
            assert.deepEqual(refusals(outsideNetworkKey, yaml), [
                ": why it may run outside the build network, as a text",
            ]));
    }

    it("is printed with its reason", () =>
        assert.equal(
            outsideNetworkWeakness("scan", "it reads no secret"),
            "scan runs outside the build network, on machines of AWS's own: it reads no secret",
        ));
});
