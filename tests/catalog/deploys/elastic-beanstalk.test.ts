import * as assert from "node:assert/strict";
import { elasticBeanstalk } from "../../../catalog/deploys/elastic-beanstalk";
import { shown } from "../../../catalog/reference";
import { beanstalkGrants } from "../support/beanstalk-grants";
import { at, built, dev, only, prod, read, refusals, source } from "../support/place";

const role = "arn:aws:iam::222222222222:role/instances";
const base = "application: orders, environmentName: orders-prod, environmentId: e-abcd1234ef";
const words = (yaml = "") => read(elasticBeanstalk.settings, `{ ${base}${yaml} }`);
const planned = (yaml = "", environment = prod) =>
    only(elasticBeanstalk.plan(words(yaml), at("deploy", [built, source], environment)));

describe("deploy elastic-beanstalk", () => {
    it("brings a version into one environment, by the environment's deploy role", () => {
        assert.deepEqual(planned(), {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "ElasticBeanstalk",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: { required: ["ApplicationName", "EnvironmentName"], optional: [] },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Beanstalk.html",
            },
            byDeployRole: true,
            passes: [],
            summary: "Elastic Beanstalk environment orders-prod of application orders",
            configuration: { ApplicationName: "orders", EnvironmentName: "orders-prod" },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: beanstalkGrants,
            targets: [
                { what: "Elastic Beanstalk environment orders-prod of application orders", account: "222222222222" },
            ],
            prerequisites: [
                "the Elastic Beanstalk environment orders-prod of application orders has the id e-abcd1234ef",
            ],
        });
    });

    it("passes the roles that are named, and no other", () => {
        const step = planned(`, roles: ["${role}"]`);
        assert.deepEqual(step.passes, [role]);
        assert.deepEqual(step.grants.slice(-1), [
            {
                sid: "PassEnvironmentRoles",
                actions: ["iam:PassRole"],
                resources: [role],
                conditions: {
                    StringEquals: {
                        "iam:PassedToService": [
                            "elasticbeanstalk.amazonaws.com",
                            "ec2.amazonaws.com",
                            "autoscaling.amazonaws.com",
                            "elasticloadbalancing.amazonaws.com",
                            "cloudformation.amazonaws.com",
                        ],
                    },
                },
            },
        ]);
    });

    it("keeps versions in the bucket of the environment's own account", () => {
        const buckets = planned("", dev).grants.flatMap(({ resources }) =>
            resources.filter(resource => shown(resource).startsWith("arn:aws:s3:::")),
        );
        const own = "arn:aws:s3:::elasticbeanstalk-eu-west-1-111111111111";
        assert.deepEqual(buckets, [`${own}/*`, own]);
    });

    for (const [title, yaml, refused] of [
        ["no id", "application: a, environmentName: abcd", "environmentId"],
        ["an id of every environment", 'application: a, environmentName: abcd, environmentId: "e-*"', "environmentId"],
        ["a name as id", "application: a, environmentName: abcd, environmentId: abcd", "environmentId"],
        ["every application", 'application: "*", environmentName: abcd, environmentId: e-1', "application"],
        [
            "a name of 101 characters",
            `application: ${"a".repeat(101)}, environmentName: abcd, environmentId: e-1`,
            "application",
        ],
        [
            "an environment of 3 characters",
            "application: a, environmentName: abc, environmentId: e-1",
            "environmentName",
        ],
        [
            "an environment of 41 characters",
            `application: a, environmentName: ${"a".repeat(41)}, environmentId: e-1`,
            "environmentName",
        ],
        [
            "an environment with a hyphen last",
            "application: a, environmentName: abcd-, environmentId: e-1",
            "environmentName",
        ],
        ["a role of all roles", `${base}, roles: ["arn:aws:iam::222222222222:role/*"]`, "roles.0"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(elasticBeanstalk.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    for (const name of ["abcd", "a".repeat(40)]) {
        it(`accepts an environment of ${name.length} characters`, () => {
            const yaml = `{ application: ${"a".repeat(100)}, environmentName: ${name}, environmentId: e-1 }`;
            assert.deepEqual(refusals(elasticBeanstalk.settings, yaml), []);
        });
    }
});
