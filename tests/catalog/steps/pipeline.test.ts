import * as assert from "node:assert/strict";
import { pipeline } from "../../../catalog/steps/pipeline";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const planned = (yaml: string) =>
    only(pipeline.plan(read(pipeline.settings, `{ ${yaml} }`), at("next", [built, source], prod)));

const checked = (yaml: string) => pipeline.check?.(read(pipeline.settings, `{ ${yaml} }`));

describe("step pipeline", () => {
    it("starts the pipeline of another service, by the pipeline's own role in its own account", () => {
        assert.deepEqual(planned("service: reports"), {
            name: "next",
            action: {
                category: "Invoke",
                owner: "AWS",
                provider: "CodePipeline",
                version: "1",
                homeOnly: true,
                inputs: [0, 0],
                outputs: [0, 0],
                configuration: { required: ["PipelineName"], optional: ["SourceRevisions", "Variables"] },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-PipelineInvoke.html",
            },
            summary: "starts the pipeline shop--reports",
            configuration: { PipelineName: "shop--reports" },
            inputs: [],
            outputs: [],
            grants: [
                {
                    sid: "StartPipelines",
                    actions: ["codepipeline:StartPipelineExecution"],
                    resources: ["arn:aws:codepipeline:eu-west-1:111111111111:shop--reports"],
                },
            ],
        });
    });

    it("starts one by its name, with revisions and variables in the form that CodePipeline reads", () => {
        const { configuration, grants } = planned(
            'pipeline: nightly, revisions: { source: { type: COMMIT_ID, value: "#{SourceVariables.CommitId}" } }, variables: { A: "1", B: x }',
        );
        assert.deepEqual(configuration, {
            PipelineName: "nightly",
            SourceRevisions:
                '[{"actionName":"source","revisionType":"COMMIT_ID","revisionValue":"#{SourceVariables.CommitId}"}]',
            Variables: '[{"name":"A","value":"1"},{"name":"B","value":"x"}]',
        });
        assert.deepEqual(grants[0].resources, ["arn:aws:codepipeline:eu-west-1:111111111111:nightly"]);
    });

    for (const [title, yaml, found] of [
        ["neither a service nor a pipeline", "variables: { A: x }", "neither"],
        ["a service and a pipeline", "service: a, pipeline: b", "both"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(checked(yaml), [
                { path: [], message: `expected either \`service\` or \`pipeline\`, found ${found}` },
            ]));
    }

    it("takes one of the two", () => assert.deepEqual([checked("service: a"), checked("pipeline: b")], [[], []]));

    for (const [title, yaml, refused] of [
        ["an ARN", 'pipeline: "arn:aws:codepipeline:eu-west-1:111111111111:nightly"', "pipeline"],
        ["a name of 101 characters", `pipeline: ${"p".repeat(101)}`, "pipeline"],
        [
            "an unknown type of revision",
            "pipeline: a, revisions: { source: { type: TAG, value: x } }",
            "revisions.source.type",
        ],
        ["a revision that is a text", "pipeline: a, revisions: { source: x }", "revisions.source"],
        ["a variable with a dot in its name", "pipeline: a, variables: { a.b: x }", "variables.a.b"],
        ["a variable that is a number", "pipeline: a, variables: { A: 1 }", "variables.A"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(pipeline.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            ));
    }
});
