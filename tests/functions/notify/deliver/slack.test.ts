import * as assert from "node:assert/strict";
import fc from "fast-check";
import { slackMessage, type Block, type SlackMessage } from "../../../../functions/notify/deliver/slack";
import { fitting } from "../../../../functions/notify/deliver/words";
import type { Notice } from "../../../../functions/notify/notice";
import { alarmOver, bare, commit, hostile, notices } from "./support/notices";

const text = (words: string) => ({ type: "mrkdwn", text: words, verbatim: true }) as const;
const section = (words: string): Block => ({ type: "section", text: text(words) });
const fields = (...rows: [string, string][]): Block => ({
    type: "section",
    fields: rows.map(([label, value]) => text(`*${label}*\n${value}`)),
});
const context = (words: string): Block => ({ type: "context", elements: [text(words)] });
const message = (summary: string, ...blocks: Block[]): SlackMessage => ({
    text: summary,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
});

const base = "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders";
const execution = `<${base}/executions/4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10/timeline?region=eu-west-1|Execution>`;
const pipeline = `<${base}/view?region=eu-west-1|Pipeline>`;
const links = (happening: string, ...first: string[]) =>
    section([...first, execution, pipeline, `<https://acme.example/runbook#${happening}|What to do>`].join("  ·  "));
const origin = context("2026-11-27 08:15 UTC  ·  shop--orders  ·  4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10");
const linked = `<${commit.url}|1a2b3c4> Take orders of more than one customer`;

const service: [string, string] = ["Service", "orders"];
const prod: [string, string] = ["Environment", "prod"];
const stage: [string, string] = ["Stage", "prod"];
const change: [string, string][] = [
    ["Commit", linked],
    ["Author", "Ana Lopez"],
];
const asked: [string, string][] = [service, prod, ["Stage", "approve-prod"], ["Action", "approve"], ...change];
const until: [string, string] = ["Answer until", "2026-12-04 08:15 UTC"];
const by: [string, string] = ["By", "ana (Release)"];
const answer = `<${base}/view?region=eu-west-1#approve|Answer>`;
const alarm = section(
    "<https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/shop--fleet--dead-letters|Alarm>",
);
const crossed = "Threshold Crossed: 1 datapoint [2.0] was greater than the threshold (0.0).";
const unhealthy = "The deployment failed because 2 of &lt;3&gt; tasks &amp; their health checks did not pass.";

const expected: readonly (readonly [string, Notice, SlackMessage])[] = [
    [
        "started",
        notices.started,
        message(
            "▶️ orders 1a2b3c4 has started: a push has started it",
            section("*▶️ orders 1a2b3c4 has started*"),
            fields(service, ...change, by),
            section("```a push has started it```"),
            links("started"),
            origin,
        ),
    ],
    [
        "succeeded",
        notices.succeeded,
        message(
            "✅ orders 1a2b3c4 is in prod",
            section("*✅ orders 1a2b3c4 is in prod*"),
            fields(service, prod, stage, ...change, ["Duration", "1 h 2 min"]),
            links("succeeded"),
            origin,
        ),
    ],
    [
        "failed",
        notices.failed,
        message(
            `❌ orders 1a2b3c4 has failed in prod: deploy: ${unhealthy}`,
            section("*❌ orders 1a2b3c4 has failed in prod: deploy*"),
            fields(service, prod, stage, ["Action", "deploy"], ...change, ["Duration", "3 min 20 s"]),
            section(`\`\`\`${unhealthy}\`\`\``),
            section("Retry the stage when the cause is gone, or release a fix."),
            links("failed", "<https://eu-west-1.console.aws.amazon.com/ecs/home?region=eu-west-1&amp;tab=events|Log>"),
            origin,
        ),
    ],
    [
        "recovered",
        notices.recovered,
        message(
            "💚 orders 1a2b3c4 works again in prod, after 2 h",
            section("*💚 orders 1a2b3c4 works again in prod, after 2 h*"),
            fields(service, prod, stage, ...change, ["Broken for", "2 h"]),
            links("recovered"),
            origin,
        ),
    ],
    [
        "approval-needed",
        notices["approval-needed"],
        message(
            "✋ orders 1a2b3c4 waits for a yes for prod",
            section("*✋ orders 1a2b3c4 waits for a yes for prod*"),
            fields(...asked, until),
            section("Check the staging dashboard first.\nThen ask support."),
            section(`*Since the last release*\n• ${linked} (Ana Lopez)\n• fffffff Fix a typo\nand 3 more`),
            links("approval-needed", answer, "<https://acme.example/dashboard?a=1&amp;b=2|Review>"),
            origin,
        ),
    ],
    [
        "approval-answered",
        notices["approval-answered"],
        message(
            "🗳️ ana said yes to orders 1a2b3c4 for prod: Looks fine.",
            section("*🗳️ ana said yes to orders 1a2b3c4 for prod*"),
            fields(...asked, by, until),
            section("```Looks fine.```"),
            links("approval-answered"),
            origin,
        ),
    ],
    [
        "approval-expiring",
        notices["approval-expiring"],
        message(
            "⌛ orders 1a2b3c4 has waited for a yes for prod: 2 h are left",
            section("*⌛ orders 1a2b3c4 has waited for a yes for prod: 2 h are left*"),
            fields(...asked, until, ["Waits for", "6 d 22 h"]),
            links("approval-expiring", answer),
            origin,
        ),
    ],
    [
        "rolled-back",
        notices["rolled-back"],
        message(
            "⏪ orders went back to 1a2b3c4 in prod: the alarm orders-5xx is raised",
            section("*⏪ orders went back to 1a2b3c4 in prod*"),
            fields(service, prod, stage, change[0], ["Back from", "fffffff Fix a typo"], change[1]),
            section("```the alarm orders-5xx is raised```"),
            links("rolled-back"),
            origin,
        ),
    ],
    [
        "stuck",
        notices.stuck,
        message(
            "🐌 orders 1a2b3c4 is stuck in prod: deploy has run for 3 h",
            section("*🐌 orders 1a2b3c4 is stuck in prod: deploy has run for 3 h*"),
            fields(service, prod, stage, ["Action", "deploy"], ...change, ["Idle for", "3 h"]),
            links("stuck"),
            origin,
        ),
    ],
    [
        "an alarm",
        notices.alarm,
        message(
            `🚨 The alarm shop--fleet--dead-letters is raised: ${crossed}`,
            section("*🚨 The alarm shop--fleet--dead-letters is raised*"),
            section(`\`\`\`${crossed}\`\`\``),
            alarm,
            context("2026-11-27 08:15 UTC"),
        ),
    ],
    [
        "an alarm that is over",
        alarmOver,
        message(
            `💚 The alarm shop--fleet--dead-letters is raised no more: ${crossed}`,
            section("*💚 The alarm shop--fleet--dead-letters is raised no more*"),
            section(`\`\`\`${crossed}\`\`\``),
            alarm,
            context("2026-11-27 08:15 UTC"),
        ),
    ],
    [
        "nothing but a title",
        bare,
        message("❌ Something has failed", section("*❌ Something has failed*"), context("2026-11-27 08:15 UTC")),
    ],
];

/** All texts of a message. */
const texts = ({ text: summary, blocks }: SlackMessage): string[] => [
    summary,
    ...blocks.flatMap(block => {
        if (block.type === "context") {
            return block.elements.map(({ text: words }) => words);
        }
        return "fields" in block ? block.fields.map(({ text: words }) => words) : [block.text.text];
    }),
];

/** What Slack would refuse of `sent`, or take for a mention or for a link of another's making. */
function wrong(sent: SlackMessage): string[] {
    const all = texts(sent);
    const controls = all
        .flatMap(words => words.match(/<[^>]*>?/g) ?? [])
        .filter(control => !/^<https?:\/\/[^<>|\s"`]+\|[^<>|]+>$/.test(control));
    return [
        ...controls,
        ...all.filter(words => /&(?!(amp|lt|gt);)/.test(words)),
        ...all.filter(words => words.length === 0 || words.length > 3000),
        ...sent.blocks.flatMap(block =>
            "fields" in block &&
            (block.fields.length > 10 || block.fields.some(({ text: { length } }) => length > 2000))
                ? ["fields"]
                : [],
        ),
        ...(sent.blocks.length > 50 || all.join("").length > 13_000 ? ["too much"] : []),
    ];
}

describe("a message of Slack", () => {
    for (const [title, notice, wanted] of expected) {
        it(`tells of ${title}`, () => {
            assert.deepEqual(slackMessage(fitting(notice)), wanted);
            assert.deepEqual(wrong(wanted), []);
        });
    }

    it("mentions nobody and links nowhere by what others have written, however much it is", () => {
        const sent = slackMessage(fitting(hostile));
        assert.deepEqual(wrong(sent), []);
        const [code] = texts(sent).filter(words => words.startsWith("```"));
        assert.ok(code.length > 1900 && code.endsWith("…```") && !code.slice(3, -3).includes("`"), code.slice(-20));
        const commits =
            texts(sent)
                .find(words => words.startsWith("*Since"))
                ?.split("\n") ?? [];
        assert.match(commits.at(-1) ?? "", /^and \d+ more$/);
        assert.equal(commits.length - 2 + Number(/\d+/.exec(commits.at(-1) ?? "")), 503);
    });

    it("writes a title and a commit plainly that would not be what they say as markup", () => {
        const url = `https://acme.example/${"x".repeat(480)}`;
        const [, title, fieldsOf] = texts(slackMessage({ ...bare, title: "2 * 3 * 4", commit: { ...commit, url } }));
        assert.deepEqual(
            [title, fieldsOf],
            ["*❌ 2 ∗ 3 ∗ 4*", "*Commit*\n1a2b3c4 Take orders of more than one customer"],
        );
    });

    it("leaves out links that are none, of another kind, or too long", () => {
        const sent = texts(slackMessage(fitting({ ...hostile, commit, commitsSinceRelease: [] }))).join("\n");
        assert.ok(!/javascript|data:|not a link|%C3%A4/.test(sent));
        assert.equal(sent.match(/<https/g)?.length, 2);
    });

    it("is one that Slack takes, whatever a notice says", () => {
        const words = fc.oneof(
            fc.string({ unit: "binary" }),
            fc.string(),
            fc.webUrl(),
            fc.constantFrom("<!here>", "&amp;", "```", "|", "\n"),
        );
        const long = fc.array(words, { maxLength: 200 }).map(parts => parts.join(""));
        const some = fc.record({ id: long, message: long, author: long, url: words }, { requiredKeys: ["id"] });
        const any = fc.record(
            {
                service: long,
                environment: long,
                stage: long,
                action: long,
                title: long,
                reason: long,
                instructions: long,
                advice: long,
                by: long,
                expires: words,
                time: words,
                pipeline: long,
                execution: long,
                commit: some,
                from: some,
                commitsSinceRelease: fc.array(some, { maxLength: 60 }),
                durationSeconds: fc.double(),
                links: fc.dictionary(fc.constantFrom("execution", "log", "approval"), words),
            },
            { requiredKeys: ["title", "time", "links"] },
        );
        fc.assert(
            fc.property(any, notice => {
                assert.deepEqual(wrong(slackMessage(fitting({ ...bare, ...notice }))), []);
            }),
            { numRuns: 100 },
        );
    });
});
