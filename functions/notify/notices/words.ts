import type { Trigger } from "../../lib/event";
import { given } from "../../lib/fields";
import { shortId } from "../deliver/words";
import type { Commit } from "../notice";

/** Seconds from `from` to `to`, never fewer than none: clocks differ. */
export const secondsBetween = (from: Date | string, to: Date | string): number =>
    Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 1000));

/** `orders 1f2e3d4c`. */
export const releaseOf = (service: string, commit: Commit | undefined): string =>
    commit === undefined ? service : `${service} ${shortId(commit)}`;

/** ` in prod`, ` in Build`, or nothing where it is not known. */
export const placed = (environment: string | undefined, stage: string | undefined): string => {
    const where = environment ?? stage;
    return where === undefined ? "" : ` in ${where}`;
};

/** Whoever an ARN of IAM or STS names, as people call them: `ana (Release)`; undefined for what is nobody. */
export function personOf(arn: string | undefined): string | undefined {
    const session = /^arn:[^:]+:sts::\d*:assumed-role\/([^/]+)\/(.+)$/.exec(arn ?? "");
    if (session !== null) {
        return `${session[2]} (${session[1]})`;
    }
    const user = /^arn:[^:]+:iam::\d*:(?:user|role)\/(?:.*\/)?([^/]+)$/.exec(arn ?? "");
    if (user !== null) {
        return user[1];
    }
    return /^arn:[^:]+:iam::\d*:root$/.test(arn ?? "") ? "the root user" : undefined;
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ExecutionTrigger.html triggerType */
const triggers: Readonly<Record<string, string>> = {
    AutomatedRollback: "a failed deploy is rolled back",
    CloudWatchEvent: "an event has started it",
    CreatePipeline: "the pipeline was made",
    ManualRollback: "somebody rolls back",
    PollForSourceChanges: "a change has started it",
    PutActionRevision: "a change has started it",
    StartPipelineExecution: "it was started by request",
    Webhook: "a push has started it",
    WebhookV2: "a push has started it",
};

/** Why an execution began, and who began it. */
export const causeOf = (trigger: Trigger | undefined) => ({
    ...given("reason", Object.hasOwn(triggers, trigger?.type ?? "") ? triggers[trigger?.type ?? ""] : undefined),
    ...given("by", personOf(trigger?.detail)),
});
