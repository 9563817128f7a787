import * as assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import type { Event, RollbackEvent } from "../../../functions/lib/event";
import { eventOf } from "../../../functions/lib/parse";
import { Malformed } from "../../../functions/lib/errors";
import { changed, sample, sources, type Sample } from "../fixtures/events";
import { parsed } from "./parsed";

/** What `eventOf` says of `body` instead of an event. */
function refusal(body: unknown): string {
    try {
        return `read: ${JSON.stringify(eventOf(body))}`;
    } catch (error) {
        assert.ok(error instanceof Malformed, String(error));
        return error.message;
    }
}

const known =
    "expected one of the events aws.codepipeline: CodePipeline Pipeline Execution State Change, " +
    "aws.codepipeline: CodePipeline Stage Execution State Change, " +
    "aws.codepipeline: CodePipeline Action Execution State Change, " +
    "aws.cloudwatch: CloudWatch Alarm State Change, aws.cloudwatch: CloudWatch Alarm Contributor State Change, " +
    "service-pipelines: Rollback, service-pipelines: Tick, " +
    "aws.events: Scheduled Event, found ";

/** Events that AWS documents and nobody here asks for. */
const unread: readonly (readonly [Sample, string])[] = [
    ["processed-pipeline-failed", "expected detail-type: a text that is not empty, found none"],
    ["alarm-created", `${known}"aws.cloudwatch: CloudWatch Alarm Configuration Change"`],
];

const malformed: readonly (readonly [string, unknown, string])[] = [
    ["nothing", null, "expected an event as an object, found null"],
    ["a list", [sample("alarm-composite")], "expected an event as an object, found [{"],
    ["a text", "tick", 'expected an event as an object, found "tick"'],
    ["an empty object", {}, "expected source: a text that is not empty, found none"],
    ["another source", { source: "aws.s3", "detail-type": "Object Created" }, `${known}"aws.s3: Object Created"`],
    ["no id", changed("tick", {}, { id: undefined }), "expected id: a text that is not empty, found none"],
    ["an empty id", changed("tick", {}, { id: "" }), 'expected id: a text that is not empty, found ""'],
    ["no time", changed("tick", {}, { time: undefined }), "expected time: a time as ISO 8601, found none"],
    ["a number for a time", changed("tick", {}, { time: 7 }), "expected time: a time as ISO 8601, found 7"],
    ["no time of day", changed("tick", {}, { time: "7" }), 'expected time: a time as ISO 8601, found "7"'],
    [
        "a day that there is not",
        changed("tick", {}, { time: "2026-13-01T00:00:00Z" }),
        'expected time: a time as ISO 8601, found "2026-13-01T00:00:00Z"',
    ],
    [
        "no detail",
        { ...sample("pipeline-started"), detail: undefined },
        "expected detail.pipeline: a text that is not empty, found none",
    ],
    [
        "a list for a detail",
        { ...sample("pipeline-started"), detail: [] },
        "expected detail.pipeline: a text that is not empty, found none",
    ],
    [
        "no execution",
        changed("stage-started", { "execution-id": 7 }),
        "expected detail.execution-id: a text that is not empty, found 7",
    ],
    [
        "a state of pipelines that is new",
        changed("pipeline-started", { state: "PAUSED" }),
        "expected detail.state: one of CANCELED, FAILED, RESUMED, STARTED, STOPPED, STOPPING, SUCCEEDED, SUPERSEDED, " +
            'found "PAUSED"',
    ],
    [
        "a state of stages that only pipelines have",
        changed("stage-started", { state: "SUPERSEDED" }),
        'expected detail.state: one of CANCELED, FAILED, RESUMED, STARTED, STOPPED, STOPPING, SUCCEEDED, found "SUPERSEDED"',
    ],
    [
        "a state of actions that only stages have",
        changed("action-started", { state: "RESUMED" }),
        'expected detail.state: one of ABANDONED, CANCELED, FAILED, STARTED, SUCCEEDED, found "RESUMED"',
    ],
    [
        "a state in small letters",
        changed("action-started", { state: "started" }),
        'expected detail.state: one of ABANDONED, CANCELED, FAILED, STARTED, SUCCEEDED, found "started"',
    ],
    [
        "no stage",
        changed("stage-started", { stage: null }),
        "expected detail.stage: a text that is not empty, found null",
    ],
    [
        "no action",
        changed("action-started", { action: "" }),
        'expected detail.action: a text that is not empty, found ""',
    ],
    [
        "an action of no category",
        changed("action-started", { type: { owner: "AWS" } }),
        "expected detail.type.category: a text that is not empty, found none",
    ],
    [
        "an alarm without a name",
        changed("alarm-metric", { alarmName: undefined }),
        "expected detail.alarmName: a text that is not empty, found none",
    ],
    [
        "an alarm without an ARN",
        changed("alarm-metric", {}, { resources: [] }),
        "expected resources[0]: a text that is not empty, found none",
    ],
    [
        "an alarm without a state",
        changed("alarm-metric", { state: "ALARM" }),
        "expected detail.state.value: one of ALARM, INSUFFICIENT_DATA, OK, found none",
    ],
    [
        "a rollback without a reason",
        changed("rollback-refused", { reason: undefined }),
        "expected detail.reason: a text that is not empty, found none",
    ],
    [
        "a rollback that started a text",
        changed("rollback-started", { started: "22222222" }),
        'expected detail.started: an object, or none where nothing was started, found "22222222"',
    ],
    [
        "a rollback to nowhere",
        changed("rollback-started", { started: { execution: "22222222" } }),
        "expected detail.started.target: a text that is not empty, found none",
    ],
    [
        "a rollback from a number",
        changed("rollback-started", { from: 3 }),
        "expected detail.from: a text that is not empty, found 3",
    ],
];

/** Words that a rollback starts its execution with, and others. */
const triggers: readonly (readonly [string, "ROLLBACK" | undefined])[] = [
    ["ManualRollback", "ROLLBACK"],
    ["AutomatedRollback", "ROLLBACK"],
    ["StartPipelineExecution", undefined],
    ["WebhookV2", undefined],
];

describe("the events that functions are sent", () => {
    it("each have a file, and each file is listed with its source", () => {
        const files = readdirSync(join(__dirname, "../fixtures/events")).filter(file => file.endsWith(".json"));
        assert.deepEqual(files.map(file => file.slice(0, -".json".length)).sort(), Object.keys(sources).sort());
    });

    it("are all either read or known not to be", () => {
        assert.deepEqual([...Object.keys(parsed), ...unread.map(([name]) => name)].sort(), Object.keys(sources).sort());
    });

    for (const [name, expected] of Object.entries(parsed) as [keyof typeof parsed, Event][]) {
        it(`are read: ${name}`, () => assert.deepEqual(eventOf(sample(name)), expected));
    }

    for (const [name, message] of unread) {
        it(`fails for what nobody here asks for: ${name}`, () => assert.equal(refusal(sample(name)), message));
    }

    for (const [title, body, message] of malformed) {
        it(`fails for ${title}`, () => {
            const said = refusal(body);
            assert.ok(said.startsWith(message), said);
            assert.ok(said.length < 600, "what is found is not repeated whole");
        });
    }

    for (const [trigger, type] of triggers) {
        it(`take ${trigger} for ${type ?? "no rollback that is known"}`, () => {
            const event = eventOf(changed("pipeline-started", { "execution-trigger": { "trigger-type": trigger } }));
            assert.ok(event.kind === "pipeline");
            assert.deepEqual([event.trigger, event.type], [{ type: trigger }, type]);
        });
    }

    it("may hold more than is known, and less than is documented", () => {
        const { kind, id, time, pipeline, execution, state } = parsed["pipeline-failed"];
        const bare = {
            id,
            source: "aws.codepipeline",
            "detail-type": "CodePipeline Pipeline Execution State Change",
            time: "2020-01-31T18:55:43Z",
            detail: { pipeline, "execution-id": execution, state },
        };
        const odd = { "start-time": 7, "execution-trigger": "me", "pipeline-execution-attempt": "1", "new-key": {} };
        assert.deepEqual(eventOf(bare), { kind, id, time, pipeline, execution, state });
        assert.deepEqual(eventOf({ ...bare, new: [], detail: { ...bare.detail, ...odd } }), eventOf(bare));
    });

    it("tell of a time series that is over what it was before: there are two states", () => {
        const over = eventOf(changed("alarm-contributor", { state: { value: "OK" } }));
        const { reason: _, ...rest } = parsed["alarm-contributor"];
        assert.deepEqual(over, { ...rest, state: "OK", previousState: "ALARM" });
    });

    it("tell of a time series without attributes that it is none by name", () => {
        const unnamed = eventOf(changed("alarm-contributor", { alarmContributor: undefined }));
        assert.deepEqual(unnamed, { ...parsed["alarm-contributor"], of: {} });
    });

    it("tell what holds an alarm back, a rule that mutes it first", () => {
        const suppressed = eventOf(changed("alarm-composite", { muteDetail: undefined }));
        assert.deepEqual(suppressed, { ...parsed["alarm-composite"], heldBackBy: "WaitPeriod" });
    });

    it("name the actions that failed, where additional attributes do", () => {
        const failedActions = [{ action: "Deploy", additionalInformation: "Deployment <ID> failed" }, {}, 7];
        const event = eventOf({ ...sample("stage-failed"), additionalAttributes: { failedActions } });
        assert.deepEqual(event, { ...parsed["stage-failed"], failedActions: failedActions.slice(0, 1) });
    });

    it("fails as malformed, and not otherwise, for any JSON", () => {
        fc.assert(fc.property(fc.jsonValue(), body => void refusal(body)));
    });

    it("fails as malformed, and not otherwise, for a documented event with anything anywhere", () => {
        const anywhere = fc
            .constantFrom(...(Object.keys(sources) as Sample[]).map(name => sample(name)))
            .chain(event => fc.tuple(fc.constant(event), fc.constantFrom(...paths(event)), fc.jsonValue()));
        fc.assert(
            fc.property(anywhere, ([event, path, value]) => void refusal(replaced(event, path, value))),
            { numRuns: 2000 },
        );
    });

    it("keeps the word for which a rollback was refused, if it is one", () => {
        for (const [refusal, expected] of [
            ["late", { refusal: "late" }],
            ["", {}],
            [7, {}],
        ] as const) {
            const event = eventOf(changed("rollback-refused", { refusal }));
            const { refusal: _, ...rest } = event as RollbackEvent;
            assert.deepEqual(event, { ...rest, ...expected });
        }
    });
});

/** The path of everything in `value`. */
const paths = (value: unknown): readonly string[][] =>
    typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, item]) => [[key], ...paths(item).map(path => [key, ...path])])
        : [];

/** A copy of `value` with something else at `path`. */
function replaced(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
    const copy = structuredClone(value) as Record<string, unknown>;
    copy[key] = rest.length === 0 ? other : replaced(copy[key], rest, other);
    return copy;
}
