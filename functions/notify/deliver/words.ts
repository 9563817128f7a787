import { cut, inLine, legible } from "../../lib/text";
import type { Happening } from "../../lib/happenings";
import type { Commit, Links, Notice } from "../notice";

/** The sign of each happening, which is seen before a word is read. */
export const signs: Readonly<Record<Happening, string>> = {
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

/** Most characters of texts that others have written, and most commits: SNS takes 256 KB of a message, and a character has up to three bytes. */
const longest = { reason: 10_000, other: 1_000, commit: 150, commits: 40 };

/** `notice` with texts as every receiver takes them, and small enough for each. */
export function fitting(notice: Notice): Notice {
    const { reason, commitsSinceRelease, ...rest } = notice;
    return {
        ...(clean(rest, longest.other) as Omit<Notice, "reason" | "commitsSinceRelease">),
        ...(reason !== undefined && { reason: legible(reason.trim(), longest.reason) }),
        ...(commitsSinceRelease !== undefined && {
            commitsSinceRelease: clean(commitsSinceRelease.slice(0, longest.commits), longest.commit) as Commit[],
        }),
    };
}

/** Links are of use only whole, so that they may be longer. */
function clean(value: unknown, limit: number): unknown {
    if (typeof value === "string") {
        return legible(value, value.startsWith("http") ? 2 * limit + 300 : limit);
    }
    if (Array.isArray(value)) {
        return value.map(item => clean(item, limit));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clean(item, limit)]))
        : value;
}

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

/** `1f2e3d4c` of a commit's id; other ids, such as versions of S3, are shortened only when they are long. */
export const shortId = ({ id }: Commit): string => (/^[0-9a-f]{40,64}$/.test(id) ? id.slice(0, 8) : cut(id, 20));

/** A commit in one line: its id, and the first line of its message. */
export const commitLine = (commit: Commit): string =>
    inLine([shortId(commit), (commit.message ?? "").split("\n")[0]].join(" "), 150);

/** What is known of `notice`, in the order in which people ask for it; `commit` writes the commit. */
export function facts(
    { service, environment, stage, action, commit, by, durationSeconds }: Notice,
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
        ["Author", told(commit?.author)],
        ["By", told(by)],
        ["Duration", durationSeconds === undefined ? undefined : spanOf(durationSeconds)],
    ] as const;
    return rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
}

const labels: Readonly<Record<keyof Links, string>> = {
    approval: "Answer",
    review: "Review",
    log: "Log",
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
