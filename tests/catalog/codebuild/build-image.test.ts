import * as assert from "node:assert/strict";
import { codebuild as build } from "../../../catalog/builds/codebuild";
import { image as imageBuild } from "../../../catalog/builds/image";
import { isFixed } from "../../../catalog/codebuild/build-image";
import { pulumi } from "../../../catalog/deploys/pulumi";
import { script } from "../../../catalog/deploys/script";
import { codebuild as suite } from "../../../catalog/suites/codebuild";
import { sonarqube } from "../../../catalog/suites/sonarqube";
import { at, only, prod, read, refusals, source } from "../support/place";

/** A digest of no image. */
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const settings = (yaml: string) => read(build.settings, `{ commands: [make], ${yaml} }`);
const problems = (yaml: string) =>
    build.check?.(settings(yaml)).map(({ path, message }) => `${path.join(".")}: ${message}`);
const weakens = (yaml: string) => only(build.plan(settings(yaml), at("build", [source]))).weakens;

const unless = "or say in `mutableImage` why a tag will do";
const moved = "as whoever can push may move a tag";
const ecr = "333333333333.dkr.ecr.eu-west-1.amazonaws.com/acme/build";

describe("the image of a build", () => {
    for (const image of [
        "aws/codebuild/standard:8.0",
        `node@${digest}`,
        `acme/arm64-build@${digest}`,
        `public.ecr.aws/docker/library/node@${digest}`,
        `registry.example:5000/acme/build@${digest}`,
        `${ecr}@${digest}`,
        `{account}.dkr.ecr.{region}.amazonaws.com/build@${digest}`,
    ]) {
        it(`is fixed as ${image}`, () => {
            assert.equal(isFixed(image), true);
            assert.deepEqual(problems(`image: "${image}"`), []);
        });
    }

    for (const [image, message] of [
        [
            "node",
            `expected node@sha256:…, ${moved}, found "node"; \`docker buildx imagetools inspect node\` prints the digest; ${unless}`,
        ],
        [
            "registry.example:5000/acme/build:1",
            `expected registry.example:5000/acme/build@sha256:…, ${moved}, found "registry.example:5000/acme/build:1"; \`docker buildx imagetools inspect registry.example:5000/acme/build:1\` prints the digest; ${unless}`,
        ],
        [
            "registry.example:5000/acme/build",
            `expected registry.example:5000/acme/build@sha256:…, ${moved}, found "registry.example:5000/acme/build"; \`docker buildx imagetools inspect registry.example:5000/acme/build\` prints the digest; ${unless}`,
        ],
        [
            `${ecr}:1`,
            `expected ${ecr}@sha256:…, ${moved}, found "${ecr}:1"; \`aws ecr describe-images --registry-id 333333333333 --region eu-west-1 --repository-name acme/build --image-ids imageTag=1\` prints the digest; ${unless}`,
        ],
        [
            ecr,
            `expected ${ecr}@sha256:…, ${moved}, found "${ecr}"; \`aws ecr describe-images --registry-id 333333333333 --region eu-west-1 --repository-name acme/build --image-ids imageTag=latest\` prints the digest; ${unless}`,
        ],
        [`node:22@${digest}`, `expected the digest without the tag, as CodeBuild takes one of the two: node@${digest}`],
        [
            "node@sha256:0123",
            'expected a digest of sha256: and 64 hexadecimal digits, found "sha256:0123"; `docker buildx imagetools inspect node` prints it',
        ],
        [
            `node@${digest}0`,
            `expected a digest of sha256: and 64 hexadecimal digits, found "${digest}0"; \`docker buildx imagetools inspect node\` prints it`,
        ],
        [
            "notaws/codebuild/standard:8.0",
            `expected notaws/codebuild/standard@sha256:…, ${moved}, found "notaws/codebuild/standard:8.0"; \`docker buildx imagetools inspect notaws/codebuild/standard:8.0\` prints the digest; ${unless}`,
        ],
    ] as const) {
        it(`fails as ${image}`, () => assert.deepEqual(problems(`image: "${image}"`), [`image: ${message}`]));
    }

    it("may be named by a tag for a reason, which is printed", () => {
        const yaml = "image: node:22, mutableImage: It is rebuilt every night.";
        assert.deepEqual(problems(yaml), []);
        assert.deepEqual(weakens(yaml), [
            "build runs in node:22, whatever is behind that name: It is rebuilt every night.",
        ]);
        assert.deepEqual(weakens(`image: node@${digest}`), []);
    });

    for (const [title, image] of [
        ["has a digest", `node@${digest}`],
        ["AWS makes", "aws/codebuild/standard:8.0"],
    ] as const) {
        it(`fails with a reason for one that ${title}`, () =>
            assert.deepEqual(problems(`image: "${image}", mutableImage: why`), [
                `mutableImage: is for an image that is named by a tag, and ${image} is not: leave it out`,
            ]));
    }

    for (const reason of ['"true"', '"no"', "true", '""']) {
        it(`fails with ${reason} for a reason`, () =>
            assert.equal(refusals(build.settings, `{ commands: [make], mutableImage: ${reason} }`).length, 1));
    }

    it("is looked at wherever something runs in CodeBuild", () => {
        const found = [
            suite.check?.(read(suite.settings, "{ commands: [make], image: node:22 }")),
            suite.check?.(
                read(suite.settings, "{ commands: [make], image: node:22, batch: { matrix: { A: [a, b] } } }"),
            ),
            script.check?.(read(script.settings, "{ commands: [make], image: node:22 }")),
            imageBuild.check?.(read(imageBuild.settings, "{ image: node:22 }")),
            pulumi.check?.(
                read(
                    pulumi.settings,
                    "{ stack: prod, backend: { type: s3, bucket: state }, image: node:22, version: 3.256.0 }",
                ),
            ),
            sonarqube.check?.(
                read(
                    sonarqube.settings,
                    "{ hostUrl: https://sonar.example.com, token: sonar:token, projectKey: a, scanner: { type: npm, version: 4.3.8 }, image: node:22 }",
                ),
            ),
        ].map(all => all?.filter(({ path }) => path.join() === "image").length);
        assert.deepEqual(found, [1, 1, 1, 1, 1, 1]);
    });

    it("weakens suites, scripts and images by the same words", () => {
        const more = "image: node:22, mutableImage: why";
        const said = (unit: string) => [`${unit} runs in node:22, whatever is behind that name: why`];
        assert.deepEqual(
            only(suite.plan(read(suite.settings, `{ commands: [make], ${more} }`), at("unit", [source]))).weakens,
            said("unit"),
        );
        assert.deepEqual(
            only(script.plan(read(script.settings, `{ commands: [make], ${more} }`), at("deploy", [source], prod)))
                .weakens,
            said("deploy"),
        );
        assert.deepEqual(
            only(imageBuild.plan(read(imageBuild.settings, `{ ${more} }`), at("build", [source]))).weakens?.slice(0, 1),
            said("build"),
        );
    });

    it("fails as an image of BuildKit without a digest", () =>
        assert.deepEqual(refusals(imageBuild.settings, "{ buildkitImage: moby/buildkit:v0.19.0 }").length, 1));
});
