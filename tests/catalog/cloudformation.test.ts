import * as assert from "node:assert/strict";
import { cloudformation } from "../../catalog/deploys/cloudformation";
import { shown } from "../../catalog/reference";
import { at, built, prod, read, refusals, source } from "./support/place";

const role = "arn:aws:iam::222222222222:role/cloudformation";
const base = `stack: payments-prod, executionRoleArn: "${role}"`;
const planned = (yaml: string) =>
    cloudformation.plan(read(cloudformation.settings, `{ ${yaml} }`), at("deploy", [built, source], prod));

const stackArn = "arn:aws:cloudformation:eu-west-1:222222222222:stack/payments-prod/*";

describe("deploy cloudformation", () => {
    it("makes a change set, then executes it, both by the deploy role", () => {
        const [changes, execute, ...none] = planned(base);
        assert.deepEqual(none, []);
        assert.deepEqual(changes.configuration, {
            ActionMode: "CHANGE_SET_REPLACE",
            StackName: "payments-prod",
            ChangeSetName: "shop--orders",
            TemplatePath: "BuildArtifact::template.yaml",
            RoleArn: role,
        });
        assert.deepEqual(execute.configuration, {
            ActionMode: "CHANGE_SET_EXECUTE",
            StackName: "payments-prod",
            ChangeSetName: "shop--orders",
        });
        assert.deepEqual([changes.name, execute.name], ["deploy-changes", "deploy"]);
        assert.deepEqual([changes.inputs, execute.inputs], [["BuildArtifact"], []]);
        assert.deepEqual([changes.byDeployRole, execute.byDeployRole], [true, true]);
        assert.deepEqual(changes.action, execute.action);
        assert.deepEqual([changes.action.category, changes.action.provider], ["Deploy", "CloudFormation"]);
        assert.deepEqual(
            [changes.targets, execute.targets],
            [undefined, [{ what: "CloudFormation stack payments-prod", account: "222222222222" }]],
        );
    });

    it("calls the change set by a name that CloudFormation takes", () => {
        const [{ configuration }] = planned(base);
        assert.match(shown(configuration.ChangeSetName), /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
    });

    it("grants each half what it needs, on this stack", () => {
        const [changes, execute] = planned(base);
        assert.deepEqual(changes.grants, [
            {
                sid: "PrepareStackChanges",
                actions: [
                    "cloudformation:CreateChangeSet",
                    "cloudformation:DeleteChangeSet",
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStacks",
                    "cloudformation:GetTemplate",
                ],
                resources: [stackArn],
            },
            {
                sid: "ValidateTemplate",
                actions: ["cloudformation:ValidateTemplate"],
                resources: ["*"],
                reason: "cloudformation:ValidateTemplate has no resource-level permission",
            },
            {
                sid: "PassExecutionRole",
                actions: ["iam:PassRole"],
                resources: [role],
                conditions: { StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
            },
        ]);
        assert.deepEqual(execute.grants, [
            {
                sid: "ExecuteStackChanges",
                actions: [
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStackEvents",
                    "cloudformation:DescribeStackResources",
                    "cloudformation:DescribeStacks",
                    "cloudformation:ExecuteChangeSet",
                ],
                resources: [stackArn],
            },
        ]);
    });

    it("hands on template, configuration file, parameters and capabilities", () => {
        const [changes, execute] = planned(
            `${base}, template: packaged.yaml, templateConfiguration: prod.json, parameters: { Stage: prod, Size: "2" }, capabilities: [CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND]`,
        );
        assert.deepEqual(changes.configuration, {
            ActionMode: "CHANGE_SET_REPLACE",
            StackName: "payments-prod",
            ChangeSetName: "shop--orders",
            TemplatePath: "BuildArtifact::packaged.yaml",
            TemplateConfiguration: "BuildArtifact::prod.json",
            Capabilities: "CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND",
            ParameterOverrides: '{"Stage":"prod","Size":"2"}',
            RoleArn: role,
        });
        // A configuration file may hold a stack policy.
        assert.equal(execute.grants[0].actions.includes("cloudformation:SetStackPolicy"), true);
    });

    it("says what macros need of the execution role, and of nobody else", () => {
        const [, execute] = planned(`${base}, capabilities: [CAPABILITY_AUTO_EXPAND]`);
        assert.deepEqual(execute.prerequisites, [
            `${role} may use the template's macros: cloudformation:CreateChangeSet on arn:aws:cloudformation:eu-west-1:aws:transform/*`,
        ]);
        assert.deepEqual(
            planned(`${base}, capabilities: [CAPABILITY_IAM]`).map(({ prerequisites }) => prerequisites),
            [undefined, undefined],
        );
    });

    it("fails on parameters of more than 1024 bytes as JSON, however few characters they are", () => {
        const check = (value: string) =>
            cloudformation.check?.(read(cloudformation.settings, `{ ${base}, parameters: { A: "${value}" } }`));
        // {"A":"…"} adds eight.
        assert.deepEqual(check("x".repeat(1016)), []);
        assert.deepEqual(check("ä".repeat(508)), []);
        for (const [value, size] of [
            ["x".repeat(1017), 1025],
            ["ä".repeat(509), 1026],
        ] as const) {
            assert.deepEqual(check(value), [
                {
                    path: ["parameters"],
                    message: `expected at most 1024 bytes as JSON, found ${size}; put them into a \`templateConfiguration\` file`,
                },
            ]);
        }
    });

    for (const [title, yaml, refused] of [
        ["a stack's name with a point", `stack: pay.ments, executionRoleArn: "${role}"`, "stack"],
        ["a stack's name of 129 characters", `stack: ${"s".repeat(129)}, executionRoleArn: "${role}"`, "stack"],
        ["no execution role", "stack: payments", "executionRoleArn"],
        ["a parameter with a hyphen", `${base}, parameters: { a-b: c }`, "parameters.a-b"],
        ["an unknown capability", `${base}, capabilities: [CAPABILITY_ALL]`, "capabilities.0"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(cloudformation.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
