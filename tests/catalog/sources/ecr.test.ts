import * as assert from "node:assert/strict";
import { ecr } from "../../../catalog/sources/ecr";
import { at, only, read, refusals, silently, triggerOf } from "../support/place";

const settings = (yaml = "repository: shop/base, tag: stable") => read(ecr.settings, `{ ${yaml} }`);
const planned = (yaml?: string) => only(ecr.plan(settings(yaml), at("base")));

describe("source ecr", () => {
    it("hands on the name of one image", () => {
        const { needs, ...step } = planned();
        assert.equal(needs?.length, 1);
        assert.deepEqual(step, {
            name: "base",
            action: {
                category: "Source",
                owner: "AWS",
                provider: "ECR",
                version: "1",
                inputs: [0, 0],
                outputs: [1, 1],
                configuration: { required: ["RepositoryName"], optional: ["ImageTag"] },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html",
            },
            summary: "image shop/base:stable, on push",
            configuration: { RepositoryName: "shop/base", ImageTag: "stable" },
            inputs: [],
            outputs: [{ key: "base", name: "base_artifact", opening: [] }],
            namespace: "base",
            grants: [
                {
                    sid: "FindImage",
                    actions: ["ecr:DescribeImages"],
                    resources: ["arn:aws:ecr:eu-west-1:111111111111:repository/shop/base"],
                },
            ],
            revision: { label: "image", id: "#{base.ImageURI}" },
            prerequisites: ["an image shop/base:stable has been pushed to ECR"],
        });
    });

    it("takes the tag latest unless it says another", () => {
        assert.equal(planned("repository: shop/base").configuration.ImageTag, "latest");
    });

    it("is started by a push of this tag that succeeded, by a rule of its own", () => {
        assert.deepEqual(triggerOf(planned()), {
            component: "EventTrigger",
            logicalName: "orders--base--push",
            physicalName: "shop--orders--base--push",
            roleName: "shop--orders--base--push",
            description: "Starts the pipeline of orders on a push of an image",
            pattern: {
                source: ["aws.ecr"],
                "detail-type": ["ECR Image Action"],
                detail: {
                    "action-type": ["PUSH"],
                    result: ["SUCCESS"],
                    "repository-name": ["shop/base"],
                    "image-tag": ["stable"],
                },
            },
            pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
        });
    });

    it("is only read where something else starts the pipeline", () => {
        const { needs, summary, ...same } = planned();
        assert.equal(needs?.length, 1);
        assert.equal(summary, "image shop/base:stable, on push");
        assert.deepEqual(only(ecr.plan(settings(), silently("base"))), { ...same, summary: "image shop/base:stable" });
    });

    it("may stand before unmerged code: it holds a name and no right", () => {
        assert.deepEqual(ecr.unmerged?.(settings()), { settings: settings(), withheld: [] });
    });

    for (const [title, yaml, refused] of [
        ["no repository", "tag: stable", "repository"],
        ["a repository of one character", "repository: b", "repository"],
        ["a repository of 257 characters", `repository: ${"b".repeat(257)}`, "repository"],
        ["a repository with capitals", "repository: Shop", "repository"],
        ["all repositories, which the permission would then reach", 'repository: "shop/*"', "repository"],
        ["a tag of 129 characters", `repository: base, tag: ${"t".repeat(129)}`, "tag"],
        ["a tag that begins with a dot", "repository: base, tag: .stable", "tag"],
        ["an empty tag", 'repository: base, tag: ""', "tag"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(ecr.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("takes names at their limits", () => {
        const yaml = `{ repository: ${"b".repeat(256)}, tag: ${"t".repeat(128)} }`;
        assert.deepEqual(refusals(ecr.settings, yaml), []);
    });
});
