import * as assert from "node:assert/strict";
import { readSecrets, secretText, secretTextOf } from "../../catalog/secret-text";
import { home } from "../support/plans";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:slack/hooks-AbCdEf";

describe("a text in Secrets Manager", () => {
    for (const [words, expected] of [
        ["hooks", { secret: "hooks" }],
        ["shop/hooks:on-call", { secret: "shop/hooks", field: "on-call" }],
        [arn, { secret: arn }],
        [`${arn}:url`, { secret: arn, field: "url" }],
        ["0123456789abcdef0123456789abcdef-key", { secret: "0123456789abcdef0123456789abcdef-key" }],
    ] as const) {
        it(`is named by ${words}`, () => {
            assert.equal(secretText("A URL.").parse(words), words);
            assert.deepEqual(secretTextOf(words), expected);
        });
    }

    it("is read by its name with the characters that AWS adds, or by its ARN, each once", () => {
        assert.deepEqual(readSecrets(["hooks:a", "hooks:b", `${arn}:url`], home), {
            sid: "ReadSecretsOfTargets",
            actions: ["secretsmanager:GetSecretValue"],
            resources: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:hooks-??????", arn],
        });
    });

    const form =
        'the name of a secret in Secrets Manager, "name" or "name:field" for a field of the JSON that it holds, or its full ARN';
    const url = `${form}, and no URL: who knows it can use it, so put it into a secret and name that here`;
    for (const [title, words, message] of [
        ["a URL", "https://hooks.example/x", url],
        ["a URL without TLS", "HTTP://hooks.example", url],
        [
            "a key",
            "R0123456789ABCDEF0123456789ABCDE",
            `${form}, and no key: put the key into a secret and name that here`,
        ],
        ["a parameter", "ssm:/hooks", `${form}, and no parameter of SSM`],
        ["a parameter by a word", "ssm:hooks", `${form}, and no parameter of SSM`],
        ["a version", "hooks:url:AWSPREVIOUS", form],
        ["an ARN without its last characters", arn.slice(0, -7), form],
        ["blanks", "my hooks", form],
        ["nothing", "", form],
    ] as const) {
        it(`fails on ${title}`, () => {
            const { error } = secretText("A URL.").safeParse(words);
            assert.deepEqual(
                error?.issues.map(issue => issue.message),
                [message],
            );
        });
    }
});
