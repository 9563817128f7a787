import * as assert from "node:assert/strict";
import type { Statement } from "../../blueprint/policy";
import { allowed, matches, type Request } from "../support/iam";
import { roleOf } from "./support/fleet";
import { fleet, key, role } from "./support/wishes";

describe("the evaluator", () => {
    const statement = (more: Partial<Statement>): Statement => ({
        Sid: "A",
        Effect: "Allow",
        Action: ["s3:Get*"],
        Resource: ["arn:aws:s3:::a/*"],
        ...more,
    });
    const request: Request = { principal: role("a"), action: "s3:GetObject", resource: "arn:aws:s3:::a/b" };

    it("knows wildcards", () => {
        assert.equal(matches("a*c?", "abbbcd"), true);
        assert.equal(matches("a.c", "abc"), false);
        assert.equal(matches("npm-??????", "npm-AbCdEfg"), false);
    });

    it("lets a Deny win, wherever it stands", () => {
        const deny = statement({ Effect: "Deny" });
        assert.equal(allowed(request, [statement({})]), true);
        assert.equal(allowed(request, [statement({}), deny]), false);
        assert.equal(allowed(request, [statement({})], { statements: [deny], account: "111111111111" }), false);
    });

    for (const [operator, value, found, holds] of [
        ["StringEquals", "a", "a", true],
        ["StringEquals", "a*", "ab", false],
        ["StringEquals", "a", undefined, false],
        ["StringNotEquals", "a", "b", true],
        ["StringNotEquals", "a", "a", false],
        ["StringNotEquals", "a", undefined, true],
        ["ArnLike", "arn:aws:iam::1:role/a--*", "arn:aws:iam::1:role/a--b", true],
        ["ArnLike", "arn:aws:iam::1:role/a--*", "arn:aws:iam::1:role/a-b--c", false],
        ["ArnEquals", "arn:aws:iam::*:role/a", "arn:aws:iam::1:role/a", true],
        ["ArnEquals", "arn:aws:iam::1:role/a", undefined, false],
        ["ArnNotEquals", "arn:aws:kms:r:1:key/a", "arn:aws:kms:r:1:key/b", true],
        ["ArnNotEquals", "arn:aws:kms:r:1:key/a", undefined, true],
        ["Bool", "false", "false", true],
        ["Bool", "false", undefined, false],
        ["Null", "true", undefined, true],
        ["Null", "false", undefined, false],
        ["Null", "false", "a", true],
    ] as const) {
        it(`${operator} ${value}: ${found ?? "an absent key"} ${holds ? "holds" : "does not hold"}`, () => {
            const own = [statement({ Condition: { [operator]: { k: value } } })];
            const context: Record<string, string> = found === undefined ? {} : { k: found };
            assert.equal(allowed({ ...request, context }, own), holds);
        });
    }

    it("fails on an operator that it does not know", () => {
        const own = [statement({ Condition: { StringLike: { k: "a" } } })];
        assert.throws(() => allowed(request, own), new Error("the operator StringLike is not known here"));
    });

    it("reads the statements of the plan with references by their names", () => {
        const request = { principal: role("shop--orders--build"), action: "kms:Decrypt", resource: key };
        assert.equal(allowed(request, roleOf(fleet, "shop--orders--build").statements), true);
        assert.equal(
            allowed({ ...request, resource: "<vpc>" }, roleOf(fleet, "shop--orders--build").statements),
            false,
        );
    });
});
