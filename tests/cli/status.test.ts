import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodePipelineClient, GetPipelineCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { GetParametersByPathCommand, GetServiceSettingCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import type { FleetStatus } from "../../cli/status/fleet-status";
import { UsageError } from "../../cli/options";
import { paintFor } from "../../cli/paint";
import { clients, runStatus } from "../../cli/status";
import { permissions, statusUsage } from "../../cli/status-options";
import { blocks, exampleFile, worlds } from "./status/support/example";
import { ago, codePipeline, commitId, id, now } from "./status/support/world";

const ssm = mockClient(SSMClient);
const denied = Object.assign(new Error("not authorized to perform this"), { name: "AccessDeniedException" });

describe("npm run status", () => {
    let folder: string;
    const { mock, install } = codePipeline(() => worlds);

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "status-"));
        writeFileSync(join(folder, "Pulumi.prod.yaml"), exampleFile());
        writeFileSync(join(folder, "Pulumi.broken.yaml"), exampleFile().replace('"freezable"', '"freezeable"'));
    });
    after(() => rmSync(folder, { recursive: true }));

    beforeEach(() => {
        install();
        ssm.reset();
        ssm.on(GetServiceSettingCommand).resolves({
            ServiceSetting: {
                ARN: "arn:aws:ssm:eu-west-1:111111111111:servicesetting/ssm/parameter-store/default-parameter-tier",
            },
        });
        ssm.on(GetParametersByPathCommand).resolves({
            Parameters: [
                {
                    Name: "/service-pipelines/shop/freeze/prod/orders",
                    Value: "Stocktaking",
                    LastModifiedDate: ago(180),
                },
            ],
        });
    });

    const run = (...args: readonly string[]) => runIn("prod", ...args);

    /** What it prints, and whether it could read everything. */
    async function runIn(stack: string, ...args: readonly string[]) {
        const texts: string[] = [];
        const regions: string[] = [];
        const complete = await runStatus(["--stack", stack, ...args], {
            folder,
            ssm: region => new SSMClient({ region: regions[regions.push(region) - 1] }),
            codepipeline: region => new CodePipelineClient({ region: regions[regions.push(region) - 1] }),
            print: text => void texts.push(text),
            paint: paintFor({}),
            now: () => now,
        });
        assert.ok(regions.every(region => region === "eu-west-1"));
        return { text: texts.join("\n"), complete };
    }

    it("shows what its page shows, on at most 100 columns", async () => {
        const { text, complete } = await run();
        assert.deepEqual({ text, complete }, { text: blocks("text")[0].trimEnd(), complete: true });
        assert.deepEqual(
            text.split("\n").filter(line => line.length > 100),
            [],
        );
    });

    it("shows one service alone, and asks of no other", async () => {
        const { text } = await run("--service", "orders");
        const [head, orders] = blocks("text")[0].split("\n\n");
        assert.equal(text, `${head}\n\n${orders}`);
        const asked = mock.calls().map(call => call.args[0].input as { name?: string; pipelineName?: string });
        assert.deepEqual([...new Set(asked.map(input => input.pipelineName ?? input.name))], ["shop--orders"]);
    });

    it("prints one object as JSON", async () => {
        const { text } = await run("--service", "web", "--json");
        const revisions = (number: number, summary: string) => [
            { source: "source", id: commitId(number), summary, url: `https://git.example/commit/${number}` },
        ];
        assert.deepEqual(JSON.parse(text), {
            stack: "prod",
            prefix: "shop",
            account: "111111111111",
            region: "eu-west-1",
            at: "2026-11-24T10:00:00.000Z",
            services: [
                {
                    service: "web",
                    pipeline: "shop--web",
                    url: "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--web/view?region=eu-west-1",
                    state: "read",
                    version: 3,
                    executionMode: "QUEUED",
                    environments: [
                        {
                            environment: "staging",
                            stage: "staging",
                            exists: true,
                            frozen: [],
                            deployed: {
                                execution: id(13),
                                passed: true,
                                since: "2026-11-24T08:50:00.000Z",
                                revisions: revisions(13, "Use the old header"),
                                rollback: { automatic: true, to: id(11) },
                            },
                            rollbackTarget: {
                                possible: false,
                                why: "no older release has succeeded here in version 3 of the pipeline",
                            },
                        },
                        {
                            environment: "prod",
                            stage: "prod",
                            exists: true,
                            frozen: [],
                            rollbackTarget: { possible: false, why: "nothing is deployed" },
                        },
                    ],
                    waiting: [],
                    running: [],
                    failed: [],
                    disabled: [
                        {
                            stage: "Approve-prod",
                            by: "arn:aws:sts::111111111111:assumed-role/operator/ada",
                            since: "2026-11-21T10:00:00.000Z",
                            reason: "Not public before the fair.",
                        },
                    ],
                },
            ],
            problems: [],
        });
    });

    it("fails where a service cannot be read, and shows the others", async () => {
        mock.on(ListActionExecutionsCommand, { pipelineName: "shop--orders" }).rejects(denied);
        const { text, complete } = await run();
        const expected = blocks("text")[0]
            .trimEnd()
            .replace(
                /(orders\n {2}pipeline shop--orders\n)[^]*?\n\n/,
                "$1  unread    AccessDeniedException: not authorized to perform this\n\n",
            );
        assert.deepEqual({ text, complete }, { text: expected, complete: false });
    });

    it("fails where the freezes cannot be read, and shows the rest", async () => {
        ssm.on(GetParametersByPathCommand).rejects(denied);
        const { text, complete } = await run("--service", "payments");
        assert.equal(complete, false);
        assert.deepEqual(text.split("\n").slice(2), [
            "",
            "payments",
            "  pipeline shop--payments",
            "  absent    the pipeline does not exist yet: run `pulumi up`",
            "",
            "  unread    whether something is frozen is not known: AccessDeniedException: not authorized to",
            "            perform this",
        ]);
    });

    it("fails as JSON where a service cannot be read, with the reason", async () => {
        mock.on(GetPipelineCommand).rejects(denied);
        const { text, complete } = await run("--json", "--service", "web");
        const { services } = JSON.parse(text) as FleetStatus;
        assert.deepEqual(
            [complete, services.map(({ url: _, ...service }) => service)],
            [
                false,
                [
                    {
                        service: "web",
                        pipeline: "shop--web",
                        state: "unreadable",
                        reason: "AccessDeniedException: not authorized to perform this",
                    },
                ],
            ],
        );
    });

    for (const [title, ARN, found] of [
        ["of another account", "arn:aws:ssm:eu-west-1:222222222222:servicesetting/a", "those of 222222222222"],
        ["that do not tell their account", undefined, "some that do not tell their account"],
    ] as const) {
        it(`fails with credentials ${title}, and asks nothing more`, async () => {
            ssm.on(GetServiceSettingCommand).resolves({ ServiceSetting: { ...(ARN && { ARN }) } });
            await assert.rejects(run(), {
                message: `expected credentials of account 111111111111, which the stack is in, found ${found}`,
            });
            assert.deepEqual([mock.calls(), ssm.commandCalls(GetParametersByPathCommand)], [[], []]);
        });
    }

    for (const [title, args, message] of [
        [
            "a service that is none",
            ["--service", "ordrs"],
            'no service "ordrs" in the stack prod; did you mean "orders"?',
        ],
        ["both a stack and a file", ["--config", "a.yaml"], "expected either --stack or --config, found both"],
    ] as const) {
        it(`fails on ${title} as wrong usage, and asks AWS nothing`, async () => {
            await assert.rejects(run(...args), error => {
                assert.ok(error instanceof UsageError);
                assert.equal(error.message, message);
                return true;
            });
            assert.deepEqual([mock.calls(), ssm.calls()], [[], []]);
        });
    }

    it("fails on a stack file with problems", async () => {
        await assert.rejects(
            runStatus(["--stack", "broken"], {
                folder,
                ssm: () => assert.fail(),
                codepipeline: () => assert.fail(),
                print: () => undefined,
                paint: paintFor({}),
                now: () => now,
            }),
            /^Error: the stack file has problems:\nPulumi\.broken\.yaml:\d+:\d+ environments\[1\]\.freezeable: unknown key; did you mean "freezable"\?/,
        );
    });

    it("leaves out the pipeline that checks pull requests", async () => {
        const checked =
            '"pullRequests":{"branches":["main"]},"suites":{"unit":{"after":"build","commands":["npm test"]},';
        const [before, web] = exampleFile().split('"web":{');
        const file = `${before}"web":{${web.replace('"suites":{', checked)}`;
        writeFileSync(join(folder, "Pulumi.checked.yaml"), file);
        const { services } = JSON.parse((await runIn("checked", "--json")).text) as FleetStatus;
        assert.deepEqual(
            services.map(({ pipeline }) => pipeline),
            ["shop--orders", "shop--payments", "shop--reports", "shop--web"],
        );
    });

    it("asks for no freezes where nothing can be frozen", async () => {
        writeFileSync(join(folder, "Pulumi.open.yaml"), exampleFile().replace('"freezable":true,', ""));
        await runIn("open", "--service", "payments");
        assert.deepEqual(ssm.commandCalls(GetParametersByPathCommand), []);
    });

    it("is patient with throttling", async () => {
        for (const { config } of [clients.ssm("eu-west-1"), clients.codepipeline("eu-west-1")]) {
            const { mode } = (await config.retryStrategy()) as { readonly mode?: string };
            const attempts = Number(process.env.AWS_MAX_ATTEMPTS ?? 8);
            assert.deepEqual([mode, await config.maxAttempts()], ["adaptive", attempts]);
        }
    });

    it("needs the permissions that it names, in its usage and on its page, and no others", async () => {
        await run();
        const asked = [...mock.calls(), ...ssm.calls()].map(({ args: [command] }) => command.constructor.name);
        const service = (name: string) => (/Parameters|ServiceSetting/.test(name) ? "ssm" : "codepipeline");
        const used = asked.map(name => `${service(name)}:${name.replace(/Command$/, "")}`);
        const named = Object.values(permissions).flat();
        assert.deepEqual([...new Set(used)].sort(), [...named].sort());
        const inPolicy = JSON.parse(blocks("json")[0]) as {
            readonly Statement: readonly { readonly Action: string | readonly string[] }[];
        };
        assert.deepEqual(inPolicy.Statement.flatMap(({ Action }) => Action).sort(), [...named].sort());
        assert.ok(named.every(action => statusUsage.includes(action)));
    });
});
