import { z } from "zod";
import { happenings } from "../../catalog/happenings";
import { dateForm, dateOf, durationForm, durationOf } from "./times";

/** Most entries of one list: a script is read by people. */
const mostEntries = 1000;

const list = <T extends z.ZodType>(item: T, description: string) =>
    z.array(item).max(mostEntries).default([]).describe(description);

const said = (text: unknown, read: (text: string) => number | undefined) =>
    text === 0 || (typeof text === "string" && read(text) !== undefined);

/** A duration, as it is written. */
const duration = (description: string) =>
    z
        .unknown()
        .refine(value => said(value, durationOf), durationForm)
        .describe(description);

/** A moment, as it is written: a duration from the start, or a date. */
const moment = (description: string) =>
    z
        .unknown()
        .refine(
            value => said(value, durationOf) || said(value, dateOf),
            `${durationForm}, from the start, or ${dateForm}`,
        )
        .describe(description);

const text = (description: string) => z.string().min(1).max(1000).describe(description);

const commit = text("Id of a commit of the script.");
const someCommit = commit.optional().describe("Only of this commit. @default of every commit");
const environment = text("An environment of the service.");
const stage = text("A stage of the pipeline, as `npm start` shows it: `Build`, `Approve-prod`, `prod`.");
const by = text("Who does it, for the timeline. @default somebody").optional();
const reason = text("Why, for the timeline.").optional();
const attempt = (what: string) => z.int().min(1).max(100).optional().describe(`Only ${what}, from 1. @default each`);
const durations = z.record(z.string(), duration("How long it takes.")).default({});

const commits = z.strictObject({
    id: text("What it is called in the script: a hash, or just `a`."),
    at: moment("When it is pushed. @default the start").default(0),
    message: text("Its message. @default none").optional(),
    branch: text("The branch that it is pushed to. @default one that the pipeline takes").optional(),
    tag: text("The tag that is pushed with it; such a push is none to a branch.").optional(),
    paths: z
        .array(text("A file."))
        .max(mostEntries)
        .optional()
        .describe("Files that it changes. @default files that the pipeline takes"),
    byHand: z
        .boolean()
        .default(false)
        .describe("Whether somebody starts the pipeline with it, whatever its triggers. @default false"),
    variables: z
        .record(z.string(), z.string())
        .default({})
        .describe(
            "Values of variables that gates look at, by name with namespace. @default those of the source, as far as they are known",
        ),
    durations: durations.describe("Durations of its own. @default those of all"),
});

const failures = z.strictObject({
    action: text("`stage/action`, or an action in every stage that has one of this name."),
    commit: someCommit,
    attempt: attempt("this attempt of the action in one execution"),
    rollback: z
        .boolean()
        .default(false)
        .describe("Whether it fails in rollbacks to the commit, and not in its release. @default false"),
    reason,
});

const alarms = z.strictObject({
    name: text("An alarm that the pipeline looks at."),
    from: moment("When it takes the state. @default the start").default(0),
    to: moment("When it is OK again. @default never").optional(),
    state: z.enum(["ALARM", "INSUFFICIENT_DATA"]).default("ALARM").describe("@default ALARM"),
});

const approvals = z.strictObject({
    environment: environment.optional().describe("Whose approval. @default of every environment"),
    commit: someCommit,
    attempt: attempt("this asking in one execution"),
    after: duration("How long after it was asked. @default 10m").default("10m"),
    answer: z.enum(["approve", "refuse", "none"]).describe("What is answered; `none` lets it expire."),
    by,
});

const freezes = z.strictObject({
    environment,
    from: moment("When it begins. @default the start").default(0),
    to: moment("When it is lifted. @default never").optional(),
    reason,
});

const functions = z.strictObject({
    name: text("The function of a `lambda` gate."),
    commit: someCommit,
    from: moment("From when on it answers so. @default the start").default(0),
    to: moment("Until when. @default for ever").optional(),
    answer: z.enum(["yes", "no"]).describe("What it answers."),
});

const transitions = z.strictObject({
    stage,
    from: moment("From when on nothing enters it. @default the start").default(0),
    to: moment("When it is enabled again. @default never").optional(),
    reason,
});

const condition = z.enum(["before", "after"]).default("before").describe("Of entry, or of success. @default before");
const overrides = z.strictObject({ stage, commit, condition, at: moment("When."), by });

const retries = z.strictObject({
    stage,
    commit,
    at: moment("When."),
    mode: z
        .enum(["failed-actions", "all-actions"])
        .default("failed-actions")
        .describe("Which actions run again. @default failed-actions"),
    by,
});

const rollbacks = z.strictObject({ environment, to: commit, at: moment("When."), by });

const stops = z.strictObject({
    commit,
    at: moment("When."),
    abandon: z
        .boolean()
        .default(false)
        .describe("Whether actions that run are given up. @default false, they are waited for"),
    reason,
    by,
});

const edits = z.strictObject({ at: moment("When."), reason, by });

const releases = z.strictObject({
    service: text("A service after whose releases the pipeline starts."),
    at: moment("When."),
});

const at = moment("When. @default at the end").optional();
const before = moment("Not later than this. @default the end").optional();

/** Alarms of the fleet are of no pipeline. */
const ofPipelines = happenings.filter(happening => happening !== "alarm");

const told = z.strictObject({
    target: text("A target of the stack file."),
    happening: z.enum(ofPipelines).optional().describe("@default anything"),
    environment: environment.optional(),
    commit: commit.optional(),
    times: z.int().min(1).max(mostEntries).optional().describe("How often, exactly. @default at least once"),
    by: before,
});
const rolledBack = z.strictObject({
    environment,
    to: commit.optional().describe("@default any"),
    by: before,
});
const asked = z.strictObject({ environment, commit, by: before });
const waits = z.strictObject({ stage, commit });
const overridden = z.strictObject({ stage, commit, condition: condition.unwrap().optional() });

/** What can be expected not to happen, too. */
const facts = {
    rolledBack: rolledBack.optional(),
    told: told.optional(),
    asked: asked.optional(),
    waits: waits.optional(),
    overridden: overridden.optional(),
};

/** How an execution can end, or still be; `NotStarted` where nothing takes the commit. */
export const executionStatuses = [
    "Succeeded",
    "Failed",
    "Stopped",
    "Stopping",
    "Superseded",
    "Cancelled",
    "InProgress",
    "NotStarted",
] as const;

/** How a stage can end for an execution, or still be. */
export const stageStatuses = [
    "Succeeded",
    "Failed",
    "Stopped",
    "Stopping",
    "Skipped",
    "Cancelled",
    "InProgress",
    "Waiting",
    "NotReached",
] as const;

const oneOf = "exactly one expectation";

const never = z
    .strictObject({
        commit: commit.optional(),
        reaches: z
            .custom<string>(value => typeof value === "string", "the name of an environment, with `commit` beside it")
            .optional(),
        ...facts,
    })
    .refine(
        ({ commit: whose, reaches, ...others }) =>
            Object.keys(others).length + (reaches === undefined ? 0 : 1) === 1 &&
            (whose === undefined) === (reaches === undefined),
        `${oneOf}, or \`commit\` with \`reaches\``,
    );

const expect = z
    .strictObject({
        reaches: z.strictObject({ commit, environment, by: before }).optional(),
        deployed: z.strictObject({ environment, commit, at }).optional(),
        status: z.strictObject({ commit, is: z.enum(executionStatuses), at }).optional(),
        stage: z.strictObject({ stage, commit, is: z.enum(stageStatuses), at }).optional(),
        ...facts,
        never: never.optional(),
    })
    .refine(value => Object.keys(value).length === 1, oneOf);

/** A script as its file has it. */
export const scriptSchema = z.strictObject({
    service: text("Whose pipeline it is played on. @default the one that the command is asked for").optional(),
    start: z
        .unknown()
        .refine(value => typeof value === "string" && dateOf(value) !== undefined, dateForm)
        .optional()
        .describe("When the simulation starts, in UTC. @default 2026-03-02T09:00Z, a Monday"),
    until: moment("When it ends, whatever still runs. @default 90d").optional(),
    deployed: z
        .record(z.string(), commit)
        .default({})
        .describe("Commits that are in environments before, by environment."),
    commits: list(commits, "Commits that are pushed, or with which the pipeline is started by hand."),
    durations: durations.describe("How long actions take, by `stage/action`, action, stage or `default`."),
    failures: list(failures, "Actions that fail."),
    alarms: list(alarms, "Alarms that are raised, or without data, for some time."),
    approvals: list(
        approvals,
        "What people say to approvals; the first that is meant counts. @default a yes after 10m",
    ),
    freezes: list(freezes, "Environments that are closed for some time."),
    functions: list(functions, "What functions of gates answer. @default yes"),
    transitions: list(transitions, "Stages whose transition is disabled for some time."),
    overrides: list(overrides, "Conditions that somebody overrides."),
    retries: list(retries, "Stages that somebody retries."),
    rollbacks: list(rollbacks, "Environments that somebody rolls back."),
    stops: list(stops, "Executions that somebody stops."),
    releases: list(releases, "Releases of other services after which the pipeline starts."),
    edits: list(edits, "Changes of the pipeline itself, as `pulumi up` makes them."),
    expect: list(expect, "What must come of it."),
});

/** A script as its file has it, read. */
export type ScriptWords = z.output<typeof scriptSchema>;

/** One expectation as its file has it. */
export type ExpectationWords = ScriptWords["expect"][number];
