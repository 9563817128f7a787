import * as assert from "node:assert/strict";
import { alarmLink, executionLink, partitionOf, pipelineLink } from "../../../functions/notify/console";
import { personOf } from "../../../functions/notify/notices/words";
import { placeOf, releases, serviceOf } from "../../../functions/notify/place";
import { settings } from "./support/world";

describe("what a stage and a pipeline are", () => {
    for (const [stage, expected] of [
        ["prod", { environment: "prod", approval: false }],
        ["Approve-prod", { environment: "prod", approval: true }],
        ["Build", { approval: false }],
        [undefined, { approval: false }],
    ] as const) {
        it(`tells by the stage's name: ${stage}`, () => assert.deepEqual(placeOf(stage, settings), expected));
    }

    for (const [pipeline, expected] of [
        ["shop--orders", true],
        ["shop--0a1b2c3d--a-long-service-name", true],
        ["shop--orders--check", false],
        ["shop--check", true],
        ["shop--0a1b2c3d--check", true],
        ["shop--check--check", false],
        ["shop--0a1b2c3d--orders--check", false],
        ["shopping--orders", false],
        ["other--shop--orders", false],
    ] as const) {
        it(`tells whether a pipeline releases: ${pipeline}`, () =>
            assert.equal(releases(pipeline, settings), expected));
    }

    for (const [pipeline, tags, expected] of [
        ["shop--orders", { service: "orders-of-all" }, "orders-of-all"],
        ["shop--orders", {}, "orders"],
        ["shop--0a1b2c3d--a-long-service-name", {}, "a-long-service-name"],
        ["shop--abcdefab--x", {}, "abcdefab--x"],
    ] as const) {
        it(`calls the service of ${pipeline} ${expected}`, () =>
            assert.equal(serviceOf(pipeline, tags, "shop"), expected));
    }
});

describe("addresses of the console", () => {
    for (const [region, domain, partition] of [
        ["eu-west-1", "eu-west-1.console.aws.amazon.com", "aws"],
        ["cn-north-1", "cn-north-1.console.amazonaws.cn", "aws-cn"],
        ["us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com", "aws-us-gov"],
    ] as const) {
        it(`are those of the partition: ${region}`, () => {
            assert.equal(partitionOf(region), partition);
            assert.deepEqual(
                [pipelineLink(region, "shop--a"), executionLink(region, "shop--a", "e"), alarmLink(region, "a b")],
                [
                    `https://${domain}/codesuite/codepipeline/pipelines/shop--a/view?region=${region}`,
                    `https://${domain}/codesuite/codepipeline/pipelines/shop--a/executions/e/visualization?region=${region}`,
                    `https://${domain}/cloudwatch/home?region=${region}#alarmsV2:alarm/a%20b`,
                ],
            );
        });
    }
});

describe("what people are called", () => {
    for (const [arn, expected] of [
        ["arn:aws:sts::111111111111:assumed-role/Release/ana@example.com", "ana@example.com (Release)"],
        ["arn:aws-cn:iam::111111111111:user/teams/shop/ben", "ben"],
        ["arn:aws:iam::111111111111:role/deployer", "deployer"],
        ["arn:aws:iam::111111111111:root", "the root user"],
        ["arn:aws:events:eu-west-1:111111111111:rule/x", undefined],
        ["ana", undefined],
        [undefined, undefined],
    ] as const) {
        it(`is told by ${arn}`, () => assert.equal(personOf(arn), expected));
    }
});
