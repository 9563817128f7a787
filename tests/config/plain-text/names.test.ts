import * as assert from "node:assert/strict";
import { Allowance } from "../../../config/plain-text/allowed";
import { plainTextProblems } from "../../../config/plain-text/guard";
import { isReference, isSecretName, isStrangeName, pinsVersion } from "../../../config/plain-text/names";

describe("the name of a variable", () => {
    for (const [name, secret] of [
        ["API_TOKEN", true],
        ["password", true],
        ["dbPassword", true],
        ["db-password", true],
        ["spring.datasource.password", true],
        ["SIGNING_KEY", true],
        ["TOKEN_URL", false],
        ["MONKEY", false],
        ["PasswordLength", false],
    ] as const) {
        it(`${name} is ${secret ? "" : "not "}that of a secret`, () => assert.equal(isSecretName(name), secret));
    }
    it("can say that what it holds is long and strange", () => {
        assert.ok(
            isStrangeName("commitSha") && isStrangeName("IDS") && !isStrangeName("VALID") && !isStrangeName("SEED"),
        );
    });
    it("can hold a reference", () => {
        assert.ok(isReference("ssm:/x") && isReference("$.token") && !isReference("hunter2"));
    });
});

describe("a dynamic reference", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-AbCdEf";
    for (const [words, pins] of [
        ["{{resolve:secretsmanager:db}}", false],
        ["{{resolve:secretsmanager:db:SecretString:password}}", false],
        ["{{resolve:secretsmanager:db:SecretString:password:AWSCURRENT}}", false],
        ["{{resolve:secretsmanager:db:SecretString:password:AWSPREVIOUS}}", true],
        ["{{resolve:secretsmanager:db:SecretString:password::0a1b2c3d}}", true],
        [`{{resolve:secretsmanager:${arn}:SecretString:password}}`, false],
        [`{{resolve:secretsmanager:${arn}:SecretString:password::0a1b2c3d}}`, true],
        ["{{resolve:ssm-secure:db}}", false],
        ["a {{resolve:ssm-secure:db:3}} b", true],
        ["{{resolve:ssm:db:3}}", false],
    ] as const) {
        it(`${words} ${pins ? "pins a" : "is to no"} version`, () => {
            assert.equal(pinsVersion(words), pins);
            const found = plainTextProblems({ deploy: { parameters: { Db: words } } }, new Allowance([]));
            assert.deepEqual(
                found.map(({ message }) => message.split(",")[0]),
                pins ? ["pins a version of a secret"] : [],
            );
        });
    }
});
