import * as assert from "node:assert/strict";
import { stackSet } from "../../../catalog/deploys/stack-set";
import type { Problem } from "../../../catalog/problem";
import { at, built, prod, read, refusals, source } from "../support/place";

const admin = "arn:aws:iam::222222222222:role/stack-set-administration";
const self = `permissions: { type: self-managed, administrationRoleArn: "${admin}" }`;
const managed = "permissions: { type: service-managed }";
const planned = (yaml: string) =>
    stackSet.plan(read(stackSet.settings, `{ ${yaml} }`), at("deploy", [built, source], prod));
const check = (yaml: string): readonly Problem[] =>
    stackSet.check?.(read(stackSet.settings, `{ stackSet: base, ${yaml} }`)) ?? [];
const unit = "ou-ab12-11111111";

const set = "arn:aws:cloudformation:eu-west-1:222222222222:stackset/base:*";
const target = (id: string) => `arn:aws:cloudformation:*:222222222222:stackset-target/base:*/${id}`;
const types = "arn:aws:cloudformation:*:*:type/resource/*";
const operations = ["cloudformation:CreateStackInstances", "cloudformation:UpdateStackInstances"];
const watch = {
    sid: "WatchStackSet",
    actions: [
        "cloudformation:DescribeStackSet",
        "cloudformation:DescribeStackSetOperation",
        "cloudformation:ListStackInstances",
    ],
    resources: [set],
};
const createSet = {
    sid: "CreateStackSet",
    actions: ["cloudformation:CreateStackSet"],
    resources: ["*"],
    reason: "cloudformation:CreateStackSet has no resource-level permission",
};

describe("deploy stack-set", () => {
    it("makes or changes the set, with all instances that there are", () => {
        const [step, ...none] = planned(`stackSet: base, ${self}`);
        assert.deepEqual(none, []);
        assert.deepEqual(step, {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "CloudFormationStackSet",
                version: "1",
                inputs: [1, 3],
                outputs: [0, 0],
                configuration: {
                    required: ["StackSetName", "TemplatePath"],
                    optional: [
                        "AdministrationRoleArn",
                        "Capabilities",
                        "DeploymentTargets",
                        "Description",
                        "ExecutionRoleName",
                        "FailureTolerancePercentage",
                        "MaxConcurrentPercentage",
                        "OrganizationsAutoDeployment",
                        "Parameters",
                        "PermissionModel",
                        "Regions",
                    ],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StackSets.html",
            },
            byDeployRole: true,
            summary: "CloudFormation stack set base",
            configuration: {
                StackSetName: "base",
                TemplatePath: "BuildArtifact::template.yaml",
                PermissionModel: "SELF_MANAGED",
                AdministrationRoleArn: admin,
            },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "UpdateStackSet",
                    actions: [...operations, "cloudformation:UpdateStackSet"],
                    resources: [set, target("*"), types],
                },
                watch,
                createSet,
                {
                    sid: "PassAdministrationRole",
                    actions: ["iam:PassRole"],
                    resources: [admin],
                    conditions: { StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
                },
            ],
            namespace: "deploy__prod",
            passes: [admin],
            targets: [{ what: "CloudFormation stack set base", account: "222222222222" }],
        });
    });

    it("hands on everything that is said of the set", () => {
        const [step] = planned(
            `stackSet: base, template: set.yaml, description: The base., capabilities: [CAPABILITY_IAM, CAPABILITY_NAMED_IAM], parameters: { Stage: prod, Size: "2" }, permissions: { type: self-managed, administrationRoleArn: "${admin}", executionRoleName: exec }, targets: { accounts: ["333333333333", "444444444444"], regions: [eu-west-1, us-east-1], failureTolerancePercent: 0, maxConcurrentPercent: 25 }`,
        );
        assert.deepEqual(step.configuration, {
            StackSetName: "base",
            TemplatePath: "BuildArtifact::set.yaml",
            Description: "The base.",
            Parameters: "ParameterKey=Stage,ParameterValue=prod ParameterKey=Size,ParameterValue=2",
            Capabilities: "CAPABILITY_IAM,CAPABILITY_NAMED_IAM",
            PermissionModel: "SELF_MANAGED",
            AdministrationRoleArn: admin,
            ExecutionRoleName: "exec",
            DeploymentTargets: "333333333333,444444444444",
            Regions: "eu-west-1,us-east-1",
            FailureTolerancePercentage: "0",
            MaxConcurrentPercentage: "25",
        });
        assert.equal(step.summary, "CloudFormation stack set base: 333333333333, 444444444444 in eu-west-1, us-east-1");
        assert.deepEqual(step.grants[0].resources, [set, target("333333333333"), target("444444444444"), types]);
    });

    it("lets StackSets make the roles in an organization, and passes none", () => {
        const [step] = planned(
            `stackSet: base, permissions: { type: service-managed, autoDeployment: EnabledWithStackRetention }, parametersFile: parameters.json`,
        );
        assert.deepEqual(step.configuration, {
            StackSetName: "base",
            TemplatePath: "BuildArtifact::template.yaml",
            Parameters: "BuildArtifact::parameters.json",
            PermissionModel: "SERVICE_MANAGED",
            OrganizationsAutoDeployment: "EnabledWithStackRetention",
        });
        assert.equal(step.passes, undefined);
        assert.deepEqual(
            step.grants.map(({ sid }) => sid),
            ["UpdateStackSet", "WatchStackSet", "CreateStackSet"],
        );
    });

    it("then makes further instances, wave after wave, each with its grants", () => {
        const [, second, third, ...none] = planned(
            `stackSet: base, ${managed}, targets: { organizationalUnits: [${unit}], regions: [eu-west-1] }, instances: [{ name: second, organizationalUnits: [r-ab12], regions: [eu-west-1], failureTolerancePercent: 10, maxConcurrentPercent: 100, parameters: { Stage: beta } }, { name: third, targetsFile: units.json, regions: [us-east-1], parametersFile: third.json }]`,
        );
        assert.deepEqual(none, []);
        assert.deepEqual(second, {
            name: "deploy-second",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "CloudFormationStackInstances",
                version: "1",
                inputs: [0, 2],
                outputs: [0, 0],
                configuration: {
                    required: ["Regions", "StackSetName"],
                    optional: [
                        "DeploymentTargets",
                        "FailureTolerancePercentage",
                        "MaxConcurrentPercentage",
                        "ParameterOverrides",
                    ],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StackSets.html",
            },
            byDeployRole: true,
            summary: "instances of the CloudFormation stack set base: r-ab12 in eu-west-1",
            configuration: {
                StackSetName: "base",
                DeploymentTargets: "r-ab12",
                Regions: "eu-west-1",
                FailureTolerancePercentage: "10",
                MaxConcurrentPercentage: "100",
                ParameterOverrides: "ParameterKey=Stage,ParameterValue=beta",
            },
            inputs: [],
            outputs: [],
            grants: [
                {
                    sid: "DeployStackInstances",
                    actions: operations,
                    resources: [set, target("r-ab12"), types],
                },
                watch,
            ],
        });
        assert.deepEqual(third.configuration, {
            StackSetName: "base",
            DeploymentTargets: "BuildArtifact::units.json",
            Regions: "us-east-1",
            ParameterOverrides: "BuildArtifact::third.json",
        });
        assert.deepEqual(third.inputs, ["BuildArtifact"]);
        // Whom the file names is not known.
        assert.deepEqual(third.grants[0].resources, [set, target("*"), types]);
    });

    for (const file of ["targetsFile: units.json", `organizationalUnits: [${unit}], parametersFile: a.json`]) {
        it(`gives a wave the artifact that holds its ${file.split(":")[0]}`, () => {
            const [, wave] = planned(
                `stackSet: base, ${managed}, instances: [{ name: all, ${file}, regions: [eu-west-1] }]`,
            );
            assert.deepEqual(wave.inputs, ["BuildArtifact"]);
        });
    }

    it("takes targets of each permission model, and no targets at all", () => {
        assert.deepEqual(check(self), []);
        assert.deepEqual(check(`${self}, targets: { accounts: ["333333333333"], regions: [eu-west-1] }`), []);
        assert.deepEqual(check(`${managed}, targets: { targetsFile: a.json, regions: [eu-west-1] }`), []);
        assert.deepEqual(check(`${self}, parameters: { A: "a/b:c-d_e.f{g}" }`), []);
    });

    const regions = "regions: [eu-west-1]";
    for (const [title, yaml, path, message] of [
        [
            "units with self-managed permissions",
            `${self}, targets: { organizationalUnits: [${unit}], ${regions} }`,
            ["targets", "organizationalUnits"],
            "expected `accounts`: with self-managed permissions the targets are accounts",
        ],
        [
            "accounts with service-managed permissions",
            `${managed}, instances: [{ name: a, accounts: ["333333333333"], ${regions} }]`,
            ["instances", 0, "accounts"],
            "expected `organizationalUnits`: with service-managed permissions the targets are units of the organization",
        ],
        [
            "regions without targets",
            `${self}, targets: { ${regions} }`,
            ["targets"],
            "expected either `accounts` or `targetsFile`, found neither",
        ],
        [
            "a list and a file of targets",
            `${managed}, targets: { organizationalUnits: [${unit}], targetsFile: a.json, ${regions} }`,
            ["targets"],
            "expected either `organizationalUnits` or `targetsFile`, found several of them",
        ],
        [
            "targets beside automatic deployment, which AWS refuses",
            `permissions: { type: service-managed, autoDeployment: Enabled }, targets: { organizationalUnits: [${unit}], ${regions} }`,
            ["targets"],
            "expected no `targets` beside `autoDeployment`: name the units in `instances`",
        ],
        [
            "parameters and a file of them",
            `${self}, parameters: { A: b }, parametersFile: a.json`,
            ["parametersFile"],
            "expected either `parameters` or `parametersFile`, found both",
        ],
        ...['"a b"', '"a,b"', '"a=b"', '"it\'s"', "'say \"a\"'", '""'].map(
            value =>
                [
                    `the parameter ${value}, which the short form cannot hold`,
                    `${self}, instances: [{ name: a, accounts: ["333333333333"], ${regions}, parameters: { A: ${value} } }]`,
                    ["instances", 0, "parameters", "A"],
                    "expected a value without blanks, commas, quotes and `=`: put it into a `parametersFile`",
                ] as const,
        ),
        [
            "two waves of one name",
            `${self}, instances: [{ name: a, accounts: ["333333333333"], ${regions} }, { name: a, accounts: ["444444444444"], ${regions} }]`,
            ["instances", 1, "name"],
            'expected a name of its own, found "a" again',
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(check(yaml), [{ path, message }]));
    }

    for (const [title, yaml, refused] of [
        ["a name with a point", `stackSet: a.b, ${self}`, "stackSet"],
        ["a name of 129 characters", `stackSet: ${"s".repeat(129)}, ${self}`, "stackSet"],
        ["no permissions", "stackSet: base", "permissions"],
        [
            "self-managed permissions without the role",
            "stackSet: base, permissions: { type: self-managed }",
            "permissions.administrationRoleArn",
        ],
        [
            "a role for service-managed permissions",
            `stackSet: base, permissions: { type: service-managed, administrationRoleArn: "${admin}" }`,
            "permissions",
        ],
        [
            "macros, which stack sets do not expand",
            `stackSet: base, ${self}, capabilities: [CAPABILITY_AUTO_EXPAND]`,
            "capabilities.0",
        ],
        [
            "an account in a unit's place",
            `stackSet: base, ${managed}, targets: { organizationalUnits: ["333333333333"], ${regions} }`,
            "targets.organizationalUnits.0",
        ],
        [
            "a zone in a region's place",
            `stackSet: base, ${self}, targets: { accounts: ["333333333333"], regions: [eu-west-1a] }`,
            "targets.regions.0",
        ],
        [
            "a tolerance of 101 percent",
            `stackSet: base, ${self}, targets: { accounts: ["333333333333"], ${regions}, failureTolerancePercent: 101 }`,
            "targets.failureTolerancePercent",
        ],
        [
            "no account at a time",
            `stackSet: base, ${self}, targets: { accounts: ["333333333333"], ${regions}, maxConcurrentPercent: 0 }`,
            "targets.maxConcurrentPercent",
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(stackSet.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
