import { z } from "zod";
import { arn } from "../arn";
import { targetKind } from "../kind";
import { distinct, messageArn, useKey } from "../messages";
import { allow } from "../grant";
import { kmsKeyArn } from "../words";

/**
 * An SNS topic: for people by e-mail, for programs by HTTPS. It is made here, encrypted with the key of the stack, or it is one
 * that there is. Alarms of the fleet publish to it themselves, too, so that it is heard of when telling fails.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const sns = targetKind({
    type: "sns",
    limits: [
        "Whoever is named confirms the subscription once, by the link in a mail or as SNS asks an endpoint to; until then nothing is heard.",
        "A topic that keeps an order (FIFO) is none for people.",
    ],
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html",
    settings: z.strictObject({
        emails: distinct(z.email({ error: "an e-mail address" }), "Addresses that are told by e-mail. @default none"),
        https: distinct(
            z
                .string()
                .max(1000)
                .regex(/^https:\/\/[^\s@]+$/, "a URL that begins with https://"),
            "URLs that SNS posts to; whoever reads the stack file reads them too. @default none",
        ),
        topicArn: messageArn(
            "sns",
            "topic",
            "An existing topic of the pipelines' region. @default one is made",
        ).optional(),
        keyArn: kmsKeyArn("With `topicArn`: the key that the topic is encrypted with. @default it is not").optional(),
    }),
    example: `
        type: sns
        emails: [on-call@example.com]`,
    plan({ emails, https, topicArn, keyArn }, at) {
        const { home } = at;
        const name = at.physicalName(256);
        const made = topicArn === undefined ? { name, arn: arn("sns", name, home), emails, https } : undefined;
        const topic = topicArn ?? arn("sns", name, home);
        const key = made === undefined ? keyArn : at.key;
        const told = [...emails.map(address => `e-mail to ${address}`), ...https.map(url => `HTTPS to ${url}`)];
        return {
            delivery: { type: "topic", arn: topic, format: "text" },
            grants: [
                allow("TellTopics", ["sns:Publish"], [topic]),
                ...(key === undefined ? [] : [useKey(key, "sns", home)]),
            ],
            ...(made && { topic: made }),
            alarmTopic: topic,
            summary: made === undefined ? `topic ${topic}` : told.join(", "),
            prerequisites: [
                made === undefined
                    ? `the topic ${topic}${keyArn === undefined ? "" : " and its key"} let CloudWatch publish for alarms of account ${home.account}`
                    : "each address confirms its subscription once, by the link that SNS sends; until then it is told nothing",
            ],
        };
    },
    check({ emails, https, topicArn, keyArn }) {
        const made = topicArn === undefined;
        return [
            ...(made && emails.length + https.length === 0
                ? [{ path: [], message: "nobody would be told: expected `emails`, `https` or `topicArn`" }]
                : []),
            ...(["emails", "https"] as const)
                .filter(key => !made && { emails, https }[key].length > 0)
                .map(key => ({
                    path: [key],
                    message: `expected either \`${key}\` or \`topicArn\`, found both: who is told by a topic that there is, says its owner`,
                })),
            ...(made && keyArn !== undefined
                ? [
                      {
                          path: ["keyArn"],
                          message: "expected it beside `topicArn` alone: a topic that is made has the stack's key",
                      },
                  ]
                : []),
        ];
    },
});
