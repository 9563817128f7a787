import * as assert from "node:assert/strict";
import { secretNameProblems } from "../../../config/plain-text/variables";

describe("a variable of a build", () => {
    for (const [name, value, expected] of [
        ["API_TOKEN", "x", true],
        ["password", "x", true],
        ["DB_PASSWORD", "", false],
        ["TOKEN_URL", "x", false],
        ["API_KEY", "AKIAIOSFODNN7EXAMPLE", false],
    ] as const) {
        it(`is ${expected ? "" : "not "}a secret by the name ${name} with ${JSON.stringify(value)}`, () => {
            assert.equal(secretNameProblems({ environment: { [name]: value } }).length, expected ? 1 : 0);
        });
    }
    it("is taken for none when `notSecret` names it", () => {
        assert.deepEqual(secretNameProblems({ environment: { CSRF_TOKEN: "off" }, notSecret: ["CSRF_TOKEN"] }), []);
    });
});
