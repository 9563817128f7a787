import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { ecsService, stackOf, threeEnvironments } from "./support/fleet";

const said = (suites: object, more: object = {}, region?: string) => {
    const orders = { ...ecsService("orders"), suites };
    const { problems } = stackOf({ environments: threeEnvironments, services: { orders }, ...more }, region);
    return problemLines(problems).map(line => line.replace(/^Pulumi\S+ /, ""));
};

const testEnvironment = { template: "t.yaml", executionRoleArn: "arn:aws:iam::{account}:role/cfn" };
const suite = (more: object) => ({ it: { after: "deploy", commands: ["make"], ...more } });

describe("rule roles-of-the-environment, of test environments", () => {
    it("passes the role of each environment's own account", () =>
        assert.deepEqual(said(suite({ testEnvironment })), []));

    it("fails on the role of another account", () =>
        assert.deepEqual(
            said(
                suite({
                    testEnvironment: { ...testEnvironment, executionRoleArn: "arn:aws:iam::333333333333:role/cfn" },
                    environments: ["dev"],
                }),
            ),
            [
                'services.orders.suites.it: expected a role of dev\'s account 111111111111, found "arn:aws:iam::333333333333:role/cfn": a role is passed within its account',
            ],
        ));
});

describe("rule partition-lacks, of scans", () => {
    const scan = {
        scan: { type: "inspector-scan", thresholds: { critical: 0 }, outsideNetwork: "It reads no secret." },
    };
    const one = { environments: [{ name: "dev" }] };
    const fromS3 = {
        ...one,
        connections: {},
        defaults: {},
        services: {
            orders: {
                source: { type: "s3", bucket: "drops", key: "a.zip" },
                build: { type: "none" },
                deploy: { type: "s3", bucket: "shop-site" },
                suites: scan,
            },
        },
    };

    it("passes a scan elsewhere", () => assert.deepEqual(said({}, fromS3, "eu-west-1"), []));

    it("fails on a scan in a region of China", () =>
        assert.deepEqual(said({}, fromS3, "cn-north-1"), [
            "services.orders.suites.scan: CodePipeline has no InspectorScan action in cn-north-1: leave it out, or scan with a suite of commands",
        ]));
});
