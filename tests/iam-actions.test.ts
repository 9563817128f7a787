import * as assert from "node:assert/strict";
import type { FleetPlan } from "../blueprint/plan";
import type { Statement } from "../blueprint/policy";
import { rolesOf } from "../blueprint/roles";
import { planStack } from "../blueprint/stack";
import type { Handle } from "../catalog/reference";
import { isRecord } from "../cli/computed";
import { resolve } from "../components/resolve";
import { faultsOf, type ArnStatement, type PolicyKind } from "./support/iam-actions";
import type { Registration } from "./support/recordings";
import { known, stackFiles, type Known } from "./support/stacks";

/** Faults that stay, and why. */
const accepted: Readonly<Record<string, string>> = {
    "ecs:RegisterTaskDefinition stands on *":
        "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html grants it on *, and no stack file names a family",
    "ec2:RunInstances stands on *":
        "its launch template is what limits it; images, subnets and groups have names that the environment alone knows",
    "states:DescribeExecution needs a express too":
        "an execution is of a standard or of an express state machine, though the reference asks for both",
    "nothing that is allowed can be limited to arn:aws:codedeploy:":
        "the reference knows the application alone: the pattern beside it grants nothing more",
    "cloudwatch:DescribeAlarms stands on *":
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html shows composite alarms to no narrower permission",
    "kms:DescribeKey: the condition key kms:EncryptionContext:aws:logs:arn is not known":
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html puts it under the same condition as the others",
};

const isAccepted = (fault: string) => Object.keys(accepted).some(text => fault.includes(`: ${text}`));

/** An ARN of its kind for what only AWS can name. */
function arnOf(handle: Handle): string {
    const at = "eu-west-1:111111111111";
    const [what] = handle.split(":");
    const arns: Readonly<Record<string, string>> = {
        artifactKey: `arn:aws:kms:${at}:key/k`,
        signingKey: `arn:aws:kms:${at}:key/s`,
        buildSecurityGroupArn: `arn:aws:ec2:${at}:security-group/sg-1`,
        connection: `arn:aws:codeconnections:${at}:connection/c`,
        subnetArn: `arn:aws:ec2:${at}:subnet/subnet-1`,
    };
    return arns[what] ?? assert.fail(`no policy has a ${handle}`);
}

/** The policies of everybody who may do something: roles here and elsewhere, those of functions, and those who answer approvals. */
const principals = (plan: FleetPlan): readonly (readonly Statement[])[] => [
    ...plan.pipelines.flatMap(pipeline => [
        ...rolesOf(pipeline, plan).map(role => role.statements),
        ...pipeline.foreignRoles.map(role => role.statements),
    ]),
    ...plan.shared.approvals.map(approval => approval.statements),
    ...plan.shared.functions.map(({ role }) => role.statements),
];

/** `plan` with the last environment in another account, with a role that deploys there; undefined where a kind refuses that. */
function abroad({ source }: Known): FleetPlan | undefined {
    const environments = source.values.environments as readonly object[];
    const last = { account: "222222222222", deployRoleArn: "arn:aws:iam::222222222222:role/deploy" };
    const values = {
        ...source.values,
        environments: environments.map((one, index) => (index === environments.length - 1 ? { ...one, ...last } : one)),
    };
    return planStack({ ...source, values }).plan;
}

/** Faults of all policies of a plan. */
async function faultsIn(plan: FleetPlan): Promise<string[]> {
    const faults = await Promise.all(
        principals(plan).map(statements => faultsOf(resolve(statements, arnOf) as ArnStatement[], "principal")),
    );
    return faults.flat();
}

/** Each policy among the inputs of what is registered, with whose it is. */
function* documents({ type, inputs }: Registration): Generator<readonly [PolicyKind, readonly ArnStatement[]]> {
    for (const [key, value] of Object.entries(inputs)) {
        const document: unknown = typeof value === "string" && value.includes("2012-10-17") ? JSON.parse(value) : value;
        if (isRecord(document) && Array.isArray(document.Statement)) {
            const own = /^aws:iam\/(rolePolicy|policy):/.test(type) ? "principal" : "resource";
            yield [key === "assumeRolePolicy" ? "trust" : own, document.Statement as ArnStatement[]];
        }
    }
}

/** Faults of all documents that are registered. */
async function faultsOfAll(registrations: readonly Registration[]): Promise<string[]> {
    const faults: string[] = [];
    for (const registration of registrations) {
        for (const [kind, statements] of documents(registration)) {
            const own = await faultsOf(statements, kind);
            faults.push(...own.map(fault => `${registration.name}: ${fault}`));
        }
    }
    return faults;
}

describe("what a stack file allows", function () {
    this.timeout(30_000);
    const seen: string[] = [];
    const unaccepted = (faults: readonly string[]) => {
        seen.push(...faults);
        return faults.filter(fault => !isAccepted(fault));
    };

    for (const file of Object.keys(stackFiles)) {
        describe(file, () => {
            let stack: Known;
            before(async () => (stack = await known(file)));

            it("is actions that there are, on what they can be limited to, under conditions that they know", async () => {
                assert.deepEqual(unaccepted(await faultsIn(stack.plan)), []);
            });

            it("is so too where the last environment is in another account", async () => {
                const plan = abroad(stack);
                assert.deepEqual(plan && unaccepted(await faultsIn(plan)), plan && []);
            });

            it("is so in every document that is registered: policies of keys, of buckets and of trust too", async () => {
                const kinds = stack.registrations.flatMap(one => [...documents(one)].map(([kind]) => kind));
                assert.deepEqual([...new Set(kinds)].sort(), ["principal", "resource", "trust"]);
                assert.deepEqual(unaccepted(await faultsOfAll(stack.registrations)), []);
            });

            it("has a reason wherever it is on anything", () => {
                const unreasoned = principals(stack.plan)
                    .flat()
                    .filter(({ Resource, reason }) => Resource.includes("*") && reason === undefined);
                assert.deepEqual(unreasoned, []);
            });
        });
    }

    describe("altogether", () => {
        it("has every fault that is accepted", () => {
            assert.deepEqual(
                Object.keys(accepted).filter(text => !seen.some(fault => fault.includes(text))),
                [],
            );
        });
    });
});

describe("the check of policies", () => {
    const at = "eu-west-1:111111111111";
    const statement = (
        actions: readonly string[],
        resources: readonly string[],
        keys: readonly string[] = [],
    ): ArnStatement => ({
        Sid: "It",
        Effect: "Allow",
        Action: actions,
        Resource: resources,
        ...(keys.length > 0 && { Condition: { StringEquals: Object.fromEntries(keys.map(key => [key, "x"])) } }),
    });

    for (const [title, policy, kind] of [
        [
            "an action on a pattern of what it knows",
            statement(["codepipeline:GetPipeline"], [`arn:aws:codepipeline:${at}:shop--*`]),
            "principal",
        ],
        ["an action on * that knows no resource", statement(["ecr:GetAuthorizationToken"], ["*"]), "principal"],
        ["objects below a folder", statement(["s3:GetObject"], ["arn:aws:s3:::bucket/folder/*"]), "principal"],
        [
            "a wildcard that stands for more than one part",
            statement(["ecs:TagResource"], [`arn:aws:ecs:${at}:task-definition/web-*`]),
            "principal",
        ],
        [
            "a single unknown character",
            statement(["secretsmanager:GetSecretValue"], [`arn:aws:secretsmanager:${at}:secret:a/b-??????`]),
            "principal",
        ],
        [
            "keys of the action, of its resource, global ones, and those with a name of one's own",
            statement(
                ["iam:PassRole"],
                ["arn:aws:iam::111111111111:role/a/b"],
                ["iam:PassedToService", "iam:ResourceTag/team", "aws:PrincipalArn", "aws:PrincipalTag/team"],
            ),
            "principal",
        ],
        [
            "the key itself in its own policy",
            statement(["kms:Decrypt"], ["*"], ["kms:EncryptionContext:aws:logs:arn"]),
            "resource",
        ],
        [
            "a policy that names no resource, as those of image repositories",
            { Effect: "Allow", Action: "ecr:BatchGetImage" },
            "resource",
        ],
        [
            "all actions of a service that is, denied",
            { ...statement(["s3:*"], ["arn:aws:s3:::bucket"], ["aws:SecureTransport"]), Effect: "Deny" },
            "resource",
        ],
        [
            "several actions on several resources, each of which is for some of them",
            statement(["s3:ListBucket", "s3:GetObject"], ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"]),
            "principal",
        ],
        [
            "trust",
            { Effect: "Allow", Action: "sts:AssumeRole", Condition: { StringEquals: { "aws:SourceAccount": "1" } } },
            "trust",
        ],
    ] as const satisfies readonly (readonly [string, ArnStatement, PolicyKind])[]) {
        it(`takes ${title}`, async () => {
            assert.deepEqual(await faultsOf([policy], kind), []);
        });
    }

    for (const [title, policy, fault] of [
        ["an action that there is not", statement(["s3:GetObjects"], ["*"]), "s3:GetObjects is no action"],
        ["a service that there is not", statement(["s4:GetObject"], ["*"]), "s4:GetObject is no action"],
        ["all actions of a service that there is not", statement(["s4:*"], ["*"]), "s4:* is no action"],
        [
            "an action on * that could be limited",
            statement(["codebuild:StartBuild"], ["*"]),
            "codebuild:StartBuild stands on *, and could be limited to: project",
        ],
        [
            "an action on an ARN that knows no resource",
            statement(["ecr:GetAuthorizationToken"], [`arn:aws:ecr:${at}:repository/a`]),
            `ecr:GetAuthorizationToken cannot be limited to arn:aws:ecr:${at}:repository/a`,
        ],
        [
            "the objects of a bucket where the bucket is meant",
            statement(["s3:ListBucket"], ["arn:aws:s3:::bucket/*"]),
            "s3:ListBucket cannot be limited to arn:aws:s3:::bucket/*, but to: accesspoint, bucket",
        ],
        [
            "another part of the same service",
            statement(["codepipeline:PutApprovalResult"], [`arn:aws:codepipeline:${at}:shop--web/Approve`]),
            `codepipeline:PutApprovalResult cannot be limited to arn:aws:codepipeline:${at}:shop--web/Approve, but to: action`,
        ],
        [
            "a resource with which nothing that is allowed can be done",
            statement(["s3:ListBucket"], ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"]),
            "nothing that is allowed can be limited to arn:aws:s3:::bucket/*",
        ],
        [
            "a condition key that nobody sends",
            statement(["s3:GetObject"], ["arn:aws:s3:::b/*"], ["s3:prefix"]),
            "s3:GetObject: the condition key s3:prefix is not known",
        ],
        [
            "a misspelt global condition key",
            statement(["s3:GetObject"], ["arn:aws:s3:::b/*"], ["aws:SourceArm"]),
            "s3:GetObject: the condition key aws:SourceArm is not known",
        ],
    ] as const satisfies readonly (readonly [string, ArnStatement, string])[]) {
        it(`fails on ${title}`, async () => {
            assert.ok(
                (await faultsOf([policy], "principal")).includes(`It: ${fault}`),
                (await faultsOf([policy], "principal")).join("\n"),
            );
        });
    }

    it("fails on an action that needs two resources and is given one, in all of the policy", async () => {
        const [card, subnet] = ["network-interface/*", "subnet/subnet-1"].map(
            resource => `arn:aws:ec2:${at}:${resource}`,
        );
        const fault = "It: ec2:CreateNetworkInterface needs a subnet too, and is given none";
        assert.deepEqual(await faultsOf([statement(["ec2:CreateNetworkInterface"], [card])], "principal"), [fault]);
        const both = [card, subnet].map(arn => statement(["ec2:CreateNetworkInterface"], [arn]));
        assert.deepEqual(await faultsOf(both, "principal"), []);
    });
});
