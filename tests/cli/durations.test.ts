import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    CodePipelineClient,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { GetServiceSettingCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { runDurations } from "../../cli/durations";
import { durationsUsage, permissions } from "../../cli/durations-options";
import { UsageError } from "../../cli/options";
import { clients } from "../../cli/reading";
import { durationsFile, readDurations, type DurationsFile } from "../../cli/release-time/durations-file";
import { statistic } from "../../cli/release-time/measure";
import { planStack } from "../../blueprint/stack";
import { fromFile } from "../../config/from-file";
import { exampleFile } from "./status/support/example";
import { codePipeline, now, type Did, type Made, type World } from "./status/support/world";

const ssm = mockClient(SSMClient);
const denied = Object.assign(new Error("not authorized to perform this"), { name: "AccessDeniedException" });
const approval = { input: { actionTypeId: { category: "Approval" } } } as Did[5];

/** A release that began so many minutes ago: half a minute of source, and so many of its tests and deploys. */
const release = (number: number, began: number, minutes: number, more: Partial<Made> = {}): Made => ({
    number,
    began,
    did: [
        ["Source", "source", "Succeeded", began, began - 0.5],
        ["staging", "deploy", "Succeeded", began - 1, began - 1 - minutes],
        ["Approve-prod", "approve", "Succeeded", began - 20, began - 80, approval],
        ["prod", "deploy", "Succeeded", began - 81, began - 83],
    ],
    ...more,
});

const again = (number: number, began: number): Made => {
    const one = release(number, began, 50);
    return { ...one, did: [...one.did, ["prod", "deploy", "Failed", began - 80.9, began - 80.5]] };
};

/** A stage that was tried once more as a whole: what had succeeded ran again. */
const twice = (number: number, began: number): Made => {
    const one = release(number, began, 50);
    return { ...one, did: [...one.did, ["prod", "deploy", "Succeeded", began - 84, began - 90]] };
};

/** Newest first, as AWS lists them. */
const orders: World = {
    version: 7,
    page: 4,
    executions: [
        release(9, 100, 40, { more: { status: "InProgress" } }),
        release(8, 200, 6),
        again(7, 300),
        twice(2, 350),
        release(6, 400, 50, { more: { status: "Failed" } }),
        release(5, 500, 50, { more: { executionType: "ROLLBACK" } }),
        release(4, 600, 4),
        release(3, 700, 9),
    ],
    stages: {},
};

/** Of web nothing has run yet; payments and reports do not exist. */
const worlds: Record<string, World> = {
    "shop--orders": orders,
    "shop--web": { version: 1, executions: [], stages: {} },
};

describe("npm run durations", () => {
    let folder: string;
    const { mock, install } = codePipeline(() => worlds);

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "durations-"));
        writeFileSync(join(folder, "Pulumi.prod.yaml"), exampleFile());
    });
    after(() => rmSync(folder, { recursive: true }));

    const ofAccount = (account: string) =>
        ssm.on(GetServiceSettingCommand).resolves({
            ServiceSetting: { ARN: `arn:aws:ssm:eu-west-1:${account}:servicesetting/ssm/a` },
        });

    beforeEach(() => {
        install();
        ssm.reset();
        ofAccount("111111111111");
    });

    async function run(...args: readonly string[]) {
        const [printed, told, regions]: [string[], string[], string[]] = [[], [], []];
        const complete = await runDurations(["--stack", "prod", ...args], {
            folder,
            ssm: region => new SSMClient({ region: regions[regions.push(region) - 1] }),
            codepipeline: region => new CodePipelineClient({ region: regions[regions.push(region) - 1] }),
            print: text => void printed.push(text),
            tell: text => void told.push(text),
            now: () => now,
        });
        assert.ok(regions.every(region => region === "eu-west-1"));
        return { text: printed.join("\n"), told, complete };
    }
    const file = ({ text }: { readonly text: string }): DurationsFile => durationsFile.parse(JSON.parse(text));

    it("measures releases that succeeded at once, and keeps what people took apart", async () => {
        const result = await run("--service", "orders");
        const same = (minutes: number) => ({ medianMinutes: minutes, p90Minutes: minutes, count: 3 });
        assert.deepEqual(
            [file(result), result.told, result.complete],
            [
                {
                    version: 1,
                    stack: "prod",
                    account: "111111111111",
                    region: "eu-west-1",
                    at: now.toISOString(),
                    executions: 20,
                    pipelines: {
                        "shop--orders": {
                            service: "orders",
                            executions: 3,
                            stages: {
                                Source: { source: same(0.5) },
                                prod: { deploy: same(2) },
                                staging: { deploy: { medianMinutes: 6, p90Minutes: 9, count: 3 } },
                            },
                            approvals: { "Approve-prod": { approve: same(60) } },
                        },
                    },
                },
                [],
                true,
            ],
        );
    });

    it("takes the newest releases, as many as are asked for, and reads no further back", async () => {
        const { stages, executions } = file(await run("--service", "orders", "--executions", "1")).pipelines[
            "shop--orders"
        ];
        assert.deepEqual([executions, stages.staging.deploy.medianMinutes], [1, 6]);
        // The running release and the newest that has ended, four actions each, on pages of four.
        assert.equal(mock.commandCalls(ListActionExecutionsCommand).length, 2);
    });

    it("reads a whole fleet, where some pipelines have not run yet or do not exist", async () => {
        const result = await run();
        const { pipelines } = file(result);
        assert.deepEqual(
            Object.entries(pipelines).map(([name, { executions, stages }]) => [name, executions, Object.keys(stages)]),
            [
                ["shop--orders", 3, ["Source", "prod", "staging"]],
                ["shop--web", 0, []],
            ],
        );
        assert.deepEqual(result.told, ["nothing to measure in 3 pipelines: shop--payments, shop--reports, shop--web"]);
        assert.equal(result.complete, true);
    });

    it("writes what it could read, and tells what not", async () => {
        mock.on(ListPipelineExecutionsCommand, { pipelineName: "shop--web" }).rejects(denied);
        const result = await run();
        assert.deepEqual(Object.keys(file(result).pipelines), ["shop--orders"]);
        assert.deepEqual(
            result.told.at(-1),
            "could not read shop--web: AccessDeniedException: not authorized to perform this",
        );
        assert.equal(result.complete, false);
    });

    it("writes a file that the preview reads", async () => {
        const path = join(folder, "durations.json");
        writeFileSync(path, (await run()).text);
        const { plan } = planStack(fromFile(join(folder, "Pulumi.prod.yaml"), "prod"));
        const { measured, stale } = readDurations(path, plan?.pipelines ?? []);
        assert.deepEqual(stale, []);
        assert.deepEqual(measured.minutes("shop--orders", "staging", "deploy"), { minutes: 6, count: 3 });
    });

    it("leaves out a release of which only the end is within reach", async () => {
        const long: Did[] = Array.from({ length: 1100 }, (_, index) => [
            "staging",
            `a-${index}`,
            "Succeeded",
            600 - index / 10,
            600,
        ]);
        worlds["shop--web"] = {
            version: 1,
            executions: [{ number: 2, began: 700, did: [["Source", "source", "Succeeded", 700, 699], ...long] }],
            stages: {},
        };
        try {
            assert.equal(file(await run("--service", "web")).pipelines["shop--web"].executions, 0);
        } finally {
            worlds["shop--web"] = { version: 1, executions: [], stages: {} };
        }
    });

    it("asks for what its page and its usage say, and for nothing else", async () => {
        await run();
        const asked = [...mock.calls(), ...ssm.calls()].map(call =>
            call.args[0].constructor.name.replace("Command", ""),
        );
        const allowed = Object.values(permissions).flat();
        assert.deepEqual([...new Set(asked)].sort(), allowed.map(action => action.split(":")[1]).sort());
        const page = readFileSync(join(__dirname, "../../docs/how-to/release-time.md"), "utf8");
        for (const action of allowed) {
            assert.ok(page.includes(`"${action}"`) && durationsUsage.includes(action), action);
        }
    });

    it("fails with credentials of another account, and asks nothing more", async () => {
        ofAccount("222222222222");
        await assert.rejects(run(), /expected credentials of account 111111111111.*found those of 222222222222/);
        assert.deepEqual(mock.calls(), []);
    });

    for (const [title, args, message] of [
        ["a service that is none", ["--service", "ordrs"], /did you mean "orders"\?/],
        ["no number", ["--executions", "many"], /--executions: expected a number from 1 to 100, found "many"/],
        ["no release at all", ["--executions", "0"], /from 1 to 100, found "0"/],
        ["more releases than are of the same time", ["--executions", "101"], /from 1 to 100, found "101"/],
        ["a part of a release", ["--executions", "1.5"], /found "1.5"/],
    ] as const) {
        it(`fails on ${title} as wrong usage, and asks AWS nothing`, async () => {
            await assert.rejects(
                run(...args),
                (error: Error) => error instanceof UsageError && message.test(error.message),
            );
            assert.deepEqual([mock.calls(), ssm.calls()], [[], []]);
        });
    }

    it("tells its usage, and asks nothing", async () => {
        assert.deepEqual(await run("--help"), { text: durationsUsage, told: [], complete: true });
        assert.deepEqual([mock.calls(), ssm.calls()], [[], []]);
    });

    it("waits where AWS throttles, and tries again", async () => {
        const { mode } = (await clients.codepipeline("eu-west-1").config.retryStrategy()) as { readonly mode?: string };
        assert.equal(mode, "adaptive");
    });

    it("takes the middle of what was measured, and what nine of ten do not exceed", () => {
        for (const [values, medianMinutes, p90Minutes] of [
            [[3], 3, 3],
            [[4, 2], 3, 4],
            [[9, 1, 2], 2, 9],
            [[1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 5.5, 9],
            [[1 / 3], 0.33, 0.33],
        ] as const) {
            assert.deepEqual(statistic(values), { medianMinutes, p90Minutes, count: values.length });
        }
    });
});
