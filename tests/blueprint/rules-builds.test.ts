import * as assert from "node:assert/strict";
import type { FleetPlan } from "../../blueprint/plan";
import { allow } from "../../catalog/grant";
import type { BuildProjectPlan, ComponentPlan } from "../../catalog/plan";
import { problemLines } from "../../config/read";
import { check, fleet } from "./support/changed";
import { ecsService, fleetOf, pipelineOf, reference, stackOf, withPipeline } from "./support/fleet";

/** Where the build of orders stands in the stack file. */
const path = ["services", "orders", "build"];

const [project] = pipelineOf(fleet).components.filter(component => component.component === "BuildProject");

/** The fleet with the first project of orders changed. */
const building = (change: Partial<BuildProjectPlan>) =>
    withPipeline(fleet, ({ components }) => ({
        components: components.map((component): ComponentPlan =>
            component.component === "BuildProject" && component.physicalName === project.physicalName
                ? { ...component, ...change }
                : component,
        ),
    }));

/** The fleet whose build of orders is a batch of `timeoutMinutes`. */
const inBatches = (timeoutMinutes: number) =>
    building({ batch: { roleName: "batches", computeTypes: [], timeoutMinutes, grants: [] } });

/** The fleet with `variables` in plain text in the project of the build of orders; `names and values` count. */
const variables = (...values: string[]) =>
    building({ variables: values.map((value, index) => ({ name: `V${index}`, value, type: "PLAINTEXT" })) });

const secret = (value: string, type: "SECRETS_MANAGER" | "PARAMETER_STORE" = "SECRETS_MANAGER") =>
    building({ variables: [{ name: "TOKEN", value, type }] });

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf:key`;

const reporting = (...names: string[]) =>
    building({
        grants: [
            allow(
                "WriteOwnReports",
                ["codebuild:CreateReportGroup"],
                names.map(name => `arn:aws:codebuild:eu-west-1:111111111111:report-group/${name}`),
            ),
            allow("Other", ["s3:GetObject"], ["a", "b", "c", "d", "e", "f"]),
        ],
    });

const many = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);

const stored = (length: number) =>
    `the variables of shop--orders--build have ${length} characters, of about 5500, names and values together: keep long values in the Parameter Store, and read them in the commands`;

const table: [rule: string, title: string, passes: FleetPlan, fails: FleetPlan, message: string][] = [
    [
        "length-of-variables",
        "5,501 characters of all",
        variables("v".repeat(2748), "v".repeat(2748)),
        variables("v".repeat(2748), "v".repeat(2749)),
        stored(5501),
    ],
    [
        "length-of-variables",
        "4,097 characters of one",
        variables("v".repeat(4096)),
        variables("v".repeat(4097)),
        "the variable V0 of shop--orders--build has more than 4096 characters: keep it in a file of the source",
    ],
    [
        "length-of-secret-names",
        "a secret of 513 characters",
        secret(`${"s".repeat(512)}:key`),
        secret(`${"s".repeat(513)}:key`),
        "the secret that TOKEN of shop--orders--build refers to has a name of 513 characters, of at most 512: no secret is called so",
    ],
    [
        "length-of-secret-names",
        "a secret of 513 characters in an ARN",
        secret(secretArn("s".repeat(512))),
        secret(secretArn("s".repeat(513))),
        "the secret that TOKEN of shop--orders--build refers to has a name of 513 characters, of at most 512: no secret is called so",
    ],
    [
        "length-of-secret-names",
        "a parameter of 2,049 characters",
        secret("p".repeat(2048), "PARAMETER_STORE"),
        secret("p".repeat(2049), "PARAMETER_STORE"),
        "the parameter that TOKEN of shop--orders--build refers to has a name of 2049 characters, of at most 2048: no parameter is called so",
    ],
    [
        "report-group-name",
        "129 characters",
        reporting("r".repeat(128)),
        reporting("r".repeat(129)),
        `the report group ${"r".repeat(129)} would have 129 characters, of at most 128: choose a shorter name for the service or the suite`,
    ],
    [
        "reports-of-a-project",
        "six reports",
        reporting(...many(5)),
        reporting(...many(6)),
        "shop--orders--build makes 6 reports; AWS once named 5 as the most of a project: split the suite, or try it before you rely on it",
    ],
    [
        "build-outlasts-its-action",
        "481 minutes",
        building({ timeoutMinutes: 480 }),
        building({ timeoutMinutes: 481 }),
        "shop--orders--build may run for 481 minutes; AWS once named 480 as the most that CodePipeline waits for a build: split it, or try it before you rely on it",
    ],
    [
        "build-outlasts-its-action",
        "a batch of 481 minutes",
        inBatches(480),
        inBatches(481),
        "shop--orders--build may run for 481 minutes; AWS once named 480 as the most that CodePipeline waits for a build: split it, or try it before you rely on it",
    ],
];

describe("rules of builds", () => {
    for (const [rule, title, passes, fails, message] of table) {
        it(`${rule}: passes at the edge, fails on ${title}`, () => {
            assert.deepEqual(check(rule, passes), []);
            assert.deepEqual(check(rule, fails), [{ path, message }]);
        });
    }

    it("length-of-variables: counts what the action gives, in the place of the project's own", () => {
        // The suite has ENVIRONMENT and API_URL in its actions, and nothing else in its project.
        const suite = (value: string) => {
            const services = {
                orders: {
                    ...reference,
                    suites: {
                        integration: {
                            after: "deploy",
                            commands: ["make"],
                            environment: { A: "a{environment}", B: value },
                        },
                    },
                },
            };
            return fleetOf({ services });
        };
        const [own] = pipelineOf(suite("")).components.filter(({ logicalName }) => logicalName.endsWith("integration"));
        assert.equal(own.component === "BuildProject" && own.variables.length, 1);
        const length = "ENVIRONMENT".length + "dev".length + "A".length + "adev".length + "B".length;
        assert.deepEqual(check("length-of-variables", suite("b".repeat(5500 - length))).length, 1);
        assert.deepEqual(
            check("length-of-variables", suite("b".repeat(5501 - length))).map(({ message }) => message.slice(0, 63)),
            [
                "the variables of shop--orders--integration have 5501 characters",
                "the variable B of shop--orders--integration has more than 4096 ",
            ],
        );
    });

    it("report-group-name: leaves room for the longest names of a stack file", () => {
        const long = fleetOf({
            prefix: "p".repeat(10),
            services: {
                ["s".repeat(32)]: {
                    ...ecsService("orders"),
                    suites: {
                        ["t".repeat(32)]: { after: "build", commands: ["make"], reports: { junit: "a.xml" } },
                    },
                },
            },
        });
        assert.deepEqual(check("report-group-name", long), []);
    });
});

describe("rule retired-image", () => {
    const warned = (build: object, more: object = {}) =>
        problemLines(
            stackOf({
                services: { orders: { ...ecsService("orders"), build: { commands: ["make"], ...build }, ...more } },
            }).warnings,
        ).map(line => line.replace(/^\S+ /, ""));

    it("passes the image that builds have by themselves, and one of another registry", () => {
        assert.deepEqual(warned({}), []);
        assert.deepEqual(
            warned({ image: "node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }),
            [],
        );
    });

    it("warns of a retired one, with its successor", () => {
        assert.deepEqual(warned({ image: "aws/codebuild/standard:5.0" }), [
            "services.orders.build.image: shop--orders--build would run in aws/codebuild/standard:5.0: since 2025-05-31 Ubuntu 20.04, which is in it, gets no updates; write aws/codebuild/standard:8.0",
        ]);
    });

    it("takes the image of the first stack files, with a warning that it is called otherwise", () => {
        assert.deepEqual(warned({ image: "aws/codebuild/amazonlinux2-aarch64-standard:3.0" }), [
            "services.orders.build.image: shop--orders--build would run in aws/codebuild/amazonlinux2-aarch64-standard:3.0: since 2024-11-22 it is called otherwise, as it is no Amazon Linux 2; the old name is still taken; write aws/codebuild/amazonlinux-aarch64-standard:3.0",
        ]);
    });

    it("warns once of an image that several projects run in, and of each image", () => {
        const suites = {
            unit: { after: "build", commands: ["make"] },
            other: { after: "build", commands: ["make"], image: "aws/codebuild/standard:4.0" },
        };
        assert.deepEqual(
            warned({ image: "aws/codebuild/standard:5.0" }, { suites }).map(line => line.split(": since")[0]),
            [
                "services.orders.build.image: shop--orders--build and 1 more would run in aws/codebuild/standard:5.0",
                "services.orders.suites.other.image: shop--orders--other would run in aws/codebuild/standard:4.0",
            ],
        );
    });
});
