import * as assert from "node:assert/strict";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import { policySize } from "../../blueprint/rules/policies";
import { Reference } from "../../catalog/reference";
import { check, fleet } from "./support/changed";
import { fleetOf, roleOf, withPipeline } from "./support/fleet";

const orders = ["services", "orders"];

/** The fleet with something else in the role of the pipeline of orders. */
const inRole = (statements: PipelinePlan["role"]["statements"]) =>
    withPipeline(fleet, ({ role }) => ({ role: { ...role, statements }, components: [] }));

const filler = (size: number) => {
    const statement = (text: string) => [
        { Sid: "A", Effect: "Allow" as const, Action: ["s3:GetObject"], Resource: [text] },
    ];
    return statement("r".repeat(size - policySize(statement(""))));
};

describe("rules of policies", () => {
    it("count references at the length of the longest ARN, and no reasons", () => {
        const statement = {
            Sid: "A",
            Effect: "Allow" as const,
            Action: ["s3:GetObject"],
            Resource: [new Reference("vpc")],
        };
        const empty = policySize([{ ...statement, Resource: [""] }]);
        assert.equal(policySize([statement]) - empty, 105);
        assert.equal(policySize([{ ...statement, reason: "long" }]), policySize([statement]));
    });

    it("inline-policy-size: 10,240 characters a role", () => {
        assert.deepEqual(check("inline-policy-size", inRole(filler(10_240))), []);
        assert.deepEqual(check("inline-policy-size", inRole(filler(10_241))), [
            {
                path: orders,
                message:
                    "the policy of the role shop--orders--pipeline would be 10241 characters long, of at most 10240: fewer secrets, permissions or deploys in one service",
            },
        ]);
    });

    const shared = (change: Partial<FleetPlan["shared"]>): FleetPlan => ({
        ...fleet,
        shared: { ...fleet.shared, ...change },
    });

    it("managed-policy-size: 6,144 characters", () => {
        const approvals = (size: number) =>
            fleet.shared.approvals.slice(0, 1).map(plan => ({ ...plan, statements: filler(size) }));
        assert.deepEqual(check("managed-policy-size", shared({ approvals: approvals(6_144) })), []);
        assert.deepEqual(check("managed-policy-size", shared({ approvals: approvals(6_145) })), [
            {
                path: ["environments"],
                message: "the policy shop--fleet--approve--staging would be 6145 characters long, of at most 6144",
            },
        ]);
    });

    it("key-policy-size: 32 KiB", () => {
        const store = (size: number) => ({ store: { ...fleet.shared.store, keyPolicy: filler(size) } });
        assert.deepEqual(check("key-policy-size", shared(store(32_768))), []);
        assert.deepEqual(check("key-policy-size", shared(store(32_769))), [
            {
                path: ["environments"],
                message:
                    "the policy of the artifact key would be 32769 bytes long, of at most 32768: fewer deploy roles and artifact readers",
            },
        ]);
    });

    it("bucket-policy-size: 20 KB, in every region", () => {
        const further = (size: number) => ({
            stores: [{ ...fleet.shared.store, region: "eu-central-1", bucketPolicy: filler(size) }],
        });
        assert.deepEqual(check("bucket-policy-size", shared(further(20_480))), []);
        assert.deepEqual(check("bucket-policy-size", shared(further(20_481))), [
            {
                path: ["environments"],
                message:
                    "the policy of the artifact bucket would be 20481 bytes long, of at most 20480: fewer deploy roles and artifact readers",
            },
        ]);
    });

    for (const [title, passes, fails] of [
        ["a character beyond Latin-1", { Resource: ["arn:aws:s3:::größe"] }, { Resource: ["arn:aws:s3:::a…"] }],
        ["a Sid of other characters", { Sid: "A1" }, { Sid: "A-1" }],
    ] as const) {
        it(`policy-characters: fails on ${title}`, () => {
            const statement = { Sid: "A", Effect: "Allow" as const, Action: ["s3:GetObject"], Resource: ["r"] };
            assert.deepEqual(check("policy-characters", inRole([{ ...statement, ...passes }])), []);
            const [problem, ...others] = check("policy-characters", inRole([{ ...statement, ...fails }]));
            assert.deepEqual([problem.path, others], [orders, []]);
            const { Sid } = { ...statement, ...fails };
            assert.ok(
                problem.message.startsWith(`${Sid} of the role shop--orders--pipeline holds a character that IAM`),
            );
        });
    }

    const onResource = (resource: string | Reference) =>
        inRole([{ Sid: "A", Effect: "Allow", Action: ["s3:GetObject"], Resource: [resource], reason: "a" }]);

    for (const resource of [
        "*",
        "arn:aws:s3:::bucket",
        "arn:aws-cn:sqs:cn-north-1:111111111111:orders",
        "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:two words",
        new Reference("vpc"),
    ]) {
        it(`resource-arns: passes ${resource instanceof Reference ? "a reference" : resource}`, () =>
            assert.deepEqual(check("resource-arns", onResource(resource)), []));
    }

    for (const resource of [
        "orders",
        "arn:aws:s3::bucket",
        "arn:aws:s3:::",
        "arn:aws::eu-west-1:111111111111:a",
        "s3:*",
    ]) {
        it(`resource-arns: fails on ${resource}`, () => {
            assert.deepEqual(check("resource-arns", onResource(resource)), [
                {
                    path: orders,
                    message: `A of the role shop--orders--pipeline names "${resource}": expected an ARN, such as "arn:aws:sqs:eu-west-1:111111111111:orders"`,
                },
            ]);
        });
    }

    for (const [title, action, resource, reason, message] of [
        ["every action", "*", "r", undefined, "A of the role shop--orders--pipeline allows *: name the actions"],
        [
            "every action of a service",
            "s3:*",
            "r",
            "a",
            "A of the role shop--orders--pipeline allows s3:*: name the actions",
        ],
        [
            "every resource without a reason",
            "s3:GetObject",
            "*",
            undefined,
            "A of the role shop--orders--pipeline reaches every resource without a reason",
        ],
    ] as const) {
        it(`no-wildcard-action: fails on ${title}`, () => {
            const statement = { Sid: "A", Effect: "Allow" as const, Action: [action], Resource: [resource] };
            const found = check("no-wildcard-action", inRole([{ ...statement, ...(reason && { reason }) }]));
            assert.deepEqual(found, [{ path: orders, message }]);
        });
    }

    it("no-wildcard-action: passes a family of actions, and every resource with a reason", () => {
        const statement = { Sid: "A", Effect: "Allow" as const, Action: ["s3:Get*"], Resource: ["*"], reason: "a" };
        assert.deepEqual(check("no-wildcard-action", inRole([statement])), []);
    });

    it("inline-policy-size: leaves room for a service of six environments, three deploys in each and thirty secrets", () => {
        const environments = ["dev", "test", "int", "staging", "pre", "prod"].map(name => ({ name }));
        const ecs = (service: string) => ({
            type: "ecs",
            cluster: "shop-{environment}",
            service,
            taskRoles: [`arn:aws:iam::{account}:role/{environment}-${service}-task`],
        });
        const secrets = Object.fromEntries(
            Array.from({ length: 30 }, (_, index) => [`S${index}`, `shop/orders/secret-${index}:key`]),
        );
        const large = fleetOf({
            environments,
            services: {
                orders: {
                    source: { repository: "acme/orders" },
                    build: { commands: ["make"], secrets },
                    deploys: { api: ecs("orders-api"), worker: ecs("orders-worker"), web: ecs("orders-web") },
                },
            },
        });
        const size = (role: string) => policySize(roleOf(large, role).statements);
        assert.ok(size("shop--orders--pipeline") < 6_000, String(size("shop--orders--pipeline")));
        assert.ok(size("shop--orders--build") < 6_000, String(size("shop--orders--build")));
    });
});
