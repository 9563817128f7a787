import type { Happening, Routes } from "../lib/happenings";
import type { SecretText } from "../lib/secrets";
import type { EnvironmentNames, Surroundings } from "../lib/settings";
import type { StatusHost } from "./statuses/status";

export type { SecretText } from "../lib/secrets";

/** How a target is reached. */
export type Delivery =
    /** Slack's incoming webhook. */
    | { readonly type: "slack"; readonly webhook: SecretText }
    /** A topic: plain text for people, or what Amazon Q Developer in chat applications reads. */
    | { readonly type: "topic"; readonly arn: string; readonly format: "text" | "chat" }
    /** A queue of an integrator: the notice as JSON. */
    | { readonly type: "queue"; readonly url: string }
    /** PagerDuty's Events API v2, or one that takes the same. */
    | { readonly type: "pager"; readonly url: string; readonly key: SecretText }
    /** Anything that takes the notice as JSON by POST. */
    | { readonly type: "webhook"; readonly url: SecretText; readonly headers: Readonly<Record<string, SecretText>> };

/** An environment, and who is told of it beside those of the fleet. */
export interface NotifiedEnvironment extends EnvironmentNames {
    readonly notify: Routes;
}

/** `settings.json` of `notify`. */
export interface NotifySettings extends Surroundings {
    readonly environments: readonly NotifiedEnvironment[];
    /** Who is told of every service. */
    readonly notify: Routes;
    readonly targets: Readonly<Record<string, Delivery>>;
    /** Where statuses of commits are set. */
    readonly statuses: readonly StatusHost[];
    /** Hours before its end at which an approval is told of as about to expire. */
    readonly approvalReminderHours: number;
    /** Hours after which an execution that still runs, and waits for nobody, is told of as stuck. */
    readonly stuckHours: number;
    /** Page of the documentation that says what to do, with an anchor for each happening. */
    readonly runbook?: string;
}

/** Prefix of the pipeline tags in which a service says who is told of it. */
export const routeTag = "notify:";

/** Every word of {@link Happening}. */
export const happenings = [
    "started",
    "succeeded",
    "failed",
    "recovered",
    "approval-needed",
    "approval-answered",
    "approval-expiring",
    "rolled-back",
    "stuck",
    "alarm",
] as const satisfies readonly Happening[];
