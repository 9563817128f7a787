import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    DeleteParameterCommand,
    GetParametersByPathCommand,
    GetServiceSettingCommand,
    ParameterAlreadyExists,
    ParameterNotFound,
    PutParameterCommand,
    SSMClient,
} from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { runFreeze } from "../../cli/freeze";
import { UsageError } from "../../cli/options";

const stackFile = (environments: string) => `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["111111111111"]
  service-pipelines:prefix: shop
  service-pipelines:connections: { github: { provider: GitHub } }
  service-pipelines:network: { existing: { vpcId: vpc-1, subnetIds: [subnet-1] } }
  service-pipelines:environments: ${environments}
  service-pipelines:defaults: { source: { type: connection, connection: github, branch: main } }
  service-pipelines:services:
    orders: { source: { repository: acme/orders }, build: { type: none }, deploy: { type: s3, bucket: "o-{environment}" } }
    web:
      source: { repository: acme/web }
      build: { type: none }
      deploy: { type: s3, bucket: "w-{environment}" }
      environments: { prod: { skip: Not public yet. } }
`;

const ssm = mockClient(SSMClient);
const fault = { $metadata: {}, message: "no" };
const path = "/service-pipelines/shop/freeze";

describe("npm run freeze", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "freeze-"));
        writeFileSync(
            join(folder, "Pulumi.shop.yaml"),
            stackFile("[{ name: dev }, { name: staging, freezable: true }, { name: prod, freezable: true }]"),
        );
        writeFileSync(join(folder, "Pulumi.broken.yaml"), stackFile("[{ nam: prod }]"));
    });
    after(() => rmSync(folder, { recursive: true }));

    beforeEach(() => {
        ssm.reset();
        ssm.on(GetServiceSettingCommand).resolves({
            ServiceSetting: {
                ARN: "arn:aws:ssm:eu-west-1:111111111111:servicesetting/ssm/parameter-store/default-parameter-tier",
            },
        });
        ssm.on(PutParameterCommand).resolves({});
        ssm.on(DeleteParameterCommand).resolves({});
    });

    /** What it prints. */
    async function run(...args: readonly string[]): Promise<string> {
        const lines: string[] = [];
        const regions: string[] = [];
        await runFreeze(["--stack", "shop", ...args], {
            folder,
            client: region => {
                regions.push(region);
                return new SSMClient({ region });
            },
            print: text => void lines.push(text),
        });
        assert.ok(regions.every(region => region === "eu-west-1"));
        return lines.join("\n");
    }
    const puts = () => ssm.commandCalls(PutParameterCommand).map(call => call.args[0].input);
    const deletes = () => ssm.commandCalls(DeleteParameterCommand).map(call => call.args[0].input);

    for (const [title, args, what, parameter] of [
        ["an environment", ["--environment", "prod"], "prod", `${path}/prod`],
        [
            "one service in it",
            ["--environment", "prod", "--service", "orders"],
            "orders in prod",
            `${path}/prod/orders`,
        ],
    ] as const) {
        it(`closes ${title} by a parameter that holds the reason, and never replaces one`, async () => {
            assert.equal(await run(...args, "--reason", " Black\n Friday "), `${what} is frozen: Black Friday`);
            assert.deepEqual(puts(), [
                {
                    Name: parameter,
                    Value: "Black Friday",
                    Type: "String",
                    Description: `Closes ${what} for deploys while it exists`,
                },
            ]);
            assert.deepEqual(deletes(), []);
        });

        it(`opens ${title} again by deleting the parameter`, async () => {
            assert.equal(await run(...args, "--lift"), `${what} is open again; retry the stages that were stopped`);
            assert.deepEqual([deletes(), puts()], [[{ Name: parameter }], []]);
        });
    }

    it("opens what was open without an error", async () => {
        ssm.on(DeleteParameterCommand).rejects(new ParameterNotFound(fault));
        assert.equal(await run("--environment", "prod", "--lift"), "prod was not frozen");
    });

    it("opens what can no longer be frozen", async () => {
        await run("--environment", "dev", "--lift");
        assert.deepEqual(deletes(), [{ Name: `${path}/dev` }]);
    });

    it("shows what is frozen, since when and why, from all pages", async () => {
        const parameter = (name: string, Value: string) => ({
            Name: `${path}/${name}`,
            Value,
            LastModifiedDate: new Date("2026-11-27T08:00:30Z"),
        });
        ssm.on(GetParametersByPathCommand, { Path: path, Recursive: true }).resolves({
            Parameters: [parameter("staging", "a test"), parameter("prod/orders", "a bug")],
            NextToken: "more",
        });
        ssm.on(GetParametersByPathCommand, { Path: path, Recursive: true, NextToken: "more" }).resolves({
            Parameters: [parameter("prod", "Black Friday"), parameter("production", "another")],
        });
        const [orders, prod, other, staging] = [
            "orders in prod is frozen since 2026-11-27T08:00Z: a bug",
            "prod is frozen since 2026-11-27T08:00Z: Black Friday",
            "production is frozen since 2026-11-27T08:00Z: another",
            "staging is frozen since 2026-11-27T08:00Z: a test",
        ];
        assert.equal(await run("--show"), [prod, orders, other, staging].join("\n"));
        assert.equal(await run("--show", "--environment", "prod"), [prod, orders].join("\n"));
        assert.equal(await run("--show", "--environment", "prod", "--service", "orders"), orders);
        assert.deepEqual([puts(), deletes()], [[], []]);
    });

    it("says that nothing is frozen", async () => {
        ssm.on(GetParametersByPathCommand).resolves({});
        assert.equal(await run("--show"), "every environment is open");
        assert.equal(await run("--show", "--environment", "prod"), "prod is open");
    });

    it("fails where it is frozen already: the first to lift would lift both", async () => {
        ssm.on(PutParameterCommand).rejects(new ParameterAlreadyExists(fault));
        await assert.rejects(run("--environment", "prod", "--reason", "a"), {
            message: "prod is frozen already: see --show, and --lift it first to give another reason",
        });
    });

    for (const [title, ARN, found] of [
        ["of another account", "arn:aws:ssm:eu-west-1:222222222222:servicesetting/a", "those of 222222222222"],
        ["that do not tell their account", undefined, "some that do not tell their account"],
    ] as const) {
        for (const deed of [["--reason", "a"], ["--lift"]]) {
            it(`fails with credentials ${title}, and does not ${deed[0].slice(2)}`, async () => {
                ssm.on(GetServiceSettingCommand).resolves({ ServiceSetting: { ...(ARN && { ARN }) } });
                await assert.rejects(run("--environment", "prod", ...deed), {
                    message: `expected credentials of account 111111111111, which the stack is in, found ${found}`,
                });
                assert.deepEqual([puts(), deletes()], [[], []]);
            });
        }
    }

    it("fails where AWS refuses, with AWS's own error", async () => {
        const denied = Object.assign(new Error("not authorized to perform ssm:PutParameter"), {
            name: "AccessDeniedException",
        });
        ssm.on(PutParameterCommand).rejects(denied);
        await assert.rejects(run("--environment", "prod", "--reason", "a"), denied);
    });

    for (const [title, args, message] of [
        ["no deed", ["--environment", "prod"], "expected one of --reason, --lift and --show"],
        [
            "two deeds",
            ["--environment", "prod", "--lift", "--reason", "a"],
            "expected one of --reason, --lift and --show",
        ],
        ["no environment", ["--lift"], "expected --environment"],
        ["a service of no environment", ["--service", "orders", "--show"], "expected --environment beside --service"],
        [
            "an environment that is none",
            ["--environment", "prd", "--lift"],
            'no environment "prd"; did you mean "prod"?',
        ],
        [
            "an environment that cannot be frozen",
            ["--environment", "dev", "--reason", "a"],
            "dev cannot be frozen: add `freezable: true` to it in the stack file, and run `pulumi up`",
        ],
        [
            "a service that is not deployed there",
            ["--environment", "prod", "--service", "web", "--reason", "a"],
            'no service "web" in prod; expected one of "orders"',
        ],
        [
            "an empty reason",
            ["--environment", "prod", "--reason", " "],
            "expected a reason of 1 to 500 characters, found 0",
        ],
        [
            "a long reason",
            ["--environment", "prod", "--reason", "a".repeat(501)],
            "expected a reason of 1 to 500 characters, found 501",
        ],
        [
            "a reason that SSM would take for a reference",
            ["--environment", "prod", "--reason", "{{ssm:a}}"],
            "expected a reason without {{, which SSM takes for the name of another parameter",
        ],
        [
            "both a stack and a file",
            ["--config", "a.yaml", "--show"],
            "expected either --stack or --config, found both",
        ],
    ] as const) {
        it(`fails on ${title} as wrong usage, and asks AWS nothing`, async () => {
            await assert.rejects(run(...args), error => {
                assert.ok(error instanceof UsageError);
                assert.equal(error.message, message);
                return true;
            });
            assert.deepEqual(ssm.calls(), []);
        });
    }

    it("fails on a stack file with problems", async () => {
        await assert.rejects(
            runFreeze(["--stack", "broken", "--show"], { folder, client: () => assert.fail(), print: () => undefined }),
            /^Error: the stack file has problems:\nPulumi\.broken\.yaml:7:\d+ environments\[0\]\.nam: unknown key; did you mean "name"\?/,
        );
    });

    describe("as a command", function () {
        // Each test starts a process of its own.
        this.timeout(60_000);
        /** Runs it without AWS; its exit code and what it prints. */
        const command = (...args: readonly string[]) =>
            new Promise<{ code: number; stdout: string; stderr: string }>(resolve => {
                const env = {
                    PATH: process.env.PATH,
                    AWS_ACCESS_KEY_ID: "a",
                    AWS_SECRET_ACCESS_KEY: "b",
                    AWS_MAX_ATTEMPTS: "1",
                    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
                };
                const all = ["--no-warnings", "-r", "ts-node/register", "cli/freeze.ts", ...args];
                execFile(process.execPath, all, { env, cwd: join(__dirname, "../..") }, (error, stdout, stderr) =>
                    resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
                );
            });

        it("tells its usage with 0", async () => {
            const { code, stdout, stderr } = await command("--help");
            assert.deepEqual([code, stderr], [0, ""]);
            assert.match(stdout, /^Usage: npm run freeze -- /);
        });

        it("fails with 1 and the reason where AWS is out of reach", async () => {
            const { code, stdout, stderr } = await command("--config", join(folder, "Pulumi.shop.yaml"), "--show");
            assert.deepEqual([code, stdout], [1, ""]);
            assert.match(stderr, /ECONNREFUSED[^\n]*\nnothing was done\n$/);
        });

        it("fails with 2 on wrong usage", async () => {
            const { code, stderr } = await command("--thaw");
            assert.equal(code, 2);
            assert.match(stderr, /--thaw[^\n]*\n--help tells the usage\n$/);
        });
    });
});
