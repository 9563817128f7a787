import * as assert from "node:assert/strict";
import { environment, fleetOf, service } from "./support/fleet";

const exceptions = "      environments:\n        prod: { approval: { timeoutHours: 24 } }";

/** The fleet of the base whose service orders has `steps`, and in its environments `exceptions`. */
const fleetWith = (steps: readonly string[], ...inEnvironments: readonly string[]) =>
    fleetOf([
        exceptions,
        [
            "      steps:",
            ...steps.map(line => `        ${line}`),
            "      environments:",
            ...inEnvironments.map(line => `        ${line}`),
        ].join("\n"),
    ]);

/** The commands of each step of orders, by environment and step. */
const commands = (fleet: ReturnType<typeof fleetOf>) =>
    Object.fromEntries(
        service(fleet, "orders").environments.map(({ name, steps }) => [
            name,
            Object.fromEntries(
                Object.entries(steps).map(([step, { settings }]) => [
                    step,
                    "commands" in settings && settings.commands,
                ]),
            ),
        ]),
    );

const migrate = 'migrate: { type: script, when: before, commands: [make], secrets: { URL: "orders-{environment}" } }';

describe("steps", () => {
    it("run in every environment, or in those that they name", () => {
        const fleet = fleetWith(
            [migrate, "seed: { type: script, when: after, environments: [dev], commands: [make seed] }"],
            "prod: { onFailure: rollback }",
        );
        assert.deepEqual(commands(fleet), {
            dev: { migrate: ["make"], seed: ["make seed"] },
            staging: { migrate: ["make"] },
            prod: { migrate: ["make"] },
        });
    });

    it("are different in one environment by its own words over theirs, and come from where they were written", () => {
        const fleet = fleetWith([migrate], 'prod: { steps: { migrate: { secrets: { URL: "orders-primary:url" } } } }');
        const secrets = (stage: string) => {
            const { settings, origin } = environment(fleet, "orders", stage).steps.migrate;
            assert.ok(settings.type === "script");
            return [settings.secrets, settings.commands, origin(["secrets", "URL"]), origin(["commands"])];
        };
        const written = ["services", "orders", "steps", "migrate"];
        const prod = ["services", "orders", "environments", "prod", "steps", "migrate"];
        assert.deepEqual(secrets("staging"), [
            { URL: "orders-staging" },
            ["make"],
            [...written, "secrets", "URL"],
            [...written, "commands"],
        ]);
        assert.deepEqual(secrets("prod"), [
            { URL: "orders-primary:url" },
            ["make"],
            [...prod, "secrets", "URL"],
            [...written, "commands"],
        ]);
    });

    it("can be there in one environment alone, and wait for those of all", () => {
        const fleet = fleetWith(
            [migrate],
            "prod: { steps: { warn: { type: script, when: before, commands: [make warn], needs: [migrate] } } }",
        );
        assert.deepEqual(commands(fleet), {
            dev: { migrate: ["make"] },
            staging: { migrate: ["make"] },
            prod: { migrate: ["make"], warn: ["make warn"] },
        });
        assert.deepEqual(environment(fleet, "orders", "prod").steps.warn.settings.needs, ["migrate"]);
    });

    it("need not be whole before the environments have spoken, where each of them does", () => {
        const fleet = fleetWith(
            ["migrate: { type: script, when: before }"],
            ...["dev", "staging", "prod"].map(name => `${name}: { steps: { migrate: { commands: [make ${name}] } } }`),
        );
        assert.deepEqual(commands(fleet), {
            dev: { migrate: ["make dev"] },
            staging: { migrate: ["make staging"] },
            prod: { migrate: ["make prod"] },
        });
    });

    it("of the defaults can be different in one environment of one service", () => {
        const fleet = fleetOf(
            ["    build: { compute: small }", `    build: { compute: small }\n    steps: { ${migrate} }`],
            [exceptions, "      environments:\n        prod: { steps: { migrate: { commands: [make all] } } }"],
        );
        assert.deepEqual(commands(fleet).prod, { migrate: ["make all"] });
        assert.deepEqual(commands(fleet).dev, { migrate: ["make"] });
        assert.deepEqual(Object.keys(environment(fleet, "web", "prod").steps), ["migrate"]);
    });
});
