import * as assert from "node:assert/strict";
import { approval } from "../../catalog/approval";
import { read, refusals } from "./support/place";

describe("approval", () => {
    it("waits a week, and tells nobody unless asked to", () => {
        assert.deepEqual(read(approval, "{}"), { notify: [], timeoutHours: 168 });
    });

    it("takes variables, which CodePipeline replaces when it asks", () => {
        const asked = read(
            approval,
            '{ instructions: "Look at #{build.Version}.", reviewUrl: "https://d.example/#{codepipeline.PipelineExecutionId}" }',
        );
        assert.equal(asked.instructions, "Look at #{build.Version}.");
        assert.equal(asked.reviewUrl, "https://d.example/#{codepipeline.PipelineExecutionId}");
    });

    for (const [title, yaml, refused] of [
        ["what is no address", "notify: [release]", "notify.0"],
        ["501 characters of instructions", `instructions: ${"i".repeat(501)}`, "instructions"],
        ["a page that is none", "reviewUrl: dashboards.example", "reviewUrl"],
        ["no hour", "timeoutHours: 0", "timeoutHours"],
        ["more than 60 days", "timeoutHours: 1441", "timeoutHours"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(approval, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
