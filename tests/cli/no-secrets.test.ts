import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../cli/options";
import { base } from "../config/support/base";
import { signs } from "../config/plain-text/support/signs";

/** Words that stand where a secret could, and in no other place of the world. */
const planted = {
    form: `ghp_${signs.alnum(36)}`,
    random: signs.alnum(44),
    named: "hunter2hunter2",
    secure: `v1:${signs.base64(16)}:${signs.base64(40)}`,
    process: signs.alnum(40),
};

/** The stack file with one of them in one place; `secure` stands where the engine keeps secrets of other projects. */
const files: Readonly<Record<string, string>> = {
    sound: base.replace("config:\n", `config:\n  other:token:\n    secure: ${planted.secure}\n`),
    environment: base.replace("LOG_LEVEL: info", `LOG_LEVEL: ${planted.random}, API_TOKEN: ${planted.named}`),
    command: base.replace("npm ci, npm test", `"export DB_PASSWORD=${planted.named}", "curl -u x:${planted.random} a"`),
    secrets: base.replace("npm-token:token", planted.form),
    key: base.replace("    web:\n", `    ${planted.form}:\n`),
    "wrong place": base
        .replace("compute: small", `compute: ${planted.random}`)
        .replace("branch: main", `branch: [${planted.form}]`)
        .replace("logDays: 30", `logDays: ${planted.form}`),
    parameters: base.replace(
        'stack: "drop-{environment}"',
        `stack: "drop-{environment}"\n        parameters: { Password: ${planted.named}, Seed: "${planted.random}" }`,
    ),
    "a service as a secret": `${base}    pay: { secure: ${planted.secure} }\n`,
    "all services as a secret": base.replace(
        /service-pipelines:services:[^]*/,
        `service-pipelines:services:\n    secure: ${planted.secure}\n`,
    ),
    "own secret": base.replace("{ fleet: shop }", `\n    secure: ${planted.secure}`),
};

describe("no value of a secret is printed", function () {
    // Each test starts processes of its own.
    this.timeout(120_000);
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "no-secrets-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const printed = (file: string, ...options: string[]) => {
        const { stdout, stderr, status } = spawnSync(
            process.execPath,
            ["-r", "ts-node/register", "cli/start.ts", "--config", file, ...options],
            {
                cwd: projectFolder,
                encoding: "utf8",
                env: {
                    ...process.env,
                    PULUMI_CONFIG: "{}",
                    PULUMI_CONFIG_PASSPHRASE: planted.process,
                    NPM_TOKEN: planted.process,
                    AWS_SECRET_ACCESS_KEY: planted.process,
                    AWS_SESSION_TOKEN: planted.process,
                    PULUMI_ACCESS_TOKEN: planted.process,
                },
            },
        );
        const template = join(folder, "template.yaml");
        return { all: stdout + stderr + (existsSync(template) ? readFileSync(template, "utf8") : ""), status };
    };

    for (const [title, text] of Object.entries(files)) {
        it(`of a stack file with one in: ${title}`, () => {
            const file = join(folder, "Pulumi.t.yaml");
            writeFileSync(file, text);
            for (const options of [
                [],
                ["--json"],
                ["--permissions"],
                ["--cloudformation", join(folder, "template.yaml")],
            ]) {
                const { all, status } = printed(file, ...options);
                assert.equal(status === 0, title === "sound", all);
                assert.ok(all.length > 0);
                for (const [what, word] of Object.entries(planted)) {
                    assert.ok(!all.includes(word), `${what} in ${options.join(" ")}: ${all.slice(0, 2000)}`);
                }
            }
        });

        it(`of a stack file that is compared with one that has one in: ${title}`, () => {
            const [file, other] = ["Pulumi.t.yaml", "other.yaml"].map(name => join(folder, name));
            writeFileSync(file, base);
            writeFileSync(other, text);
            for (const options of [
                ["--compare", other],
                ["--compare", other, "--permissions"],
            ]) {
                const { all, status } = printed(file, ...options);
                assert.equal(status, 0, all);
                for (const [what, word] of Object.entries(planted)) {
                    assert.ok(!all.includes(word), `${what} in ${options.join(" ")}: ${all.slice(0, 2000)}`);
                }
            }
        });
    }
});
