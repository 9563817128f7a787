import * as assert from "node:assert/strict";
import { routeTag as tagOfFunction, type NotifySettings } from "../../functions/notify/settings";
import { routeTag } from "../../blueprint/told";
import { ecsService, fleetOf, type Words } from "./support/fleet";

const targets = {
    chat: { type: "slack", webhook: "hooks:chat" },
    mail: { type: "sns", emails: ["ops@shop.example"] },
    there: { type: "sns", topicArn: "arn:aws:sns:eu-west-1:222222222222:ops" },
};
const environments = [{ name: "dev" }, { name: "prod", notify: { chat: ["failed", "stuck"] } }];
const notify = { mail: ["alarm", "failed"], chat: ["failed"] };

/** The fleet with one service that says `words` beside. */
const fleet = (words: Words, stack: Words = {}) =>
    fleetOf({
        targets,
        notify,
        environments,
        services: { orders: { ...ecsService("orders"), ...words } },
        ...stack,
    });

const pipeline = (words: Words, stack?: Words) => fleet(words, stack).pipelines[0];

describe("who is told of a pipeline", () => {
    it("is whom the fleet, the environment, the service and its environment name, the last above the others", () => {
        const { told } = pipeline({
            notify: { there: ["started"], mail: [] },
            environments: { prod: { notify: { mail: ["rolled-back"] } } },
        });
        assert.deepEqual(told, {
            everywhere: { chat: ["failed"], mail: [], there: ["started"] },
            environments: {
                dev: { chat: ["failed"], mail: [], there: ["started"] },
                prod: { chat: ["failed", "stuck"], mail: ["rolled-back"], there: ["started"] },
            },
        });
    });

    it("is nobody of an environment that the service does without", () => {
        const { told } = pipeline({ environments: { prod: { skip: "It is not ready." } } });
        assert.deepEqual(Object.keys(told.environments), ["dev"]);
    });

    const rows: readonly (readonly [string, Words, Record<string, string>])[] = [
        ["has no tag where it says nothing", {}, {}],
        ["has none where it says what is so", { notify: { mail: ["failed"] } }, {}],
        ["has none where it silences whom nobody tells", { notify: { there: [] } }, {}],
        [
            "has one where it says something else",
            { notify: { mail: ["stuck", "failed"] } },
            { "notify:mail": "failed stuck" },
        ],
        ["has one where it tells nothing", { notify: { mail: [] } }, { "notify:mail": "none" }],
        [
            "has one where it says what the fleet says and an environment does not",
            { notify: { chat: ["failed"] } },
            { "notify:chat": "failed" },
        ],
        [
            "has one of an environment alone",
            { environments: { prod: { notify: { mail: [], there: ["failed"] } } } },
            { "notify:mail:prod": "none", "notify:there:prod": "failed" },
        ],
        [
            "has none of an environment that says what is so there",
            { environments: { prod: { notify: { chat: ["failed", "stuck"] } } } },
            {},
        ],
        [
            "has one of an environment where the service says something else",
            { notify: { chat: [] }, environments: { prod: { notify: { chat: ["failed", "stuck"] } } } },
            { "notify:chat": "none", "notify:chat:prod": "failed stuck" },
        ],
    ];
    for (const [title, words, expected] of rows) {
        it(title, () => assert.deepEqual(pipeline(words).tags, expected));
    }

    it("is tagged so that the function that tells finds it", () => assert.equal(routeTag, tagOfFunction));

    it("is the same of the pipeline that checks pull requests, without environments", () => {
        const check = fleet({
            notify: { mail: ["started"] },
            environments: { prod: { notify: { mail: [] } } },
            pullRequests: { branches: ["main"] },
        }).pipelines.find(({ purpose }) => purpose === "check");
        assert.deepEqual(check?.told, { everywhere: { chat: ["failed"], mail: ["started"] }, environments: {} });
        assert.deepEqual(check.tags, { "notify:mail": "started" });
    });
});

describe("the function that tells", () => {
    const { functions, operations } = fleet({ notify: { mail: [] } }).shared;
    const tells = functions.find(({ key }) => key === "notify");
    const settings = tells?.settings as NotifySettings;

    it("knows the words of the fleet and of its environments, and how targets are reached", () => {
        assert.deepEqual(settings.notify, { chat: ["failed"], mail: ["failed", "alarm"] });
        assert.deepEqual(
            settings.environments.map(({ name, notify: own }) => [name, own]),
            [
                ["dev", {}],
                ["prod", { chat: ["failed", "stuck"] }],
            ],
        );
        const topic = "arn:aws:sns:eu-west-1:111111111111:shop--fleet--tell--mail";
        assert.deepEqual(settings.targets, {
            chat: { type: "slack", webhook: { secret: "hooks", field: "chat" } },
            mail: { type: "topic", arn: topic, format: "text" },
            there: { type: "topic", arn: "arn:aws:sns:eu-west-1:222222222222:ops", format: "text" },
        });
    });

    it("may reach each target, and nothing else of its sort", () => {
        const own = ["ReadSecretsOfTargets", "SealNotifications", "TellTopics"];
        assert.deepEqual(
            tells?.role.statements
                .filter(({ Sid }) => own.includes(Sid))
                .map(({ Sid, Action, Resource }) => [Sid, Action, Resource.filter(one => typeof one === "string")]),
            [
                [
                    "ReadSecretsOfTargets",
                    ["secretsmanager:GetSecretValue"],
                    ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:hooks-??????"],
                ],
                [
                    "TellTopics",
                    ["sns:Publish"],
                    [
                        "arn:aws:sns:eu-west-1:111111111111:shop--fleet--tell--mail",
                        "arn:aws:sns:eu-west-1:222222222222:ops",
                    ],
                ],
                ["SealNotifications", ["kms:Decrypt", "kms:GenerateDataKey"], []],
            ],
        );
    });

    it("is left aside by alarms of the fleet alone, which publish to the topics that are told of alarms", () => {
        const topic = "arn:aws:sns:eu-west-1:111111111111:shop--fleet--tell--mail";
        assert.deepEqual(operations.alarmTopics, [topic]);
        assert.deepEqual(
            operations.targets.map(({ key, topicPolicy }) => [key, topicPolicy]),
            [
                ["chat", undefined],
                [
                    "mail",
                    [
                        {
                            Sid: "PublishAlarms",
                            Effect: "Allow",
                            Principal: { Service: "cloudwatch.amazonaws.com" },
                            Action: ["sns:Publish"],
                            Resource: [topic],
                            Condition: {
                                ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop--*" },
                                StringEquals: { "aws:SourceAccount": "111111111111" },
                            },
                        },
                    ],
                ],
                ["there", undefined],
            ],
        );
    });

    it("has to be let in by the policies of another account, which the preview names", () => {
        const key = "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        const queue = "arn:aws:sqs:eu-west-1:222222222222:ops";
        const needsOf = (queueArn: string, keyArn: string) =>
            fleetOf({
                targets: { programs: { type: "sqs", queueArn, keyArn } },
                notify: {},
            }).shared.operations.targets.flatMap(({ prerequisites = [] }) => prerequisites);
        const needs = (named: string, actions: string) =>
            `the policy of ${named} lets the role shop--fleet--notify of account 111111111111 do ${actions}`;
        assert.deepEqual(needsOf(queue, key), [
            needs(queue, "sqs:SendMessage"),
            needs(key, "kms:Decrypt and kms:GenerateDataKey"),
        ]);
        const here = (arn: string) => arn.replace("222222222222", "111111111111");
        assert.deepEqual(needsOf(here(queue), here(key)), []);
        assert.deepEqual(operations.targets.find(({ key: name }) => name === "there")?.prerequisites, [
            "the topic arn:aws:sns:eu-west-1:222222222222:ops let CloudWatch publish for alarms of account 111111111111",
            needs("arn:aws:sns:eu-west-1:222222222222:ops", "sns:Publish"),
        ]);
    });

    it("and alarms share a topic that there is, where it is told of them", () => {
        const { alarmTopics } = fleet({}, { notify: { there: ["alarm"], chat: ["alarm"], mail: ["failed"] } }).shared
            .operations;
        assert.deepEqual(alarmTopics, ["arn:aws:sns:eu-west-1:222222222222:ops"]);
    });
});
