import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { add, Refused } from "../../cli/add";
import { addOptions } from "../../cli/add-options";
import { projectFolder, UsageError } from "../../cli/options";

describe("npm run add", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "add-"));
        for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
            cpSync(join(projectFolder, file), join(folder, file));
        }
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const text = (stack: string) => readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8");
    const adding = async (...args: readonly string[]) => add(addOptions(args, folder), undefined, folder);
    const coupons = ["coupons", "--repository", "acme/coupons", "--deploy", "ecs"] as const;

    /** Adds nothing, and changes nothing. */
    const refused = async (error: new () => Error, message: RegExp, ...args: readonly string[]) => {
        const before = [text("dev"), text("prod")];
        await assert.rejects(
            async () => adding(...args),
            (thrown: Error) => thrown instanceof error && message.test(thrown.message),
        );
        assert.deepEqual([text("dev"), text("prod")], before);
        assert.equal(readdirSync(folder).length, 3);
    };

    it("adds a service to every stack file, and shows its pipelines", async () => {
        const shown = await adding(...coupons);
        for (const stack of ["dev", "prod"]) {
            assert.match(text(stack), /\n {4}coupons:\n {6}source: \{ repository: acme\/coupons \}\n/);
        }
        assert.match(shown, /Pulumi\.dev\.yaml: 26 lines added\n {4}coupons:\n/);
        assert.match(shown, /\n {2}deploy\.cluster, service, taskRoles as orders says them\n/);
        assert.match(shown, /\n {2}orders also says build\.secrets; suites: not taken over\n/);
        for (const pipeline of ["shop-dev--coupons", "shop--coupons"]) {
            assert.ok(shown.includes(`coupons  pipeline ${pipeline}, `), `${pipeline} is not shown`);
        }
        assert.equal(readdirSync(folder).length, 3);
    });

    it("makes a build that can do what its commands do", async () => {
        const shown = await adding(...coupons, "--stack", "dev");
        assert.match(text("dev").slice(-1000), /npm run image\]\n {8}privileged: true\n {8}permissions:\n/);
        assert.match(shown, /for its commands: ecr .*, PutImage on repository\/coupons /);
        assert.match(text("dev").slice(-1000), /\n {8}artifacts: \[imagedefinitions\.json\]\n/);
    });

    it("shows permissions in brief", async () => {
        const shown = await adding(...coupons, "--stack", "dev");
        assert.match(shown, / on artifacts\/shop-dev--coupons\/\*\n/);
        assert.match(shown, /and as every pipeline: the artifact key\n/);
        assert.doesNotMatch(shown, /, only if|log-group/);
    });

    const lambda = ["coupons", "--repository", "acme/coupons", "--deploy", "lambda", "--command", "make"] as const;

    it("asks again for what a rule refuses, and keeps the other answers", async () => {
        const answers = ["coupons", "coupons-{environment}"];
        const asked: string[] = [];
        const ask = (question: string) => {
            asked.push(question);
            return Promise.resolve(answers.shift() ?? assert.fail(question));
        };
        await add(addOptions([...lambda, "--stack", "dev"], folder), ask, folder);
        assert.ok(text("dev").includes('deploy: { type: lambda, function: "coupons-{environment}" }'));
        assert.match(
            asked[1],
            /^Pulumi\.dev\.yaml:\d+:\d+ services\.coupons\.deploy: .*use \{environment\} in its name.*\ndeploy\.function .*\[Enter: coupons, as before\]: $/,
        );
    });

    it("asks no third time for what leads to the same problem", async () => {
        const answers = ["coupons", ""];
        const ask = (question: string) => Promise.resolve(answers.shift() ?? assert.fail(question));
        const before = text("dev");
        await assert.rejects(add(addOptions([...lambda, "--stack", "dev"], folder), ask, folder), Refused);
        assert.deepEqual([answers, text("dev")], [[], before]);
    });

    it("asks for nothing again where answers are not what is wrong", async () => {
        const answers = ["coupons", "{environment}"];
        const ask = (question: string) => Promise.resolve(answers.shift() ?? assert.fail(question));
        const words = ["coupons", "--repository", "acme/coupons", "--deploy", "codedeploy", "--command", "make"];
        const adds = add(addOptions([...words, "--stack", "dev"], folder), ask, folder);
        await assert.rejects(adds, Refused);
    });

    it("asks again for a word that the stack does not know", async () => {
        const answers = ["nightly", "", "", "", "", "github"];
        const asked: string[] = [];
        const ask = (question: string) => {
            asked.push(question);
            return Promise.resolve(answers.shift() ?? assert.fail(question));
        };
        writeFileSync(
            join(folder, "Pulumi.dev.yaml"),
            text("dev")
                .replace("connection, connection: github,", "connection,")
                .replaceAll("source: { repository", "source: { connection: github, repository"),
        );
        await add(addOptions([...coupons, "--stack", "dev"], folder), ask, folder);
        assert.ok(text("dev").includes("source: { repository: acme/coupons, connection: github }"));
        assert.match(asked[5], /^Pulumi\.dev\.yaml.*services\.coupons\.source\.connection: .*\n/);
    });

    it("asks for nothing where a rule refuses an option", async () => {
        const words = [...lambda, "--set", "deploy.function=coupons", "--stack", "dev"];
        await assert.rejects(
            add(addOptions(words, folder), () => assert.fail(), folder),
            /use \{environment\} in its name/,
        );
    });

    it("writes nothing where it is stopped behind the last question", async () => {
        const before = text("dev");
        const stop = () => Promise.reject(new Error("stopped"));
        await assert.rejects(
            add(addOptions([...coupons, "--stack", "dev"], folder), undefined, folder, stop),
            /stopped/,
        );
        assert.equal(text("dev"), before);
    });

    it("takes a placeholder for a name", async () => {
        const words = ["--set", "deploy.function={environment}-coupons", "--stack", "dev"];
        await adding(...lambda, ...words);
        assert.ok(text("dev").includes('function: "{environment}-coupons"'));
    });

    it("adds it to the stacks that are named", async () => {
        const before = text("dev");
        await adding(...coupons, "--stack", "prod");
        assert.equal(text("dev"), before);
        assert.match(text("prod"), /\n {4}coupons:\n/);
    });

    it("writes nothing in a dry run, and shows the same", async () => {
        const before = [text("dev"), text("prod")];
        const shown = await adding(...coupons, "--dry-run");
        assert.match(shown, /Pulumi\.prod\.yaml: 26 lines would be added\n {4}coupons:\n/);
        assert.match(shown, /coupons {2}pipeline shop--coupons, /);
        assert.match(shown, /Nothing was written/);
        assert.deepEqual([text("dev"), text("prod")], before);
    });

    it("writes what --set and --command say", async () => {
        const words = [
            "--set",
            "source.paths=[a/**, b/**]",
            "--set",
            "deploy.bucket=x-{environment}",
            "--set",
            "build.timeoutMinutes=30",
        ];
        await adding(
            "coupons",
            "--repository",
            "acme/coupons",
            "--deploy",
            "s3",
            "--command",
            "npm ci",
            "--command",
            "npm t",
            ...words,
        );
        assert.ok(
            text("dev").includes("source: { repository: acme/coupons, paths: [a/**, b/**] }"),
            text("dev").slice(-300),
        );
        assert.ok(text("dev").includes("build: { timeoutMinutes: 30, commands: [npm ci, npm t] }"));
        assert.ok(text("dev").includes('deploy: { type: s3, bucket: "x-{environment}" }'));
    });

    it("refuses a name that is taken, in whichever file", async () => {
        await refused(
            Refused,
            /^orders is in Pulumi\.dev\.yaml and Pulumi\.prod\.yaml already/,
            "orders",
            ...coupons.slice(1),
        );
        writeFileSync(join(folder, "Pulumi.dev.yaml"), text("dev").replace("    web:\n", "    coupons:\n"));
        await refused(Refused, /^coupons is in Pulumi\.dev\.yaml already/, ...coupons);
    });

    it("refuses what would be a problem in one file, before any is written", async () => {
        const bucket = ["--deploy", "s3", "--set", "deploy.bucket=one-for-all", "--repository", "acme/coupons"];
        await refused(
            Refused,
            /would have problems, so nothing is written:\nPulumi\.dev\.yaml:\d+:\d+ services\.coupons\.deploy.*coupons in qa writes.*\nthe service would be:\n {4}coupons:/s,
            "coupons",
            ...bucket,
            "--command",
            "make",
        );
    });

    it("refuses a file that has problems already, with them", async () => {
        writeFileSync(join(folder, "Pulumi.prod.yaml"), text("prod").replace("cluster:", "clutser:"));
        await refused(
            Refused,
            /Pulumi\.prod\.yaml:\d+:9 services\.orders\.deploy\.clutser: unknown key; did you mean "cluster"\?/,
            ...coupons,
        );
        writeFileSync(join(folder, "Pulumi.prod.yaml"), "config: [");
        await refused(Refused, /Pulumi\.prod\.yaml:1:/, ...coupons);
    });

    it("adds nothing to a platform", async () => {
        writeFileSync(
            join(folder, "Pulumi.prod.yaml"),
            text("prod").replace("config:\n", "config:\n  service-pipelines:role: platform\n"),
        );
        await refused(
            Refused,
            /^prod is a platform: services go into a stack that stands on it$/,
            ...coupons,
            "--stack",
            "prod",
        );
    });

    for (const [title, args, message] of [
        ["a kind that there is not", ["a", "--deploy", "ecss"], /^--deploy: no kind "ecss"; did you mean "ecs"\?$/],
        [
            "a part that there is not",
            ["a", "--set", "deply.x=1"],
            /^--set: expected PART\.KEY=VALUE.*did you mean "deploy"\?$/,
        ],
        ["a word without a part", ["a", "--set", "x=1"], /^--set: expected PART\.KEY=VALUE/],
        ["a value that is no YAML", ["a", "--set", "deploy.x=[1"], /^--set deploy\.x: expected a value as in YAML/],
        ["two names", ["a", "b"], /^expected the name of one service, found 2: a, b$/],
        [
            "a stack that there is not",
            [...coupons, "--stack", "prd"],
            /^no stack file Pulumi\.prd\.yaml; did you mean "prod"\?$/,
        ],
        [
            "a stack and a file",
            [...coupons, "--stack", "prod", "--config", "x"],
            /^expected either --stack or --config/,
        ],
        ["too little", ["a", "--deploy", "lambda"], /^expected more of a:\n.*--repository OWNER\/NAME/s],
        ["no name", ["--deploy", "ecs"], /^expected the name of the service/],
        ["a name of no service", ["Orders", "--deploy", "ecs"], /found "Orders"$/],
    ] as const) {
        it(`refuses ${title}`, () => refused(UsageError, message, ...args));
    }

    it("is a command, with its help and exit codes", () => {
        const run = (...args: readonly string[]) =>
            spawnSync(process.execPath, ["cli/run.js", "add", ...args], {
                cwd: projectFolder,
                encoding: "utf8",
                input: "",
            });
        const file = join(folder, "Pulumi.dev.yaml");
        assert.match(run("--help").stdout, /^Usage: npm run add -- NAME/);
        const usage = run("a", "--deploy", "ecss");
        assert.deepEqual([usage.status, usage.stdout], [2, ""]);
        assert.match(usage.stderr, /did you mean "ecs"\?\n--help tells the usage\n$/);
        assert.equal(run("orders", "--repository", "a/b", "--deploy", "ecs", "--config", file).status, 1);
        const done = run(...coupons, "--config", file);
        assert.deepEqual([done.status, done.stderr], [0, ""]);
        assert.match(text("dev"), /\n {4}coupons:\n/);
    });
});
