import { cut, inLine, legible } from "../../lib/text";
import type { Happening } from "../../lib/happenings";
import type { Commit, Links, Notice } from "../notice";

/** The sign of each happening, which is seen before a word is read. */
const signs: Readonly<Record<Happening, string>> = {
    started: "▶️",
    succeeded: "✅",
    failed: "❌",
    recovered: "💚",
    "approval-needed": "✋",
    "approval-answered": "🗳️",
    "approval-expiring": "⌛",
    "rolled-back": "⏪",
    stuck: "🐌",
    alarm: "🚨",
};

export const signOf = ({ happening, alarm }: Notice): string =>
    alarm?.state === "OK" ? signs.recovered : signs[happening];

/**
 * Most characters of texts that others have written, and most commits: SNS takes 256 KB of a message, and a character has up
 * to three bytes.
 */
const longest = { reason: 10_000, other: 1_000, commit: 150, commits: 40, link: 2_000, commitLink: 500 };

/** `notice` with texts as every receiver takes them, and small enough for each. */
export function fitting(notice: Notice): Notice {
    const { reason, commit, from, commitsSinceRelease = [], furtherCommits = 0, links, ...rest } = notice;
    const further = Math.max(0, commitsSinceRelease.length - longest.commits) + furtherCommits;
    return {
        ...clean(rest, longest.other),
        ...(reason !== undefined && { reason: legible(reason.trim(), longest.reason) }),
        ...(commit !== undefined && { commit: cleanCommit(commit, longest.other, longest.link) }),
        ...(from !== undefined && { from: cleanCommit(from, longest.other, longest.link) }),
        ...(commitsSinceRelease.length > 0 && {
            commitsSinceRelease: commitsSinceRelease
                .slice(0, longest.commits)
                .map(one => cleanCommit(one, longest.commit, longest.commitLink)),
        }),
        ...(further > 0 && { furtherCommits: further }),
        links: Object.fromEntries(Object.entries(links).filter(([, url]) => whole(url as string, longest.link))),
    };
}

function cleanCommit({ url, ...rest }: Commit, limit: number, linkLimit: number): Commit {
    return { ...clean(rest, limit), ...(url !== undefined && whole(url, linkLimit) && { url }) };
}

/** A link is of use only whole. */
const whole = (url: string, limit: number) => url.length <= limit && legible(url) === url;

/** `words` with every text in them legible. */
function clean<T extends object>(words: T, limit: number): T {
    const entries = Object.entries(words).map(([key, value]: [string, unknown]) => [
        key,
        typeof value === "string" ? legible(value.trim(), limit) : isWords(value) ? clean(value, limit) : value,
    ]);
    return Object.fromEntries(entries) as T;
}

const isWords = (value: unknown): value is object => typeof value === "object" && value !== null;

/** What happened, with service and environment where the title does not say them. */
export function headline({ title, service, environment }: Notice): string {
    const missing = [service, environment].filter(word => word !== undefined && !title.includes(word));
    return inLine(missing.length === 0 ? title : `${missing.join(" ")}: ${title}`, 200);
}

/** `3 min 20 s`: the two largest units that are not nothing. */
export function spanOf(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    const units = [
        [Math.floor(whole / 86_400), "d"],
        [Math.floor(whole / 3600) % 24, "h"],
        [Math.floor(whole / 60) % 60, "min"],
        [whole % 60, "s"],
    ] as const;
    const first = units.findIndex(([count]) => count > 0);
    const told = first === -1 ? units.slice(-1) : units.slice(first, first + 2);
    return told
        .filter(([count], index) => count > 0 || index === 0)
        .map(([count, unit]) => `${count} ${unit}`)
        .join(" ");
}

/** `2026-11-27 08:15 UTC` */
export const timeOf = (time: string): string => time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, "$1 $2 UTC");

/** A revision as people call it: the beginning of a commit's hash or of an image's digest, or all of a short name. */
export function shortId({ id }: Commit): string {
    const hash = /^(?:sha256:)?([0-9a-f]{40,64})$/.exec(id);
    return hash === null ? cut(id, 24) : hash[1].slice(0, 7);
}

/** A commit in one line: its id, and the first line of its message. */
export const commitLine = (commit: Commit): string => inLine(`${shortId(commit)} ${firstLine(commit)}`, 150);

/** The same with its author. */
export const authoredLine = (commit: Commit): string =>
    `${commitLine(commit)}${commit.author === undefined ? "" : ` (${inLine(commit.author, 80)})`}`;

export const firstLine = ({ message = "" }: Commit): string => message.trim().split("\n")[0];

/** What the duration is of, where it is not of the release. */
const durations: Partial<Record<Happening, string>> = {
    recovered: "Broken for",
    stuck: "Idle for",
    "approval-needed": "Waits for",
    "approval-expiring": "Waits for",
};

/** What is known of `notice`, in the order in which people ask for it: at most ten rows, which is what Slack takes. */
export function facts(
    { happening, service, environment, stage, action, commit, from, by, expires, durationSeconds }: Notice,
    write: (commit: Commit) => string = commitLine,
    text: (value: string) => string = value => inLine(value, 200),
): (readonly [label: string, value: string])[] {
    const told = (value: string | undefined) => (value === undefined ? undefined : text(value));
    const rows = [
        ["Service", told(service)],
        ["Environment", told(environment)],
        ["Stage", told(stage)],
        ["Action", told(action)],
        ["Commit", commit === undefined ? undefined : write(commit)],
        ["Back from", from === undefined ? undefined : write(from)],
        ["Author", told(commit?.author)],
        ["By", told(by)],
        ["Answer until", told(expires === undefined ? undefined : timeOf(expires))],
        [durations[happening] ?? "Duration", durationSeconds === undefined ? undefined : spanOf(durationSeconds)],
    ] as const;
    return rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
}

/** What has come in since the last release: the newest lines that `fits` has room for, and how many more there are. */
export function sinceRelease(
    { commitsSinceRelease: commits = [], furtherCommits = 0 }: Notice,
    write: (commit: Commit) => string,
    fits: (lines: readonly string[]) => boolean = () => true,
): string[] {
    const lines: string[] = [];
    for (const commit of commits) {
        const line = write(commit);
        if (!fits([...lines, line])) {
            break;
        }
        lines.push(line);
    }
    const more = commits.length - lines.length + furtherCommits;
    return more > 0 ? [...lines, `and ${more} more`] : lines;
}

const labels: Readonly<Record<keyof Links, string>> = {
    approval: "Answer",
    review: "Review",
    log: "Log",
    alarm: "Alarm",
    execution: "Execution",
    pipeline: "Pipeline",
    runbook: "What to do",
};

/** Where to press and where to look, what is needed first at the beginning. What is no address of the web is left out. */
export const linksOf = ({ links }: Notice): (readonly [label: string, url: string])[] =>
    (Object.keys(labels) as (keyof Links)[]).flatMap(key => {
        const url = addressOf(links[key]);
        return url === undefined ? [] : [[labels[key], url] as const];
    });

/** `url` as its parser writes it, which leaves no space, quote or angle bracket in it; only of the web. */
export function addressOf(url: string | undefined): string | undefined {
    if (url === undefined || !URL.canParse(url)) {
        return undefined;
    }
    const { protocol, href } = new URL(url);
    const safe = href.replace(/[<>|"`]/g, char => encodeURIComponent(char));
    return /^https?:$/.test(protocol) && safe.length <= 2000 ? safe : undefined;
}
