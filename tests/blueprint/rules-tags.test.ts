import * as assert from "node:assert/strict";
import { rules } from "../../blueprint/rules";
import { fleetOf, withPipeline } from "./support/fleet";

describe("rules of the tags of a pipeline", () => {
    const tagged = (tags: Record<string, string>) => {
        const fleet = withPipeline(fleetOf({ tags: { fleet: "shop" } }), () => ({ tags }));
        const rule = rules.find(({ name }) => name === "tags-of-pipelines");
        assert.ok(rule);
        return rule.check(fleet).map(({ path, message }) => `${path.join(".")}: ${message}`);
    };
    const many = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`notify:t${index}`, "failed"]));

    it("take fifty tags of a pipeline, with keys of 127 and values of 255 characters", () => {
        assert.deepEqual(tagged(many(48)), []);
        assert.deepEqual(tagged({ ["k".repeat(127)]: "v".repeat(255) }), []);
    });

    it("fail on one more, and on longer ones", () => {
        assert.deepEqual(tagged(many(49)), [
            "services.orders: the pipeline orders would have 51 tags, of at most 50: each target of its `notify` is one, in each environment; say less in `notify`, or in `tags`",
        ]);
        const longer = (key: string) =>
            `services.orders: the tag ${key} of the pipeline orders would be longer than the 127 and 255 characters that AWS takes`;
        assert.deepEqual(tagged({ ["k".repeat(128)]: "" }), [longer("k".repeat(128))]);
        assert.deepEqual(tagged({ k: "v".repeat(256) }), [longer("k")]);
    });
});
