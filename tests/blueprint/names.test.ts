import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { checkWord, fleetWord, folderLength, limited, logicalName, Names } from "../../blueprint/names";
import { key, longestKey } from "../../catalog/words";
import { longestPrefix } from "../../config/schema";
import { matches } from "../support/iam";

/** Keys as catalog/words.ts takes them, many of which begin alike. */
const keys = fc
    .array(fc.stringMatching(/^[a-z0-9]{1,12}$/), { minLength: 1, maxLength: 4 })
    .map(words => words.join("-"))
    .filter(text => key("key").safeParse(text).success);

/** Keys that are as long as they may be, or nearly. */
const longKeys = fc
    .tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.integer({ min: longestKey - 4, max: longestKey }))
    .map(([end, length]) => `${"k".repeat(length - end.length)}${end}`);

const anyKey = fc.oneof(keys, longKeys);

/** Prefixes as config/ takes them; the longest and the shortest are what matters. */
const prefixes = fc.oneof(
    anyKey.map(text => text.slice(0, longestPrefix).replace(/-$/, "")),
    fc.constantFrom("a", "shop", "shop-dev", "p".repeat(longestPrefix)),
);

const different = (one: readonly string[], two: readonly string[]) => JSON.stringify(one) !== JSON.stringify(two);

describe("names", () => {
    const names = new Names("shop");

    it("are prefix, service and suffix, joined by what no key holds", () => {
        assert.equal(names.everything, "shop--*");
        assert.equal(names.pipeline("orders"), "shop--orders");
        assert.equal(names.folder("orders"), "shop--orders");
        assert.equal(names.service(64, "orders", "deploy", "prod"), "shop--orders--deploy--prod");
        assert.equal(names.shared(64, "approve", "prod"), "shop--fleet--approve--prod");
        assert.equal(names.shared(64), "shop--fleet");
        assert.equal(names.bucket("111111111111", "eu-west-1"), "shop--fleet--artifacts-111111111111-eu-west-1");
        assert.equal(names.connection("github"), "shop--github");
        assert.equal(names.freeze("prod"), "/service-pipelines/shop/freeze/prod");
        assert.equal(names.freeze("prod", "orders"), "/service-pipelines/shop/freeze/prod/orders");
        assert.equal(names.repository("orders", "build"), "shop/orders/build");
        assert.equal(logicalName("orders", "deploy", "prod"), "orders--deploy--prod");
        assert.equal(logicalName("orders"), "orders");
    });

    it("never change: a change would make all of these again", () => {
        assert.equal(names.pipeline("orders-back-office"), "shop--54a7603d--orders-back-office");
        assert.equal(limited("a".repeat(30), 20), "aaaaaaaaaa--854fc0cb");
    });

    it("of pipelines are told apart by their first twenty characters, at the edge of them", () => {
        // With "shop--", fourteen characters fit.
        assert.equal(names.pipeline("s".repeat(14)), `shop--${"s".repeat(14)}`);
        assert.match(names.pipeline("s".repeat(15)), /^shop--\d[0-9a-f]{7}--s{15}$/);
        assert.equal(names.folder("s".repeat(15)).length, folderLength);
    });

    it("are cut at their limit, and not before", () => {
        assert.equal(limited("a".repeat(20), 20), "a".repeat(20));
        assert.match(limited("a".repeat(21), 20), /^a{10}--\d[0-9a-f]{7}$/);
        assert.notEqual(limited(`${"a".repeat(20)}b`, 20), limited(`${"a".repeat(20)}c`, 20));
    });

    it("of two pipelines differ, in all and in their folders, also of two of one service", () => {
        const line = fc
            .tuple(anyKey, fc.constantFrom([], [checkWord]))
            .map(([service, suffix]) => [service, ...suffix]);
        fc.assert(
            fc.property(prefixes, line, prefixes, line, (prefix, [service, ...suffix], other, [second, ...theirs]) => {
                fc.pre(different([prefix, service, ...suffix], [other, second, ...theirs]));
                const [one, two] = [new Names(prefix), new Names(other)];
                assert.notEqual(one.pipeline(service, ...suffix), two.pipeline(second, ...theirs));
                assert.notEqual(one.folder(service, ...suffix), two.folder(second, ...theirs));
            }),
            { numRuns: 2000 },
        );
    });

    it("of the check of a service are told from the service's own, at the edge of the folder too", () => {
        assert.equal(names.pipeline("orders", checkWord), "shop--orders--check");
        // With "shop--" and "--check", seven characters fit.
        assert.equal(names.folder("s".repeat(7), checkWord), `shop--${"s".repeat(7)}--check`);
        assert.match(names.pipeline("s".repeat(8), checkWord), /^shop--\d[0-9a-f]{7}--s{8}--check$/);
        assert.equal(names.folder("s".repeat(8), checkWord).length, folderLength);
    });

    it("of two things of services differ, at every limit that AWS has", () => {
        const suffix = fc.array(anyKey, { minLength: 1, maxLength: 2 });
        fc.assert(
            fc.property(
                anyKey,
                suffix,
                anyKey,
                suffix,
                fc.constantFrom(64, 150),
                (service, own, second, theirs, limit) => {
                    fc.pre(different([service, ...own], [second, ...theirs]));
                    assert.notEqual(names.service(limit, service, ...own), names.service(limit, second, ...theirs));
                },
            ),
            { numRuns: 2000 },
        );
    });

    it("of one service match no pattern of another, cut or not", () => {
        fc.assert(
            fc.property(
                prefixes,
                anyKey,
                anyKey,
                fc.array(anyKey, { minLength: 1, maxLength: 2 }),
                (prefix, service, other, suffix) => {
                    fc.pre(service !== other);
                    const own = new Names(prefix);
                    const pattern = `${prefix}--${service}--*`;
                    for (const limit of [64, 150]) {
                        assert.equal(matches(pattern, own.service(limit, service, ...suffix)), true);
                        assert.equal(matches(pattern, own.service(limit, other, ...suffix)), false);
                    }
                },
            ),
            { numRuns: 1000 },
        );
    });

    it("of one fleet match no pattern of another", () => {
        fc.assert(
            fc.property(prefixes, prefixes, anyKey, (prefix, other, service) => {
                fc.pre(prefix !== other);
                const [own, theirs] = [new Names(prefix), new Names(other)];
                assert.equal(matches(own.everything, own.pipeline(service)), true);
                assert.equal(matches(own.everything, theirs.pipeline(service)), false);
                assert.equal(matches(own.everything, theirs.service(64, service, "build")), false);
            }),
        );
    });

    it("of what all share are no service's, whatever it is called", () => {
        fc.assert(
            fc.property(anyKey, anyKey, anyKey, (service, one, two) => {
                fc.pre(service !== fleetWord);
                assert.notEqual(names.shared(64, one), names.service(64, service, two));
            }),
        );
    });

    it("keep AWS's limits and alphabets, for the longest words", () => {
        const prefix = "p".repeat(longestPrefix);
        const word = "w".repeat(longestKey);
        const longest = new Names(prefix);
        const pipeline = longest.pipeline(word);
        assert.ok(longest.pipeline(word, checkWord).length <= 100);
        assert.ok(pipeline.length <= 100);
        assert.match(pipeline, /^[A-Za-z0-9.@_-]+$/);
        // A change set of CloudFormation is called as the pipeline is.
        assert.match(pipeline, /^[a-zA-Z][-a-zA-Z0-9]{0,99}$/);
        assert.match(longest.service(64, word, word, word), /^[\w+=,.@-]{1,64}$/);
        const project = longest.service(150, word, word, word);
        assert.match(project, /^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$/);
        // CodeBuild calls a report group after project and report.
        assert.ok(`${project}-coverage`.length <= 128);
        assert.match(longest.connection("c".repeat(20)), /^[\w-]{1,32}$/);
        // ECR takes no two hyphens in a row.
        assert.match(longest.repository(word, word), /^[a-z0-9]+([._/-][a-z0-9]+)*$/);
        assert.ok(longest.repository(word, word).length <= 256);
        assert.match(longest.bucket("111111111111", "ap-southeast-1"), /^[a-z0-9-]{3,63}$/);
        assert.match(longest.shared(256, "approve", word), /^[A-Za-z0-9_-]{1,256}$/);
        assert.match(longest.shared(128, "approve", word), /^[\w+=,.@-]{1,128}$/);
    });
});

describe("the name of a deploy role", () => {
    const names = new Names("p".repeat(10));
    const longest = "e".repeat(32);
    const matches = (name: string, environment: string) =>
        new RegExp(`^${names.deployRoles(environment).replace("*", ".*")}$`).test(name);

    it("is whole up to 64 characters, and then still ends with the environment", () => {
        const edge = "s".repeat(64 - 10 - 2 - "--deploy-prod".length);
        assert.equal(names.deployRole(edge, "prod"), `pppppppppp--${edge}--deploy-prod`);
        const cut = names.deployRole(`${edge}s`, "prod");
        assert.match(cut, /^p{10}--s{29}--\d[0-9a-f]{7}--deploy-prod$/);
        assert.ok(matches(cut, "prod"));
    });

    it("tells services apart however long all of it is", () => {
        const [a, b] = ["x", "y"].map(end => names.deployRole(`${"s".repeat(31)}${end}`, longest));
        assert.equal(a.length, 64);
        assert.notEqual(a, b);
        assert.ok(matches(a, longest));
        assert.ok(!matches(a, "e"));
    });
});
