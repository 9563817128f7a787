import * as assert from "node:assert/strict";
import { CloudWatchClient, DescribeAlarmsCommand, type StateValue } from "@aws-sdk/client-cloudwatch";
import {
    CodePipelineClient,
    GetPipelineExecutionCommand,
    PutJobFailureResultCommand,
    PutJobSuccessResultCommand,
} from "@aws-sdk/client-codepipeline";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../functions/check";
import { credential, eventOf, jobId, question } from "./support/job";

const ssm = mockClient(SSMClient);
const cloudwatch = mockClient(CloudWatchClient);
const codepipeline = mockClient(CodePipelineClient);

const since = new Date("2026-11-27T08:00:30Z");

/** An error as the SDK throws it after its last try. */
const throttled = () => Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });

/** The world in which the check is asked: parameters that exist, and alarms with their states. */
function world(parameters: Record<string, string>, alarms: Record<string, StateValue>): void {
    ssm.on(GetParametersCommand).resolves({
        Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value, LastModifiedDate: since })),
        InvalidParameters: [],
    });
    cloudwatch.on(DescribeAlarmsCommand).resolves({
        MetricAlarms: Object.entries(alarms).map(([AlarmName, StateValue]) => ({
            AlarmName,
            StateValue,
            StateReason: "5 of 5 datapoints were\ngreater than 1.0",
        })),
    });
}

describe("the check", () => {
    const { log } = console;
    let lines: string[];

    beforeEach(() => {
        [ssm, cloudwatch, codepipeline].forEach(client => client.reset());
        codepipeline.on(PutJobSuccessResultCommand).resolves({});
        codepipeline.on(PutJobFailureResultCommand).resolves({});
        codepipeline.on(GetPipelineExecutionCommand).resolves({ pipelineExecution: { executionType: "STANDARD" } });
        lines = [];
        console.log = (line: string) => void lines.push(line);
    });
    afterEach(() => (console.log = log));

    /** The one answer to a job with `parameters`. */
    async function answered(parameters: string | undefined = JSON.stringify(question)): Promise<unknown> {
        await handler(eventOf(parameters));
        const yes = codepipeline.commandCalls(PutJobSuccessResultCommand).map(call => call.args[0].input);
        const no = codepipeline.commandCalls(PutJobFailureResultCommand).map(call => call.args[0].input);
        assert.equal(yes.length + no.length, 1, "one answer");
        assert.ok(lines.length === 1 && !lines[0].includes(credential), "one line, without the event's credentials");
        const [{ jobId: answeredTo, ...answer }] = [...yes, ...no];
        assert.equal(answeredTo, jobId);
        return answer;
    }
    const no = (message: string, type = "JobFailed") => ({ failureDetails: { type, message } });
    const yes = (summary: string) => ({ executionDetails: { summary } });
    const refused = (...reasons: string[]) =>
        no(`not deployed to prod: ${reasons.join("; ")}. Retry the stage when this is over`);
    const fine = { "orders-5xx": "OK" } as const;

    it("repeats no credential of its event, not even out of an error of AWS", async () => {
        const { secretAccessKey, sessionToken } = eventOf()["CodePipeline.job"].data.artifactCredentials;
        ssm.on(GetParametersCommand).rejects(new Error(`signed with ${secretAccessKey} and ${sessionToken}`));
        const answer = JSON.stringify(await answered());
        assert.match(answer, /signed with \(not shown\) and \(not shown\)/);
        assert.ok(![answer, ...lines].some(text => text.includes(secretAccessKey) || text.includes(sessionToken)));
    });

    it("logs no id of a job, with which another function could answer it", async () => {
        world({}, fine);
        await answered();
        assert.ok(lines.length > 0);
        assert.ok(!lines.some(line => line.includes(jobId)));
    });

    it("says yes where nothing is frozen or raised, and asks nothing more", async () => {
        world({}, fine);
        assert.deepEqual(await answered(), yes("nothing speaks against it"));
        assert.deepEqual(
            ssm.commandCalls(GetParametersCommand).map(call => call.args[0].input),
            [{ Names: ["/f/prod", "/f/prod/orders"] }],
        );
        assert.deepEqual(
            cloudwatch.commandCalls(DescribeAlarmsCommand).map(call => call.args[0].input),
            [{ AlarmNames: ["orders-5xx"], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }],
        );
        assert.deepEqual(codepipeline.commandCalls(GetPipelineExecutionCommand), []);
    });

    for (const [title, parameters, alarms, reasons] of [
        [
            "the environment is frozen",
            { "/f/prod": "Black Friday" },
            fine,
            ["prod is frozen since 2026-11-27T08:00Z: Black Friday"],
        ],
        [
            "the service in it is frozen",
            { "/f/prod/orders": "the migration\nfailed" },
            fine,
            ["orders in prod is frozen since 2026-11-27T08:00Z: the migration failed"],
        ],
        [
            "it is frozen by a parameter of white space",
            { "/f/prod": " " },
            fine,
            ["prod is frozen since 2026-11-27T08:00Z: no reason was given"],
        ],
        [
            "the alarm is raised",
            {},
            { "orders-5xx": "ALARM" },
            ["the alarm orders-5xx is raised: 5 of 5 datapoints were greater than 1.0"],
        ],
        ["there is no such alarm", {}, { other: "OK" }, ["there is no alarm orders-5xx in this account and region"]],
        [
            "several things speak against it",
            { "/f/prod": "a", "/f/prod/orders": "b" },
            {},
            [
                "prod is frozen since 2026-11-27T08:00Z: a",
                "orders in prod is frozen since 2026-11-27T08:00Z: b",
                "there is no alarm orders-5xx in this account and region",
            ],
        ],
    ] as const) {
        it(`says no where ${title}`, async () => {
            world(parameters, alarms);
            assert.deepEqual(await answered(), refused(...reasons));
        });
    }

    it("takes an alarm without enough data for one that is not raised", async () => {
        world({}, { "orders-5xx": "INSUFFICIENT_DATA" });
        assert.deepEqual(await answered(), yes("nothing speaks against it"));
    });

    it("sees composite alarms", async () => {
        ssm.on(GetParametersCommand).resolves({});
        cloudwatch
            .on(DescribeAlarmsCommand)
            .resolves({ CompositeAlarms: [{ AlarmName: "orders-5xx", StateValue: "ALARM" }] });
        assert.deepEqual(await answered(), refused("the alarm orders-5xx is raised"));
    });

    it("does not ask about what it is not told of", async () => {
        world({}, fine);
        await answered(JSON.stringify({ ...question, alarms: [] }));
        assert.deepEqual(cloudwatch.calls(), []);
        codepipeline.resetHistory();
        lines = [];
        ssm.resetHistory();
        await answered(JSON.stringify({ ...question, freezes: {} }));
        assert.deepEqual(ssm.calls(), []);
    });

    it("fails on a throttled SSM with a no that says so", async () => {
        world({}, fine);
        ssm.on(GetParametersCommand).rejects(throttled());
        assert.deepEqual(
            await answered(),
            refused("whether a freeze is on is not known: ThrottlingException: Rate exceeded"),
        );
    });

    it("fails on a throttled CloudWatch with a no, and still tells of the freeze", async () => {
        world({ "/f/prod": "a" }, {});
        cloudwatch.on(DescribeAlarmsCommand).rejects(throttled());
        assert.deepEqual(
            await answered(),
            refused(
                "prod is frozen since 2026-11-27T08:00Z: a",
                "the state of the alarms is not known: ThrottlingException: Rate exceeded",
            ),
        );
    });

    it("keeps its answer short enough to be taken", async () => {
        world({ "/f/prod": "a".repeat(4000) }, fine);
        const { failureDetails } = (await answered()) as ReturnType<typeof no>;
        assert.ok(failureDetails.message.length < 500 && failureDetails.message.includes("…"));
        const alarms = Array.from({ length: 20 }, (_, index) => `${index}${"a".repeat(200)}`);
        codepipeline.resetHistory();
        lines = [];
        const many = (await answered(JSON.stringify({ ...question, alarms }))) as ReturnType<typeof no>;
        assert.equal(many.failureDetails.message.length, 1500);
    });

    const expected =
        "expected UserParameters with pipeline, execution, stage, action, freezes and alarms, at least one of the last two";
    for (const [title, parameters, message] of [
        ["no parameters", undefined, "expected UserParameters, found none"],
        ["what is no JSON", "prod", /^expected UserParameters in JSON: /],
        ["a list", "[]", expected],
        ["no pipeline", JSON.stringify({ ...question, pipeline: undefined }), expected],
        ["an empty execution", JSON.stringify({ ...question, execution: "" }), expected],
        ["freezes that are a list", JSON.stringify({ ...question, freezes: ["/f/prod"] }), expected],
        ["a parameter without a name", JSON.stringify({ ...question, freezes: { prod: "" } }), expected],
        ["alarms that are no list", JSON.stringify({ ...question, alarms: "orders-5xx" }), expected],
        ["an alarm that is no text", JSON.stringify({ ...question, alarms: [1] }), expected],
        ["nothing to look at", JSON.stringify({ ...question, freezes: {}, alarms: [] }), expected],
    ] as const) {
        it(`fails on ${title} with a no that says so, and looks at nothing`, async () => {
            const { failureDetails } = (await (parameters === undefined
                ? handler(eventOf()).then(() => codepipeline.commandCalls(PutJobFailureResultCommand)[0].args[0].input)
                : answered(parameters))) as ReturnType<typeof no>;
            assert.equal(failureDetails.type, "ConfigurationError");
            if (typeof message === "string") {
                assert.equal(failureDetails.message, message);
            } else {
                assert.match(failureDetails.message, message);
            }
            assert.deepEqual([ssm.calls(), cloudwatch.calls()], [[], []]);
        });
    }

    for (const [title, event] of [
        ["no event", undefined],
        ["another event", { source: "aws.s3" }],
        ["a job without an id", { "CodePipeline.job": { accountId: "1" } }],
    ] as const) {
        it(`fails on ${title} by an error, as nobody can be answered`, async () => {
            await assert.rejects(handler(event), {
                message: "expected an event of CodePipeline with the id of a job",
            });
            assert.deepEqual(codepipeline.calls(), []);
        });
    }

    it("fails where the answer does not arrive, so that Lambda asks again", async () => {
        world({}, fine);
        codepipeline.on(PutJobSuccessResultCommand).rejects(throttled());
        await assert.rejects(handler(eventOf(JSON.stringify(question))), { name: "ThrottlingException" });
    });
});
