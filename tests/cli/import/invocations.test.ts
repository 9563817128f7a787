import * as assert from "node:assert/strict";
import { imported } from "../../../cli/import/service";
import { action, build, ecs, pipeline, source, stage } from "./support";

const invoke = (
    name: string,
    runOrder: number,
    more: object = {},
    configuration: Readonly<Record<string, string>> = {},
) =>
    action(
        "Invoke",
        "Lambda",
        name,
        { FunctionName: "warm", ...configuration },
        { inputArtifacts: [], runOrder, ...more },
    );
const deployed = (environment: string, more: object = {}) => ecs(environment, { runOrder: 2, ...more });
const test = (name: string, runOrder: number) => action("Test", "CodeBuild", name, { ProjectName: name }, { runOrder });

const stepsOf = (...stages: readonly object[]) => imported(pipeline(...stages)).entry.steps;

describe("functions that a pipeline invokes", () => {
    it("are steps before the deploy, behind it, and behind the suites, one after the other as they were", () => {
        const steps = stepsOf(
            stage(
                "Live",
                invoke("First", 1),
                deployed("live"),
                invoke("WarmA", 3),
                invoke("WarmB", 3),
                invoke("Look", 4),
                test("Api", 5),
                invoke("Tell", 6),
            ),
        );
        const words = { type: "lambda", function: "warm" };
        assert.deepEqual(steps, {
            first: { ...words, when: "before" },
            "warm-a": { ...words, when: "after" },
            "warm-b": { ...words, when: "after" },
            look: { ...words, when: "after", needs: ["warm-a", "warm-b"] },
            tell: { ...words, when: "end" },
        });
    });

    it("are one step in several environments, with what is different in one", () => {
        const told = (name: string, value: string) =>
            invoke("Warm", 3, {}, { FunctionName: `warm-${name}`, UserParameters: JSON.stringify({ value }) });
        const { entry } = imported(
            pipeline(
                stage("Dev", deployed("dev"), told("dev", "a")),
                stage("Live", deployed("live"), told("live", "b")),
                stage("Far", deployed("far")),
            ),
        );
        assert.deepEqual(entry.steps, {
            warm: {
                type: "lambda",
                when: "after",
                function: "warm-{environment}",
                parameters: { value: "a" },
                environments: ["dev", "live"],
            },
        });
        assert.deepEqual(entry.environments, { live: { steps: { warm: { parameters: { value: "b" } } } } });
    });

    it("read what earlier ones leave, and the artifact of the source or of the only build", () => {
        const json = pipeline(
            stage(
                "Live",
                invoke("Ask", 1, { namespace: "Answer", inputArtifacts: [{ name: "Code" }] }),
                deployed("live"),
                invoke(
                    "Tell",
                    3,
                    { inputArtifacts: [{ name: "Out" }] },
                    { UserParameters: "#{Answer.Version} of #{Commit.CommitId}" },
                ),
            ),
        );
        json.pipeline.stages[0] = stage("Source", {
            ...source,
            namespace: "Commit",
            outputArtifacts: [{ name: "Code" }],
        });
        json.pipeline.stages[1] = stage("Build", { ...build, outputArtifacts: [{ name: "Out" }] });
        assert.deepEqual(imported(json).entry.steps, {
            ask: { type: "lambda", when: "before", function: "warm", artifact: "source" },
            tell: {
                type: "lambda",
                when: "after",
                function: "warm",
                parameters: "#{ask.Version} of #{SourceVariables.CommitId}",
                artifact: "build",
            },
        });
    });

    it("keep what they are told as a text where a map would be written in another way", () => {
        for (const text of ['{ "a": 1 }', '{"a":12345678901234567890}', '{"a":{"b":1}}', "[1]"]) {
            const steps = stepsOf(stage("Live", deployed("live"), invoke("Warm", 3, {}, { UserParameters: text })));
            assert.deepEqual(steps, { warm: { type: "lambda", when: "after", function: "warm", parameters: text } });
        }
    });

    for (const [title, one, why] of [
        ["beside a deploy", invoke("Warm", 2), /beside a deploy or a suite/],
        ["beside a suite", invoke("Warm", 5), /beside a deploy or a suite/],
        ["with another role", invoke("Warm", 3, { roleArn: "arn:aws:iam::222222222222:role/x" }), /with the role/],
        ["in another region", invoke("Warm", 3, { region: "us-east-1" }), /first region/],
        ["that hand something on", invoke("Warm", 3, { outputArtifacts: [{ name: "x" }] }), /hands on no artifact/],
        [
            "that read an artifact of another action",
            invoke("Warm", 3, { inputArtifacts: [{ name: "x" }] }),
            /reads one artifact/,
        ],
        [
            "that read a variable of another action",
            invoke("Warm", 3, {}, { UserParameters: "#{Build.X}" }),
            /called otherwise/,
        ],
        ["with a placeholder", invoke("Warm", 3, {}, { UserParameters: "{service}" }), /placeholder/],
        ["by an ARN", invoke("Warm", 3, {}, { FunctionName: "arn:aws:lambda:x" }), /`function` here is expected/],
    ] as const) {
        it(`are listed with why: ${title}`, () => {
            const { entry, notExpressed } = imported(pipeline(stage("Live", deployed("live"), one, test("Api", 5))));
            assert.equal(entry.steps, undefined);
            const said = notExpressed.find(([path]) => path === "pipeline.stages[2].actions[1]");
            assert.match(said?.[1] ?? JSON.stringify(notExpressed), why);
        });
    }

    it("are this program's own only where they say that they stand there", () => {
        const asked = (more: object) =>
            invoke(
                "Seal",
                3,
                {},
                {
                    UserParameters: JSON.stringify({
                        pipeline: "OrdersPipeline",
                        execution: "#{codepipeline.PipelineExecutionId}",
                        stage: "Live",
                        action: "Seal",
                        ...more,
                    }),
                },
            );
        const own = imported(pipeline(stage("Live", deployed("live"), asked({}))));
        assert.equal(own.entry.steps, undefined);
        assert.ok(own.notExpressed.some(([, why]) => why.startsWith("made for every pipeline")));
        for (const other of [{ stage: "Dev" }, { pipeline: "Other" }, { execution: "1" }, { action: 1 }]) {
            assert.ok("seal" in (stepsOf(stage("Live", deployed("live"), asked(other))) as object));
        }
    });

    it("are listed in a stage that deploys nothing, and where two have one name", () => {
        const { entry, notExpressed } = imported(
            pipeline(
                stage("Checks", invoke("Ask", 1)),
                stage("Live", deployed("live"), invoke("W1", 3), invoke("w1", 3)),
            ),
        );
        assert.equal(entry.steps, undefined);
        assert.deepEqual(
            notExpressed.filter(([path]) => path.includes("actions")).map(([path]) => path),
            ["pipeline.stages[2].actions[0]", "pipeline.stages[3].actions[1]", "pipeline.stages[3].actions[2]"],
        );
    });
});
