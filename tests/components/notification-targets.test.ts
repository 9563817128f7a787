import * as assert from "node:assert/strict";
import { operationsResources, targetResources } from "../../blueprint/counts";
import { Reference } from "../../catalog/reference";
import { NotificationTargets } from "../../components/notification-targets";
import { known, planOf, stackFile, terms } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, noun, registered, tree } from "../support/recordings";

const { operations } = planOf(
    stackFile(`
        targets:
            hook: { type: slack, webhook: hooks }
            ops: { type: sns, emails: [eu-ann@shop.example, bob@shop.example], https: ["https://ops.shop.example/in"] }
            ops-eu: { type: sns, emails: [ann@shop.example] }
            queue: { type: sqs, retentionDays: 3 }
            slack: { type: chat, slack: { workspaceId: T07EA123LEP, channelId: C07EZ1ABC23 } }
            teams:
                type: chat
                teams:
                    tenantId: 0f1e2d3c-4b5a-4968-8776-655443322110
                    teamId: 74361522-da01-438d-aa2e-ac7918c6bb92
                    channelId: 19%3ab6%40thread.tacv2
            there: { type: sns, topicArn: "arn:aws:sns:eu-west-1:222222222222:ops" }
        notify: { ops: [failed, alarm] }
    `),
).shared;
const plans = operations.targets;
const tags = { fleet: "shop" };
const build = (all = plans) => new NotificationTargets("tell", { plans: all, keyArn: known.artifactKey, terms, tags });
const topicOf = (key: string) => `arn:aws:sns:eu-west-1:111111111111:shop--fleet--tell--${key}`;

describe("NotificationTargets", () => {
    it("registers exactly what the targets need, all under the component", async () => {
        const all = await registered(build);
        assert.deepEqual(tree(all), [
            "NotificationTargets tell",
            "  Topic tell-ops",
            "  TopicPolicy tell-ops < Topic tell-ops",
            "  TopicSubscription tell-ops--bob@shop.example < Topic tell-ops",
            "  TopicSubscription tell-ops--eu-ann@shop.example < Topic tell-ops",
            "  TopicSubscription tell-ops--https://ops.shop.example/in < Topic tell-ops",
            "  Topic tell-ops-eu",
            "  TopicPolicy tell-ops-eu < Topic tell-ops-eu",
            "  TopicSubscription tell-ops-eu--ann@shop.example < Topic tell-ops-eu",
            "  Queue tell-queue",
            "  SlackChannelConfiguration tell-slack < Role tell-slack-channel, Topic tell-slack",
            "  Topic tell-slack",
            "  Role tell-slack-channel",
            "  TeamsChannelConfiguration tell-teams < Role tell-teams-channel, Topic tell-teams",
            "  Topic tell-teams",
            "  Role tell-teams-channel",
        ]);
        assert.equal(1 + plans.reduce((sum, plan) => sum + targetResources(plan), 0), all.length);
        assert.equal(operationsResources(operations) - operationsResources({ ...operations, targets: [] }), all.length);
    });

    it("encrypts topics with the key of the stack, and tells by e-mail and HTTPS", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "Topic", "tell-ops"), {
            name: "shop--fleet--tell--ops",
            kmsMasterKeyId: known.artifactKey,
            tags,
        });
        assert.deepEqual(
            all.filter(one => noun(one) === "TopicSubscription").map(({ inputs }) => inputs),
            [
                { topic: topicOf("ops"), protocol: "email", endpoint: "bob@shop.example" },
                { topic: topicOf("ops"), protocol: "email", endpoint: "eu-ann@shop.example" },
                { topic: topicOf("ops"), protocol: "https", endpoint: "https://ops.shop.example/in" },
                { topic: topicOf("ops-eu"), protocol: "email", endpoint: "ann@shop.example" },
            ],
        );
    });

    it("lets alarms of the fleet publish to the topics of people, and nobody else without a permission", async () => {
        assert.deepEqual(inputsOf(await registered(build), "TopicPolicy", "tell-ops"), {
            arn: topicOf("ops"),
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "PublishAlarms",
                        Effect: "Allow",
                        Principal: { Service: "cloudwatch.amazonaws.com" },
                        Action: ["sns:Publish"],
                        Resource: [topicOf("ops")],
                        Condition: {
                            ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop--*" },
                            StringEquals: { "aws:SourceAccount": "111111111111" },
                        },
                    },
                ],
            },
        });
    });

    it("keeps messages for programs in a queue that needs no key", async () => {
        assert.deepEqual(inputsOf(await registered(build), "Queue"), {
            name: "shop--fleet--tell--queue",
            sqsManagedSseEnabled: true,
            messageRetentionSeconds: 259_200,
            tags,
        });
    });

    it("lets channels hear their topics, and do nothing", async () => {
        const all = await registered(build);
        const common = (key: string) => ({
            configurationName: `shop--fleet--tell--${key}`,
            iamRoleArn: `arn:aws:iam::111111111111:role/shop--fleet--tell--${key}`,
            guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
            snsTopicArns: [topicOf(key)],
            tags,
        });
        assert.deepEqual(inputsOf(all, "SlackChannelConfiguration"), {
            ...common("slack"),
            slackTeamId: "T07EA123LEP",
            slackChannelId: "C07EZ1ABC23",
        });
        assert.deepEqual(inputsOf(all, "TeamsChannelConfiguration"), {
            ...common("teams"),
            tenantId: "0f1e2d3c-4b5a-4968-8776-655443322110",
            teamId: "74361522-da01-438d-aa2e-ac7918c6bb92",
            channelId: "19%3ab6%40thread.tacv2",
        });
        assert.deepEqual(inputsOf(all, "Role", "tell-slack-channel"), {
            name: "shop--fleet--tell--slack",
            description: "Held by a channel that is told what happens; allows nothing",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "chatbot.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            },
            tags,
        });
        assert.deepEqual(
            all.filter(one => ["RolePolicy", "RolePolicyAttachment"].includes(noun(one))),
            [],
        );
    });

    it("changes nothing of the others when a target or an address comes between them", async () => {
        const before = await registered(build);
        const more = plans.flatMap(plan =>
            plan.key === "ops" && plan.topic !== undefined
                ? [{ ...plan, topic: { ...plan.topic, emails: ["a@shop.example", ...plan.topic.emails] } }]
                : plan.key === "ops-eu"
                  ? [
                        {
                            key: "ops-a",
                            type: "sqs",
                            delivery: plan.delivery,
                            grants: [],
                            summary: "",
                            queue: { name: "a", retentionSeconds: 60 },
                        },
                        plan,
                    ]
                  : [plan],
        );
        const after = await registered(() => build(more));
        assert.equal(after.length, before.length + 2);
        for (const one of before.filter(each => noun(each) !== "NotificationTargets")) {
            assert.deepEqual(
                after.find(({ urn }) => urn === one.urn),
                one,
            );
        }
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on a policy about what is made elsewhere", () =>
        assertFails(() => {
            const wrong = plans.map(({ topicPolicy, ...plan }) => ({
                ...plan,
                ...(topicPolicy && {
                    topicPolicy: topicPolicy.map(one => ({ ...one, Resource: [new Reference("artifactKey")] })),
                }),
            }));
            return build(wrong);
        }, "the plan refers to artifactKey, which this stack does not have"));
});
