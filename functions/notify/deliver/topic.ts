import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Notice } from "../notice";
import type { Delivery } from "../settings";
import { attributesOf } from "./attributes";
import { chatMessage } from "./chat";
import { authoredLine, facts, headline, linksOf, sinceRelease, timeOf } from "./words";

type Topic = Extract<Delivery, { type: "topic" }>;

/**
 * Publishes `notice`: a text that can be read as an e-mail, or what Amazon Q Developer in chat applications reads.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export async function toTopic(notice: Notice, target: string, { arn, format }: Topic, sns: SNSClient): Promise<void> {
    try {
        await sns.send(
            new PublishCommand({
                TopicArn: arn,
                ...(format === "text"
                    ? { Subject: subjectOf(notice), Message: letterOf(notice) }
                    : { Message: JSON.stringify(chatMessage(notice)) }),
                MessageAttributes: attributesOf(notice),
            }),
        );
    } catch (error) {
        throw new Error(
            `${target} was not told: ${error instanceof Error ? `${error.name}: ${error.message}` : "no reason"}`,
        );
    }
}

/** The subject of an e-mail: ASCII, fewer than 100 characters, one line. */
export function subjectOf(notice: Notice): string {
    const plain = `[${notice.happening}] ${headline(notice)}`.normalize("NFKD").replace(/\p{M}/gu, "");
    const ascii = plain
        .replace(/[\u2010-\u2015]/g, "-")
        .replace(/…/g, "...")
        .replace(/[^\x20-\x7e]/gu, "?");
    return ascii.length < 100 ? ascii : `${ascii.slice(0, 96)}...`;
}

/** The e-mail itself. */
export function letterOf(notice: Notice): string {
    const { reason, instructions, advice, time, execution } = notice;
    const commits = sinceRelease(notice, authoredLine);
    const paragraphs = [
        headline(notice),
        table(facts(notice)),
        reason === undefined ? "" : `Why:\n${indented(reason)}`,
        instructions ?? "",
        advice ?? "",
        commits.length === 0 ? "" : `Since the last release:\n${indented(commits.join("\n"))}`,
        table(linksOf(notice)),
        execution === undefined ? timeOf(time) : `${timeOf(time)}, execution ${execution}`,
    ];
    return `${paragraphs.filter(paragraph => paragraph !== "").join("\n\n")}\n`;
}

const indented = (text: string): string => text.replace(/^/gm, "    ");

function table(rows: readonly (readonly [label: string, value: string])[]): string {
    const width = Math.max(0, ...rows.map(([label]) => label.length));
    return rows.map(([label, value]) => `${`${label}:`.padEnd(width + 1)} ${value}`).join("\n");
}
