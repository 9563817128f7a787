import * as assert from "node:assert/strict";
import { PublishCommand } from "@aws-sdk/client-sns";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { deliver } from "../../../../functions/notify/deliver";
import { chatMessage } from "../../../../functions/notify/deliver/chat";
import { letterOf } from "../../../../functions/notify/deliver/topic";
import type { Delivery } from "../../../../functions/notify/settings";
import { bare, notices } from "./support/notices";
import { StubbedWorld } from "./support/world";

const { failed } = notices;

describe("a delivery by AWS", () => {
    let stubbed: StubbedWorld;
    beforeEach(() => (stubbed = new StubbedWorld()));

    const attribute = (StringValue: string) => ({ DataType: "String", StringValue });
    const attributes = {
        happening: attribute("failed"),
        service: attribute("orders"),
        environment: attribute("prod"),
    };
    const topic = (format: "chat" | "text"): Delivery => ({
        type: "topic",
        arn: "arn:aws:sns:eu-west-1:111111111111:releases",
        format,
    });
    const queue = (name: string): Delivery => ({
        type: "queue",
        url: `https://sqs.eu-west-1.amazonaws.com/111111111111/${name}`,
    });
    const published = () => stubbed.sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);
    const queued = () => stubbed.sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);

    it("publishes an e-mail to a topic", async () => {
        await deliver(failed, "mail", topic("text"), stubbed.container());
        assert.deepEqual(published(), [
            {
                TopicArn: "arn:aws:sns:eu-west-1:111111111111:releases",
                Subject: "[failed] orders 1a2b3c4 has failed in prod: deploy",
                Message: letterOf(failed),
                MessageAttributes: attributes,
            },
        ]);
    });

    it("publishes to a topic what Amazon Q Developer reads", async () => {
        await deliver(failed, "teams", topic("chat"), stubbed.container());
        assert.deepEqual(published(), [
            {
                TopicArn: "arn:aws:sns:eu-west-1:111111111111:releases",
                Message: JSON.stringify(chatMessage(failed)),
                MessageAttributes: attributes,
            },
        ]);
    });

    it("sends the notice itself to a queue", async () => {
        await deliver(failed, "audit", queue("audit"), stubbed.container());
        await deliver(bare, "audit", queue("audit"), stubbed.container());
        const url = "https://sqs.eu-west-1.amazonaws.com/111111111111/audit";
        const read = queued().map(({ MessageBody = "", ...rest }) => ({
            ...rest,
            notice: JSON.parse(MessageBody) as unknown,
        }));
        assert.deepEqual(read, [
            { QueueUrl: url, notice: failed, MessageAttributes: attributes },
            { QueueUrl: url, notice: bare, MessageAttributes: { happening: attribute("failed") } },
        ]);
    });

    it("sends no more than SQS and SNS take", async () => {
        const long = "語".repeat(100_000);
        const commits = Array.from({ length: 200 }, () => ({
            id: long,
            message: long,
            author: long,
            repository: long,
            url: `https://a.example/${"x".repeat(480)}`,
        }));
        const links = {
            log: `https://a.example/${"x".repeat(1980)}`,
            review: `https://a.example/${"x".repeat(300_000)}`,
        };
        const notice = {
            ...notices["approval-needed"],
            ...Object.fromEntries(
                ["title", "reason", "advice", "instructions", "by", "action", "stage"].map(key => [key, long]),
            ),
            commit: commits[0],
            from: commits[1],
            commitsSinceRelease: commits,
            links,
        };
        for (const delivery of [queue("audit"), topic("text"), topic("chat")]) {
            await deliver(notice, "x", delivery, stubbed.container());
        }
        for (const body of [queued()[0].MessageBody, ...published().map(({ Message }) => Message)]) {
            assert.ok(Buffer.byteLength(body ?? "") < 250 * 1024, String(Buffer.byteLength(body ?? "")));
        }
    });

    it("fails for now, by the name of the target, when AWS refuses", async () => {
        const refusal = Object.assign(new Error("not authorized"), { name: "AuthorizationErrorException" });
        stubbed.sns.on(PublishCommand).rejects(refusal);
        stubbed.sqs.on(SendMessageCommand).rejects(refusal);
        for (const delivery of [topic("text"), topic("chat"), queue("audit")]) {
            await assert.rejects(deliver(failed, "mail", delivery, stubbed.container()), {
                name: "Error",
                message: "mail was not told: AuthorizationErrorException: not authorized",
            });
        }
    });
});
