import * as assert from "node:assert/strict";
import type { ComponentPlan } from "../../catalog/plan";
import type { FleetPlan, SharedPlan } from "../../blueprint/plan";
import { check, fleet } from "./support/changed";
import { fleetOf, withPipeline } from "./support/fleet";

const orders = ["services", "orders"];

/** Everything that is longer than a name may be, or shorter, or of other characters. */
const withProject = (physicalName: string) =>
    withPipeline(fleet, ({ components }) => ({ components: [{ ...components[0], physicalName }] }));

const triggered = fleetOf({
    services: {
        orders: { source: { type: "s3", bucket: "drops", key: "a.zip" }, deploy: { type: "s3", bucket: "site" } },
    },
});
const withTrigger = (physicalName: string) =>
    withPipeline(triggered, ({ components }) => ({
        components: components.map((component): ComponentPlan => ({ ...component, physicalName })),
    }));

const pushed = fleetOf({
    services: {
        orders: {
            source: { repository: "acme/orders" },
            build: { type: "image" },
            deploy: { type: "s3", bucket: "site" },
        },
    },
});
const withRepository = (physicalName: string) =>
    withPipeline(pushed, ({ components }) => ({
        components: components
            .filter(({ component }) => component === "ImageRepository")
            .map((component): ComponentPlan => ({ ...component, physicalName })),
    }));

const withRole = (name: string) => withPipeline(fleet, ({ role }) => ({ role: { ...role, name }, components: [] }));

const shared = (change: Partial<SharedPlan>): FleetPlan => ({ ...fleet, shared: { ...fleet.shared, ...change } });
const [topic] = fleet.shared.approvals;
const [connection] = fleet.shared.connections;
const { store } = fleet.shared;

/** A fleet with a function of its own. */
const frozen = fleetOf({ environments: [{ name: "dev", freezable: true }] });
const [ownFunction] = frozen.shared.functions;

const rows: [
    rule: string,
    noun: string,
    range: string,
    make: (name: string) => FleetPlan,
    longest: string,
    odd: string,
    path: readonly string[],
][] = [
    ["project-name", "CodeBuild project", "2 to 150", withProject, "p".repeat(150), "a.b", orders],
    ["event-rule-name", "EventBridge rule", "at most 64", withTrigger, "r".repeat(64), "a b", orders],
    ["repository-name", "image repository", "2 to 256", withRepository, "r".repeat(256), "shop--orders", orders],
    ["role-name", "role", "at most 64", withRole, "r".repeat(64), "a b", orders],
    [
        "policy-name",
        "policy",
        "at most 128",
        name => shared({ approvals: [{ ...topic, policyName: name }] }),
        "p".repeat(128),
        "a b",
        ["environments"],
    ],
    [
        "topic-name",
        "topic",
        "at most 256",
        name => shared({ approvals: [{ ...topic, name }] }),
        "t".repeat(256),
        "a.b",
        ["environments"],
    ],
    [
        "bucket-length",
        "artifact bucket",
        "3 to 63",
        bucket => shared({ store: { ...store, bucket } }),
        "b".repeat(63),
        "a_b",
        ["prefix"],
    ],
    [
        "key-alias",
        "alias of the artifact key",
        "at most 256",
        alias => shared({ store: { ...store, alias } }),
        `alias/${"k".repeat(250)}`,
        "alias/a b",
        ["prefix"],
    ],
    ["trail-name", "trail", "3 to 128", name => withTrail(name), "t".repeat(128), "shop--fleet--audit", ["prefix"]],
    [
        "log-group-name",
        "log group",
        "at most 512",
        group => shared({ logs: { ...fleet.shared.logs, group } }),
        "l".repeat(512),
        "a b",
        ["prefix"],
    ],
    [
        "function-name",
        "function",
        "at most 64",
        name => ({ ...frozen, shared: { ...frozen.shared, functions: [{ ...ownFunction, name }] } }),
        "f".repeat(64),
        "a.b",
        ["environments"],
    ],
    [
        "log-stream-name",
        "log stream",
        "at most 475",
        stream => withStream(stream),
        "l".repeat(475),
        "a:b",
        [...orders, "build"],
    ],
];

const withTrail = (name: string) => {
    const { operations } = fleet.shared;
    assert.ok(operations.audit);
    return shared({ operations: { ...operations, audit: { ...operations.audit, trail: { name, bucket: "trails" } } } });
};

/** The fleet with another log stream in the project of the build of orders. */
const withStream = (stream: string) =>
    withPipeline(fleet, ({ components }) => ({
        components: components.map((component, index): ComponentPlan =>
            component.component === "BuildProject" && index === 0
                ? { ...component, logs: { ...component.logs, stream } }
                : component,
        ),
    }));

describe("rules of names", () => {
    for (const [rule, noun, range, make, longest, odd, path] of rows) {
        it(`${rule}: passes at the edge, fails on one character more, and on one that AWS does not take`, () => {
            assert.deepEqual(check(rule, make(longest)), []);
            const longer = `${longest}x`;
            assert.deepEqual(check(rule, make(longer)), [
                {
                    path,
                    message: `the derived name "${longer}" of a ${noun} has ${longer.length} characters, of ${range}: choose a shorter word`,
                },
            ]);
            const [problem, ...others] = check(rule, make(odd));
            assert.deepEqual([problem.path, others], [path, []]);
            assert.ok(
                problem.message.startsWith(`the derived name "${odd}" of a ${noun} holds a character that AWS does`),
            );
        });
    }

    it("project-name: fails on one character alone", () => {
        assert.deepEqual(check("project-name", withProject("ab")), []);
        assert.match(check("project-name", withProject("a"))[0].message, /has 1 characters, of 2 to 150/);
    });

    it("connection-name: 32 characters", () => {
        const named = (name: string) => shared({ connections: [{ ...connection, name }] });
        assert.deepEqual(check("connection-name", named("c".repeat(32))), []);
        assert.deepEqual(check("connection-name", named("c".repeat(33))), [
            {
                path: ["connections", "github"],
                message: `the derived name "${"c".repeat(33)}" of a connection has 33 characters, of at most 32: choose a shorter word`,
            },
        ]);
    });
});
