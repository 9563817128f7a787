import * as assert from "node:assert/strict";
import type { FleetPlan } from "../../blueprint/plan";
import type { ComponentPlan, EventTriggerPlan } from "../../catalog/plan";
import type { Path } from "../../catalog/problem";
import { check, fleet } from "./support/changed";
import { ecsService, fleetOf, stackOf, withPipeline } from "./support/fleet";

const triggered = fleetOf({
    services: {
        orders: { source: { type: "s3", bucket: "drops", key: "a.zip" }, deploy: { type: "s3", bucket: "site" } },
    },
});

/** A fleet of one service that an event starts, with another pattern or description of the rule. */
const inTrigger = (change: Partial<EventTriggerPlan>) =>
    withPipeline(triggered, ({ components }) => ({
        components: components.map((component): ComponentPlan =>
            component.component === "EventTrigger" ? { ...component, ...change } : component,
        ),
    }));

/** The fleet with another description of the first project of orders. */
const inProject = (description: string) =>
    withPipeline(fleet, ({ components }) => ({
        components: components.map((component, index): ComponentPlan =>
            index === 0 && component.component === "BuildProject" ? { ...component, description } : component,
        ),
    }));

/** A pattern that is `length` characters long in JSON. */
const pattern = (length: number) => ({ source: ["s".repeat(length - JSON.stringify({ source: [""] }).length)] });

const path: Path = ["services", "orders"];
const long = (length: number, most: number, remedy: string) =>
    `the event pattern of shop--orders--upload would have ${length} characters, of at most ${most}: ${remedy}`;

const table: [rule: string, title: string, passes: FleetPlan, fails: FleetPlan, message: string][] = [
    [
        "event-pattern-length",
        "4,097 characters",
        inTrigger({ pattern: pattern(4096) }),
        inTrigger({ pattern: pattern(4097) }),
        long(4097, 4096, "match fewer or shorter names"),
    ],
    [
        "event-pattern-length-documented",
        "2,049 characters",
        inTrigger({ pattern: pattern(2048) }),
        inTrigger({ pattern: pattern(2049) }),
        long(2049, 2048, "AWS raises it on request; or match fewer or shorter names"),
    ],
    [
        "descriptions",
        "256 characters of a project",
        inProject("d".repeat(255)),
        inProject("d".repeat(256)),
        `the description of shop--orders--build would have 256 characters, of at most 255: shorten "${"d".repeat(60)}"…`,
    ],
    [
        "descriptions",
        "513 characters of a rule",
        inTrigger({ description: "d".repeat(512) }),
        inTrigger({ description: "d".repeat(513) }),
        `the description of shop--orders--upload would have 513 characters, of at most 512: shorten "${"d".repeat(60)}"…`,
    ],
    [
        "descriptions",
        "a character beyond Latin-1",
        inProject("Größe £"),
        inProject("Builds …"),
        'the description of shop--orders--build holds a character that IAM does not take (^[\\t\\n\\r\\x20-\\x7e\\xa1-\\xff]*$): "Builds …"',
    ],
];

describe("rules of events and descriptions", () => {
    for (const [rule, title, passes, fails, message] of table) {
        it(`${rule}: passes at the edge, fails on ${title}`, () => {
            assert.deepEqual(check(rule, passes), []);
            assert.deepEqual(check(rule, fails), [{ path, message }]);
        });
    }

    it("event-pattern-length: counts the patterns of alarms too", () => {
        const alarms = withPipeline(
            fleetOf({
                environments: [{ name: "dev", rollbackOn: ["5xx"] }],
                services: { orders: ecsService("orders") },
            }),
            ({ components }) => ({
                components: components.map((component): ComponentPlan =>
                    component.component === "RollbackAlarm" ? { ...component, pattern: pattern(4097) } : component,
                ),
            }),
        );
        assert.deepEqual(
            check("event-pattern-length", alarms).map(({ message }) => message.split(" would")[0]),
            ["the event pattern of shop--orders--rollback-on--dev"],
        );
    });

    it("alarm-of-several-stages: takes one for each stage, fails on one for two services, and on one for two environments", () => {
        const of = (dev: string, prod: string) =>
            fleetOf({
                environments: [
                    { name: "dev", rollbackOn: [dev] },
                    { name: "prod", rollbackOn: [prod] },
                ],
                services: { orders: ecsService("orders"), web: ecsService("web") },
            });
        const found = (dev: string, prod: string) =>
            check("alarm-of-several-stages", of(dev, prod)).map(({ message }) => message.split(",")[0]);
        assert.deepEqual(found("{service}-dev", "{service}-prod"), []);
        assert.deepEqual(found("{service}-dev", "prod"), ["the alarm prod rolls back orders in prod and web in prod"]);
        assert.deepEqual(found("{service}", "{service}"), [
            "the alarm orders rolls back orders in dev and orders in prod",
            "the alarm web rolls back web in dev and web in prod",
        ]);
    });

    it("leave the warning to the error above it", () => {
        assert.deepEqual(check("event-pattern-length-documented", inTrigger({ pattern: pattern(4097) })), []);
    });

    it("descriptions: fails on a stack file whose words make one too long", () => {
        const deploying = (stack: string) =>
            stackOf({
                services: {
                    orders: {
                        source: { repository: "acme/orders" },
                        build: { commands: ["make"] },
                        deploy: {
                            type: "pulumi",
                            stack,
                            version: "3.256.0",
                            backend: { type: "cloud", accessToken: "pulumi-token" },
                        },
                    },
                },
            }).problems.map(({ message }) => message.split(":")[0]);
        const around = "Updates the Pulumi stack  of orders: deploy".length;
        assert.deepEqual(deploying("s".repeat(255 - around)), []);
        assert.deepEqual(deploying("s".repeat(256 - around)), [
            "the description of shop--orders--deploy--dev would have 256 characters, of at most 255",
        ]);
    });
});
