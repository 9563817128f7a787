import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { ecsService, stackOf, threeEnvironments } from "./support/fleet";

const said = (suites: object, more: object = {}) => {
    const orders = { ...ecsService("orders"), suites };
    const { problems } = stackOf({ environments: threeEnvironments, services: { orders }, ...more });
    return problemLines(problems).map(line => line.replace(/^Pulumi\S+ /, ""));
};

const testEnvironment = { template: "t.yaml", executionRoleArn: "arn:aws:iam::{account}:role/cfn" };
const suite = (more: object) => ({ it: { after: "deploy", commands: ["make"], ...more } });

describe("rule test-environment-in-another-account", () => {
    it("passes a test environment where the pipeline is, and other suites everywhere", () => {
        assert.deepEqual(said(suite({ testEnvironment, environments: ["dev", "staging"] })), []);
        assert.deepEqual(said(suite({})), []);
        assert.deepEqual(
            said({ it: { commands: ["make"], testEnvironment } }, { environments: threeEnvironments.slice(2) }),
            [],
        );
    });

    it("fails on one in an environment of another account", () =>
        assert.deepEqual(said(suite({ testEnvironment })), [
            "services.orders.suites.it.testEnvironment: expected only environments of the pipeline's account 111111111111, found prod of 222222222222, where it cannot set up a stack: list others in `environments`",
        ]));

    it("fails on the role of another account, as every deploy does", () =>
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
