import * as assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Question } from "../../../functions/lib/seals/job";
import { beginning, progressOf, tokenOf } from "../../../functions/verify/token";
import { Aws } from "../support/aws";
import { answered, built, eventOf, executionId, once, zip } from "../support/seals";

const question: Question = {
    asking: { pipeline: "shop--orders", execution: executionId(1), stage: "prod", action: "verify" },
    parameters: {},
    artifacts: [{ name: "orders", bucket: "shop-artifacts", key: "a" }],
};

const progress = { artifact: 0, parts: 3, runs: 1, marks: ["mark"] };

describe("the token of verify", () => {
    it("brings back how far it has come, for the same question", () => {
        const token = tokenOf(question, progress);
        assert.deepEqual(progressOf({ ...question, token }), progress);
        assert.deepEqual(progressOf(question), beginning);
    });

    it("is short enough with five artifacts of the longest names", () => {
        const marks = Array.from({ length: 5 }, () => "m".repeat(43));
        assert.ok(tokenOf(question, { ...progress, marks }).length < 2048);
    });

    it("is worth nothing for another question, from another process, or with a letter changed", () => {
        const token = tokenOf(question, progress);
        const [payload, mac] = token.split(".");
        const more = Buffer.from(JSON.stringify({ ...progress, parts: 4 })).toString("base64url");
        const others: readonly Question[] = [
            ...(["pipeline", "execution", "stage", "action"] as const).map(name => ({
                ...question,
                asking: { ...question.asking, [name]: "other" },
                token,
            })),
            { ...question, artifacts: [{ name: "orders", bucket: "shop-artifacts", key: "b" }], token },
            ...[`${more}.${mac}`, `${payload}.`, payload, `${payload}.${mac}.`, "", ".", `.${mac}`, "{}"].map(
                forged => ({
                    ...question,
                    token: forged,
                }),
            ),
        ];
        for (const other of others) {
            assert.deepEqual(progressOf(other), beginning);
        }
        assert.deepEqual(progressOf({ ...question, token }, randomBytes(32)), beginning);
    });

    it("spares no part when it is forged", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await zip({ a: "a" }), site: await zip({ b: "b" }) });
        await answered(aws, "seal", { artifacts });
        aws.bucket.put(artifacts[0].key, await zip({ a: "evil" }));
        const done = { artifact: 2, parts: 1, runs: 1, marks: ["", ""] };
        for (const token of [
            JSON.stringify(done),
            Buffer.from(JSON.stringify(done)).toString("base64url"),
            `${Buffer.from(JSON.stringify(done)).toString("base64url")}.${randomBytes(32).toString("base64url")}`,
            tokenOf({ ...question, artifacts: [{ name: "site", bucket: "b", key: "k" }] }, done),
        ]) {
            const { verdict, message } = await once(aws, "verify", eventOf("verify", { artifacts, token }));
            assert.equal(verdict, "no");
            assert.match(message, /the artifact orders: is not what was sealed/);
        }
    });

    it("of seal spares no artifact its seal: one that is passed over is not deployed", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await zip({ a: "a" }), site: await zip({ b: "b" }) });
        for (const token of ['{"from":2,"runs":1,"looks":0}', '{"from":1,"runs":0,"looks":0}']) {
            await once(aws, "seal", eventOf("seal", { artifacts, token }));
            assert.equal((await answered(aws, "verify", { artifacts })).verdict, "no");
        }
        for (const token of [
            "{",
            "[]",
            '{"from":-1,"runs":0,"looks":0}',
            '{"from":0.5,"runs":1,"looks":1e99}',
            "x".repeat(5000),
        ]) {
            assert.equal((await once(aws, "seal", eventOf("seal", { artifacts, token }))).verdict, "yes");
        }
        assert.equal((await answered(aws, "verify", { artifacts })).verdict, "yes");
    });
});
