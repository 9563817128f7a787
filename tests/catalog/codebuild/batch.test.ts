import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { codebuild as build } from "../../../catalog/builds/codebuild";
import { codebuild as suite } from "../../../catalog/suites/codebuild";
import { at, built, dev, only, projectOf, read, refusals, source } from "../support/place";

const settings = (yaml: string) => read(build.settings, `{ ${yaml} }`);
const planned = (yaml: string, environment?: typeof dev) =>
    only(build.plan(settings(yaml), at("build", [source], environment)));
const tested = (yaml: string) => only(suite.plan(read(suite.settings, `{ ${yaml} }`), at("unit", [source, built])));

const matrix = 'matrix: { NODE: ["20", "22"], DB: [mysql, postgres, sqlite] }';

const batchGrant = (project: string) => ({
    sid: "RunBuildsOfBatch",
    actions: ["codebuild:RetryBuild", "codebuild:StartBuild", "codebuild:StopBuild"],
    resources: [`arn:aws:codebuild:eu-west-1:111111111111:project/${project}`],
});

describe("a batch of builds", () => {
    it("of a matrix is one build for each combination, of the project's own size and no other", () => {
        const step = planned(`commands: [make], compute: medium, batch: { ${matrix} }`);
        assert.deepEqual(step.configuration, {
            ProjectName: "shop--orders--build",
            BatchEnabled: "true",
            CombineArtifacts: "true",
        });
        assert.deepEqual(step.grants, [
            {
                sid: "RunOwnBatches",
                actions: ["codebuild:StartBuildBatch", "codebuild:BatchGetBuildBatches"],
                resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--build"],
            },
        ]);
        const { batch, buildspec } = projectOf(step);
        assert.deepEqual(batch, {
            roleName: "shop--orders--build--batch",
            computeTypes: ["BUILD_GENERAL1_MEDIUM"],
            mostBuilds: 6,
            grants: [batchGrant("shop--orders--build")],
        });
        assert.deepEqual((parse(buildspec) as { batch: unknown }).batch, {
            "build-matrix": {
                dynamic: { env: { variables: { NODE: ["20", "22"], DB: ["mysql", "postgres", "sqlite"] } } },
            },
        });
    });

    it("takes more builds, other sizes and another time where they are said", () => {
        const { batch } = projectOf(
            planned(
                `commands: [make], batch: { ${matrix}, mostBuilds: 10, compute: [large, small], timeoutMinutes: 90 }`,
            ),
        );
        assert.deepEqual(
            [batch?.mostBuilds, batch?.computeTypes, batch?.timeoutMinutes],
            [10, ["BUILD_GENERAL1_LARGE", "BUILD_GENERAL1_SMALL"], 90],
        );
    });

    it("of a buildspec is what its batch section says, of the project's own size", () => {
        const step = planned("buildspec: ci.yml, batch: true");
        const { batch, buildspec } = projectOf(step);
        assert.equal(buildspec, "ci.yml");
        assert.deepEqual(batch, {
            roleName: "shop--orders--build--batch",
            computeTypes: ["BUILD_GENERAL1_SMALL"],
            grants: [batchGrant("shop--orders--build")],
        });
    });

    it("of a suite hands on nothing, so that nothing is combined", () => {
        const step = tested(`commands: [make], batch: { ${matrix} }`);
        assert.deepEqual(step.configuration, {
            ProjectName: "shop--orders--unit",
            PrimarySource: "SourceArtifact",
            BatchEnabled: "true",
        });
        assert.equal(step.grants[0].sid, "RunOwnBatches");
    });

    it("of a build for an environment has that environment's role", () => {
        const { batch } = projectOf(planned("buildspec: ci.yml, batch: true", dev));
        assert.equal(batch?.roleName, "shop--orders--build--dev--batch");
        assert.deepEqual(batch.grants, [batchGrant("shop--orders--build--dev")]);
    });

    it("is none where the settings speak of none", () => {
        const step = planned("commands: [make]");
        assert.equal(projectOf(step).batch, undefined);
        assert.equal("BatchEnabled" in step.configuration, false);
        assert.doesNotMatch(projectOf(step).buildspec, /batch/);
    });

    for (const [title, yaml, path, message] of [
        [
            "neither a matrix nor a buildspec",
            "commands: [make], batch: true",
            ["batch"],
            "expected a `matrix`, or a `buildspec` that has a batch section",
        ],
        [
            "a matrix beside a buildspec",
            `buildspec: ci.yml, batch: { ${matrix} }`,
            ["batch", "matrix"],
            "expected no `matrix` beside `buildspec`: its batch section says what runs",
        ],
        [
            "fewer builds than the matrix has",
            `commands: [make], batch: { ${matrix}, mostBuilds: 5 }`,
            ["batch", "mostBuilds"],
            "expected at least the 6 builds of the matrix, found 5",
        ],
        [
            "sizes without the project's own",
            `commands: [make], batch: { ${matrix}, compute: [large] }`,
            ["batch", "compute"],
            "expected small among them, the project's own",
        ],
        [
            "several artifacts",
            `commands: [make], furtherArtifacts: { a: { files: [x] } }, batch: { ${matrix} }`,
            ["furtherArtifacts"],
            "expected none with `batch`: the builds of a batch hand on one artifact together",
        ],
        [
            "a variable that has a value already",
            `commands: [make], environment: { DB: x }, batch: { ${matrix} }`,
            ["batch", "matrix", "DB"],
            "is also in `environment` or `secrets`: a variable has one value",
        ],
        [
            "a variable that is a secret",
            `commands: [make], secrets: { NODE: x }, batch: { ${matrix} }`,
            ["batch", "matrix", "NODE"],
            "is also in `environment` or `secrets`: a variable has one value",
        ],
    ] as const) {
        it(`fails for ${title}`, () => assert.deepEqual(build.check?.(settings(yaml)), [{ path, message }]));
    }

    it("fails beside a test environment, whose stack its builds would share", () => {
        const yaml = `{ commands: [make], batch: { ${matrix} }, testEnvironment: { template: t.yaml, executionRoleArn: "arn:aws:iam::{account}:role/cfn" } }`;
        assert.deepEqual(suite.check?.(read(suite.settings, yaml)), [
            {
                path: ["batch"],
                message: "expected no batch beside `testEnvironment`: its builds would share the stack",
            },
        ]);
    });

    it("takes exactly the builds of the matrix", () =>
        assert.deepEqual(build.check?.(settings(`commands: [make], batch: { ${matrix}, mostBuilds: 6 }`)), []));

    for (const [title, yaml] of [
        ["`false`", "batch: false"],
        ["an empty matrix", "batch: { matrix: {} }"],
        ["a variable without values", "batch: { matrix: { A: [] } }"],
        ["a size in Lambda, which no network holds", "batch: { compute: [lambda-1gb] }"],
        ["no build at all", "batch: { mostBuilds: 0 }"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.equal(refusals(build.settings, `{ commands: [make], ${yaml} }`).length, 1));
    }
});
