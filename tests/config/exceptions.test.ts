import * as assert from "node:assert/strict";
import { environment, exception, fleetOf, service } from "./support/fleet";

describe("exceptions", () => {
    const prod = (words: string) => environment(fleetOf(exception(words)), "orders", "prod");

    it("complete the environment's approval", () => {
        const { approval } = prod("prod: { approval: { timeoutHours: 24 } }");
        assert.deepEqual(approval?.settings, { notify: ["release@shop.example"], timeoutHours: 24 });
        assert.deepEqual(approval.origin(["timeoutHours"]), [
            "services",
            "orders",
            "environments",
            "prod",
            "approval",
            "timeoutHours",
        ]);
        assert.deepEqual(approval.origin(["notify"]), ["environments", 2, "approval", "notify"]);
        assert.equal(environment(fleetOf(), "web", "prod").approval?.settings.timeoutHours, 48);
        assert.equal(environment(fleetOf(), "orders", "dev").approval, undefined);
    });

    it("ask for an approval where the environment does not", () => {
        const fleet = fleetOf(exception('dev: { approval: { instructions: "Ask {service}." } }'));
        assert.deepEqual(environment(fleet, "orders", "dev").approval?.settings, {
            notify: [],
            instructions: "Ask orders.",
            timeoutHours: 168,
        });
    });

    it("skip an approval only by the key that says why, and say so", () => {
        const { approval, weakens, before } = prod("prod: { skipApproval: Nobody uses it. }");
        assert.equal(approval, undefined);
        assert.deepEqual(weakens, ["no approval before prod: Nobody uses it."]);
        assert.equal(before.length, 1);
    });

    it("replace or drop gates only by the key that says why", () => {
        const dropped = prod("prod: { before: [], skipGates: A daily job. }");
        assert.deepEqual([dropped.before, dropped.after.length], [[], 1]);
        assert.deepEqual(dropped.weakens, ["prod without the gate window * * 8-16 ? * MON-THU *: A daily job."]);
        const all = prod("prod: { skipGates: A daily job. }");
        assert.deepEqual([all.before, all.after], [[], []]);
        assert.deepEqual(all.weakens, [
            "prod without the gate window * * 8-16 ? * MON-THU *, alarm {service}-5xx: A daily job.",
        ]);
    });

    it("name alarms of their own instead of the environment's, and say which no longer roll back", () => {
        const rolledBack = [
            "onFailure: rollback",
            'onFailure: rollback\n      rollbackOn: ["{service}-5xx", slow]',
        ] as const;
        const common = environment(fleetOf(rolledBack, exception("dev: {}")), "orders", "prod");
        assert.deepEqual([common.rollbackOn, common.weakens], [["orders-5xx", "slow"], []]);
        const own = (words: string) => {
            const found = environment(
                fleetOf(rolledBack, exception(`prod: { rollbackOn: ${words} }`)),
                "orders",
                "prod",
            );
            return [found.rollbackOn, found.weakens];
        };
        assert.deepEqual(own("[orders-5xx, slow, queue]"), [["orders-5xx", "slow", "queue"], []]);
        assert.deepEqual(own('["{service}-{environment}-queue", slow]'), [
            ["orders-prod-queue", "slow"],
            ["prod is not rolled back when the alarm orders-5xx rises"],
        ]);
        assert.deepEqual(own("[]"), [
            [],
            [
                "prod is not rolled back when the alarm orders-5xx rises",
                "prod is not rolled back when the alarm slow rises",
            ],
        ]);
    });

    it("may add gates to those of the environment", () => {
        const { after, weakens } = prod(
            'prod: { after: [{ type: alarm, name: a }, { type: alarm, name: "{service}-5xx", waitMinutes: 10 }] }',
        );
        assert.deepEqual(
            after.map(({ settings, origin }) => [settings.type === "alarm" && settings.name, origin([])]),
            [
                ["a", ["services", "orders", "environments", "prod", "after", 0]],
                ["orders-5xx", ["services", "orders", "environments", "prod", "after", 1]],
            ],
        );
        assert.deepEqual(weakens, []);
    });

    it("leave the environment's gates, filled for the service", () => {
        const [gate] = environment(fleetOf(), "web", "prod").after;
        assert.deepEqual(gate.settings, { type: "alarm", name: "web-5xx", waitMinutes: 10 });
        assert.deepEqual(gate.origin(["name"]), ["environments", 2, "after", 0, "name"]);
    });

    const failures: readonly (readonly [string, string, readonly string[]])[] = [
        ["prod", "stop", ["a failure in prod leads to stop, not rollback"]],
        ["prod", "retry-all", ["a failure in prod leads to retry-all, not rollback"]],
        ["prod", "rollback", []],
        ["staging", "stop", ["a failure in staging leads to stop, not retry"]],
        ["staging", "rollback", []],
        ["dev", "retry", []],
    ];
    for (const [stage, onFailure, weakens] of failures) {
        it(`say ${weakens.length === 0 ? "nothing" : "so"} when ${onFailure} follows a failure in ${stage}`, () => {
            const found = environment(fleetOf(exception(`${stage}: { onFailure: ${onFailure} }`)), "orders", stage);
            assert.deepEqual([found.onFailure, found.weakens], [onFailure, weakens]);
        });
    }

    it("skip an environment", () => {
        const fleet = fleetOf(exception("dev: { skip: It is tested elsewhere. }"));
        assert.deepEqual(service(fleet, "orders").weakens, ["does without dev: It is tested elsewhere."]);
        assert.deepEqual(
            service(fleet, "orders").environments.map(({ name }) => name),
            ["staging", "prod"],
        );
    });
});
