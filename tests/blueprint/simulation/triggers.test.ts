import * as assert from "node:assert/strict";
import { commitOf } from "../../../blueprint/simulation/script";
import { globExpression, whyNot } from "../../../blueprint/simulation/triggers";
import { pipelineWith } from "./support";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html */
describe("simulation: triggers", () => {
    const source = (words: object) => pipelineWith({}, { source: { repository: "acme/orders", ...words } });
    const takes = (words: object, commit: object) => whyNot(source(words), commitOf("a", commit)) === undefined;

    for (const [title, words, commit, taken] of [
        ["a push to the branch", { branch: "main" }, { branch: "main" }, true],
        ["a push to another branch", { branch: "main" }, { branch: "other" }, false],
        ["a push of which no branch is said", { branch: "main" }, {}, true],
        ["a tag where none is asked for", { branch: "main" }, { tag: "v1" }, false],
        [
            "a change of one of the files",
            { paths: ["services/orders/**"] },
            { paths: ["README.md", "services/orders/a/b.ts"] },
            true,
        ],
        ["a change of other files", { paths: ["services/orders/**"] }, { paths: ["README.md"] }, false],
        [
            "a change of files that are left out",
            { paths: ["web/**"], excludePaths: ["**/*.md"] },
            { paths: ["web/a.md"] },
            false,
        ],
        [
            "a change of files and of some that are left out",
            { paths: ["web/**"], excludePaths: ["**/*.md"] },
            { paths: ["web/a.md", "web/a.ts"] },
            true,
        ],
        ["a tag that is asked for", { tags: ["v*"] }, { tag: "v1.2" }, true],
        ["a push to a branch where tags are asked for", { tags: ["v*"] }, { branch: "main" }, false],
    ] as const) {
        it(`${taken ? "take" : "do not take"} ${title}`, () => assert.equal(takes(words, commit), taken));
    }

    it("are not asked of what is started by hand", () => {
        assert.ok(takes({ branch: "main" }, { branch: "other", byHand: true }));
    });

    it("take nothing where the pipeline is started by hand alone", () => {
        const plan = pipelineWith({}, { trigger: { manual: true } });
        assert.match(whyNot(plan, commitOf("a")) ?? "", /does not start when its source changes/);
        assert.equal(whyNot(plan, commitOf("a", { byHand: true })), undefined);
    });

    for (const [glob, yes, no] of [
        ["release/*", ["release/1"], ["release/1/2", "release"]],
        ["web/**", ["web/a", "web/a/b"], ["web", "webs/a"]],
        ["**/*.md", ["a.md", "b/a.md"], ["a.mdx"]],
        ["{main,develop}", ["main", "develop"], ["main,develop"]],
        ["v?.0", ["v1.0"], ["v10.0", "v1x0"]],
        ["{main", [], ["main", "{main"]],
    ] as const) {
        it(`${glob} is what AWS takes it for`, () => {
            assert.deepEqual(
                [...yes, ...no].filter(name => globExpression(glob).test(name)),
                yes,
            );
        });
    }
});
