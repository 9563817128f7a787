import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Names } from "../../../blueprint/names";
import { environmentOf, lastEnvironment, namedBy } from "../../../functions/metrics/service";
import { settings } from "./support/pipeline";

/** Keys of the stack file: no two hyphens in a row. */
const key = fc.stringMatching(/^[a-z](-?[a-z0-9]){1,24}$/);

describe("the name of a pipeline", () => {
    it("tells its service, and whether it checks, as the program names pipelines", () =>
        fc.assert(
            fc.property(key, key, fc.boolean(), (prefix, service, checks) => {
                const name = new Names(prefix).pipeline(service, ...(checks ? ["check"] : []));
                assert.deepEqual(namedBy(name, prefix), { service, check: checks });
            }),
        ));

    for (const [title, name] of [
        ["another fleet's", "shopping--orders"],
        ["one without a service", "shop"],
        ["one with an empty service", "shop--"],
        ["one that has more words", "shop--orders--check--more"],
        ["one with another word behind", "shop--orders--build"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.throws(() => namedBy(name, "shop"), {
                name: "Malformed",
                message: `expected a pipeline of the fleet shop, found ${name}`,
            }));
    }
});

describe("environments", () => {
    const { environments } = settings;
    const having = (...names: readonly string[]) => names.map(name => ({ name, actions: [] }));

    it("the last one is the last that the pipeline has", () => {
        assert.equal(lastEnvironment(having("Source", "staging", "Approve-prod", "prod"), environments)?.name, "prod");
        assert.equal(lastEnvironment(having("Source", "staging", "Approve-prod"), environments)?.name, "staging");
        assert.equal(lastEnvironment(having("Source", "Build"), environments), undefined);
    });

    it("a stage belongs to the one that it deploys to or asks for, or to all", () =>
        assert.deepEqual(
            ["Source", "staging", "Approve-prod", "prod"].map(stage => environmentOf(stage, environments)),
            ["all", "staging", "prod", "prod"],
        ));
});
