import * as assert from "node:assert/strict";
import { checkStackSet } from "../../../catalog/cloudformation/stack-set-settings";
import { stackSet } from "../../../catalog/deploys/stack-set";
import { at, built, prod, read, source } from "../support/place";

const admin = "arn:aws:iam::222222222222:role/stack-set-administration";
const self = `permissions: { type: self-managed, administrationRoleArn: "${admin}" }`;
const managed = "permissions: { type: service-managed }";
const planned = (yaml: string) =>
    stackSet.plan(read(stackSet.settings, `{ ${yaml} }`), at("deploy", [built, source], prod));
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

    it("is refused as its settings are", () => {
        const settings = read(stackSet.settings, `{ stackSet: base, ${self}, parameters: { A: "a b" } }`);
        assert.deepEqual(stackSet.check?.(settings), checkStackSet(settings));
        assert.equal(checkStackSet(settings).length, 1);
    });
});
