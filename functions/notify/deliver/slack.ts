import { inLine } from "../../lib/text";
import type { Commit, Notice } from "../notice";
import { addressOf, facts, firstLine, headline, linksOf, shortId, signOf, sinceRelease, timeOf } from "./words";

/** A text of Block Kit: taken as it is written, so that nothing in it becomes a link or a mention by itself. */
interface Text {
    readonly type: "mrkdwn";
    readonly text: string;
    readonly verbatim: true;
}

/** The blocks that are used here. */
export type Block =
    | { readonly type: "section"; readonly text: Text }
    | { readonly type: "section"; readonly fields: readonly Text[] }
    | { readonly type: "context"; readonly elements: readonly Text[] };

/** What an incoming webhook takes. */
export interface SlackMessage {
    /** Read out, and shown where blocks are not. */
    readonly text: string;
    readonly blocks: readonly Block[];
    readonly unfurl_links: false;
    readonly unfurl_media: false;
}

/**
 * Most characters of parts of the message. Slack takes 3,000 of a text and 2,000 of a field, and refuses messages with about
 * 13,000 in all of their blocks, which its documentation does not say.
 *
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 * @see https://docs.slack.dev/reference/block-kit/blocks/section-block
 * @see https://github.com/slackapi/bolt-js/issues/2509
 */
const longest = { field: 250, reason: 2000, advice: 800, commits: 1800, commit: 200, link: 480 };

/**
 * `notice` as a message of Slack.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function slackMessage(notice: Notice): SlackMessage {
    const title = `${signOf(notice)} ${escaped(headline(notice), 400)}`;
    const why = notice.reason === undefined ? "" : `: ${escaped(inLine(notice.reason), 150)}`;
    return {
        text: `${title}${why}`,
        blocks: [
            section(`*${title.replaceAll("*", "∗")}*`),
            ...fields(notice),
            ...(notice.reason === undefined ? [] : [section(`\`\`\`${code(notice.reason)}\`\`\``)]),
            ...(notice.instructions === undefined ? [] : [section(escaped(notice.instructions, longest.advice))]),
            ...(notice.advice === undefined ? [] : [section(escaped(inLine(notice.advice), longest.advice))]),
            ...commits(notice),
            ...links(notice),
            { type: "context", elements: [textOf(origin(notice))] },
        ],
        unfurl_links: false,
        unfurl_media: false,
    };
}

const textOf = (text: string): Text => ({ type: "mrkdwn", text, verbatim: true });

const section = (text: string): Block => ({ type: "section", text: textOf(text) });

/**
 * `text` in which nothing is a control sequence: no mention, no link, no code block. Where it is too long no character is halved, written
 * with one sign or with five.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(text: string, limit: number): string {
    const written = [...text.replaceAll("```", "ˋˋˋ")].map(char => entities[char] ?? char);
    let length = 0;
    const end = written.findIndex(char => (length += char.length) > limit);
    if (end < 0) {
        return written.join("");
    }
    length -= written[end].length;
    return `${written.slice(0, length < limit ? end : end - 1).join("")}…`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** The text of a code block, out of which no text gets. */
const code = (text: string): string => escaped(text.replaceAll("`", "ˋ"), longest.reason);

function fields(notice: Notice): Block[] {
    const rows = facts(notice, linkedCommit, value => escaped(inLine(value), longest.field));
    return rows.length === 0
        ? []
        : [{ type: "section", fields: rows.map(([label, value]) => textOf(`*${label}*\n${value}`)) }];
}

function linkedCommit(commit: Commit): string {
    const id = shortId(commit);
    const message = escaped(inLine(firstLine(commit)), longest.commit);
    return [link(id, commit.url) ?? escaped(id, longest.field), ...(message === "" ? [] : [message])].join(" ");
}

/** A link, unless its address is none, or too long. */
function link(label: string, url: string | undefined): string | undefined {
    const address = addressOf(url);
    const written =
        address === undefined
            ? undefined
            : `<${escaped(address, Infinity)}|${escaped(label.replaceAll("|", "∣"), longest.field)}>`;
    return written === undefined || written.length > longest.link ? undefined : written;
}

function commits(notice: Notice): Block[] {
    const write = (commit: Commit) => {
        const author = commit.author === undefined ? "" : ` (${escaped(inLine(commit.author), 80)})`;
        return `• ${linkedCommit(commit)}${author}`;
    };
    const lines = sinceRelease(notice, write, all => all.join("\n").length <= longest.commits);
    return lines.length === 0 ? [] : [section(["*Since the last release*", ...lines].join("\n"))];
}

function links(notice: Notice): Block[] {
    const written = linksOf(notice).flatMap(([label, url]) => link(label, url) ?? []);
    return written.length === 0 ? [] : [section(written.join("  ·  "))];
}

const origin = ({ time, pipeline, execution }: Notice): string =>
    [timeOf(time), pipeline, execution]
        .flatMap(word => (word === undefined ? [] : [escaped(inLine(word), longest.field)]))
        .join("  ·  ");
