import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "..", "..");

/** What a fresh process prints: in this one ts-node has loaded the compiler. */
const printed = (script: string) => execFileSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" });

/** A script that loads the SDK as a preview does, and then prints what `answer` is. */
const withSdk = (answer: string) => `
    const { outputFiles } = require("esbuild").buildSync({ entryPoints: ["cli/later.ts"], format: "cjs", write: false, outdir: "." });
    const module_ = { exports: {} };
    new Function("exports", "module", "require", "__filename", outputFiles[0].text)(
        module_.exports, module_, require, ${JSON.stringify(join(project, "cli", "later.ts"))});
    module_.exports.deferCompiler();
    const pulumi = require("@pulumi/pulumi");
    const loaded = () => Object.keys(require.cache).some(file => file.endsWith("/typescript/lib/typescript.js"));
    const before = loaded();
    Promise.resolve(${answer}).then(answer => console.log(JSON.stringify({ before, answer, after: loaded() })));`;

describe("the compiler of the SDK", () => {
    it("is not loaded with the SDK", () => {
        assert.deepEqual(JSON.parse(printed(withSdk("'nothing'"))), { before: false, answer: "nothing", after: false });
    }).timeout(60_000);

    it("is loaded when a function is serialized, which comes to what it does without", () => {
        const serialized = "pulumi.runtime.serializeFunction(() => 40 + 2).then(({ text }) => text)";
        const { before, answer, after } = JSON.parse(printed(withSdk(serialized))) as Record<string, unknown>;
        const plainly = printed(
            `const pulumi = require("@pulumi/pulumi"); ${serialized}.then(text => console.log(JSON.stringify(text)))`,
        );
        assert.deepEqual({ before, after, answer }, { before: false, after: true, answer: JSON.parse(plainly) });
        assert.match(String(answer), /40 \+ 2/);
    }).timeout(60_000);

    it("is not loaded by a preview with every resource", () => {
        const script = `
            process.argv.splice(1, process.argv.length, "cli/start.ts", "--json");
            const written = process.stdout.write;
            process.stdout.write = () => true;
            process.on("exit", () => {
                const all = Object.keys(require.cache);
                const has = end => all.some(file => file.endsWith(end));
                written.call(process.stdout, JSON.stringify({ sdk: has("/@pulumi/pulumi/index.js"), compiler: has("/typescript/lib/typescript.js") }));
            });
            require("./cli/run.js").run("start");`;
        assert.deepEqual(JSON.parse(printed(script)), { sdk: true, compiler: false });
    }).timeout(60_000);
});
