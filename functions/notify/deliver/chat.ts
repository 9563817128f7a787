import { cut, inLine } from "../../lib/text";
import type { Notice } from "../notice";
import { authoredLine, facts, headline, linksOf, signOf, sinceRelease, timeOf } from "./words";

/**
 * What Amazon Q Developer in chat applications shows in Slack and Teams; messages of one execution make a thread.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface ChatMessage {
    readonly version: "1.0";
    readonly source: "custom";
    readonly id: string;
    readonly content: {
        readonly textType: "client-markdown";
        readonly title: string;
        readonly description: string;
        readonly nextSteps?: readonly string[];
        readonly keywords: readonly string[];
    };
    readonly metadata: {
        readonly threadId: string;
        readonly summary: string;
        readonly eventType: string;
        readonly additionalContext: Readonly<Record<string, string>>;
    };
}

/** Most characters of the parts. The page names no limits: these keep the message as small as one that a person writes. */
const longest = { reason: 1500, advice: 500, commits: 10 };

/**
 * `notice` as a message in "the target chat platform's markdown", which is another one in Slack than in Teams: the markup
 * used here is the code block, which both have, and bare addresses, which both make links of.
 */
export function chatMessage(notice: Notice): ChatMessage {
    const { happening, service, environment, stage, action, instructions, advice, reason } = notice;
    const commits = sinceRelease(notice, authoredLine, lines => lines.length <= longest.commits);
    const lines = [
        ...facts(notice).map(([label, value]) => `${label}: ${tame(value)}`),
        ...(reason === undefined ? [] : [`\`\`\`\n${tame(cut(reason, longest.reason))}\n\`\`\``]),
        ...(instructions === undefined ? [] : [tame(cut(instructions, longest.advice))]),
        ...(commits.length === 0 ? [] : ["Since the last release:"]),
        ...commits.map(line => `- ${tame(line)}`),
        ...linksOf(notice).map(([label, url]) => `${label}: ${url}`),
        timeOf(notice.time),
    ];
    const known = Object.entries({ service, environment, stage, action }).filter(([, value]) => value !== undefined);
    return {
        version: "1.0",
        source: "custom",
        id: notice.id,
        content: {
            textType: "client-markdown",
            title: `${signOf(notice)} ${tame(headline(notice))}`,
            description: lines.join("\n"),
            ...(advice !== undefined && { nextSteps: [tame(inLine(advice, longest.advice))] }),
            keywords: [happening, service, environment].filter(word => word !== undefined),
        },
        metadata: {
            threadId: notice.execution ?? notice.pipeline ?? notice.id,
            summary: headline(notice),
            eventType: happening,
            additionalContext: Object.fromEntries(known) as Record<string, string>,
        },
    };
}

/** `text` that mentions nobody, hides not where a link goes and ends no code block, in Slack's markup and in Markdown. */
export const tame = (text: string): string =>
    text
        .replaceAll("<", "‹")
        .replaceAll(">", "›")
        .replaceAll("`", "ˋ")
        .replace(/\]\s*\(/g, "] - (")
        .replace(/(?<!\w)@(?=\w)/g, "@\u200b");
