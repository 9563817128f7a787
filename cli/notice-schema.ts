import { join } from "node:path";
import { z } from "zod";
import type { Commit, Links, Notice } from "../functions/notify/notice";
import { projectFolder } from "./options";

/** Where the JSON Schema of a notice is kept, for whoever reads notices from a queue or takes them by a webhook. */
export const noticeSchemaFile = join(projectFolder, "docs", "notice.schema.json");

const text = (description: string) => z.string().describe(description);
const url = (description: string) => z.url().describe(description);
const time = (description: string) => z.iso.datetime().describe(description);

const commit = z
    .strictObject({
        id: text("A commit's hash, a version of S3, or an image's digest."),
        message: text("Its message, or the first line of it.").optional(),
        author: text("Who wrote it.").optional(),
        repository: text("`acme/orders`").optional(),
        url: url("Where it can be seen.").optional(),
    })
    .describe("A commit that an execution brings.");

const links = z
    .strictObject({
        pipeline: url("The pipeline.").optional(),
        execution: url("The pipeline execution.").optional(),
        log: url("The log of the action that failed.").optional(),
        approval: url("Where the approval is answered.").optional(),
        review: url("What its approver is asked to look at.").optional(),
        alarm: url("The alarm.").optional(),
        runbook: url("What to do about it.").optional(),
    })
    .describe("Where to look, and where to press.");

const happening = z
    .enum([
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
    ])
    .describe("What happened.");

/** A notice, as queues and webhooks get it. New keys may be added; what a key means does not change without another version. */
export const notice = z
    .strictObject({
        version: z.literal(1).describe("Another one when a key gets another meaning."),
        id: text("The same for the same thing, however often it comes: remember it, and drop what you have seen."),
        happening,
        time: time("When it happened."),
        service: text("Key of the service; absent where it is about the fleet.").optional(),
        environment: text("Name of the environment.").optional(),
        pipeline: text("Name of the pipeline.").optional(),
        execution: text("Id of the pipeline execution.").optional(),
        stage: text("Name of the stage.").optional(),
        action: text("Name of the action; of several, separated by commas.").optional(),
        title: text("In one line: what happened."),
        reason: text("Why, in the words of whoever knows: the action, the alarm, the approver.").optional(),
        advice: text("What to do about it.").optional(),
        by: text("Who did it.").optional(),
        settled: z
            .literal(true)
            .optional()
            .describe(
                "Nobody has to act: people have stopped a release, or given it no yes, or an alarm is over by itself.",
            ),
        commit: commit.optional(),
        commitsSinceRelease: z
            .array(commit)
            .optional()
            .describe("What has come in since the last release to production, newest first."),
        furtherCommits: z.int().optional().describe("How many more there are."),
        instructions: text("What an approver is asked to look at.").optional(),
        expires: time("When an approval that nobody answers counts as refused.").optional(),
        from: commit.optional().describe("What a rollback went back from; `commit` is what it went back to."),
        alarm: z
            .strictObject({
                name: text("Its name."),
                state: z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"]).describe("How it is now."),
            })
            .optional()
            .describe("The alarm of the fleet that it is about."),
        durationSeconds: z
            .number()
            .optional()
            .describe("Of a release since its start; of a recovery how long it was broken; of what waits since when."),
        links,
    })
    .describe("Something that has happened to a release, or to the fleet.");

/** `true` when each has the keys of the other, and takes what the other takes, but for `readonly`. */
type Same<A, B> = [A, keyof A] extends [Mutable<B>, keyof B]
    ? [Mutable<B>, keyof B] extends [A, keyof A]
        ? true
        : false
    : false;

type Mutable<T> = T extends readonly (infer Item)[]
    ? Mutable<Item>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
      : T;

type Alarm = NonNullable<Notice["alarm"]>;

type Holds<T extends true> = T;

/** The compiler refuses a schema that is not of what the function sends. */
export type SchemaOfNotice = [
    Holds<Same<z.infer<typeof notice>, Notice>>,
    Holds<Same<z.infer<typeof commit>, Commit>>,
    Holds<Same<z.infer<typeof links>, Links>>,
    Holds<Same<NonNullable<z.infer<typeof notice>["alarm"]>, Alarm>>,
];

/** The file's content. Readers have to bear keys that are new, so the schema allows them. */
export function noticeSchemaText(): string {
    const schema = z.toJSONSchema(notice, {
        target: "draft-2020-12",
        override: ({ jsonSchema }) => {
            delete jsonSchema.additionalProperties;
            // The format says it, in fewer words.
            delete jsonSchema.pattern;
        },
    });
    return `${JSON.stringify({ ...schema, title: "Notice" }, undefined, 2)}\n`;
}
