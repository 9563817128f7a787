import { cut, inLine } from "../../lib/text";
import type { Commit, Notice } from "../notice";
import { addressOf, facts, headline, linksOf, shortId, signs } from "./words";

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
    const title = `${signs[notice.happening]} ${escaped(headline(notice), 400)}`;
    return {
        text: title,
        blocks: [
            section(`*${title.replaceAll("*", "∗")}*`),
            ...fields(notice),
            ...(notice.reason === undefined ? [] : [section(`\`\`\`${code(notice.reason)}\`\`\``)]),
            ...(notice.advice === undefined ? [] : [section(escaped(inLine(notice.advice), longest.advice))]),
            ...commits(notice.commitsSinceRelease ?? []),
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
 * `text` in which nothing is a control sequence: no mention, no link. What is cut is cut before, so that no entity is halved.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(text: string, limit: number): string {
    const written = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    return written.length <= limit
        ? written
        : escaped(cut(text, Math.max(1, text.length - (written.length - limit))), limit);
}

/** The text of a code block, out of which no text gets. */
const code = (text: string): string => escaped(text.replaceAll("`", "ˋ"), longest.reason);

function fields(notice: Notice): Block[] {
    const rows = facts(notice, linkedCommit, value => escaped(inLine(value), longest.field));
    return rows.length === 0
        ? []
        : [{ type: "section", fields: rows.map(([label, value]) => textOf(`*${label}*\n${value}`)) }];
}

function linkedCommit(commit: Commit): string {
    const id = link(shortId(commit), commit.url) ?? escaped(shortId(commit), longest.field);
    const message = escaped(inLine((commit.message ?? "").split("\n")[0]), longest.commit);
    return message === "" ? id : `${id} ${message}`;
}

/** A link, unless its address is none, or too long. */
function link(label: string, url: string | undefined): string | undefined {
    const address = addressOf(url);
    const written =
        address === undefined ? undefined : `<${escaped(address, Infinity)}|${escaped(label, longest.field)}>`;
    return written === undefined || written.length > longest.link ? undefined : written;
}

/** As many as there is room for, newest first. */
function commits(all: readonly Commit[]): Block[] {
    const lines: string[] = [];
    let length = 0;
    for (const commit of all) {
        const author = commit.author === undefined ? "" : ` (${escaped(inLine(commit.author), 80)})`;
        const line = `• ${linkedCommit(commit)}${author}`;
        length += line.length + 1;
        if (length > longest.commits) {
            break;
        }
        lines.push(line);
    }
    const more = all.length - lines.length;
    return all.length === 0
        ? []
        : [section(["*Since the last release*", ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"))];
}

function links(notice: Notice): Block[] {
    const written = linksOf(notice).flatMap(([label, url]) => link(label, url) ?? []);
    return written.length === 0 ? [] : [section(written.join("  ·  "))];
}

const origin = ({ time, pipeline, execution }: Notice): string =>
    [
        time,
        ...(pipeline === undefined ? [] : [escaped(pipeline, longest.field)]),
        ...(execution === undefined ? [] : [escaped(execution, longest.field)]),
    ].join("  ·  ");
