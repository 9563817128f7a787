import * as assert from "node:assert/strict";
import { promotionLines, type Promotion } from "../../../catalog/ecr/promotion";
import { has, runLines } from "../support/shell";

const digest = `sha256:${"a".repeat(64)}`;
const other = `sha256:${"b".repeat(64)}`;
const source = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/orders";
const target = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders";

const variables = {
    SOURCE: source,
    SOURCE_ACCOUNT: "111111111111",
    SOURCE_REGION: "eu-west-1",
    SOURCE_REPOSITORY: "shop/orders",
    TARGET: target,
    TARGET_ACCOUNT: "222222222222",
    TARGET_REGION: "eu-west-1",
    TARGET_REPOSITORY: "orders",
    TARGET_TAG: "v1",
    IMAGE_FILE: "imageDetail.json",
};

/** Stand-ins: a registry that keeps one file for each tag, in which its digest stands. */
const programs = {
    aws: `
        case "$1 $2" in
            "ecr get-login-password") echo "password of $4" ;;
            "ecr describe-images")
                file="$STATE/$(echo "$4 $8 \${10}" | tr '/ ' '__')"
                [ -f "$file" ] && cat "$file" || { echo ImageNotFoundException >&2; exit 254; } ;;
            *) exit 2 ;;
        esac`,
    docker: `
        case "$1 $2" in
            "login --username") [ -n "$STDIN" ] ;;
            "buildx imagetools") printf '%s\\n' "\${COPIED:-\${7##*@}}" > "$STATE/222222222222_orders_imageTag=v1" ;;
            *) exit 2 ;;
        esac`,
};

const settled: Promotion = {
    byTag: false,
    assume: ["export CALLED_AS='as the deploy role: '"],
    sameRegistry: false,
};

const detail = { "imageDetail.json": JSON.stringify({ ImageURI: `${source}@${digest}` }) };

/** Runs a promotion; `tags` are the digests of what is there already. */
function promoted(
    own: {
        readonly promotion?: Partial<Promotion>;
        readonly variables?: Readonly<Record<string, string>>;
        readonly files?: Readonly<Record<string, string>>;
        readonly tags?: Readonly<Record<string, string>>;
    } = {},
) {
    const tags = Object.entries(own.tags ?? {}).map(
        ([image, held]) => `printf '%s\\n' '${held}' > "$STATE/$(echo '${image}' | tr '/ ' '__')"`,
    );
    return runLines({
        lines: [...tags, ...promotionLines({ ...settled, ...own.promotion })],
        variables: { ...variables, ...own.variables },
        files: own.files ?? detail,
        programs,
    });
}

const asked = (as: string, account: string, repository: string, tag: string) =>
    `${as}aws [ecr] [describe-images] [--registry-id] [${account}] [--region] [eu-west-1] [--repository-name] [${repository}] [--image-ids] [imageTag=${tag}] [--query] [imageDetails[0].imageDigest] [--output] [text]`;
const password = (as: string) => `${as}aws [ecr] [get-login-password] [--region] [eu-west-1]`;
const login = (as: string, account: string) =>
    `${as}docker [login] [--username] [AWS] [--password-stdin] [${account}.dkr.ecr.eu-west-1.amazonaws.com]`;
const copy = (as: string) =>
    `${as}docker [buildx] [imagetools] [create] [--prefer-index=false] [--tag] [${target}:v1] [${source}@${digest}]`;
const role = "as the deploy role: ";

describe("the lines of a promotion", function () {
    before(function () {
        // The images of builds have it; a machine of people may not.
        if (!has("jq")) {
            this.skip();
        }
    });

    it("copy by digest, pull as the build itself and push as the deploy role, and look at what is there then", () => {
        const { failed, stderr, calls, file } = promoted();
        assert.equal(stderr, "");
        assert.equal(failed, false);
        // In a pipe both begin at once.
        const sorted = [...calls.slice(0, 2).sort(), ...calls.slice(2, 4).sort(), ...calls.slice(4)];
        assert.deepEqual(sorted, [
            password(""),
            login("", "111111111111"),
            password(role),
            login(role, "222222222222"),
            asked(role, "222222222222", "orders", "v1"),
            copy(role),
            asked(role, "222222222222", "orders", "v1"),
        ]);
        assert.deepEqual(JSON.parse(file("imageDetail.json")), { ImageURI: `${target}@${digest}` });
    });

    it("ask the source which digest a tag has, before they are somebody else", () => {
        const { calls, failed } = promoted({
            files: { "imageDetail.json": JSON.stringify({ ImageURI: `${source}:abc123` }) },
            tags: { "111111111111 shop/orders imageTag=abc123": digest },
        });
        assert.equal(failed, false);
        assert.equal(calls[0], asked("", "111111111111", "shop/orders", "abc123"));
        assert.ok(calls.includes(copy(role)));
    });

    it("write nothing where the tag has the digest already, as when a stage is tried once more", () => {
        const { calls, failed, file } = promoted({ tags: { "222222222222 orders imageTag=v1": digest } });
        assert.equal(failed, false);
        assert.deepEqual(
            calls.filter(call => call.includes("imagetools")),
            [],
        );
        assert.deepEqual(JSON.parse(file("imageDetail.json")), { ImageURI: `${target}@${digest}` });
    });

    it("move a tag that has another digest", () => {
        const { calls, failed } = promoted({ tags: { "222222222222 orders imageTag=v1": other } });
        assert.equal(failed, false);
        assert.ok(calls.includes(copy(role)));
    });

    it("take one login where both are of one registry, as who may push", () => {
        const { calls, failed } = promoted({ promotion: { sameRegistry: true } });
        assert.equal(failed, false);
        assert.deepEqual(calls.slice(0, 2).sort(), [login(role, "111111111111"), password(role)].sort());
        assert.equal(calls.filter(call => call.includes("[login]")).length, 1);
    });

    it("take the image of a tag, and say what it is now in a file of their own", () => {
        const { calls, failed, file } = promoted({
            promotion: { byTag: true },
            variables: { SOURCE_TAG: "release" },
            files: {},
            tags: { "111111111111 shop/orders imageTag=release": digest },
        });
        assert.equal(failed, false);
        assert.equal(calls[0], asked("", "111111111111", "shop/orders", "release"));
        assert.deepEqual(JSON.parse(file("imageDetail.json")), { ImageURI: `${target}@${digest}` });
    });

    const definitions = [
        { name: "app", imageUri: `${source}@${digest}` },
        { name: 'it\'s "$HOME"', imageUri: `${source}@${other}` },
    ];

    it("take the image of one container of several, and change no other", () => {
        const path = "a b/it's.json";
        const { calls, failed, file } = promoted({
            variables: { IMAGE_FILE: path, CONTAINER: "app" },
            files: { [path]: JSON.stringify(definitions) },
        });
        assert.equal(failed, false);
        assert.ok(calls.includes(copy(role)));
        assert.deepEqual(JSON.parse(file(path)), [{ name: "app", imageUri: `${target}@${digest}` }, definitions[1]]);
    });

    it("take a container's name for nothing but a name", () => {
        const { calls, failed } = promoted({
            variables: { CONTAINER: definitions[1].name },
            files: { "imageDetail.json": JSON.stringify(definitions) },
        });
        assert.equal(failed, false);
        assert.ok(calls.some(call => call.endsWith(`[${source}@${other}]`)));
    });

    it("keep a tag together that the execution fills with something else than a tag", () => {
        const { calls } = promoted({ variables: { TARGET_TAG: "a b; *" } });
        const { length } = calls.filter(call => call === asked(role, "222222222222", "orders", "a b; *"));
        assert.equal(length, 2);
        assert.ok(calls.some(call => call.includes(`[--tag] [${target}:a b; *] [${source}`)));
    });

    for (const [title, own, message] of [
        [
            "a copy that has another digest",
            { variables: { COPIED: other } },
            `expected ${target}:v1 to be ${digest}, found ${other}`,
        ],
        [
            "an image of another repository",
            { files: { "imageDetail.json": JSON.stringify({ ImageURI: `${source}-old@${digest}` }) } },
            `expected an image of ${source}, found ${source}-old@${digest}`,
        ],
        [
            "several images without a container",
            { files: { "imageDetail.json": JSON.stringify(definitions) } },
            "expected one image, found 2: name its container",
        ],
        [
            "a container that is not there",
            { files: { "imageDetail.json": JSON.stringify(definitions) }, variables: { CONTAINER: "web" } },
            "expected one image, found 0: name its container",
        ],
        ["a file without an image", { files: { "imageDetail.json": "{}" } }, "expected ImageURI, found none"],
        ["a file that is not there", { files: {} }, "imageDetail.json"],
        [
            "a tag that the source does not have",
            { files: { "imageDetail.json": JSON.stringify({ ImageURI: `${source}:gone` }) } },
            "ImageNotFoundException",
        ],
        [
            "a digest that is none",
            { files: { "imageDetail.json": JSON.stringify({ ImageURI: `${source}@latest` }) } },
            `expected the digest of ${source}@latest, found latest`,
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            const { failed, stderr, calls } = promoted(own);
            assert.equal(failed, true);
            assert.ok(stderr.includes(message), stderr);
            // What it cannot tell, it does not copy.
            assert.equal(
                calls.some(call => call.includes("imagetools")),
                title === "a copy that has another digest",
            );
        });
    }

    it("fails where a login is refused", () => {
        const lines = promotionLines(settled);
        const { failed, calls } = runLines({
            lines,
            variables,
            files: detail,
            programs: { ...programs, aws: 'case "$2" in get-login-password) exit 254 ;; *) exit 2 ;; esac' },
        });
        assert.equal(failed, true);
        assert.equal(calls.length, 2);
    });
});
