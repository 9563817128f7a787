import * as assert from "node:assert/strict";
import { committed } from "./support/plans";
import { run, statementsOf } from "./support/program";
import { noun, type Recording } from "./support/recordings";

/** Actions that AWS knows no resource of: https://docs.aws.amazon.com/service-authorization/latest/reference/. */
const withoutResource = [
    "cloudformation:ValidateTemplate",
    "codepipeline:PutJobFailureResult",
    "codepipeline:PutJobSuccessResult",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    "ecr:GetAuthorizationToken",
    "ecs:DescribeTaskDefinition",
    "ecs:RegisterTaskDefinition",
];

/** The variables of a CodeBuild project. */
interface Environment {
    readonly environmentVariables: readonly { readonly name: string; readonly value: string; readonly type: string }[];
}

for (const stack of ["dev", "prod"] as const) {
    describe(`the policies and secrets of the ${stack} stack file`, () => {
        let recording: Recording;
        before(async () => (recording = await run(committed(stack), stack)));

        it("allows no `*` action, and a `*` resource only where AWS knows no other", () => {
            const all = statementsOf(recording);
            assert.ok(all.length > 100);
            for (const { of: policy, Sid, Effect, Action, Resource } of all) {
                assert.equal(Effect, "Allow", `${policy} ${Sid}`);
                assert.deepEqual(
                    Action.filter(action => action.includes("*")),
                    [],
                    `${policy} ${Sid}`,
                );
                if (Resource.includes("*")) {
                    assert.deepEqual(
                        [Resource, Action.filter(action => !withoutResource.includes(action))],
                        [["*"], []],
                    );
                }
            }
        });

        it("passes exact roles, each to one service", () => {
            const passes = statementsOf(recording).filter(({ Action }) => Action.includes("iam:PassRole"));
            assert.ok(passes.length > 0);
            for (const { Action, Resource, Condition } of passes) {
                assert.deepEqual(Action, ["iam:PassRole"]);
                assert.deepEqual(
                    Resource.filter(arn => !/^arn:aws:iam::\d{12}:role\/[\w-]+$/.test(arn)),
                    [],
                );
                assert.deepEqual(Object.keys(Condition?.StringEquals ?? {}), ["iam:PassedToService"]);
            }
        });

        it("lets a role reach the artifacts, streams and secrets of its own service alone", () => {
            const services = Object.keys(committed(stack).services as object);
            const shared = new RegExp(`fleet--artifacts-|log-stream:|:project/|:report-group/|:secret:`);
            for (const { of: policy, Resource } of statementsOf(recording)) {
                const [own] = policy.replace(/-policy$/, "").split("--");
                const foreign = services.filter(service => service !== own);
                for (const arn of Resource.filter(one => shared.test(one))) {
                    const words = arn.split(/--(?:[0-9a-f]{8}--)?|[/:]/);
                    assert.deepEqual(
                        foreign.filter(service => words.includes(service)),
                        [],
                        `${policy}: ${arn}`,
                    );
                }
            }
        });

        /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
        it("gives each role a trust of at most 2,048 characters, one inline policy, and no managed one", () => {
            const roles = recording.registrations.filter(one => noun(one) === "Role");
            assert.ok(roles.length > 4);
            for (const { name, inputs } of roles) {
                assert.ok(JSON.stringify(inputs.assumeRolePolicy).length <= 2_048, name);
                assert.equal(inputs.managedPolicyArns, undefined, name);
            }
            const named = (type: string) =>
                recording.registrations
                    .filter(one => noun(one) === type)
                    .map(({ inputs }) => inputs.role ?? inputs.name);
            assert.deepEqual(named("RolePolicy").sort(), named("Role").sort());
            assert.deepEqual(named("RolePolicyAttachment"), []);
        });

        /** @see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html the shortest keys and values of all */
        it("tags everything within 50 tags, keys of 127 characters and values of 255", () => {
            const tagged = recording.registrations.flatMap(({ name, inputs }) =>
                inputs.tags === undefined
                    ? []
                    : [{ name, tags: Object.entries(inputs.tags as Record<string, string>) }],
            );
            assert.ok(tagged.length > 10);
            for (const { name, tags } of tagged) {
                assert.ok(tags.length <= 50, name);
                tags.forEach(([key, value]) => assert.ok(key.length <= 127 && value.length <= 255, `${name} ${key}`));
            }
        });

        it("names secrets and holds none", () => {
            const projects = recording.registrations.filter(one => noun(one) === "Project");
            const variables = projects.flatMap(
                ({ inputs }) => (inputs.environment as Environment).environmentVariables,
            );
            assert.deepEqual(
                variables.filter(({ name }) => /TOKEN|KEY|SECRET|PASSWORD/.test(name)),
                [{ name: "NPM_TOKEN", value: "npm-token:token", type: "SECRETS_MANAGER" }],
            );
            const reads = statementsOf(recording).filter(({ Action }) =>
                Action.includes("secretsmanager:GetSecretValue"),
            );
            const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-??????`;
            assert.deepEqual(
                reads.map(({ of: policy, Resource }) => [policy, Resource]),
                [
                    ...(stack === "prod" ? [["notify-policy", [secret("pager-duty"), secret("slack-webhooks")]]] : []),
                    ["orders--build-policy", [secret("npm-token")]],
                    ...(stack === "prod" ? [["orders--integration-policy", [secret("orders-test-key-staging")]]] : []),
                ],
            );
        });
    });
}
