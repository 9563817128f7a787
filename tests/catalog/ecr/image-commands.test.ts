import * as assert from "node:assert/strict";
import { imageCommands, type ImageRecipe } from "../../../catalog/ecr/image-commands";
import { runLines } from "../support/shell";

const registry = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
const uri = `${registry}/shop/orders/build`;
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const plainRecipe: ImageRecipe = {
    repository: { account: "111111111111", region: "eu-west-1", name: "shop/orders/build" },
    dockerfile: "Dockerfile",
    context: ".",
    platform: "linux/arm64",
    buildArguments: [],
    secrets: [],
    container: "orders",
};

const commit = "0123456789abcdef0123456789abcdef01234567";
const codebuild = { CODEBUILD_RESOLVED_SOURCE_VERSION: commit, CODEBUILD_BUILD_NUMBER: "42" };

/** What the stand-ins do: scripts of `sh` behind the line that writes their calls down. */
const aws = `case "$2" in get-login-password) echo hush ;; describe-images) echo ${digest} ;; esac`;
const docker = `[ "$1" != login ] || [ "$STDIN" = hush ]`;

/** A stand-in that fails when its first words are these. */
const failing = (words: string, otherwise: string) => `case "$*" in '${words}'*) exit 3 ;; esac\n${otherwise}`;

/** Runs the commands of a recipe after those of a test, with stand-ins for what would reach out. */
const run = (
    recipe: Partial<ImageRecipe> = {},
    {
        before = [],
        variables = codebuild,
        ...programs
    }: {
        readonly docker?: string;
        readonly aws?: string;
        readonly before?: readonly string[];
        readonly variables?: Readonly<Record<string, string>>;
    } = {},
) =>
    runLines({
        lines: [...before, ...imageCommands({ ...plainRecipe, ...recipe })],
        programs: { docker, aws, ...programs },
        variables,
    });

const tag = `${commit}-42`;
const login = [
    "aws [ecr] [get-login-password] [--region] [eu-west-1]",
    `docker [login] [--username] [AWS] [--password-stdin] [${registry}]`,
];
const cacheFrom = `[--cache-from] [type=registry,ref=${uri}:cache]`;
const built = (more = "") =>
    `docker [buildx] [build] [--file] [Dockerfile] [--platform] [linux/arm64]${more} ${cacheFrom} [--cache-to] [type=inline] [--provenance=false] [--tag] [${uri}:${tag}] [--load] [.]`;
const pushed = (name: string) => `docker [push] [${uri}:${name}]`;
const described = `aws [ecr] [describe-images] [--region] [eu-west-1] [--repository-name] [shop/orders/build] [--image-ids] [imageTag=${tag}] [--query] [imageDetails[0].imageDigest] [--output] [text]`;

describe("commands of an image", () => {
    it("log in, build with the last layers, push, and keep the layers", () => {
        const { calls, failed, stderr } = run();
        assert.equal(failed, false, stderr);
        assert.deepEqual(calls, [
            ...login,
            built(),
            pushed(tag),
            described,
            `docker [tag] [${uri}:${tag}] [${uri}:cache]`,
            pushed("cache"),
        ]);
    });

    it("write down the image by its digest, for ECS and for CodeDeploy, and leave it to later actions", () => {
        const { file, variables } = run();
        assert.deepEqual(JSON.parse(file("imagedefinitions.json")), [{ name: "orders", imageUri: `${uri}@${digest}` }]);
        assert.deepEqual(JSON.parse(file("imageDetail.json")), { ImageURI: `${uri}@${digest}` });
        const { IMAGE_DIGEST, IMAGE_TAG, IMAGE_URI } = variables;
        assert.deepEqual([IMAGE_DIGEST, IMAGE_TAG, IMAGE_URI], [digest, tag, `${uri}@${digest}`]);
    });

    it("hand the registry's password to Docker on standard input alone", () => {
        const { calls } = run();
        assert.ok(!calls.join("\n").includes("hush"));
    });

    it("give Docker arguments, secrets and a stage by name, never their values", () => {
        const { calls, failed } = run(
            { buildArguments: ["VERSION"], secrets: ["NPM_TOKEN", "KEY"], target: "release" },
            { variables: { ...codebuild, VERSION: "1", NPM_TOKEN: "hush-1", KEY: "hush-2" } },
        );
        assert.equal(failed, false);
        assert.equal(
            calls[2],
            built(
                " [--target] [release] [--build-arg] [VERSION] [--secret] [id=NPM_TOKEN,env=NPM_TOKEN] [--secret] [id=KEY,env=KEY]",
            ),
        );
        assert.ok(!calls.join("\n").includes("hush-"));
    });

    it("keep the layers of every stage with a BuildKit of one's own", () => {
        const { calls, failed } = run({
            buildkitImage: "moby/buildkit@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        });
        assert.equal(failed, false);
        assert.deepEqual(calls.slice(2), [
            "docker [buildx] [create] [--name] [images] [--driver] [docker-container] [--driver-opt] [image=moby/buildkit@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef] [--use]",
            built().replace(
                "[type=inline]",
                `[type=registry,ref=${uri}:cache,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true]`,
            ),
            pushed(tag),
            described,
        ]);
    });

    it("take paths with spaces and quotes for what they are", () => {
        const { calls, failed } = run({ dockerfile: "it's a/Docker file", context: "$(touch hacked)" });
        assert.equal(failed, false);
        assert.ok(calls[2].startsWith("docker [buildx] [build] [--file] [it's a/Docker file]"));
        assert.ok(calls[2].endsWith("[--load] [$(touch hacked)]"));
    });

    it("begin in the source's root, wherever a test has gone", () => {
        const { file, failed } = run({}, { before: ["mkdir elsewhere", "cd elsewhere"] });
        assert.equal(failed, false);
        assert.ok(file("imagedefinitions.json"));
    });

    for (const [title, revision, environment, expected] of [
        ["of a commit", commit, undefined, tag],
        ["for an environment", commit, "prod", `${commit}-prod-42`],
        ["without a revision", undefined, undefined, "build-42"],
        ["of an empty revision", "", undefined, "build-42"],
        ["of a revision that no tag may hold", "arn:aws:s3:::b/k?v=é", undefined, "arn-aws-s3---b-k-v----42"],
        ["of a revision that begins as no tag may", ".a-b", undefined, "_a-b-42"],
        ["of a revision that is too long", "x".repeat(200), undefined, `${"x".repeat(40)}-42`],
    ] as const) {
        it(`call an image ${title} ${expected}`, () => {
            const { variables, failed, calls } = run(environment === undefined ? {} : { environment }, {
                variables: {
                    CODEBUILD_BUILD_NUMBER: "42",
                    ...(revision !== undefined && { CODEBUILD_RESOLVED_SOURCE_VERSION: revision }),
                },
            });
            assert.equal(failed, false);
            assert.equal(variables.IMAGE_TAG, expected);
            assert.match(expected, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);
            assert.ok(calls.includes(`docker [push] [${uri}:${expected}]`));
        });
    }

    const pushes = (calls: readonly string[]) => calls.filter(call => call.startsWith("docker [push]"));
    const files = ({ file }: ReturnType<typeof run>) =>
        ["imagedefinitions.json", "imageDetail.json"].map(name => file(name));

    for (const [title, settings] of [
        ["a failed test", { before: ["false"] }],
        ["no password", { aws: failing("ecr get-login-password", aws) }],
        ["a refused login", { docker: failing("login", docker) }],
        ["a failed build", { docker: failing("buildx build", docker) }],
    ] as const) {
        it(`push nothing and write nothing after ${title}`, () => {
            const result = run({}, settings);
            assert.equal(result.failed, true);
            assert.deepEqual(pushes(result.calls), []);
            assert.deepEqual(files(result), ["", ""]);
        });
    }

    for (const [title, settings, said] of [
        ["a failed push", { docker: failing(`push ${uri}:${tag}`, docker) }, /^$/],
        ["a digest that cannot be asked for", { aws: failing("ecr describe-images", aws) }, /^$/],
        ["no digest", { aws: aws.replace(digest, "None") }, new RegExp(`ECR knows no digest of ${tag}: None`)],
    ] as const) {
        it(`hand on nothing and move no cache after ${title}`, () => {
            const result = run({}, settings);
            assert.equal(result.failed, true);
            assert.match(result.stderr, said);
            assert.deepEqual(files(result), ["", ""]);
            assert.ok(!result.calls.includes(pushed("cache")));
        });
    }

    it("succeed all the same when the layers cannot be kept", () => {
        const result = run({}, { docker: failing(`push ${uri}:cache`, docker) });
        assert.equal(result.failed, false);
        assert.ok(files(result).every(text => text !== ""));
    });
});
