import { z } from "zod";
import { pathShape, pushShape } from "./filters";
import { key, why } from "./words";

/** Events of pull requests: the word in the stack file → CodePipeline's. */
export const pullRequestEvents = { opened: "OPEN", updated: "UPDATED", closed: "CLOSED" } as const;

export type PullRequestEvent = keyof typeof pullRequestEvents;

const { branches, excludeBranches } = pushShape;

/**
 * Keys of `pullRequests`: which ones are checked, and with what. `build` is the schema of a build's words.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export const pullRequests = (build: z.ZodType) =>
    z.strictObject({
        branches: branches.describe(
            "Pull requests that ask to be merged into these (globs). @default the source's branch",
        ),
        excludeBranches,
        paths: pathShape.paths.describe(
            "Only pull requests that change one of these files (globs). @default the paths of the source",
        ),
        excludePaths: pathShape.excludePaths,
        events: z
            .array(z.enum(Object.keys(pullRequestEvents) as [PullRequestEvent, ...PullRequestEvent[]]))
            .min(1)
            .refine(events => new Set(events).size === events.length, "each event once")
            .default(["opened", "updated"])
            .describe("What starts the check. @default opened, updated"),
        sources: z
            .array(key("name of a source"))
            .default([])
            .describe("Further sources that the check reads; the code of pull requests then sees them. @default none"),
        suites: z
            .array(key("name of a suite"))
            .optional()
            .describe("Suites that run; those after a deploy cannot. @default all that run after the build"),
        build: build.optional().describe("What is different of the build, for pull requests. @default nothing"),
        builds: z
            .record(z.string(), build)
            .optional()
            .describe("What is different of several builds, for pull requests, by name. @default nothing"),
        exposeSecrets: why(
            "why, as a text",
            "Why code that nobody has merged may have the secrets and permissions of build and suites; printed in the preview. @default it has none",
        ).optional(),
    });
