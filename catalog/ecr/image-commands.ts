import { quoted } from "../codebuild/coverage";
import { cacheTag } from "./image-repository";
import { imageName, registry, type Repository } from "./registry";

/** What an image is built of, and where it goes. */
export interface ImageRecipe {
    readonly repository: Repository;
    /** Path of the Dockerfile, and of the folder that it is built in, both below the source's root. */
    readonly dockerfile: string;
    readonly context: string;
    readonly target?: string;
    /** `linux/arm64` */
    readonly platform: string;
    /** Variables of the build that the Dockerfile takes as arguments, and as secrets. */
    readonly buildArguments: readonly string[];
    readonly secrets: readonly string[];
    /** Image of BuildKit itself; without one Docker's own is used. */
    readonly buildkitImage?: string;
    /** Name of the container in the task definition. */
    readonly container: string;
    /** Stands in tags, where images are built for one environment. */
    readonly environment?: string;
}

/** What a build leaves for later actions. */
export const imageVariables = ["IMAGE_DIGEST", "IMAGE_TAG", "IMAGE_URI"] as const;

/** Files that name the image: for the ECS action, and for CodeDeploy. */
export const imageFiles = ["imagedefinitions.json", "imageDetail.json"] as const;

/**
 * The commands that build an image, push it under a tag of its own, and write down where it is; each stops the build
 * when it fails. They need a POSIX shell, Docker with buildx and the AWS CLI, as CodeBuild's images have them.
 *
 * The tag begins with the source's revision, where CodePipeline knows one, and ends with the number of the build: a commit that is
 * built again gets an image of its own, as a tag is never moved. The files name the image by its digest.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html
 */
export function imageCommands(recipe: ImageRecipe): string[] {
    const { repository, container, environment } = recipe;
    const { name, region } = repository;
    const uri = imageName(repository);
    const image = `"${uri}:$IMAGE_TAG"`;
    const revision = `printf '%s' "\${CODEBUILD_RESOLVED_SOURCE_VERSION:-build}" | tr -c 'A-Za-z0-9_.-' '-' | cut -c 1-40 | sed 's/^[.-]/_/'`;
    return [
        'cd "$CODEBUILD_SRC_DIR"',
        `IMAGE_TAG="$(${revision})${environment === undefined ? "" : `-${environment}`}-$CODEBUILD_BUILD_NUMBER"`,
        `aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin ${registry(repository)}`,
        ...builderCommands(recipe),
        buildCommand(recipe, image),
        `docker push ${image}`,
        `IMAGE_DIGEST="$(aws ecr describe-images --region ${region} --repository-name ${name} --image-ids "imageTag=$IMAGE_TAG" --query 'imageDetails[0].imageDigest' --output text)"`,
        `printf '%s\\n' "$IMAGE_DIGEST" | grep -Eq '^sha256:[0-9a-f]{64}$' || { echo "ECR knows no digest of $IMAGE_TAG: $IMAGE_DIGEST" >&2; false; }`,
        `IMAGE_URI="${uri}@$IMAGE_DIGEST"`,
        `printf '[{"name":"%s","imageUri":"%s"}]\\n' ${quoted(container)} "$IMAGE_URI" > ${imageFiles[0]}`,
        `printf '{"ImageURI":"%s"}\\n' "$IMAGE_URI" > ${imageFiles[1]}`,
        `export ${imageVariables.join(" ")}`,
        ...cacheCommands(recipe, image),
    ];
}

/** A builder of its own, which can keep the layers of every stage. */
const builderCommands = ({ buildkitImage }: ImageRecipe): string[] =>
    buildkitImage === undefined
        ? []
        : [
              `docker buildx create --name images --driver docker-container --driver-opt ${quoted(`image=${buildkitImage}`)} --use`,
          ];

/**
 * The build itself. Without a builder of its own, Docker keeps the layers of the last stage in the image; with one, those of
 * every stage go into the cache. A cache that cannot be read or written never fails a build.
 *
 * Without provenance there is one image behind the digest, and not an index of several things.
 *
 * @see https://docs.docker.com/build/cache/backends/inline/
 * @see https://docs.docker.com/build/cache/backends/registry/
 */
function buildCommand(recipe: ImageRecipe, image: string): string {
    const { buildArguments, buildkitImage, context, dockerfile, platform, repository, secrets, target } = recipe;
    const cache = `type=registry,ref=${imageName(repository)}:${cacheTag}`;
    return [
        `docker buildx build --file ${quoted(dockerfile)} --platform ${platform}`,
        ...(target === undefined ? [] : [`--target ${quoted(target)}`]),
        ...buildArguments.map(name => `--build-arg ${name}`),
        ...secrets.map(name => `--secret id=${name},env=${name}`),
        `--cache-from ${cache}`,
        buildkitImage === undefined
            ? "--cache-to type=inline"
            : `--cache-to ${cache},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`,
        `--provenance=false --tag ${image} --load ${quoted(context)}`,
    ].join(" ");
}

/** What is in the image itself is pushed once more, under the tag where the next build looks for it. */
const cacheCommands = ({ buildkitImage, repository }: ImageRecipe, image: string): string[] =>
    buildkitImage === undefined
        ? [
              `docker tag ${image} ${imageName(repository)}:${cacheTag} && docker push ${imageName(repository)}:${cacheTag} || echo "the layers are not kept for the next build"`,
          ]
        : [];
