import * as assert from "node:assert/strict";
import { cloudformation } from "../../../catalog/deploys/cloudformation";
import { shown } from "../../../catalog/reference";
import { at, built, prod, read, refusals, source } from "../support/place";

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
        assert.deepEqual(changes.action, {
            category: "Deploy",
            owner: "AWS",
            provider: "CloudFormation",
            version: "1",
            inputs: [0, 10],
            outputs: [0, 1],
            configuration: {
                required: ["ActionMode", "StackName"],
                optional: [
                    "Capabilities",
                    "ChangeSetName",
                    "OutputFileName",
                    "ParameterOverrides",
                    "RoleArn",
                    "TemplateConfiguration",
                    "TemplatePath",
                ],
            },
            docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html",
        });
        assert.deepEqual([changes.passes, execute.passes], [[role], undefined]);
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

    it("leaves the stack's outputs as variables of the action that executes, and makes no artifact of them", () => {
        const [changes, execute] = planned(base);
        assert.deepEqual([changes.namespace, execute.namespace], [undefined, "deploy__prod"]);
        assert.deepEqual([changes.outputs, execute.outputs], [[], []]);
    });

    it("takes parameters from artifacts, each of which is then among the inputs once", () => {
        const [changes, execute] = planned(
            `${base}, parameters: { Bucket: { attribute: BucketName }, Key: { artifact: source, attribute: ObjectKey }, Tag: { file: image.json, key: tag }, Again: { artifact: source, file: a.json, key: b }, Stage: prod }`,
        );
        assert.deepEqual(JSON.parse(shown(changes.configuration.ParameterOverrides)), {
            Bucket: { "Fn::GetArtifactAtt": ["BuildArtifact", "BucketName"] },
            Key: { "Fn::GetArtifactAtt": ["SourceArtifact", "ObjectKey"] },
            Tag: { "Fn::GetParam": ["BuildArtifact", "image.json", "tag"] },
            Again: { "Fn::GetParam": ["SourceArtifact", "a.json", "b"] },
            Stage: "prod",
        });
        assert.deepEqual([changes.inputs, execute.inputs], [["BuildArtifact", "SourceArtifact"], []]);
    });

    it("lets the execution role open the artifacts where it is told where they are kept", () => {
        const reads = planned(`${base}, parameters: { Key: { attribute: ObjectKey } }`);
        assert.deepEqual(
            reads.map(({ readers }) => readers),
            [[role], undefined],
        );
        assert.deepEqual(reads[1].prerequisites, [
            `${role} may read the artifacts: s3:GetObject on shop--orders/* in the artifact bucket of eu-west-1, and kms:Decrypt with its key`,
        ]);
        const told = planned(`${base}, parameters: { Tag: { file: image.json, key: tag } }`);
        assert.deepEqual(
            told.map(({ readers, prerequisites }) => [readers, prerequisites]),
            [
                [undefined, undefined],
                [undefined, undefined],
            ],
        );
    });

    it("fails on an artifact that is not there", () => {
        assert.throws(
            () => planned(`${base}, parameters: { Key: { artifact: other, attribute: ObjectKey } }`),
            new Error('no artifact "other" among build, source'),
        );
    });

    const check = (yaml: string) => cloudformation.check?.(read(cloudformation.settings, `{ ${base}, ${yaml} }`));

    for (const [title, value] of [
        ["nothing but an artifact", "{ artifact: source }"],
        ["a file without a key", "{ file: a.json }"],
        ["a key without a file", "{ key: a }"],
        ["an attribute and a file", "{ attribute: URL, file: a.json, key: a }"],
        ["an attribute and a key", "{ attribute: URL, key: a }"],
    ] as const) {
        it(`fails on a parameter of ${title}`, () => {
            assert.deepEqual(check(`parameters: { Ok: a, Odd: ${value} }`), [
                {
                    path: ["parameters", "Odd"],
                    message: "expected a text, `attribute` of an artifact, or `file` and `key`",
                },
            ]);
        });
    }

    it("fails on nested applications without the capability that they need, and takes them with it", () => {
        assert.deepEqual(check("nestedApplications: true, capabilities: [CAPABILITY_IAM]"), [
            {
                path: ["capabilities"],
                message:
                    "expected CAPABILITY_AUTO_EXPAND among them, because `nestedApplications` says that the template holds nested applications",
            },
        ]);
        assert.deepEqual(check("nestedApplications: true, capabilities: [CAPABILITY_AUTO_EXPAND]"), []);
        assert.deepEqual(check("capabilities: [CAPABILITY_IAM]"), []);
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
        const checkValue = (value: string) => check(`parameters: { A: "${value}" }`);
        // {"A":"…"} adds eight.
        assert.deepEqual(checkValue("x".repeat(1016)), []);
        assert.deepEqual(checkValue("ä".repeat(508)), []);
        for (const [value, size] of [
            ["x".repeat(1017), 1025],
            ["ä".repeat(509), 1026],
        ] as const) {
            assert.deepEqual(checkValue(value), [
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
