import * as assert from "node:assert/strict";
import type { ActionPlan, FleetPlan, StagePlan } from "../../blueprint/plan";
import { problemLines } from "../../config/read";
import { build, check, deploy, dev, fleet, source } from "./support/changed";
import { ecsService, stackOf, withPipeline, type Words } from "./support/fleet";

const path = ["services", "orders", "deploy"];

/** An action of dev that reads `text`. */
const reading = (text: string, change: Partial<ActionPlan> = {}): ActionPlan => ({
    ...deploy,
    name: "reader",
    runOrder: 2,
    path,
    configuration: { UserParameters: text },
    ...change,
});

/** An action of dev that leaves variables. */
const leaving = (namespace: string, runOrder = 1): ActionPlan => ({ ...deploy, name: namespace, namespace, runOrder });

/** The fleet with these actions in dev, and with a variable TARGET. */
const acting = (actions: readonly ActionPlan[], change: Partial<StagePlan> = {}): FleetPlan =>
    withPipeline(fleet, () => ({
        variables: [{ name: "TARGET", default: "x" }],
        stages: [source, build, { ...dev, actions, ...change }],
    }));

const gate = (text: string): StagePlan["before"] => [
    { name: "lambda", provider: "LambdaInvoke", configuration: { UserParameters: text }, grants: [], summary: "" },
];

const known = '"variables", "codepipeline", "SourceVariables"';

describe("the rule variable-references", () => {
    for (const [title, changed] of [
        ["no variable", acting([reading("${TARGET} #{ } {variables.TARGET}")])],
        ["a variable that is declared", acting([reading("a #{variables.TARGET} b")])],
        ["the id of the execution", acting([reading("#{codepipeline.PipelineExecutionId}")])],
        ["an action of an earlier stage", acting([reading("#{SourceVariables.CommitId}")])],
        ["an action that ran just before", acting([leaving("migrate__dev"), reading("#{migrate__dev.Version}")])],
        ["a gate on entry reading an earlier stage", acting([deploy], { before: gate("#{SourceVariables.CommitId}") })],
        [
            "a gate on the way out reading its own stage",
            acting([leaving("migrate__dev")], { after: gate("#{migrate__dev.Version} #{variables.TARGET}") }),
        ],
    ] as const) {
        it(`takes ${title}`, () => assert.deepEqual(check("variable-references", changed), []));
    }

    for (const [title, changed, message, at] of [
        [
            "a variable that is not declared",
            acting([reading("#{variables.SIDE}")]),
            'reader reads #{variables.SIDE}: the pipeline of orders declares no variable "SIDE"; declare it below `variables`',
        ],
        [
            "a variable that is misspelt",
            acting([reading("#{variables.TARGTE}")]),
            'reader reads #{variables.TARGTE}: the pipeline of orders declares no variable "TARGTE"; did you mean "TARGET"?',
        ],
        [
            "what CodePipeline does not say",
            acting([reading("#{codepipeline.ExecutionId}")]),
            'reader reads #{codepipeline.ExecutionId}: of an execution there is no "ExecutionId"; did you mean "PipelineExecutionId"?',
        ],
        [
            "an action that runs at the same time",
            acting([leaving("migrate__dev", 2), reading("#{migrate__dev.Version}")]),
            "reader reads #{migrate.Version}: migrate has not run before it",
        ],
        [
            "an action that runs later",
            acting([leaving("migrate__dev", 3), reading("#{migrate__dev.Version}")]),
            "reader reads #{migrate.Version}: migrate has not run before it",
        ],
        [
            "an action itself",
            acting([reading("#{reader__dev.Version}", { namespace: "reader__dev" })]),
            "reader reads #{reader.Version}: reader has not run before it",
        ],
        [
            "what no action leaves",
            acting([reading("#{build.Version}")]),
            `reader reads #{build.Version}: nothing before it leaves variables as "build"; expected one of ${known}`,
        ],
        [
            "a namespace that is misspelt",
            acting([reading("#{SourceVariable.CommitId}")]),
            'reader reads #{SourceVariable.CommitId}: nothing before it leaves variables as "SourceVariable"; did you mean "SourceVariables"?',
        ],
        [
            "a namespace that is misspelt, by the word of the stack file",
            acting([leaving("migrate__dev"), reading("#{migrat.Version}")]),
            'reader reads #{migrat.Version}: nothing before it leaves variables as "migrat"; did you mean "migrate"?',
        ],
        [
            "a command that reads what nobody declares",
            acting([
                reading("", {
                    compute: { commands: ["ls", "echo #{variables.SIDE}"], files: {}, outputVariables: [] },
                }),
            ]),
            'reader reads #{variables.SIDE}: the pipeline of orders declares no variable "SIDE"; declare it below `variables`',
        ],
        [
            "a gate on entry that reads its own stage",
            acting([leaving("migrate__dev")], { before: gate("#{migrate__dev.Version}") }),
            "the gate lambda of dev reads #{migrate.Version}: migrate has not run before it",
            ["services", "orders"],
        ],
        [
            "a gate on the way out that reads what nobody declares",
            acting([deploy], { after: gate("#{variables.SIDE}") }),
            'the gate lambda of dev reads #{variables.SIDE}: the pipeline of orders declares no variable "SIDE"; declare it below `variables`',
            ["services", "orders"],
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(check("variable-references", changed), [{ path: at ?? path, message }]);
        });
    }

    it("fails on each of several in one text", () => {
        const changed = acting([reading("#{variables.A}/#{variables.B}")]);
        assert.equal(check("variable-references", changed).length, 2);
    });

    it("tells a text that several services share once, with the first of them", () => {
        const environments = [{ name: "dev", approval: { notify: ["a@b.example"], instructions: "#{variables.WHO}" } }];
        const service = (variables: Words) => ({
            ...ecsService("orders"),
            build: { commands: ["make test"] },
            variables,
        });
        const named = (name: string) => ({ ...ecsService(name), build: { commands: ["make test"] } });
        const { problems } = stackOf({
            environments,
            services: { orders: service({ WHO: { default: "x" } }), basket: named("basket"), web: named("web") },
        });
        assert.deepEqual(problemLines(problems), [
            'Pulumi.test.yaml:14:7 environments[0].approval: approve reads #{variables.WHO}: the pipeline of basket declares no variable "WHO"; declare it below `variables`',
        ]);
    });
});

describe("the rule variables-of-sources", () => {
    const sourcing = (text: string) =>
        withPipeline(fleet, () => ({
            variables: [{ name: "TARGET", default: "x" }],
            stages: [
                { ...source, actions: [{ ...source.actions[0], configuration: { BranchName: text } }] },
                build,
                dev,
            ],
        }));

    it("takes a source without variables", () => {
        assert.deepEqual(check("variables-of-sources", sourcing("main")), []);
    });

    it("fails on a source that reads a variable, though it is declared", () => {
        const changed = sourcing("release/#{variables.TARGET}");
        assert.deepEqual(check("variables-of-sources", changed), [
            {
                path: source.actions[0].path,
                message: "source reads #{variables.TARGET}: a source knows no variable of the pipeline",
            },
        ]);
        assert.deepEqual(check("variable-references", changed), []);
    });
});
