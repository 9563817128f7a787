import * as assert from "node:assert/strict";
import {
    secretGrants,
    secretPattern,
    secretPlace,
    secretReference,
    secretVariable,
} from "../../../catalog/codebuild/secrets";
import { home } from "../support/place";

const manager = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:";
const parameter = "arn:aws:ssm:eu-west-1:111111111111:parameter";
const full = "arn:aws:secretsmanager:eu-west-1:333333333333:secret:shared/npm-AbCdEf";

describe("secrets", () => {
    const forms = [
        ["a name", "npm-token", "SECRETS_MANAGER", "npm-token", `${manager}npm-token-??????`],
        [
            "a name with a JSON key",
            "npm-token:token",
            "SECRETS_MANAGER",
            "npm-token:token",
            `${manager}npm-token-??????`,
        ],
        [
            "a path",
            "shop/orders/db:password",
            "SECRETS_MANAGER",
            "shop/orders/db:password",
            `${manager}shop/orders/db-??????`,
        ],
        [
            "a version's stage",
            "db:password:AWSPREVIOUS",
            "SECRETS_MANAGER",
            "db:password:AWSPREVIOUS",
            `${manager}db-??????`,
        ],
        ["a version", "db:::0a1b2c3d", "SECRETS_MANAGER", "db:::0a1b2c3d", `${manager}db-??????`],
        ["a full ARN", full, "SECRETS_MANAGER", full, full],
        ["a full ARN with a JSON key", `${full}:token`, "SECRETS_MANAGER", `${full}:token`, full],
        ["a full ARN with a stage", `${full}:token:AWSCURRENT:`, "SECRETS_MANAGER", `${full}:token:AWSCURRENT:`, full],
        [
            "a parameter's path",
            "ssm:/shop/orders/key",
            "PARAMETER_STORE",
            "/shop/orders/key",
            `${parameter}/shop/orders/key`,
        ],
        ["a parameter without path", "ssm:orders-key", "PARAMETER_STORE", "orders-key", `${parameter}/orders-key`],
    ] as const;
    for (const [title, text, type, value, arn] of forms) {
        it(`takes ${title}, and grants it alone`, () => {
            assert.match(text, secretPattern);
            assert.deepEqual(secretReference(text, home), { type, value, arn });
            assert.deepEqual(secretVariable("NAME", text, home), { name: "NAME", type, value });
            const ssm = type === "PARAMETER_STORE";
            assert.deepEqual(secretGrants([text], home), [
                {
                    sid: ssm ? "ReadNamedParameters" : "ReadNamedSecrets",
                    actions: [ssm ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"],
                    resources: [arn],
                },
            ]);
        });
    }

    it("grants a secret once, however many of its keys are read, and nothing when there is none", () => {
        assert.deepEqual(
            secretGrants(["db:user", "db:password", "ssm:/a", "db", "ssm:/a"], home).map(grant => grant.resources),
            [[`${manager}db-??????`], [`${parameter}/a`]],
        );
        assert.deepEqual(secretGrants([], home), []);
    });

    it("holds placeholders in every form", () => {
        for (const text of [
            "key-{environment}:token",
            "ssm:/{service}/{environment}",
            "arn:aws:secretsmanager:{region}:{account}:secret:npm-{environment}-AbCdEf:token",
        ]) {
            assert.match(text, secretPattern);
        }
    });

    for (const [title, text] of [
        ["the secret itself, with a space", "correct horse"],
        ["all secrets", "*"],
        ["a pattern of names", "npm-??????"],
        ["nothing", ""],
        ["four parts after the name", "a:b:c:d:e"],
        ["a parameter's version", "ssm:/a:3"],
        [
            "an ARN without the six characters that its grant needs",
            "arn:aws:secretsmanager:eu-west-1:111111111111:secret:npm",
        ],
        ["an ARN of something else", "arn:aws:ssm:eu-west-1:111111111111:parameter/a"],
        ["two lines", "npm\ntoken"],
    ] as const) {
        it(`fails on ${title}`, () => assert.doesNotMatch(text, secretPattern));
    }
});

describe("where a secret is kept", () => {
    const forms = '"secret-id:json-key", a full Secrets Manager ARN, or "ssm:/path"';
    const newest = "a reference to what is valid when the build starts, without";
    const pinned = `${newest} a version: one that is pinned stays what it is when the secret is rotated`;
    for (const text of [
        "npm-token",
        "npm-token:token",
        "db:password:AWSCURRENT",
        "db:password:blue",
        "ssm:/db",
        full,
    ]) {
        it(`is ${text}`, () => assert.equal(secretPlace("A secret.").parse(text), text));
    }
    for (const [title, text, message] of [
        ["a version", "db:::0a1b2c3d", pinned],
        ["a version of an ARN", `${full}:token::0a1b2c3d`, pinned],
        ["a version of a parameter", "ssm:/db:3", pinned],
        [
            "what is valid no more",
            "db:password:AWSPREVIOUS",
            `${newest} the stage AWSPREVIOUS: it names what is valid no more, or not yet`,
        ],
        [
            "what is not valid yet",
            `${full}:password:AWSPENDING`,
            `${newest} the stage AWSPENDING: it names what is valid no more, or not yet`,
        ],
        [
            "the path of a parameter without its word",
            "/shop/db",
            `${forms}; a name that begins with a slash is mostly that of a parameter: write "ssm:" before it, or the whole ARN of a secret that is called so`,
        ],
        ["an ARN without its last characters", full.slice(0, -7), `a reference: ${forms}`],
        ["blanks", "my secret", `a reference: ${forms}`],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.equal(secretPlace("A secret.").safeParse(text).error?.issues[0].message, message);
        });
    }
});
