import { createHash } from "node:crypto";
import { inLine } from "../../lib/text";
import type { Happening } from "../../lib/happenings";
import type { Notice } from "../notice";
import { facts, headline, linksOf } from "./words";

/** An alert event of PagerDuty's Events API v2, without its key. */
export interface PagerEvent {
    readonly event_action: "resolve" | "trigger";
    readonly dedup_key: string;
    readonly payload?: {
        readonly summary: string;
        readonly source: string;
        readonly severity: "critical" | "error" | "info" | "warning";
        readonly timestamp: string;
        readonly component?: string;
        readonly group?: string;
        readonly class: string;
        readonly custom_details: Readonly<Record<string, string>>;
    };
    readonly links?: readonly { readonly href: string; readonly text: string }[];
    readonly client?: string;
}

/** What is wrong: each is one alert for a service in an environment, and is over by itself. */
type Trouble = "alarm" | "approval" | "failure";

type Severity = NonNullable<PagerEvent["payload"]>["severity"];

/**
 * What each happening does to an alert. An approval that is answered is no release that is mended, so the two are not the
 * same alert. A pager is for trouble: that something has begun is none, nor is what nobody has to act on, and is not sent.
 */
const meanings: Readonly<Record<Happening, readonly [Trouble, Severity | "over"] | undefined>> = {
    started: undefined,
    succeeded: ["failure", "over"],
    failed: ["failure", "error"],
    recovered: ["failure", "over"],
    "approval-needed": ["approval", "info"],
    "approval-answered": ["approval", "over"],
    "approval-expiring": ["approval", "warning"],
    "rolled-back": ["failure", "error"],
    stuck: ["failure", "warning"],
    alarm: ["alarm", "critical"],
};

/**
 * The event that `notice` is for a pager, if it is one.
 *
 * @see https://developer.pagerduty.com/docs/send-alert-event (255 characters of dedup_key, 1,024 of summary)
 */
export function pagerEvent(notice: Notice): PagerEvent | undefined {
    const [trouble, severity] = meanings[notice.happening] ?? [];
    if (trouble === undefined || severity === undefined || notice.settled) {
        return undefined;
    }
    const alert = { dedup_key: dedupKey(notice, trouble) };
    if (severity === "over" || notice.alarm?.state === "OK") {
        return { event_action: "resolve", ...alert };
    }
    const { service, environment, happening, pipeline, time, reason, instructions, advice } = notice;
    return {
        event_action: "trigger",
        ...alert,
        payload: {
            summary: inLine(headline(notice), 1024),
            source: pipeline ?? service ?? "service-pipelines",
            severity,
            timestamp: time,
            ...(service !== undefined && { component: service }),
            ...(environment !== undefined && { group: environment }),
            class: happening,
            custom_details: {
                ...Object.fromEntries(facts(notice)),
                ...(reason !== undefined && { Why: reason }),
                ...(instructions !== undefined && { Instructions: instructions }),
                ...(advice !== undefined && { Advice: advice }),
            },
        },
        links: linksOf(notice).map(([text, href]) => ({ href, text })),
        client: "service-pipelines",
    };
}

/** One alert for each service, environment and trouble; the pipeline's name says the fleet too. */
function dedupKey({ pipeline, service, environment, alarm, title }: Notice, trouble: Trouble): string {
    const key = [
        pipeline ?? service ?? "fleet",
        ...(environment === undefined ? [] : [environment]),
        trouble,
        ...(trouble === "alarm" ? [alarm?.name ?? title] : []),
    ].join("/");
    return key.length <= 255 ? key : createHash("sha256").update(key).digest("hex");
}
