import * as assert from "node:assert/strict";
import { comesUp } from "./support/coming-up";
import { needsEngine } from "./support/stack";

const stack = "operations";
const place = "node_modules/.cache/service-pipelines/functions";

describe("the code of functions on the engine", function () {
    needsEngine(this);
    const { sandbox, up } = comesUp(stack);

    it("stands in the state as paths from the project's folder and hashes, and its text nowhere", async () => {
        const { resources = [] } = await sandbox().export(stack);
        const functions = resources.filter(({ type }) => type === "aws:lambda/function:Function");
        assert.equal(functions.length, 6);
        for (const { inputs } of functions) {
            const text = JSON.stringify(inputs?.code);
            assert.match(text, /"path":"node_modules\/\.cache\/service-pipelines\/functions\/\w+-[0-9a-f]{16}\.js"/);
            assert.ok(text.length < 5_000, `${text.length} characters`);
        }
    });

    for (const [title, other] of [
        ["its file is elsewhere, as in another folder", `${place}-elsewhere`],
        // package.json is a file: nothing can be written below it.
        ["no file can be written, so that it is sent as text", "package.json/functions"],
    ]) {
        it(`is the same where ${title}`, async () => {
            const source = sandbox().read("components/bundle.ts");
            const moved = source.replace(`"${place}"`, `"${other}"`);
            assert.notEqual(moved, source);
            sandbox().write("components/bundle.ts", moved);
            assert.deepEqual(await up(), []);
            sandbox().write("components/bundle.ts", source);
            assert.deepEqual(await up(), []);
        });
    }

    it("is new where a source of it is, and only there", async () => {
        const file = "functions/notify/index.ts";
        sandbox().write(file, `${sandbox().read(file)}\nexport const edited = true;\n`);
        assert.deepEqual(await up(), ["update Fleet/SharedFunction/Function notify-function"]);
    });
});
