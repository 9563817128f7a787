import * as assert from "node:assert/strict";
import { Later, Malformed, Misconfigured, together } from "../../../functions/lib/errors";

describe("deeds of one message", () => {
    const fine = () => Promise.resolve();
    const fails = (error: unknown) => {
        const reason = error as Error;
        return () => Promise.reject(reason);
    };
    const thrown = (...deeds: (() => Promise<unknown>)[]) =>
        together(deeds).then(
            () => undefined,
            (error: unknown) => error as Error & { seconds?: number },
        );
    const broken = new Error("b gave no answer");
    const wrong = new Misconfigured("c answered 404");

    it("are all done", async () => {
        const done: string[] = [];
        const deed = (name: string) => () => Promise.resolve(done.push(name));
        assert.equal(await thrown(deed("a"), deed("b")), undefined);
        assert.deepEqual([done, await thrown()], [["a", "b"], undefined]);
    });

    it("are all done although the first fails at once", async () => {
        const done: string[] = [];
        const error = await thrown(
            () => {
                throw broken;
            },
            () => Promise.resolve(done.push("b")),
        );
        assert.deepEqual([error, done], [broken, ["b"]]);
    });

    it("fails with the very error when it is the only one", async () => {
        const later = new Later(7, "a answered 429");
        assert.deepEqual([await thrown(fine, fails(later)), await thrown(fails(wrong), fine)], [later, wrong]);
    });

    const seven = new Later(7, "a answered 429");
    const ninety = new Later(90, "d answered 429");
    const bad = new Malformed("e is malformed");
    for (const [title, errors, type, message, seconds] of [
        ["the shortest wait", [ninety, seven], Later, "d answered 429; a answered 429", 7],
        ["a wait, not the error beside it", [ninety, broken], Later, "d answered 429; b gave no answer", 30],
        ["a wait that is shorter than that", [seven, broken], Later, "a answered 429; b gave no answer", 7],
        ["a wait, not what is wrong for good", [wrong, ninety], Later, "c answered 404; d answered 429", 90],
        ["an error, not what is wrong for good", [wrong, broken], Error, "c answered 404; b gave no answer", undefined],
        [
            "what is wrong for good, when all is",
            [wrong, bad],
            Misconfigured,
            "c answered 404; e is malformed",
            undefined,
        ],
        [
            "one text for many of the same",
            [broken, broken, wrong],
            Error,
            "b gave no answer; c answered 404",
            undefined,
        ],
        ["what was thrown, and is no error", ["x", broken], Error, "x; b gave no answer", undefined],
    ] as const) {
        it(`fails with ${title}`, async () => {
            const error = await thrown(fine, ...errors.map(fails));
            assert.deepEqual([error?.constructor, error?.message, error?.seconds], [type, message, seconds]);
        });
    }
});
