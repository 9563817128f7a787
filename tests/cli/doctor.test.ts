import * as assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient, DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { GetServiceSettingCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { doctor, type Surroundings } from "../../cli/doctor";
import { ok, toDo } from "../../cli/doctor/finding";
import { doctorUsage, permissions } from "../../cli/doctor-options";
import { projectFolder, UsageError } from "../../cli/options";
import { paintFor } from "../../cli/paint";
import { stackFile, type Values } from "../support/plans";
import { inFolder } from "../support/stack-files";
import { matrixText } from "../../cli/matrix-file";
import { matrixOf } from "../../blueprint/stacks/matrix";
import { filesIn } from "../../config/from-file";

const ssm = mockClient(SSMClient);
const secrets = mockClient(SecretsManagerClient);

/** What it says about a project with this stack `dev` in which all is well, but for `other`; and whether nothing is to be done. */
async function said(
    args: readonly string[],
    other: Partial<Surroundings> = {},
    stack = stackFile(),
    beside: Readonly<Record<string, Values>> = {},
) {
    const lines: string[] = [];
    const calls: string[] = [];
    const folder = mkdtempSync(join(tmpdir(), "doctor-"));
    const files = {
        "package.json": '{"engines":{"node":">=20"}}',
        "package-lock.json": '{"packages":{}}',
        "node_modules/.package-lock.json": '{"packages":{}}',
        "node_modules/@pulumi/pulumi/package.json": '{"version":"3.248.0"}',
    };
    try {
        inFolder({ dev: stack, ...beside }, made => cpSync(made, folder, { recursive: true }));
        mkdirSync(join(folder, "node_modules/@pulumi/pulumi"), { recursive: true });
        Object.entries(files).forEach(([file, text]) => writeFileSync(join(folder, file), text));
        writeFileSync(join(folder, "stacks.json"), matrixText(matrixOf(filesIn(folder)).matrix));
        const fine = await doctor(args, {
            folder,
            node: "20.0.0",
            run: (program, words) => {
                calls.push([program, ...words].join(" "));
                return { status: 0, stdout: words[0] === "version" ? "v3.256.0" : '{"user":"kim"}', stderr: "" };
            },
            ssm: region => new SSMClient({ region }),
            secrets: region => new SecretsManagerClient({ region }),
            generated: () => ok("generated", "all"),
            print: text => lines.push(text),
            paint: paintFor({}),
            ...other,
        });
        return { fine, calls, text: lines.join("\n") };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

describe("npm run doctor", () => {
    beforeEach(() => {
        ssm.reset();
        secrets.reset();
        ssm.on(GetServiceSettingCommand).resolves({ ServiceSetting: { ARN: "arn:aws:ssm:eu-west-1:111111111111:x" } });
    });

    it("asks neither AWS nor the backend with --offline, and what is not known is nothing to do", async () => {
        const { fine, calls, text } = await said(["--offline"]);
        assert.match(text, /^not known AWS account {4}not looked at/m);
        assert.deepEqual([calls, ssm.calls().length, secrets.calls().length], [["pulumi version"], 0, 0]);
        assert.match(text, /\nnothing to do, 4 not known$/);
        assert.equal(fine, true);
    });

    it("says so where a file is stale", async () => {
        const { text, fine } = await said(["--offline"], { generated: () => toDo("generated", "old", "make") });
        assert.deepEqual([fine, /^to do {5}generated {6}old\n +→ make$/m.test(text)], [false, true]);
    });

    it("asks whose the credentials are, and of secrets only with those of the account", async () => {
        const stack = stackFile(
            `services: { web: { source: { repository: acme/web }, build: { commands: [make], secrets: { A: "npm-token:x" } }, deploy: { type: s3, bucket: site } } }`,
        );
        secrets.on(DescribeSecretCommand).resolves({ Name: "npm-token" });
        const { text, calls } = await said([], {}, stack);
        assert.match(text, /^ok {8}AWS account/m);
        assert.match(text, /^ok {8}secrets {8}1 of 1/m);
        assert.deepEqual(
            calls.filter(call => !call.includes("service-quotas")),
            [
                "pulumi version",
                "pulumi whoami --verbose --json --non-interactive",
                "aws codeconnections list-connections --region eu-west-1 --output json",
            ],
        );
        ssm.on(GetServiceSettingCommand).resolves({ ServiceSetting: { ARN: "arn:aws:ssm:eu-west-1:9:x" } });
        secrets.resetHistory();
        const other = await said([], {}, stack);
        assert.match(other.text, /^to do {5}AWS account/m);
        assert.match(
            other.text,
            /^not known secrets {8}whether the secret npm-token is there\n +→ `aws secretsmanager/m,
        );
        assert.equal(secrets.calls().length, 0);
        assert.deepEqual(
            other.calls.filter(call => call.startsWith("aws")),
            [],
        );
        assert.match(other.text, /\(not looked at without credentials of 111111111111\)/);
    });

    it("counts the other stacks of its folder", async () => {
        const network =
            "network: { create: { cidrBlock: 10.0.0.0/16, availabilityZones: 3, natGateways: OnePerAz, endpoints: [] } }";
        const { text } = await said(["--offline"], {}, stackFile(network), {
            prod: stackFile(`${network}\nprefix: shop2`),
        });
        assert.match(text, /^to do {5}quotas {9}6 of 5 \(AWS's default\) Elastic IP .*, with prod$/m);
    });

    it("says that the stack file has problems, and asks AWS nothing about it", async () => {
        const { text, fine } = await said([], {}, stackFile("services: { web: { deploi: {} } }"));
        assert.match(text, /^to do {5}stack file {5}dev has 3 problems$/m);
        assert.deepEqual([fine, ssm.calls().length], [false, 0]);
    });

    it("tells its usage, with what it needs to be allowed", async () => {
        assert.deepEqual([(await said(["--help"])).text, (await said(["--help"])).fine], [doctorUsage, true]);
        for (const action of Object.values(permissions).flat()) {
            assert.ok(doctorUsage.includes(action));
        }
    });

    for (const args of [["--stak", "dev"], ["--stack", "prd"], ["--stack", "dev", "--config", "x"], ["orders"]]) {
        it(`fails on ${args.join(" ")}`, () => assert.rejects(said(args), UsageError));
    }

    it("loads no command that would run when it is loaded: in a bundle each file is the main module", () => {
        const files = readdirSync(join(projectFolder, "cli"), { recursive: true, encoding: "utf8" }).filter(file =>
            file.endsWith(".ts"),
        );
        const textOf = (file: string) => readFileSync(join(projectFolder, "cli", file), "utf8");
        const commands = files.filter(file => textOf(file).includes("require.main === module"));
        assert.ok(commands.includes("doctor.ts") && commands.includes("generate.ts"));
        const imported = files.flatMap(file =>
            [...textOf(file).matchAll(/(?:from |import\()"(\.[^"]*)"/g)].map(([, path]) =>
                join(file, "..", `${path}.ts`),
            ),
        );
        assert.deepEqual(
            commands.filter(command => imported.includes(command)),
            [],
        );
    });
});
