import * as assert from "node:assert/strict";
import { connection } from "../../../catalog/sources/connection";
import { Reference } from "../../../catalog/reference";
import { at, only, read, refusals, silently } from "../support/place";

const repository = "connection: github, repository: Acme/Shop, branch: main";
const planned = (yaml: string) => only(connection.plan(read(connection.settings, `{ ${yaml} }`), at("source")));

describe("source connection", () => {
    it("takes every commit of the branch when no paths are named", () => {
        const step = planned(repository);
        const use = {
            sid: "UseConnection",
            actions: ["codeconnections:UseConnection"],
            resources: [new Reference("connection:github")],
        };
        assert.deepEqual(step, {
            name: "source",
            action: {
                category: "Source",
                owner: "AWS",
                provider: "CodeStarSourceConnection",
                version: "1",
                inputs: [0, 0],
                outputs: [1, 1],
                configuration: {
                    required: ["ConnectionArn", "FullRepositoryId", "BranchName"],
                    optional: ["OutputArtifactFormat", "DetectChanges"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html",
            },
            configuration: {
                ConnectionArn: new Reference("connection:github"),
                FullRepositoryId: "Acme/Shop",
                BranchName: "main",
                OutputArtifactFormat: "CODE_ZIP",
                DetectChanges: "true",
            },
            inputs: [],
            outputs: [{ key: "source", name: "SourceArtifact", opening: [] }],
            namespace: "SourceVariables",
            grants: [use],
            revision: {
                label: "commit",
                id: "#{SourceVariables.CommitId}",
                message: "#{SourceVariables.CommitMessage}",
            },
            summary: "Acme/Shop, branch main",
        });
    });

    it("starts by a trigger, and not by the action's own detection, when paths are named", () => {
        const step = planned(`${repository}, paths: ["services/orders/**", "libs/**"]`);
        assert.deepEqual(step.trigger, {
            action: "source",
            pushes: [{ branches: { includes: ["main"] }, paths: { includes: ["services/orders/**", "libs/**"] } }],
        });
        assert.equal("DetectChanges" in step.configuration, false);
        assert.equal(step.configuration.BranchName, "main");
        assert.equal(step.summary, "Acme/Shop, branch main, only services/orders/**, libs/**");
    });

    for (const [title, yaml, pushes, words] of [
        [
            "branches, but not all of them",
            'branches: [main, "release/*"], excludeBranches: ["release/old"]',
            [{ branches: { includes: ["main", "release/*"], excludes: ["release/old"] } }],
            "branches main, release/*, but not release/old",
        ],
        [
            "all files but some",
            'excludePaths: ["**/*.md"]',
            [{ branches: { includes: ["main"] }, paths: { excludes: ["**/*.md"] } }],
            "branch main, not **/*.md",
        ],
        [
            "tags, and then no branch",
            'tags: ["v*"], excludeTags: ["v*-rc*"]',
            [{ tags: { includes: ["v*"], excludes: ["v*-rc*"] } }],
            "tags v*, but not v*-rc*",
        ],
        [
            "any of several pushes",
            'pushes: [{ tags: ["v*"] }, { paths: [web/**] }, { branches: [next] }]',
            [
                { tags: { includes: ["v*"] } },
                { branches: { includes: ["main"] }, paths: { includes: ["web/**"] } },
                { branches: { includes: ["next"] } },
            ],
            "tags v*, or branch main, only web/**, or branch next",
        ],
    ] as const) {
        it(`starts by ${title}`, () => {
            const step = planned(`${repository}, ${yaml}`);
            assert.deepEqual(step.trigger, { action: "source", pushes });
            assert.equal(step.summary, `Acme/Shop, ${words}`);
            assert.deepEqual(connection.check?.(read(connection.settings, `{ ${repository}, ${yaml} }`)), []);
            assert.equal(step.weakens, undefined);
        });
    }

    for (const [glob, every] of [
        ["*", true],
        ["**", true],
        ["**/*", true],
        ["main*", false],
        ["release/**", false],
    ] as const) {
        it(`${every ? "warns of" : "takes"} the branches ${glob}`, () => {
            assert.deepEqual(
                planned(`${repository}, branches: [next, "${glob}"]`).weakens,
                every ? ["source starts with every branch: what nobody has merged is released"] : undefined,
            );
        });
    }

    it("starts nothing where something else starts the pipeline, whatever its filters say", () => {
        const settings = read(connection.settings, `{ ${repository}, branches: ["**"] }`);
        const step = only(connection.plan(settings, silently("source")));
        assert.equal(step.configuration.DetectChanges, "false");
        assert.equal(step.trigger, undefined);
        assert.equal(step.weakens, undefined);
        assert.equal(step.summary, "Acme/Shop, branch main");
    });

    it("hands no clone to unmerged code: whoever fetches it could use the connection", () => {
        const settings = read(connection.settings, `{ ${repository}, fullClone: true, paths: [web/**] }`);
        assert.deepEqual(connection.unmerged?.(settings), {
            settings: { ...settings, fullClone: false },
            withheld: ["the clone and the connection that fetches it"],
        });
        assert.deepEqual(connection.unmerged?.({ ...settings, fullClone: false }).withheld, []);
    });

    for (const [title, yaml, path, message] of [
        [
            "tags and branches in one filter",
            "tags: [v1], branches: [main]",
            ["branches"],
            "expected no `branches` beside `tags`: a push is one of a tag or one to a branch; make two entries of `pushes`",
        ],
        [
            "tags and paths in one filter",
            "tags: [v1], paths: [web/**]",
            ["paths"],
            "expected no `paths` beside `tags`: a push is one of a tag or one to a branch; make two entries of `pushes`",
        ],
        [
            "tags left out of nothing",
            "excludeTags: [v1]",
            ["excludeTags"],
            "expected `tags` too: of which tags these are left out",
        ],
        [
            "branches left out of nothing",
            "excludeBranches: [old]",
            ["excludeBranches"],
            "expected `branches` too: of which branches these are left out",
        ],
        [
            "a filter beside a list of filters",
            "pushes: [{ tags: [v1] }], paths: [web/**]",
            ["paths"],
            "expected either `paths` or `pushes`, found both: make it an entry of `pushes`",
        ],
        [
            "a filter that says nothing",
            "pushes: [{ tags: [v1] }, {}]",
            ["pushes", 1],
            "expected branches, tags or paths, found nothing",
        ],
        [
            "what is wrong in one of several",
            "pushes: [{ tags: [v1] }, { excludeBranches: [old] }]",
            ["pushes", 1, "excludeBranches"],
            "expected `branches` too: of which branches these are left out",
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            const settings = read(connection.settings, `{ ${repository}, ${yaml} }`);
            assert.deepEqual(connection.check?.(settings), [{ path, message }]);
        });
    }

    it("lets builds open a full clone by the connection itself", () => {
        const step = planned(`${repository}, fullClone: true`);
        assert.equal(step.configuration.OutputArtifactFormat, "CODEBUILD_CLONE_REF");
        assert.deepEqual(step.outputs, [{ key: "source", name: "SourceArtifact", opening: step.grants, clone: true }]);
    });

    for (const [key, prefix] of [
        ["old", "codestar-connections"],
        ["new", "codeconnections"],
        ["github", "codeconnections"],
    ] as const) {
        it(`asks for ${prefix}: as the ARN of the connection "${key}" begins`, () => {
            const step = planned(`connection: ${key}, repository: acme/shop, branch: main`);
            assert.deepEqual(
                step.grants.map(({ actions }) => actions),
                [[`${prefix}:UseConnection`]],
            );
        });
    }

    for (const [title, yaml, refused] of [
        ["a repository without owner", "connection: github, repository: shop, branch: main", "repository"],
        ["a repository with a space", 'connection: github, repository: "acme/my shop", branch: main', "repository"],
        ["a missing branch", "connection: github, repository: acme/shop", "branch"],
        ["an empty list of paths", `${repository}, paths: []`, "paths"],
        ["nine paths", `${repository}, paths: [a, b, c, d, e, f, g, h, i]`, "paths"],
        ["a path of 256 characters", `${repository}, paths: [${"p".repeat(256)}]`, "paths.0"],
        ["nine branches", `${repository}, branches: [a, b, c, d, e, f, g, h, i]`, "branches"],
        ["an empty list of tags", `${repository}, tags: []`, "tags"],
        ["a tag of 256 characters", `${repository}, tags: [${"t".repeat(256)}]`, "tags.0"],
        ["four filters", `${repository}, pushes: [{}, {}, {}, {}]`, "pushes"],
        ["no filter", `${repository}, pushes: []`, "pushes"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(connection.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("takes a GitLab subgroup, eight paths, and a path of 255 characters", () => {
        const yaml = `{ connection: gitlab, repository: acme/shop/orders, branch: main, paths: [a, b, c, d, e, f, g, ${"p".repeat(255)}] }`;
        assert.deepEqual(refusals(connection.settings, yaml), []);
    });
});
