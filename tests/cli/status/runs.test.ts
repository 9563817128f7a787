import * as assert from "node:assert/strict";
import { revisionsOf } from "../../../cli/status/runs";
import { planOf, stackFile } from "../../support/plans";

const [pipeline] = planOf(
    stackFile(`
services:
    orders:
        source: { repository: acme/orders }
        sources: { contracts: { type: connection, repository: acme/contracts, branch: main, connection: github } }
        build: { type: none }
        deploy: { type: s3, bucket: site }
`),
).pipelines;
const artifactOf = (source: string) =>
    pipeline.stages[0].actions.find(({ name }) => name === source)?.outputs[0] ?? assert.fail(source);

describe("the revisions of an execution", () => {
    it("begin with the main source, whatever AWS begins with", () => {
        const sourceRevisions = ["contracts", "source"].map(actionName => ({
            actionName,
            revisionId: `of ${actionName}`,
        }));
        assert.deepEqual(revisionsOf({ sourceRevisions }, pipeline), [
            { source: "source", id: "of source" },
            { source: "contracts", id: "of contracts" },
        ]);
    });

    it("are told by artifacts where AWS names those", () => {
        const artifactRevisions = ["contracts", "source"].map(source => ({
            name: artifactOf(source),
            revisionId: `of ${source}`,
        }));
        const unknown = { name: "Old", revisionId: "of old" };
        assert.deepEqual(revisionsOf({ artifactRevisions: [...artifactRevisions, unknown] }, pipeline), [
            { source: "source", id: "of source" },
            { source: "contracts", id: "of contracts" },
            { source: "Old", id: "of old" },
        ]);
    });

    for (const [title, revisionSummary, summary] of [
        ["a message as it is", "Fix it\n\nAnd why.", "Fix it"],
        [
            "a message in JSON, as connections have it",
            '{"ProviderType":"GitHub","CommitMessage":"Fix it\\nnow"}',
            "Fix it",
        ],
        ["JSON that is no message", '{"CommitMessage":5}', '{"CommitMessage":5}'],
        ["JSON that is no object", "null", "null"],
        ["a message that is a number", "42", "42"],
    ] as const) {
        it(`have the first line of ${title}`, () => {
            const sourceRevisions = [{ actionName: "source", revisionId: "a", revisionSummary }];
            assert.deepEqual(revisionsOf({ sourceRevisions }, pipeline), [{ source: "source", id: "a", summary }]);
        });
    }

    it("are none of an execution that has not come past its sources", () => {
        assert.deepEqual(revisionsOf({}, pipeline), []);
    });
});
