import * as assert from "node:assert/strict";
import { arn, consoleDomain, iamArn, partitionOf, s3Arn } from "../../catalog/arn";
import { allow, allowAnywhere, passRole } from "../../catalog/grant";
import { bracedWords, fill, variesByEnvironment } from "../../catalog/placeholders";
import { pathText } from "../../catalog/problem";
import { Reference, shown } from "../../catalog/reference";
import { accountId, bucketName, key, minutes, objectKey, roleArn } from "../../catalog/words";

/** Which of `texts` the schema takes. */
const taken = (schema: { safeParse(text: unknown): { success: boolean } }, texts: readonly unknown[]) =>
    texts.filter(text => schema.safeParse(text).success);

describe("words", () => {
    it("key: lower case, digits, single hyphens, at most 32 characters", () => {
        const good = ["a", "orders", "orders-api", "o2", "a-1", "k".repeat(32)];
        const bad = ["", "Orders", "1a", "-a", "a-", "a--b", "a_b", "a.b", "a b", "ä", "k".repeat(33), "a\n"];
        assert.deepEqual(taken(key("service"), [...good, ...bad]), good);
    });

    it("account id: twelve digits as text", () => {
        const good = ["111111111111", "012345678901"];
        assert.deepEqual(taken(accountId("a"), [...good, 111111111111, "11111111111", "1111111111111", "x"]), good);
    });

    it("role: one role's ARN, with placeholders", () => {
        const good = [
            "arn:aws:iam::111111111111:role/deploy",
            "arn:aws-cn:iam::111111111111:role/path/deploy",
            "arn:aws-us-gov:iam::{account}:role/{environment}-deploy",
        ];
        const bad = [
            "arn:aws:iam::111111111111:role/*",
            "arn:aws:iam::111111111111:role/",
            "arn:aws:iam::*:role/deploy",
            "arn:aws:iam::111111111111:root",
            "arn:aws:sts::111111111111:assumed-role/a/b",
            "deploy",
            `arn:aws:iam::111111111111:role/${"r".repeat(1000)}`,
        ];
        assert.deepEqual(taken(roleArn("a"), [...good, ...bad]), good);
    });

    it("bucket: 3 to 63 characters, no capitals, no pattern", () => {
        const good = ["abc", "shop-web-{environment}", "a.b-c", "b".repeat(63)];
        assert.deepEqual(
            taken(bucketName("a"), [...good, "ab", "A-b", "-ab", "ab-", "a_b", "a*b", "b".repeat(64)]),
            good,
        );
    });

    it("object key: nothing that IAM would read otherwise than S3", () => {
        const good = ["a", "orders/release.zip", "{service}/{environment}/a b.zip", "k".repeat(1024)];
        assert.deepEqual(taken(objectKey("a"), [...good, "", "/a", "a/", "a*", "?", "/", "k".repeat(1025)]), good);
    });

    it("minutes: whole ones, both ends included", () => {
        assert.deepEqual(taken(minutes(5, 60, "a"), [4, 5, 60, 61, 5.5, "5"]), [5, 60]);
    });
});

describe("ARNs", () => {
    for (const [region, partition, domain] of [
        ["eu-west-1", "aws", "console.aws.amazon.com"],
        ["cn-north-1", "aws-cn", "console.amazonaws.cn"],
        ["us-gov-east-1", "aws-us-gov", "console.amazonaws-us-gov.com"],
    ] as const) {
        it(`of ${region} begin with arn:${partition}`, () => {
            const at = { account: "111111111111", region };
            assert.equal(partitionOf(region), partition);
            assert.equal(consoleDomain(region), domain);
            assert.equal(arn("sns", "topic", at), `arn:${partition}:sns:${region}:111111111111:topic`);
            assert.equal(iamArn("role/a", at), `arn:${partition}:iam::111111111111:role/a`);
            assert.equal(s3Arn("bucket/*", region), `arn:${partition}:s3:::bucket/*`);
        });
    }
});

describe("grants", () => {
    it("are as they are written, with a reason where they reach everything", () => {
        assert.deepEqual(allow("A", ["s3:GetObject"], ["r"]), {
            sid: "A",
            actions: ["s3:GetObject"],
            resources: ["r"],
        });
        assert.deepEqual(allow("A", ["s3:GetObject"], ["r"], { Bool: { a: "true" } }).conditions, {
            Bool: { a: "true" },
        });
        assert.deepEqual(allowAnywhere("A", ["ec2:DescribeVpcs"], "No ARN."), {
            sid: "A",
            actions: ["ec2:DescribeVpcs"],
            resources: ["*"],
            reason: "No ARN.",
        });
    });

    it("pass exactly these roles to exactly this service", () => {
        assert.deepEqual(passRole("P", ["r"], "ecs.amazonaws.com"), {
            sid: "P",
            actions: ["iam:PassRole"],
            resources: ["r"],
            conditions: { StringEquals: { "iam:PassedToService": "ecs.amazonaws.com" } },
        });
    });
});

describe("placeholders", () => {
    it("are words in braces; a shell's braces are none", () => {
        assert.deepEqual(bracedWords("{service}-{environment} ${HOME} {print $1} {} {1}"), [
            "service",
            "environment",
            "HOME",
        ]);
    });

    it("are filled where they are known, and stay where they are not", () => {
        assert.equal(fill("{service}/{environment}/{level}", { service: "orders" }), "orders/{environment}/{level}");
        assert.equal(fill("{service}{service}", { service: "{service}" }), "{service}{service}");
    });

    it("vary by environment, account and region", () => {
        const texts = ["{environment}", "{account}", "{region}", "{service}", "environment", "{level}"];
        assert.deepEqual(texts.filter(variesByEnvironment), ["{environment}", "{account}", "{region}"]);
    });
});

describe("paths and references", () => {
    it("show as people write them", () => {
        assert.equal(pathText(["services", "orders", "paths", 0, "x"]), "services.orders.paths[0].x");
        assert.equal(pathText([]), "");
        assert.deepEqual([shown("a"), shown(new Reference("subnet:0"))], ["a", "<subnet:0>"]);
    });
});
