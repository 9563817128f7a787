/**
 * Shell lines that copy one image to another repository, by its digest and without a Docker daemon. They find what to do in
 * variables: `SOURCE` and `TARGET` (repositories with their registries), of each `…_ACCOUNT`, `…_REGION` and
 * `…_REPOSITORY`, `TARGET_TAG`, and either `SOURCE_TAG`, or `IMAGE_FILE` and perhaps `CONTAINER`.
 *
 * Every line is one command that fails when it cannot be done: CodeBuild runs none after it.
 */

/** How the lines of a promotion go. */
export interface Promotion {
    /** Whether the image is that of a tag of the source, and not the one that a file of the artifact names. */
    readonly byTag: boolean;

    /** Lines after which the AWS CLI works as who may write to the target; none where that is the build itself. */
    readonly assume: readonly string[];

    /** Whether both repositories are of one registry: then one login serves both. */
    readonly sameRegistry: boolean;
}

/** The image that a file names: `imageDetail.json`, or of `imagedefinitions.json` the one, or that of `CONTAINER`. */
const read = `if type == "array" then [.[] | select($container == "" or .name == $container)] | if length == 1 then .[0].imageUri else error("expected one image, found \\(length): name its container") end else .ImageURI // error("expected ImageURI, found none") end`;

/** The same file, naming the image where it is now. */
const written = `if type == "array" then map(if $container == "" or .name == $container then .imageUri = $image else . end) else { ImageURI: $image } end`;

/** Digest of the image that has the tag `tag` in the repository that `side` says. */
const digestOf = (side: "SOURCE" | "TARGET", tag: string, more = "") =>
    `$(aws ecr describe-images --registry-id "$${side}_ACCOUNT" --region "$${side}_REGION" --repository-name "$${side}_REPOSITORY" --image-ids "imageTag=${tag}" --query 'imageDetails[0].imageDigest' --output text${more})`;

const logIn = (side: "SOURCE" | "TARGET") =>
    `aws ecr get-login-password --region "$${side}_REGION" | docker login --username AWS --password-stdin "\${${side}%%/*}"`;

const fail = (message: string) => `{ echo "${message}" >&2; false; }`;

/**
 * The lines of `promotion`. `imagetools create` with one source and no index of its own is a carbon copy: the digest stays.
 *
 * @see https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/
 * @see https://github.com/aws/aws-codebuild-docker-images (the standard images have `docker buildx` and `jq`)
 */
export const promotionLines = ({ byTag, assume, sameRegistry }: Promotion): string[] => [
    ...(sameRegistry ? assume : []),
    byTag ? 'IMAGE="$SOURCE:$SOURCE_TAG"' : `IMAGE=$(jq -er --arg container "\${CONTAINER:-}" '${read}' "$IMAGE_FILE")`,
    `case "$IMAGE" in "$SOURCE":*|"$SOURCE"@*) ;; *) ${fail("expected an image of $SOURCE, found $IMAGE")};; esac`,
    `case "$IMAGE" in *@*) DIGEST="\${IMAGE##*@}";; *) DIGEST=${digestOf("SOURCE", "${IMAGE##*:}")};; esac`,
    `case "$DIGEST" in sha256:*) ;; *) ${fail("expected the digest of $IMAGE, found $DIGEST")};; esac`,
    logIn("SOURCE"),
    ...(sameRegistry ? [] : [...assume, logIn("TARGET")]),
    // A tag that cannot be changed is not written again, so that a stage can be tried once more.
    `FOUND=${digestOf("TARGET", "$TARGET_TAG", " 2> /dev/null")} || FOUND=none`,
    '[ "$FOUND" = "$DIGEST" ] || docker buildx imagetools create --prefer-index=false --tag "$TARGET:$TARGET_TAG" "$SOURCE@$DIGEST"',
    `FOUND=${digestOf("TARGET", "$TARGET_TAG")}`,
    `[ "$FOUND" = "$DIGEST" ] || ${fail("expected $TARGET:$TARGET_TAG to be $DIGEST, found $FOUND")}`,
    ...(byTag
        ? ["jq -n --arg image \"$TARGET@$DIGEST\" '{ ImageURI: $image }' > imageDetail.json"]
        : [
              `jq --arg image "$TARGET@$DIGEST" --arg container "\${CONTAINER:-}" '${written}' "$IMAGE_FILE" > "$IMAGE_FILE.promoted"`,
              'mv "$IMAGE_FILE.promoted" "$IMAGE_FILE"',
          ]),
];
