import * as assert from "node:assert/strict";
import { chatMessage, tame } from "../../../../functions/notify/deliver/chat";
import { fitting } from "../../../../functions/notify/deliver/words";
import { alarmOver, bare, hostile, notices } from "./support/notices";

const base = "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders";
const execution = "4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10";
const links = (happening: string) => [
    `Execution: ${base}/executions/${execution}/timeline?region=eu-west-1`,
    `Pipeline: ${base}/view?region=eu-west-1`,
    `What to do: https://acme.example/runbook#${happening}`,
    "2026-11-27 08:15 UTC",
];
const change = ["Commit: 1a2b3c4 Take orders of more than one customer", "Author: Ana Lopez"];
const prod = ["Service: orders", "Environment: prod", "Stage: prod"];
const asked = ["Service: orders", "Environment: prod", "Stage: approve-prod", "Action: approve", ...change];
const until = "Answer until: 2026-12-04 08:15 UTC";
const answer = `Answer: ${base}/view?region=eu-west-1#approve`;
const code = (words: string) => ["```", words, "```"];

/** Sign, title and lines of each. */
const expected: Readonly<Record<keyof typeof notices, readonly string[]>> = {
    started: [
        "▶️",
        ...["Service: orders", ...change],
        "By: ana (Release)",
        ...code("a push has started it"),
        ...links("started"),
    ],
    succeeded: ["✅", ...prod, ...change, "Duration: 1 h 2 min", ...links("succeeded")],
    failed: [
        "❌",
        ...prod,
        "Action: deploy",
        ...change,
        "Duration: 3 min 20 s",
        ...code("The deployment failed because 2 of ‹3› tasks & their health checks did not pass."),
        "Log: https://eu-west-1.console.aws.amazon.com/ecs/home?region=eu-west-1&tab=events",
        ...links("failed"),
    ],
    recovered: ["💚", ...prod, ...change, "Broken for: 2 h", ...links("recovered")],
    "approval-needed": [
        "✋",
        ...asked,
        until,
        "Check the staging dashboard first.",
        "Then ask support.",
        "Since the last release:",
        "- 1a2b3c4 Take orders of more than one customer (Ana Lopez)",
        "- fffffff Fix a typo",
        "- and 3 more",
        answer,
        "Review: https://acme.example/dashboard?a=1&b=2",
        ...links("approval-needed"),
    ],
    "approval-answered": [
        "🗳️",
        ...asked,
        "By: ana (Release)",
        until,
        ...code("Looks fine."),
        ...links("approval-answered"),
    ],
    "approval-expiring": ["⌛", ...asked, until, "Waits for: 6 d 22 h", answer, ...links("approval-expiring")],
    "rolled-back": [
        "⏪",
        ...prod,
        change[0],
        "Back from: fffffff Fix a typo",
        change[1],
        ...code("the alarm orders-5xx is raised"),
        ...links("rolled-back"),
    ],
    stuck: ["🐌", ...prod, "Action: deploy", ...change, "Idle for: 3 h", ...links("stuck")],
    alarm: [
        "🚨",
        ...code("Threshold Crossed: 1 datapoint [2.0] was greater than the threshold (0.0)."),
        "Alarm: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/shop--fleet--dead-letters",
        "2026-11-27 08:15 UTC",
    ],
};

describe("a message of Amazon Q Developer", () => {
    for (const notice of Object.values(notices)) {
        const { happening, id, title, service, environment, stage, action, advice } = notice;
        it(`tells of ${happening}`, () => {
            const [sign, ...lines] = expected[happening];
            assert.deepEqual(chatMessage(fitting(notice)), {
                version: "1.0",
                source: "custom",
                id,
                content: {
                    textType: "client-markdown",
                    title: `${sign} ${title}`,
                    description: lines.join("\n"),
                    ...(advice !== undefined && { nextSteps: [advice] }),
                    keywords: [
                        happening,
                        ...(service === undefined ? [] : [service]),
                        ...(environment === undefined ? [] : [environment]),
                    ],
                },
                metadata: {
                    threadId: service === undefined ? id : execution,
                    summary: title,
                    eventType: happening,
                    additionalContext: Object.fromEntries(
                        Object.entries({ service, environment, stage, action }).filter(
                            ([, value]) => value !== undefined,
                        ),
                    ),
                },
            });
        });
    }

    it("tells of an alarm that is over with another sign", () => {
        assert.equal(chatMessage(alarmOver).content.title, "💚 The alarm shop--fleet--dead-letters is raised no more");
    });

    it("makes a thread of what is about one pipeline where it is about no execution", () => {
        assert.equal(chatMessage({ ...bare, pipeline: "shop--orders" }).metadata.threadId, "shop--orders");
        assert.equal(chatMessage(bare).metadata.threadId, "bare");
    });

    it("is never without a text", () => assert.equal(chatMessage(bare).content.description, "2026-11-27 08:15 UTC"));

    it("mentions nobody and hides no address in what others have written, however much it is", () => {
        const { content, metadata } = chatMessage(fitting(hostile));
        const [title, ...lines] = [content.title, ...content.description.split("\n"), ...(content.nextSteps ?? [])];
        for (const line of [title, ...lines]) {
            assert.ok(!/[<>]|(?<!\w)@\w|\]\s*\(/.test(line), line);
        }
        assert.equal(content.description.match(/`+/g)?.join(" "), "``` ```");
        assert.ok(JSON.stringify(content).length < 12_000 && metadata.summary.length <= 200);
    });

    for (const [from, to] of [
        ["<!channel> <@U1>", "‹!channel› ‹@\u200bU1›"],
        ["[a](https://b) [a] (b)", "[a] - (https://b) [a] - (b)"],
        ["@here, ana@acme.example", "@\u200bhere, ana@acme.example"],
        ["a & `b`", "a & ˋbˋ"],
    ] as const) {
        it(`tames ${from}`, () => assert.equal(tame(from), to));
    }
});
