import * as assert from "node:assert/strict";
import { Reference } from "../../catalog/reference";
import type { TargetPlace } from "../../catalog/kind";
import type { TargetPlan } from "../../catalog/target-plan";
import { targets } from "../../catalog/targets";
import type { Problem } from "../../catalog/problem";
import { home } from "../support/plans";

const key = new Reference("artifactKey");
const place: TargetPlace = {
    home,
    key,
    physicalName: limit => `shop--fleet--tell--ops--${limit}`,
};

/** A kind of any settings. */
interface AnyKind {
    readonly type: string;
    readonly settings: { parse(words: object): object };
    plan(settings: object, at: TargetPlace): TargetPlan;
    check?(settings: object): readonly Problem[];
}

const kindOf = (type: string) => {
    const found = targets.find(kind => kind.type === type);
    assert.ok(found, type);
    return found as unknown as AnyKind;
};

/** What the target of `type` with `words` comes to. */
function planned(type: string, words: object, at: Partial<TargetPlace> = {}): TargetPlan {
    const kind = kindOf(type);
    const settings = kind.settings.parse(words);
    assert.deepEqual(kind.check?.(settings) ?? [], []);
    return kind.plan(settings, { ...place, ...at });
}

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-??????`;
const reads = (...names: string[]) => [
    { sid: "ReadSecretsOfTargets", actions: ["secretsmanager:GetSecretValue"], resources: names.map(secret) },
];
const topicArn = "arn:aws:sns:eu-west-1:111111111111:shop--fleet--tell--ops--256";
const other = "arn:aws:sns:eu-west-1:222222222222:ops";
const queueArn = "arn:aws:sqs:eu-west-1:222222222222:ops";
const keyArn = "arn:aws:kms:eu-west-1:222222222222:key/1234abcd";
const publish = (topic: string) => ({ sid: "TellTopics", actions: ["sns:Publish"], resources: [topic] });
const seal = (of: unknown, service: "sns" | "sqs") => ({
    sid: service === "sns" ? "SealNotifications" : "OpenAndSealMessages",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [of],
    conditions: { StringEquals: { "kms:ViaService": `${service}.eu-west-1.amazonaws.com` } },
});

describe("a target", () => {
    const rows: readonly (readonly [string, string, object, object])[] = [
        [
            "Slack",
            "slack",
            { webhook: "hooks:ops" },
            {
                delivery: { type: "slack", webhook: { secret: "hooks", field: "ops" } },
                grants: reads("hooks"),
                summary: "Slack by webhook, secret hooks:ops",
            },
        ],
        [
            "PagerDuty",
            "pager-duty",
            { routingKey: "pager" },
            {
                delivery: {
                    type: "pager",
                    url: "https://events.pagerduty.com/v2/enqueue",
                    key: { secret: "pager" },
                },
                grants: reads("pager"),
                summary: "PagerDuty, secret pager",
            },
        ],
        [
            "another that takes PagerDuty's events",
            "pager-duty",
            { routingKey: "pager", url: "https://pages.shop.example/v2" },
            {
                delivery: { type: "pager", url: "https://pages.shop.example/v2", key: { secret: "pager" } },
                grants: reads("pager"),
                summary: "PagerDuty's events to https://pages.shop.example/v2, secret pager",
            },
        ],
        [
            "a webhook, with each secret once and its headers in order",
            "webhook",
            { url: "api:url", headers: { "X-Team": "team", Authorization: "api:token" } },
            {
                delivery: {
                    type: "webhook",
                    url: { secret: "api", field: "url" },
                    headers: { Authorization: { secret: "api", field: "token" }, "X-Team": { secret: "team" } },
                },
                grants: reads("api", "team"),
                summary: "HTTPS to the URL in the secret api:url",
            },
        ],
        [
            "a topic that is made",
            "sns",
            { emails: ["a@shop.example", "b@shop.example"], https: ["https://hooks.shop.example"] },
            {
                delivery: { type: "topic", arn: topicArn, format: "text" },
                grants: [publish(topicArn), seal(key, "sns")],
                topic: {
                    name: "shop--fleet--tell--ops--256",
                    arn: topicArn,
                    emails: ["a@shop.example", "b@shop.example"],
                    https: ["https://hooks.shop.example"],
                },
                alarmTopic: topicArn,
                summary: "e-mail to a@shop.example, e-mail to b@shop.example, HTTPS to https://hooks.shop.example",
                prerequisites: [
                    "each address confirms its subscription once, by the link that SNS sends; until then it is told nothing",
                ],
            },
        ],
        [
            "a topic that there is",
            "sns",
            { topicArn: other },
            {
                delivery: { type: "topic", arn: other, format: "text" },
                grants: [publish(other)],
                alarmTopic: other,
                summary: `topic ${other}`,
                prerequisites: [`the topic ${other} let CloudWatch publish for alarms of account 111111111111`],
            },
        ],
        [
            "a topic that there is, under a key",
            "sns",
            { topicArn: other, keyArn },
            {
                delivery: { type: "topic", arn: other, format: "text" },
                grants: [publish(other), seal(keyArn, "sns")],
                alarmTopic: other,
                summary: `topic ${other}`,
                prerequisites: [
                    `the topic ${other} and its key let CloudWatch publish for alarms of account 111111111111`,
                ],
            },
        ],
        [
            "a queue that is made",
            "sqs",
            {},
            {
                delivery: {
                    type: "queue",
                    url: "https://sqs.eu-west-1.amazonaws.com/111111111111/shop--fleet--tell--ops--80",
                },
                grants: [
                    {
                        sid: "TellQueues",
                        actions: ["sqs:SendMessage"],
                        resources: ["arn:aws:sqs:eu-west-1:111111111111:shop--fleet--tell--ops--80"],
                    },
                ],
                queue: { name: "shop--fleet--tell--ops--80", retentionSeconds: 1_209_600 },
                summary: "queue shop--fleet--tell--ops--80",
            },
        ],
        [
            "a queue that there is, under a key",
            "sqs",
            { queueArn, keyArn },
            {
                delivery: { type: "queue", url: "https://sqs.eu-west-1.amazonaws.com/222222222222/ops" },
                grants: [
                    { sid: "TellQueues", actions: ["sqs:SendMessage"], resources: [queueArn] },
                    seal(keyArn, "sqs"),
                ],
                summary: `queue ${queueArn}`,
            },
        ],
        [
            "a channel of Slack",
            "chat",
            { slack: { workspaceId: "T1", channelId: "C1" } },
            {
                delivery: { type: "topic", arn: topicArn, format: "chat" },
                grants: [publish(topicArn), seal(key, "sns")],
                topic: { name: "shop--fleet--tell--ops--256", arn: topicArn, emails: [], https: [] },
                chat: {
                    name: "shop--fleet--tell--ops--128",
                    roleName: "shop--fleet--tell--ops--64",
                    guardrails: ["arn:aws:iam::aws:policy/AWSDenyAll"],
                    channel: { client: "Slack", workspaceId: "T1", channelId: "C1" },
                },
                summary: "channel C1 of Slack by Amazon Q Developer",
                prerequisites: [
                    "the Slack workspace T1 is authorized in the console of Amazon Q Developer in chat applications",
                ],
            },
        ],
    ];
    for (const [title, type, words, expected] of rows) {
        it(`of ${title} is planned so`, () => assert.deepEqual(planned(type, words), expected));
    }

    it("of a channel of Teams has its ids, and names its team", () => {
        const teams = {
            tenantId: "0f1e2d3c-4b5a-4968-8776-655443322110",
            teamId: "74361522-da01-438d-aa2e-ac7918c6bb92",
            channelId: "19%3ab6%40thread.tacv2",
        };
        const { chat, summary, prerequisites } = planned("chat", { teams });
        assert.deepEqual(chat?.channel, { client: "Teams", ...teams });
        assert.equal(summary, "channel 19%3ab6%40thread.tacv2 of Microsoft Teams by Amazon Q Developer");
        assert.match(prerequisites?.[0] ?? "", /^the team 74361522-da01-438d-aa2e-ac7918c6bb92 is authorized/);
    });

    it("in China has the addresses of China", () => {
        const at = { home: { account: "111111111111", region: "cn-north-1" } };
        assert.deepEqual(planned("sqs", {}, at).delivery, {
            type: "queue",
            url: "https://sqs.cn-north-1.amazonaws.com.cn/111111111111/shop--fleet--tell--ops--80",
        });
        assert.deepEqual(planned("chat", { slack: { workspaceId: "T1", channelId: "C1" } }, at).chat?.guardrails, [
            "arn:aws-cn:iam::aws:policy/AWSDenyAll",
        ]);
    });

    it("keeps messages for as many days as it says", () => {
        assert.equal(planned("sqs", { retentionDays: 1 }).queue?.retentionSeconds, 86_400);
    });
});

describe("the check of a target", () => {
    const rows: readonly (readonly [string, string, object, (string | number)[], string])[] = [
        ["nobody", "sns", {}, [], "nobody would be told: expected `emails`, `https` or `topicArn`"],
        [
            "addresses of a topic that there is",
            "sns",
            { topicArn: other, emails: ["a@shop.example"] },
            ["emails"],
            "expected either `emails` or `topicArn`, found both: who is told by a topic that there is, says its owner",
        ],
        [
            "URLs of a topic that there is",
            "sns",
            { topicArn: other, https: ["https://a.example"] },
            ["https"],
            "expected either `https` or `topicArn`, found both: who is told by a topic that there is, says its owner",
        ],
        [
            "a key of a topic that is made",
            "sns",
            { emails: ["a@shop.example"], keyArn },
            ["keyArn"],
            "expected it beside `topicArn` alone: a topic that is made has the stack's key",
        ],
        [
            "a key of a queue that is made",
            "sqs",
            { keyArn },
            ["keyArn"],
            "expected it beside `queueArn` alone: a queue that is made has SQS's own key",
        ],
        [
            "a retention of a queue that there is",
            "sqs",
            { queueArn, retentionDays: 14 },
            ["retentionDays"],
            "expected either `retentionDays` or `queueArn`, found both: a queue that there is keeps messages as its owner says",
        ],
        ["no channel", "chat", {}, [], "expected either `slack` or `teams`, found neither"],
        [
            "a header that is said twice",
            "webhook",
            { url: "u", headers: { "X-Key": "a", "x-key": "b" } },
            ["headers", "x-key"],
            "is the header X-Key once more: upper and lower case mean the same",
        ],
    ];
    for (const [title, type, words, path, message] of rows) {
        it(`fails on ${title}`, () => {
            const kind = kindOf(type);
            assert.deepEqual(kind.check?.(kind.settings.parse(words)), [{ path, message }]);
        });
    }
});
