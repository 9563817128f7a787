import * as assert from "node:assert/strict";
import {
    CodePipelineClient,
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    ListRuleExecutionsCommand,
    ListTagsForResourceCommand,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";
import { Later } from "../../../functions/lib/errors";
import { Cache } from "../../../functions/notify/cache";
import { Facts } from "../../../functions/notify/facts";
import { ecsService, fleetOf } from "../../blueprint/support/fleet";

const failure = (name: string) => Object.assign(new Error("as it happens"), { name });

const minute = 60_000;

describe("the facts of CodePipeline", () => {
    const aws = mockClient(CodePipelineClient);
    let clock: number;
    let facts: Facts;
    beforeEach(() => {
        aws.reset();
        clock = 0;
        facts = new Facts(new CodePipelineClient({}), { account: "1", region: "cn-north-1" }, () => clock);
    });

    const asks = {
        tags: () => facts.tags("p"),
        structure: () => facts.structure("p"),
        execution: () => facts.execution("p", "e"),
        runs: () => facts.runs("p", "e"),
        actions: () => facts.actions("p", "e"),
        rules: () => facts.rules("p", "e"),
        executions: () => facts.executions("p"),
        stages: () => facts.stages("p"),
    };
    const nothing = {
        tags: {},
        structure: undefined,
        execution: undefined,
        runs: false,
        actions: [],
        rules: [],
        executions: [],
        stages: [],
    };

    for (const [name, ask] of Object.entries(asks)) {
        it(`are none of a pipeline that is gone: ${name}`, async () => {
            aws.onAnyCommand().rejects(failure("PipelineNotFoundException"));
            assert.deepEqual(await ask(), nothing[name as keyof typeof nothing]);
        });

        it(`fails on a throttled CodePipeline with a wait: ${name}`, async () => {
            aws.onAnyCommand().rejects(failure("ThrottlingException"));
            await assert.rejects(
                ask(),
                error => error instanceof Later && error.seconds === 30 && /asked too much/.test(error.message),
            );
        });

        it(`fails on anything else as it is: ${name}`, async () => {
            aws.onAnyCommand().rejects(failure("AccessDeniedException"));
            await assert.rejects(ask(), { name: "AccessDeniedException" });
        });
    }

    it("ask for exactly what is wanted", async () => {
        aws.onAnyCommand().resolves({});
        await Promise.all(Object.values(asks).map(ask => ask()));
        await facts.executions("p", "prod");
        const inputs = (command: Parameters<typeof aws.commandCalls>[0]) =>
            aws.commandCalls(command).map(call => call.args[0].input as unknown);
        const ofExecution = { pipelineName: "p", filter: { pipelineExecutionId: "e" }, nextToken: undefined };
        assert.deepEqual(
            [
                inputs(ListTagsForResourceCommand),
                inputs(GetPipelineCommand),
                inputs(GetPipelineExecutionCommand),
                inputs(ListActionExecutionsCommand),
                inputs(ListRuleExecutionsCommand),
                inputs(ListPipelineExecutionsCommand),
                inputs(GetPipelineStateCommand),
            ],
            [
                [{ resourceArn: "arn:aws-cn:codepipeline:cn-north-1:1:p", nextToken: undefined }],
                [{ name: "p" }],
                [
                    { pipelineName: "p", pipelineExecutionId: "e" },
                    { pipelineName: "p", pipelineExecutionId: "e" },
                ],
                [ofExecution],
                [ofExecution],
                [{ pipelineName: "p" }, { pipelineName: "p", filter: { succeededInStage: { stageName: "prod" } } }],
                [{ name: "p" }],
            ],
        );
    });

    it("take all pages, and not for ever", async () => {
        aws.on(ListActionExecutionsCommand)
            .resolvesOnce({ actionExecutionDetails: [{ actionName: "a" }], nextToken: "1" })
            .resolvesOnce({ nextToken: "2" })
            .resolvesOnce({ actionExecutionDetails: [{ actionName: "b" }] });
        assert.deepEqual(await facts.actions("p", "e"), [{ actionName: "a" }, { actionName: "b" }]);
        aws.on(ListActionExecutionsCommand).resolves({ nextToken: "again" });
        aws.resetHistory();
        await facts.actions("p", "e");
        assert.equal(aws.calls().length, 5);
    });

    const tagged = (value: string) =>
        aws.on(ListTagsForResourceCommand).resolves({ tags: [{ key: "service", value }] });

    it("remember tags for five minutes", async () => {
        tagged("old");
        await facts.tags("p");
        tagged("new");
        clock = 5 * minute - 1;
        assert.deepEqual(await facts.tags("p"), { service: "old" });
        clock = 5 * minute;
        assert.deepEqual(await facts.tags("p"), { service: "new" });
        assert.equal(aws.calls().length, 2);
    });

    it("are old tags where AWS gives no new ones", async () => {
        tagged("old");
        await facts.tags("p");
        clock = 60 * minute;
        aws.on(ListTagsForResourceCommand).rejects(failure("ThrottlingException"));
        assert.deepEqual(await facts.tags("p"), { service: "old" });
        await assert.rejects(facts.tags("q"), Later);
    });

    it("ask once for many who want to know at the same time", async () => {
        tagged("orders");
        await Promise.all(Array.from({ length: 20 }, () => facts.tags("p")));
        assert.equal(aws.calls().length, 1);
    });

    it("remember an execution when its commit is known, and never whether it runs", async () => {
        aws.on(GetPipelineExecutionCommand).resolves({ pipelineExecution: { status: "InProgress" } });
        await facts.execution("p", "e");
        await facts.execution("p", "e");
        aws.on(GetPipelineExecutionCommand).resolves({
            pipelineExecution: { status: "Succeeded", artifactRevisions: [{ revisionId: "1" }] },
        });
        await facts.execution("p", "e");
        await facts.execution("p", "e");
        assert.equal(aws.calls().length, 3);
        assert.equal(await facts.runs("p", "e"), false);
        assert.equal(aws.calls().length, 4);
    });
});

describe("a cache", () => {
    it("keeps no more than it has room for, and forgets what it learned first", async () => {
        const cache = new Cache<string>(1000, () => 0, 2);
        const asked: string[] = [];
        const get = (key: string) =>
            cache.get(key, () => {
                asked.push(key);
                return Promise.resolve(key);
            });
        for (const key of ["a", "b", "c", "b", "c", "a"]) {
            assert.equal(await get(key), key);
        }
        assert.deepEqual(asked, ["a", "b", "c", "a"]);
    });

    it("remembers no failure", async () => {
        const cache = new Cache<string>(1000, () => 0);
        await assert.rejects(cache.get("a", () => Promise.reject(new Error("no"))));
        assert.equal(await cache.get("a", () => Promise.resolve("yes")), "yes");
    });
});

describe("the role of notify", () => {
    it("may ask all that is asked of CodePipeline, of this stack's pipelines, and nothing else", () => {
        const { shared } = fleetOf({ services: { orders: ecsService("orders") } });
        const { role } = shared.functions.find(({ key }) => key === "notify") ?? assert.fail("no function");
        const asked = [
            GetPipelineCommand,
            GetPipelineExecutionCommand,
            GetPipelineStateCommand,
            ListActionExecutionsCommand,
            ListPipelineExecutionsCommand,
            ListRuleExecutionsCommand,
            ListTagsForResourceCommand,
        ].map(({ name }) => `codepipeline:${name.replace(/Command$/, "")}`);
        const [statement, ...rest] = role.statements.filter(({ Action }) =>
            Action.some(action => action.startsWith("codepipeline:")),
        );
        assert.deepEqual(
            [rest, statement.Action, statement.Resource],
            [[], asked, ["arn:aws:codepipeline:eu-west-1:111111111111:shop--*"]],
        );
    });
});
