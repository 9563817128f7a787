import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { s3 } from "../../../catalog/deploys/s3";
import type { Step } from "../../../catalog/plan";
import { at, built, dev, only, prod, projectOf, read, refusals, source } from "../support/place";

const planned = (yaml: string, environment = prod): readonly Step[] =>
    s3.plan(read(s3.settings, `{ ${yaml} }`), at("deploy", [built, source], environment));
const check = (yaml: string) => s3.check?.(read(s3.settings, `{ ${yaml} }`));
const Condition = { StringEquals: { "aws:ResourceAccount": "222222222222" } };

describe("deploy s3", () => {
    it("unpacks into the whole bucket", () => {
        const step = only(planned("bucket: shop-web, cacheControl: no-cache"));
        assert.deepEqual(step, {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "S3",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["BucketName", "Extract"],
                    optional: ["ObjectKey", "KMSEncryptionKeyARN", "CannedACL", "CacheControl"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html",
            },
            byDeployRole: true,
            summary: "s3://shop-web/",
            configuration: { BucketName: "shop-web", Extract: "true", CacheControl: "no-cache" },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "WriteDeployedFiles",
                    actions: ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
                    resources: ["arn:aws:s3:::shop-web/*"],
                    conditions: Condition,
                },
                {
                    sid: "FindDeployBucket",
                    actions: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
                    resources: ["arn:aws:s3:::shop-web"],
                    conditions: Condition,
                },
            ],
            targets: [{ what: "s3://shop-web/" }],
        });
    });

    for (const [title, yaml, configuration, resource, target] of [
        [
            "a folder",
            "bucket: shop-web, prefix: app/v1",
            { BucketName: "shop-web", Extract: "true", ObjectKey: "app/v1" },
            "arn:aws:s3:::shop-web/app/v1/*",
            "s3://shop-web/app/v1/",
        ],
        [
            "one archive",
            "bucket: shop-web, prefix: app.zip, extract: false",
            { BucketName: "shop-web", Extract: "false", ObjectKey: "app.zip" },
            "arn:aws:s3:::shop-web/app.zip",
            "s3://shop-web/app.zip",
        ],
    ] as const) {
        it(`writes ${title}, and may write nothing beside it`, () => {
            const step = only(planned(yaml));
            assert.deepEqual(step.configuration, configuration);
            assert.deepEqual(step.grants[0].resources, [resource]);
            assert.deepEqual(step.targets, [{ what: target }]);
        });
    }

    it("encrypts with the key that is named, and may use no other", () => {
        const key = "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        const step = only(planned(`bucket: shop-web, kmsKeyArn: "${key}"`));
        assert.deepEqual(step.configuration, {
            BucketName: "shop-web",
            Extract: "true",
            KMSEncryptionKeyARN: key,
        });
        assert.deepEqual(step.grants.slice(2), [
            {
                sid: "EncryptDeployedFiles",
                actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                resources: [key],
                conditions: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
            },
        ]);
    });

    for (const [acl, weakens, prerequisites] of [
        ["private", undefined, "the bucket shop-web takes ACLs: its object ownership is not BucketOwnerEnforced"],
        [
            "public-read",
            "deploy lets everybody read what it writes (cannedAcl: public-read)",
            "the bucket shop-web takes ACLs: its object ownership is not BucketOwnerEnforced",
        ],
        [
            "authenticated-read",
            "deploy lets everybody with an AWS account read what it writes (cannedAcl: authenticated-read)",
            "the bucket shop-web takes ACLs: its object ownership is not BucketOwnerEnforced",
        ],
        ["bucket-owner-full-control", undefined, undefined],
    ] as const) {
        it(`gives the ACL ${acl}, and says what it opens and what it needs`, () => {
            const step = only(planned(`bucket: shop-web, cannedAcl: ${acl}`));
            assert.equal(step.configuration.CannedACL, acl);
            assert.deepEqual(step.weakens, weakens && [weakens]);
            assert.deepEqual(step.prerequisites, prerequisites && [prerequisites]);
        });
    }

    it("fails on an archive without a key", () => {
        assert.deepEqual(check("bucket: shop-web, extract: false"), [
            { path: [], message: "expected `prefix`, the key of the archive, because `extract` is false" },
        ]);
        assert.deepEqual(check("bucket: shop-web, extract: false, prefix: a.zip"), []);
        assert.deepEqual(check("bucket: shop-web"), []);
    });

    for (const prefix of ["app/", "/app", "*", "app?"]) {
        it(`fails on the prefix ${prefix}, which would be granted otherwise than it is written`, () => {
            const message = 'prefix: a key such as "orders/release.zip", without `*`, `?` and a slash at an end';
            assert.deepEqual(refusals(s3.settings, `{ bucket: shop-web, prefix: "${prefix}" }`), [message]);
        });
    }

    for (const [title, yaml, refused] of [
        ["a public ACL that lets everybody write", "cannedAcl: public-read-write", "cannedAcl"],
        ["an alias of a key", 'kmsKeyArn: "arn:aws:kms:eu-west-1:222222222222:alias/site"', "kmsKeyArn"],
        ["the id of a key", "kmsKeyArn: 1234abcd-12ab-34cd-56ef-1234567890ab", "kmsKeyArn"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(s3.settings, `{ bucket: shop-web, ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});

describe("deploy s3 with an invalidation", () => {
    const invalidate = "bucket: shop-web, invalidate: { distribution: E1A2B3C4D5E6F7 }";
    const distribution = [
        {
            sid: "InvalidateDistribution",
            actions: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
            resources: ["arn:aws:cloudfront::222222222222:distribution/E1A2B3C4D5E6F7"],
        },
    ];
    const commandsOf = (step: Step) =>
        (parse(projectOf(step).buildspec) as { phases: { build: { commands: string[] } } }).phases.build.commands;
    const waits =
        "id=$(aws cloudfront create-invalidation --distribution-id E1A2B3C4D5E6F7 --paths '/*' --query Invalidation.Id --output text) && aws cloudfront wait invalidation-completed --distribution-id E1A2B3C4D5E6F7 --id \"$id\"";

    it("uploads first, then invalidates in a build of its own that assumes the deploy role", () => {
        const [upload, second, ...none] = planned(invalidate);
        assert.deepEqual(none, []);
        assert.deepEqual([upload.name, second.name], ["deploy", "deploy-invalidate"]);
        assert.deepEqual([upload.action.provider, second.action.provider], ["S3", "CodeBuild"]);
        assert.deepEqual(second.configuration, { ProjectName: "shop--orders--deploy--invalidate--prod" });
        assert.deepEqual(second.inputs, ["BuildArtifact"]);
        assert.equal(second.together, undefined);
        assert.equal(second.byDeployRole, undefined);
        assert.deepEqual(second.assumed, distribution);
        assert.equal(
            second.summary,
            "CloudFront distribution E1A2B3C4D5E6F7 forgets /*, assuming the role arn:aws:iam::222222222222:role/deploy",
        );
        assert.deepEqual(second.grants, [
            {
                sid: "RunOwnProjects",
                actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--deploy--invalidate--prod"],
            },
        ]);
        const project = projectOf(second);
        assert.equal(project.timeoutMinutes, 20);
        assert.deepEqual(project.grants.at(-1), {
            sid: "AssumeDeployRole",
            actions: ["sts:AssumeRole"],
            resources: ["arn:aws:iam::222222222222:role/deploy"],
        });
        assert.deepEqual(commandsOf(second).slice(1), [
            "export AWS_CONFIG_FILE=/tmp/deploy-role.config AWS_PROFILE=deploy",
            waits,
        ]);
    });

    it("invalidates with the project's own role where there is no deploy role, and may nothing else", () => {
        const [, second] = planned(invalidate, dev);
        assert.equal(second.assumed, undefined);
        assert.deepEqual(commandsOf(second), [waits]);
        const own = projectOf(second).grants.filter(({ actions }) => !/^(s3|kms|logs|ec2):/.test(actions[0]));
        assert.deepEqual(own, [
            { ...distribution[0], resources: ["arn:aws:cloudfront::111111111111:distribution/E1A2B3C4D5E6F7"] },
        ]);
    });

    it("names each path to the shell as it is", () => {
        const [, second] = planned(
            'bucket: b-b, invalidate: { distribution: E1A2B3C4D5E6F7, paths: ["/index.html", "/a$(b)/*", "/caf%C3%A9&x=1"] }',
        );
        assert.match(commandsOf(second)[2], / --paths '\/index\.html' '\/a\$\(b\)\/\*' '\/caf%C3%A9&x=1' --query /);
    });

    for (const [title, yaml, refused] of [
        ["a path without a slash in front", 'paths: ["index.html"]', "invalidate.paths.0"],
        ["a wildcard inside a path", 'paths: ["/*/index.html"]', "invalidate.paths.0"],
        ["a quote, which would end the shell's", `paths: ["/a'b"]`, "invalidate.paths.0"],
        ["a blank in a path", 'paths: ["/a b"]', "invalidate.paths.0"],
        ["no path", "paths: []", "invalidate.paths"],
    ] as const) {
        it(`fails on ${title}`, () => {
            const lines = refusals(
                s3.settings,
                `{ bucket: b-b, invalidate: { distribution: E1A2B3C4D5E6F7, ${yaml} } }`,
            );
            assert.deepEqual(
                lines.map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("fails on an ARN in a distribution's place", () => {
        assert.deepEqual(
            refusals(
                s3.settings,
                '{ bucket: b-b, invalidate: { distribution: "arn:aws:cloudfront::1:distribution/E1" } }',
            ),
            ['invalidate.distribution: the id of a distribution, such as "E1A2B3C4D5E6F7"'],
        );
    });

    it("fails on more paths than CloudFront takes at one time", () => {
        const paths = (count: number, end: string) =>
            `bucket: b-b, invalidate: { distribution: E1A2B3C4D5E6F7, paths: [${Array.from({ length: count }, (_, index) => `/${index}${end}`).join(", ")}] }`;
        assert.deepEqual(check(paths(15, "*")), []);
        assert.deepEqual(check(paths(3000, "")), []);
        assert.deepEqual(check(paths(16, "*")), [
            {
                path: ["invalidate", "paths"],
                message: 'expected at most 15 paths with `*`, found 16: "/*" is all of them',
            },
        ]);
        assert.deepEqual(check(paths(3001, "")), [
            {
                path: ["invalidate", "paths"],
                message: "expected at most 3000 paths, found 3001: end some with `*`",
            },
        ]);
    });
});
