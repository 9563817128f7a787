import * as assert from "node:assert/strict";
import { costLines } from "../../cli/cost";
import { options, UsageError } from "../../cli/options";
import { paintFor } from "../../cli/paint";
import { monthJson, monthOf, monthText, whatIfOf } from "../../cli/what-if";
import { planOf, stackFile } from "../support/plans";

const plan = planOf(stackFile());
const plain = paintFor({ isTTY: false });

const refused = (message: string) => (error: unknown) => {
    assert.ok(error instanceof UsageError);
    assert.equal(error.message, `--what-if: ${message}`);
    return true;
};

describe("--what-if", () => {
    for (const [text, wanted] of [
        ["releases=3", { releases: 3 }],
        ["releases=0.5, minutes=4", { releases: 0.5, minutes: 4 }],
        [" services=200  checks=10,releases=0 ", { services: 200, checks: 10, releases: 0 }],
    ] as const) {
        it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(whatIfOf(text), wanted));
    }

    const example = `such as "releases=3 services=200"`;
    for (const [title, text, message] of [
        ["a misspelt key", "relases=3", `unknown key "relases"; did you mean "releases"?`],
        ["a key far from all", "x=3", `unknown key "x"; expected one of "releases", "checks", "minutes", "services"`],
        [
            "a key of objects",
            "constructor=3",
            `unknown key "constructor"; expected one of "releases", "checks", "minutes", "services"`,
        ],
        ["a key without a value", "releases", `"releases" has no value; expected pairs of key and number, ${example}`],
        ["a decimal comma", "releases=3,5", `"5" has no value; expected pairs of key and number, ${example}`],
        ["no releases", "minutes=3", `expected releases=NUMBER, how often each service is released a day, ${example}`],
        ["nothing", "", `expected releases=NUMBER, how often each service is released a day, ${example}`],
        ["a key twice", "releases=3 releases=4", "releases is there twice"],
        [
            "less than nothing",
            "releases=-3",
            `expected a number from 0 to 1000 for releases, found "-3"; did you mean releases=0?`,
        ],
        [
            "too much",
            "releases=5000",
            `expected a number from 0 to 1000 for releases, found "5000"; did you mean releases=1000?`,
        ],
        ["a word", "releases=many", `expected a number from 0 to 1000 for releases, found "many"`],
        ["no number", "releases=", `expected a number from 0 to 1000 for releases, found ""`],
        [
            "infinity",
            "minutes=Infinity releases=1",
            `expected a number from 0 to 1440 for minutes, found "Infinity"; did you mean minutes=1440?`,
        ],
        [
            "half a service",
            "releases=1 services=9.6",
            `expected a whole number from 1 to 100000 for services, found "9.6"; did you mean services=10?`,
        ],
        [
            "no service",
            "releases=1 services=0",
            `expected a whole number from 1 to 100000 for services, found "0"; did you mean services=1?`,
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.throws(() => whatIfOf(text), refused(message)));
    }

    it("fails on fewer services than there are, and on one of a fleet that has grown", () => {
        const two = planOf(
            stackFile(
                "services: { a: { source: { repository: acme/a }, build: { commands: [make] }, deploy: { type: s3, bucket: a-bucket } }, b: { source: { repository: acme/b }, build: { commands: [make] }, deploy: { type: s3, bucket: b-bucket } } }",
            ),
        );
        assert.throws(
            () => monthOf(two, { releases: 1, services: 1 }),
            refused("the stack has 2 services already, found services=1; did you mean services=2?"),
        );
        assert.throws(
            () => monthOf(two, { releases: 1, services: 3 }, "a"),
            refused("expected either services=NUMBER or --service, found both"),
        );
    });

    for (const other of ["--permissions", "--compare", "--account", "--validate", "--cloudformation"]) {
        it(`fails beside ${other}`, () =>
            assert.throws(
                () =>
                    options(
                        ["--what-if", "releases=1", other, ...(/^--[pv]/.test(other) ? [] : ["111111111111"])],
                        ".",
                    ),
                UsageError,
            ));
    }

    it("is a bill in lines, with what is free, what is not in it, and the comparison with V1", () => {
        const month = monthOf(plan, { releases: 2 });
        const lines = monthText(plan, month, undefined, plain).split("\n");
        assert.match(
            lines[0],
            /^shop, stack \w+: about \$\d+\.\d\d a month with 2 releases of each of \d services? a day$/,
        );
        const bill = lines.slice(1, 1 + month.items.length).map(line => line.trim().split(" ")[0]);
        assert.deepEqual(
            bill,
            month.items.map(({ usd }) => `${usd < 0 ? "-" : ""}$${Math.abs(usd).toFixed(2)}`),
        );
        assert.ok(lines.some(line => line.includes("free, once an account: the first 100 minutes of actions")));
        assert.match(
            lines.at(-1) ?? "",
            /^A pipeline of type V1 costs \$1\.00 a month once a change runs through it, so it is cheaper from 500 action minutes a month on; it lacks .+, which this stack uses\.$/,
        );
    });

    it("is the same in JSON, to the millionth, and without what is not finite", () => {
        const month = monthOf(plan, { releases: 2, checks: 1 });
        const json = monthJson(month);
        assert.deepEqual(Object.keys(json), Object.keys(month));
        assert.ok(Math.abs(json.usd - month.usd) < 1e-6);
        assert.equal(json.usd, Number(json.usd.toFixed(6)));
        assert.ok(!JSON.stringify(json).includes("null"));
    });
});

describe("the cost in the text", () => {
    const [, ...lines] = costLines(plan, undefined, plain);

    it("has a line for each pipeline, and says whose prices are taken where none is known", () => {
        const first = lines.indexOf("Cost per release, with assumed durations");
        assert.match(
            lines[first + 1],
            /^ +\$\d\.\d{4} [a-z-]+: \$\d\.\d{4} for \d+ action minutes, \$\d\.\d{4} for \d+ build minutes, \$\d\.\d{4} for the rest$/,
        );
        assert.equal(lines.at(-2), "  with prices of us-east-1 where none is known for eu-west-1");
        assert.ok(lines.includes("  where another region's price is named, none is known for eu-west-1"));
    });

    it("of one service is that of its releases alone", () => {
        const { service } = plan.pipelines[0];
        const own = costLines(plan, service, plain);
        assert.equal(own[1], "Cost per release, with assumed durations");
        assert.ok(!own.some(line => line.startsWith("Cost at rest")));
    });
});
