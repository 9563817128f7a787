import * as assert from "node:assert/strict";
import { readExceptions, unexcepted, unused } from "../../policy-pack/exceptions";
import { found, unseen } from "../../policy-pack/rules/rule";
import { resource } from "./support/resources";

const today = "2030-05-10";
const whole = { resource: "orders--*", reason: "builds images", until: "2030-05-10" };
const type = "aws:codebuild/project:Project";
const orders = resource(type, {}, "orders--build-project");
const web = resource(type, {}, "web--build-project");
const finding = (of: typeof orders) => found(of, "x", "a", "b", "c");

const problems = (one: unknown) => readExceptions([one], today).problems;

describe("policy-pack/exceptions", () => {
    it("let pass what they name, on their last day too, and nothing else", () => {
        const exceptions = readExceptions([whole], today);
        assert.deepEqual(exceptions.problems, []);
        assert.deepEqual(unexcepted([finding(orders), finding(web)], exceptions), [finding(web)]);
        assert.deepEqual(unused(exceptions, [finding(orders)]), []);
    });

    it("name a resource by its URN too", () => {
        const exceptions = readExceptions([{ ...whole, resource: `*::${type}::web--*` }], today);
        assert.deepEqual(unexcepted([finding(orders), finding(web)], exceptions), [finding(orders)]);
    });

    it("take no character of a pattern but * for more than itself", () => {
        const exceptions = readExceptions([{ ...whole, resource: "orders--.+" }], today);
        assert.deepEqual(unexcepted([finding(orders)], exceptions), [finding(orders)]);
    });

    for (const [title, change, message] of [
        ["no resource", { resource: " " }, 'exceptions[0] " " has no `resource`: name one, or a pattern with *'],
        [
            "no reason",
            { reason: "" },
            'exceptions[0] "orders--*" has no `reason`: say why the rule does not hold there',
        ],
        [
            "no day",
            { until: undefined },
            'exceptions[0] "orders--*" has no day in `until`: expected its last day as "YYYY-MM-DD", found null',
        ],
        [
            "a day that there is not",
            { until: "2030-02-30" },
            'exceptions[0] "orders--*" has no day in `until`: expected its last day as "YYYY-MM-DD", found "2030-02-30"',
        ],
        [
            "a day that is over",
            { until: "2030-05-09" },
            'exceptions[0] "orders--*" ended on 2030-05-09: mend what it was for, or give it a new day (its reason was: builds images)',
        ],
    ] as const) {
        it(`fails on ${title}, and lets nothing pass`, () => {
            const one = { ...whole, ...change };
            assert.deepEqual(problems(one), [message]);
            assert.deepEqual(unexcepted([finding(orders)], readExceptions([one], today)), [finding(orders)]);
        });
    }

    it("fails on what is no exception at all", () => {
        assert.deepEqual(problems("orders"), ["exceptions[0] has no `resource`: name one, or a pattern with *"]);
    });

    it("fails on one that lets nothing pass, unless what it names is not known yet", () => {
        const exceptions = readExceptions([whole], today);
        assert.deepEqual(unused(exceptions, [finding(web)]), [
            'the exception for "orders--*" lets nothing pass: remove it',
        ]);
        assert.deepEqual(unused(exceptions, [unseen(orders, "x")]), []);
    });
});
