import type { Problem } from "../problem";
import { why } from "../words";

/** An image by its digest, without a tag: what it names never changes. CodeBuild's page knows an image by tag or by digest. */
const byDigest = /^[^@:\s]+(:\d+\/[^@:\s]+)?@sha256:[0-9a-f]{64}$/;

/** Whether AWS makes the image and keeps it: CodeBuild knows these by name alone. */
const isManaged = (image: string) => image.startsWith("aws/codebuild/");

/** An image of an ECR registry: account, region, repository, and perhaps a tag. */
export const ecrImage = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]+))?/;

/** The key `mutableImage` of everything that runs in CodeBuild. */
export const mutableImageKey = why(
    "why the image may change under its name, as a text",
    "Why the `image` beside it may be named by a tag, which whoever can push may move, instead of by its digest; of the image that builds run in, not of those that are deployed; printed in the preview. @default images by digest, or made by AWS",
).optional();

interface BuildImage {
    readonly image: string;
    readonly mutableImage?: string | undefined;
}

/** Whether the image of a build is always the same, or one that AWS keeps. */
export const isFixed = (image: string) => isManaged(image) || byDigest.test(image);

/** The command that prints the digest of `image`. */
export function digestCommand(image: string): string {
    const [, account, region, repository, tag = "latest"] = ecrImage.exec(image) ?? [];
    return repository === undefined
        ? `docker buildx imagetools inspect ${image}`
        : `aws ecr describe-images --registry-id ${account} --region ${region} --repository-name ${repository} --image-ids imageTag=${tag}`;
}

/** What is wrong with an image that is not named by its digest; undefined where nothing is. */
function unpinned(image: string): string | undefined {
    const [name, digest] = image.split("@", 2);
    if (isFixed(image)) {
        return undefined;
    }
    const bare = name.replace(/:[^:/]*$/, "");
    if (digest !== undefined && byDigest.test(`${bare}@${digest}`)) {
        return `expected the digest without the tag, as CodeBuild takes one of the two: ${bare}@${digest}`;
    }
    if (digest !== undefined) {
        return `expected a digest of sha256: and 64 hexadecimal digits, found ${JSON.stringify(digest)}; \`${digestCommand(name)}\` prints it`;
    }
    return `expected ${bare}@sha256:…, as whoever can push may move a tag, found ${JSON.stringify(image)}; \`${digestCommand(image)}\` prints the digest; or say in \`mutableImage\` why a tag will do`;
}

/**
 * An image that is not AWS's own is named by its digest, unless `mutableImage` says why not.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectEnvironment.html (image)
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
export function checkBuildImage({ image, mutableImage }: BuildImage): Problem[] {
    const message = unpinned(image);
    if (mutableImage !== undefined) {
        return message === undefined
            ? [
                  {
                      path: ["mutableImage"],
                      message: `is for an image that is named by a tag, and ${image} is not: leave it out`,
                  },
              ]
            : [];
    }
    return message === undefined ? [] : [{ path: ["image"], message }];
}

/** What `unit` weakens by the key `mutableImage`, in words. */
export const mutableImageWeakness = (unit: string, { image, mutableImage }: BuildImage): string[] =>
    mutableImage === undefined ? [] : [`${unit} runs in ${image}, whatever is behind that name: ${mutableImage}`];
