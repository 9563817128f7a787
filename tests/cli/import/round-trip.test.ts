import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { FleetPlan } from "../../../blueprint/plan";
import { imported } from "../../../cli/import/service";
import { planOf, stackFile, type Values } from "../../support/plans";
import { declared } from "./declared";

/** Who is asked in all stack files here. */
const notify = ["release@acme.example"];

/** A stack file with what is imported in the place of its environments and its service. */
function again(values: Values, json: object): Values {
    const { entry, environments } = imported(json, undefined, "web");
    return {
        ...values,
        defaults: {},
        // Who is asked is to be filled in.
        environments: environments.map(({ approval, ...environment }) => ({
            ...environment,
            ...(approval !== undefined && { approval: { ...(approval as object), notify } }),
        })),
        services: { web: entry },
    };
}

/** The stages of one pipeline, without where in the stack file they come from; actions in the order in which they run. */
const stagesOf = ({ pipelines }: FleetPlan, purpose: "release" | "check") =>
    pipelines
        .find(one => one.purpose === purpose)
        ?.stages.map(({ actions, ...stage }) => ({
            ...stage,
            actions: [...actions]
                .sort((a, b) => a.runOrder - b.runOrder || (a.name < b.name ? -1 : 1))
                .map(({ path: _, ...action }) => action),
        }));

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const text = fc.stringMatching(/^[A-Za-z0-9 .:_-]{1,12}$/);
const alarm = fc.record({ type: fc.constant("alarm"), name });
const patient = fc.record({ type: fc.constant("alarm"), name, waitMinutes: fc.integer({ min: 1, max: 1440 }) });
/** The engine sorts the keys of what stands in a stack file. */
const sorted = <T extends object>(values: T): T =>
    Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) as T;

const parameters = fc
    .dictionary(
        name,
        fc.oneof(text, fc.constantFrom("#{SourceVariables.CommitId}", "#{codepipeline.PipelineExecutionId}")),
        { maxKeys: 3 },
    )
    .map(sorted);
const lambda = fc.record({ type: fc.constant("lambda"), function: name, parameters });
const window = fc.record({
    type: fc.constant("window"),
    cron: fc.constantFrom("* * 8-16 ? * MON-THU *", "* 0-30 9 ? * * *"),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "UTC+05:30"),
});
const variable = fc.record({
    type: fc.constant("variable"),
    variable: fc.constantFrom("#{SourceVariables.CommitMessage}", "#{SourceVariables.BranchName}"),
    operator: fc.constantFrom("EQ", "NE", "CONTAINS", "MATCHES"),
    value: text,
});
const skipping = fc.oneof(lambda, variable).map(gate => ({ ...gate, otherwise: "skip" }));
const few = <T>(gate: fc.Arbitrary<T>) => fc.array(gate, { minLength: 1, maxLength: 3 });
const approval = fc.record(
    {
        notify: fc.constant(notify),
        timeoutHours: fc.integer({ min: 1, max: 1440 }),
        instructions: fc.oneof(text, fc.constant("Look - then say #{SourceVariables.CommitId}")),
        reviewUrl: fc.constant("https://acme.example/{environment}"),
    },
    { requiredKeys: ["notify"] },
);
const conditions = fc.record(
    {
        approval,
        before: fc.oneof(
            few(fc.oneof(alarm, patient, lambda, variable)),
            few(skipping),
            fc.tuple(window, fc.array(alarm, { maxLength: 2 })).map(([one, alarms]) => [one, ...alarms]),
        ),
        after: few(fc.oneof(alarm, patient, lambda)),
        onFailure: fc.constantFrom("stop", "rollback", "retry", "retry-all"),
        freezable: fc.boolean(),
    },
    { requiredKeys: [] },
);
const step = fc.record(
    {
        type: fc.constant("lambda"),
        when: fc.constantFrom("before", "after", "end"),
        function: fc.constantFrom("warm", "warm-{environment}"),
        parameters: fc.oneof(
            fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean()), { minKeys: 1, maxKeys: 2 }).map(sorted),
            fc.constantFrom("plain #{SourceVariables.CommitId}", "{ }", '{"a": {"b": 1}}'),
        ),
        environments: fc.constantFrom(["dev"], ["prod"]),
        artifact: fc.constant("source"),
    },
    { requiredKeys: ["type", "when", "function"] },
);
/** Steps, of which each may wait for those of its time before it. */
const steps = fc.array(fc.tuple(step, fc.boolean()), { maxLength: 4 }).map(all =>
    Object.fromEntries(
        all.map(([one, waits], index) => {
            const before = all.flatMap(([other], at) => (at < index && other.when === one.when ? [`s${at}`] : []));
            return [`s${index}`, { ...one, ...(waits && { needs: before }) }];
        }),
    ),
);

const source = { type: "connection", connection: "github", repository: "acme/web", branch: "main" };

/** Runs of the program itself, which takes a tenth of a second. */
const numRuns = 40;

describe("a pipeline that this program made", () => {
    it("comes back with the same approvals, gates, answers to a failure, freezes and functions", async () => {
        await fc.assert(
            fc.asyncProperty(conditions, conditions, steps, async (dev, prod, some) => {
                const deploying = { account: "222222222222", deployRoleArn: "arn:aws:iam::222222222222:role/deploy" };
                const values = {
                    ...stackFile(),
                    environments: [
                        { name: "dev", ...dev },
                        { name: "prod", ...deploying, ...prod },
                    ],
                    defaults: {},
                    services: {
                        web: {
                            source,
                            build: { type: "none" },
                            steps: some,
                            deploy: { type: "s3", bucket: "site-{environment}" },
                        },
                    },
                };
                const json = await declared(values, "web-pipeline");
                const back = again(values, json);
                assert.deepEqual(stagesOf(planOf(back), "release"), stagesOf(planOf(values), "release"));
                const told = imported(json).notExpressed.filter(
                    ([, why]) => !why.startsWith("made for every pipeline"),
                );
                assert.deepEqual(
                    told.filter(([path]) => path.startsWith("pipeline.stages")),
                    [],
                );
            }),
            { numRuns },
        );
    });

    it("comes back as a check of the same pull requests", async () => {
        const globs = fc.uniqueArray(fc.stringMatching(/^[a-z*/]{1,8}$/), { minLength: 1, maxLength: 3 });
        const words = fc.record(
            {
                branches: globs,
                excludeBranches: globs,
                paths: globs,
                excludePaths: globs,
                events: fc.uniqueArray(fc.constantFrom("opened", "updated", "closed"), { minLength: 1 }),
            },
            { requiredKeys: ["branches"] },
        );
        await fc.assert(
            fc.asyncProperty(words, fc.boolean(), async (pullRequests, further) => {
                const values = {
                    ...stackFile(),
                    defaults: {},
                    services: {
                        web: {
                            source,
                            ...(further && {
                                sources: { libs: { ...source, repository: "acme/libs" } },
                            }),
                            build: { buildspec: "buildspec.yml" },
                            suites: { unit: { buildspec: "buildspec.yml" } },
                            deploy: { type: "s3", bucket: "site" },
                            pullRequests: { ...pullRequests, ...(further && { sources: ["libs"] }) },
                        },
                    },
                };
                const json = await declared(values, "web--check-pipeline");
                const plan = planOf({ ...again(values, json), environments: [{ name: "dev" }] });
                assert.deepEqual(stagesOf(plan, "check"), stagesOf(planOf(values), "check"));
                const checks = [plan, planOf(values)].map(({ pipelines }) =>
                    pipelines.find(one => one.purpose === "check"),
                );
                assert.deepEqual(checks[0]?.triggers, checks[1]?.triggers);
                assert.equal(checks[0]?.executionMode, checks[1]?.executionMode);
                assert.deepEqual(
                    imported(json).notExpressed.filter(([path]) => /triggers|executionMode/.test(path)),
                    [],
                );
            }),
            { numRuns },
        );
    });
});
