import * as assert from "node:assert/strict";
import { allResources } from "../blueprint/counts";
import { planOf, stackFile, type Values } from "./support/plans";
import { compared, counted, run } from "./support/program";
import { inputsOf, noun, type Recording } from "./support/recordings";

const service = (name: string, more: object = {}) => ({
    source: { repository: `acme/${name}` },
    build: { type: "none" },
    deploy: { type: "s3", bucket: `${name}-{environment}` },
    ...more,
});

const shop: Values = {
    ...stackFile(`
        targets:
            hook: { type: slack, webhook: "hooks:ops" }
            on-call: { type: pager-duty, routingKey: pager }
            ops: { type: sns, emails: [ops@shop.example, more@shop.example], https: ["https://ops.shop.example"] }
            programs: { type: sqs }
            room: { type: chat, slack: { workspaceId: T1, channelId: C1 } }
            site: { type: webhook, url: "site:url", headers: { Authorization: "site:token" } }
        notify:
            hook: [failed, recovered]
            ops: [failed, alarm]
            programs: [started, succeeded, failed]
            room: [approval-needed]
            site: [succeeded]
        environments: [{ name: dev }, { name: prod, notify: { on-call: [failed, recovered] } }]
    `),
    services: { api: service("api"), web: service("web") },
};
const services = shop.services as Values;

describe("the program, of targets of every sort", () => {
    let recording: Recording;
    before(async () => (recording = await run(shop)));

    it("registers as many resources as the plan counts", () => {
        assert.equal(recording.registrations.length, allResources(planOf(shop)));
        const { NotificationTargets, Topic, TopicPolicy, TopicSubscription, SlackChannelConfiguration } = counted(
            recording.registrations,
        );
        assert.deepEqual(
            { NotificationTargets, Topic, TopicPolicy, TopicSubscription, SlackChannelConfiguration },
            { NotificationTargets: 1, Topic: 2, TopicPolicy: 1, TopicSubscription: 3, SlackChannelConfiguration: 1 },
        );
    });

    it("lets the alarms of dead letters publish to the topic of people themselves", () => {
        const topics = ["arn:aws:sns:eu-west-1:111111111111:shop--fleet--tell--ops"];
        const alarms = recording.registrations.filter(({ name }) => name.endsWith("-dead-letters-alarm"));
        assert.ok(alarms.length > 0);
        alarms.forEach(({ inputs }) => assert.deepEqual([inputs.alarmActions, inputs.okActions], [topics, topics]));
    });

    it("adds a service with words of its own about who is told, and changes nothing else", async () => {
        const loud = service("loud", {
            notify: { hook: ["started"], programs: [] },
            environments: { prod: { notify: { "on-call": [] } } },
        });
        const after = await run({ ...shop, services: { ...services, loud } });
        const change = compared(recording, after);
        assert.deepEqual(counted(change.added), { Pipeline: 1, Role: 1, RolePolicy: 1, ServicePipeline: 1 });
        assert.deepEqual([change.removed, change.changed], [[], []]);
        assert.deepEqual((inputsOf(after.registrations, "Pipeline", "loud-pipeline") as { tags: object }).tags, {
            fleet: "shop",
            service: "loud",
            "notify:hook": "started",
            "notify:programs": "none",
            "notify:on-call:prod": "none",
        });
        assert.deepEqual((inputsOf(after.registrations, "Role", "loud-role") as { tags: object }).tags, {
            fleet: "shop",
            service: "loud",
        });
    });

    it("changes the pipeline alone of a service that says otherwise who is told", async () => {
        const quiet = service("web", { notify: { hook: [] } });
        const change = compared(recording, await run({ ...shop, services: { ...services, web: quiet } }));
        assert.deepEqual([change.added, change.removed], [[], []]);
        assert.deepEqual(
            change.changed.map(one => `${noun(one)} ${one.name}`),
            ["Pipeline web-pipeline"],
        );
    });

    it("makes nothing for who is reached by HTTPS, or is there already", async () => {
        const { registrations } = await run(stackFile());
        assert.deepEqual(
            registrations.filter(one => noun(one) === "NotificationTargets"),
            [],
        );
    });
});
