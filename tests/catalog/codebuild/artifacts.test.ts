import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { codebuild as build } from "../../../catalog/builds/codebuild";
import { at, dev, only, projectOf, read, refusals, source } from "../support/place";

const settings = (yaml: string) => read(build.settings, `{ ${yaml} }`);
const planned = (yaml: string, environment?: typeof dev) =>
    only(build.plan(settings(yaml), at("build", [source], environment)));
const written = (yaml: string, environment?: typeof dev) =>
    (parse(projectOf(planned(yaml, environment)).buildspec) as { artifacts: unknown }).artifacts;

describe("artifacts of a build", () => {
    it("stand as they are where there is one", () => {
        assert.deepEqual(written("commands: [make]"), { files: ["**/*"] });
        assert.deepEqual(written("commands: [make], artifacts: { files: [a, b], baseDirectory: dist }"), {
            files: ["a", "b"],
            "base-directory": "dist",
        });
    });

    it("stand under their names in the pipeline where there are several, the main one too", () => {
        const yaml =
            'commands: [make], artifacts: [api.zip], furtherArtifacts: { assets: { files: ["**/*"], baseDirectory: public }, db-schema: { files: [schema.sql] } }';
        assert.deepEqual(written(yaml), {
            "secondary-artifacts": {
                BuildArtifact: { files: ["api.zip"] },
                assets_artifact: { files: ["**/*"], "base-directory": "public" },
                db_schema_artifact: { files: ["schema.sql"] },
            },
        });
        assert.deepEqual(
            planned(yaml).outputs.map(({ key, name }) => [key, name]),
            [
                ["build", "BuildArtifact"],
                ["assets", "assets_artifact"],
                ["db-schema", "db_schema_artifact"],
            ],
        );
        assert.equal(planned(yaml).prerequisites, undefined);
    });

    it("of a build for an environment are called after it", () => {
        const yaml = "commands: [make], furtherArtifacts: { assets: { files: [a] } }";
        assert.deepEqual(written(yaml, dev), {
            "secondary-artifacts": { BuildArtifact__dev: { files: ["**/*"] }, assets_artifact__dev: { files: ["a"] } },
        });
        assert.deepEqual(
            planned(yaml, dev).outputs.map(({ name }) => name),
            ["BuildArtifact__dev", "assets_artifact__dev"],
        );
    });

    it("of a buildspec are what it names, which is said", () => {
        const step = planned("buildspec: ci.yml, furtherArtifacts: { assets: {} }");
        assert.equal(projectOf(step).buildspec, "ci.yml");
        assert.deepEqual(
            step.outputs.map(({ name }) => name),
            ["BuildArtifact", "assets_artifact"],
        );
        assert.deepEqual(step.prerequisites, [
            "ci.yml of orders has the secondary-artifacts BuildArtifact, assets_artifact",
        ]);
        assert.equal(planned("buildspec: ci.yml").prerequisites, undefined);
    });

    it("are five at the most", () => {
        const further = (count: number) =>
            Array.from({ length: count }, (_, index) => `a${index}: { files: [x] }`).join(", ");
        assert.deepEqual(refusals(build.settings, `{ commands: [make], furtherArtifacts: { ${further(4)} } }`), []);
        assert.deepEqual(refusals(build.settings, `{ commands: [make], furtherArtifacts: { ${further(5)} } }`), [
            "furtherArtifacts: at most 4 further artifacts: an action makes 5, the main one included",
        ]);
    });

    for (const [title, yaml, message] of [
        [
            "one without files, of commands",
            "commands: [make], furtherArtifacts: { a: { baseDirectory: x } }",
            "missing; expected `files`",
        ],
        [
            "one with files beside a buildspec",
            "buildspec: ci.yml, furtherArtifacts: { a: { files: [x] } }",
            "expected no files beside `buildspec`: write {}, and let the buildspec name them",
        ],
        [
            "one with a folder beside a buildspec",
            "buildspec: ci.yml, furtherArtifacts: { a: { baseDirectory: x } }",
            "expected no files beside `buildspec`: write {}, and let the buildspec name them",
        ],
    ] as const) {
        it(`fails for ${title}`, () =>
            assert.deepEqual(build.check?.(settings(yaml)), [{ path: ["furtherArtifacts", "a"], message }]));
    }

    for (const [title, yaml] of [
        ["an upper-case name", "furtherArtifacts: { Assets: { files: [x] } }"],
        ["an empty list of files", "furtherArtifacts: { assets: { files: [] } }"],
        ["an unknown key", "furtherArtifacts: { assets: { file: [x] } }"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.equal(refusals(build.settings, `{ commands: [make], ${yaml} }`).length, 1));
    }
});
