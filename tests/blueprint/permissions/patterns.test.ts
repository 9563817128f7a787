import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { conditionsCover, type PlainConditions } from "../../../blueprint/permissions/conditions";
import { actionCovers, arnCovers, covers } from "../../../blueprint/permissions/patterns";
import { matches } from "../../support/iam";

describe("a pattern", () => {
    const rows: readonly (readonly [wide: string, narrow: string, expected: boolean])[] = [
        ["a", "a", true],
        ["a", "b", false],
        ["", "", true],
        ["*", "", true],
        ["*", "*", true],
        ["*", "?", true],
        ["?", "*", false],
        ["?", "?", true],
        ["?", "a", true],
        ["a", "?", false],
        ["a*", "ab*", true],
        ["ab*", "a*", false],
        ["a*c", "a*bc", true],
        ["a*c", "ab*", false],
        ["*b*", "ab", true],
        ["a**", "a*", true],
        ["a.c", "abc", false],
    ];
    for (const [wide, narrow, expected] of rows) {
        it(`${wide} covers ${narrow}: ${expected}`, () => assert.equal(covers(wide, narrow), expected));
    }

    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
    const word = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 6 });

    it("that covers another matches all that the other matches", () =>
        fc.assert(
            fc.property(pattern, pattern, word, (wide, narrow, text) => {
                fc.pre(covers(wide, narrow) && matches(narrow, text));
                assert.ok(matches(wide, text));
            }),
        ));

    it("covers a word exactly when it matches it", () =>
        fc.assert(fc.property(pattern, word, (wide, text) => assert.equal(covers(wide, text), matches(wide, text)))));
});

describe("the pattern of an ARN", () => {
    const table = "arn:aws:dynamodb:eu-west-1:111111111111:table";
    const rows: readonly (readonly [wide: string, narrow: string, expected: boolean])[] = [
        ["*", `${table}/orders`, true],
        [`${table}/*`, `${table}/orders/*`, true],
        [`${table}/orders/*`, `${table}/*`, false],
        ["arn:aws:dynamodb:*:111111111111:table/a", `${table}/a`, true],
        ["arn:aws:dynamodb:*:table/a", `${table}/a`, false],
        ["arn:aws:logs:eu-west-1:1:log-group:/a:*", "arn:aws:logs:eu-west-1:1:log-group:/a:log-stream:b", true],
        ["arn:aws:s3:::bucket*", "arn:aws:s3:::bucket/key", true],
        ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false],
        ["<artifactKey>", "<artifactKey>", true],
        ["arn:*", "<artifactKey>", false],
        [`${table}/\${aws:username}`, `${table}/ann`, false],
    ];
    for (const [wide, narrow, expected] of rows) {
        it(`${wide} covers ${narrow}: ${expected}`, () => assert.equal(arnCovers(wide, narrow), expected));
    }

    it("knows no case in actions alone", () => {
        assert.ok(actionCovers("S3:get*", "s3:GetObject"));
        assert.ok(!actionCovers("s3:Get*", "s3:PutObject"));
        assert.ok(!arnCovers(`${table}/A`, `${table}/a`));
    });
});

describe("conditions", () => {
    const role = "arn:aws:iam::111111111111:role/shop--";
    const rows: readonly (readonly [
        title: string,
        wide: PlainConditions,
        narrow: PlainConditions,
        expected: boolean,
    ])[] = [
        ["none and one", {}, { Bool: { k: "true" } }, true],
        ["one and none", { Bool: { k: "true" } }, {}, false],
        ["the same", { Bool: { k: "true" } }, { Bool: { k: "true" } }, true],
        ["the same of another value", { Bool: { k: "true" } }, { Bool: { k: "false" } }, false],
        [
            "keys in another case",
            { Bool: { "aws:SecureTransport": "true" } },
            { Bool: { "aws:securetransport": "true" } },
            true,
        ],
        ["more values and fewer", { StringEquals: { k: ["a", "b"] } }, { StringEquals: { k: "b" } }, true],
        ["fewer values and more", { StringEquals: { k: "b" } }, { StringEquals: { k: ["a", "b"] } }, false],
        ["values in another order", { StringEquals: { k: ["a", "b"] } }, { StringEquals: { k: ["b", "a"] } }, true],
        ["a pattern and a value", { StringLike: { k: "a*" } }, { StringEquals: { k: "ab" } }, true],
        ["a value and a pattern", { StringEquals: { k: "a" } }, { StringLike: { k: "a" } }, false],
        ["a pattern and an exact star", { StringLike: { k: "a*" } }, { StringEquals: { k: "a*" } }, false],
        ["ARNs alike", { ArnLike: { k: `${role}*` } }, { ArnEquals: { k: `${role}orders` } }, true],
        ["ARNs less alike", { ArnLike: { k: `${role}orders` } }, { ArnLike: { k: `${role}*` } }, false],
        ["fewer exceptions and more", { StringNotEquals: { k: "a" } }, { StringNotEquals: { k: ["a", "b"] } }, true],
        ["more exceptions and fewer", { StringNotEquals: { k: ["a", "b"] } }, { StringNotEquals: { k: "a" } }, false],
        ["an exception and its opposite", { StringNotEquals: { k: "a" } }, { StringEquals: { k: "b" } }, false],
        ["one that may lack its key", { StringEqualsIfExists: { k: "a" } }, { StringEquals: { k: "a" } }, true],
        ["one that may not", { StringEquals: { k: "a" } }, { StringEqualsIfExists: { k: "a" } }, false],
        ["any value and one", { "ForAnyValue:StringEquals": { k: "a" } }, { StringEquals: { k: "a" } }, false],
        [
            "any of more values",
            { "ForAnyValue:StringEquals": { k: ["a", "b"] } },
            { "ForAnyValue:StringEquals": { k: "a" } },
            true,
        ],
        ["numbers", { NumericLessThan: { k: "3" } }, { NumericLessThan: { k: "2" } }, false],
        ["two that hold together", { StringEquals: { k: "a" } }, { StringEquals: { k: "a", l: "b" } }, true],
        ["one of two", { StringEquals: { k: "a", l: "b" } }, { StringEquals: { k: "a" } }, false],
        ["a key that is absent", { Null: { k: "true" } }, { Null: { k: "true" } }, true],
    ];
    for (const [title, wide, narrow, expected] of rows) {
        it(`${title}: ${expected ? "covered" : "not covered"}`, () =>
            assert.equal(conditionsCover(wide, narrow), expected));
    }
});
