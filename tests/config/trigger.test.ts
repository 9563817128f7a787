import * as assert from "node:assert/strict";
import { parse } from "yaml";
import type { TriggerSettings } from "../../catalog/trigger";
import { fleetOf, service } from "./support/fleet";

const source = "source: { repository: acme/orders }";
const build = "    build: { compute: small }\n";

/** The service orders, where it and the defaults say these words. */
const orders = (own: string, common = "") =>
    service(
        fleetOf(
            [source, `${source}\n${own === "" ? "" : `      ${own}\n`}`],
            [build, `${build}${common === "" ? "" : `    ${common}\n`}`],
            // Of parallel executions nothing can be rolled back.
            ["onFailure: rollback", "onFailure: stop"],
        ),
        "orders",
    );

const triggered = (own: string, common = ""): TriggerSettings =>
    orders(own === "" ? "" : `trigger: ${own}`, common === "" ? "" : `trigger: ${common}`).trigger;

const morning = '{ cron: "0 6 ? * MON-FRI *", timeZone: Europe/Berlin }';
const weekdays = parse(morning) as TriggerSettings["schedule"];

describe("what starts a pipeline", () => {
    it("is every change of its sources where nobody says more", () => {
        assert.deepEqual(triggered(""), { manual: false, commits: true, after: [] });
    });

    it("is what the service says over the defaults, key by key", () => {
        const common = `{ commits: false, schedule: ${morning} }`;
        assert.deepEqual(triggered("{ after: [web] }", common), {
            manual: false,
            commits: false,
            schedule: weekdays,
            after: ["web"],
        });
        assert.deepEqual(triggered('{ schedule: { cron: "0 7 ? * MON-FRI *" } }', common).schedule, {
            cron: "0 7 ? * MON-FRI *",
            timeZone: "Europe/Berlin",
        });
        assert.deepEqual(triggered("{ schedule: { timeZone: UTC } }", common).schedule, {
            ...weekdays,
            timeZone: "UTC",
        });
    });

    it("is nothing where the service is started by hand, whatever the defaults say", () => {
        assert.deepEqual(triggered("{ manual: true }", `{ schedule: ${morning} }`), {
            manual: true,
            commits: true,
            after: [],
        });
    });

    it("is what the service says where the defaults say by hand alone", () => {
        assert.deepEqual(triggered(`{ schedule: ${morning} }`, "{ manual: true }"), {
            manual: false,
            commits: true,
            schedule: weekdays,
            after: [],
        });
        assert.equal(triggered("", "{ manual: true }").manual, true);
        assert.equal(triggered("{ manual: false }", "{ manual: true }").manual, false);
    });

    it("may be one service for several others, and several for one", () => {
        const fleet = fleetOf(
            [source, `${source}\n      trigger: { after: [web, drop] }`],
            ['paths: ["web/**"] }', 'paths: ["web/**"] }\n      trigger: { after: [drop] }'],
        );
        assert.deepEqual(
            fleet.services.map(({ name, trigger }) => [name, trigger.after]),
            [
                ["drop", []],
                ["orders", ["web", "drop"]],
                ["web", ["drop"]],
            ],
        );
    });
});

describe("the execution mode", () => {
    const modeOf = (own: string, common = "") => orders(own, common).executionMode;

    it("is queued, the service's, or that of the defaults, and known by where it was said", () => {
        assert.deepEqual(modeOf(""), { mode: "queued", path: ["services", "orders", "executionMode"] });
        assert.deepEqual(modeOf("", "executionMode: parallel"), {
            mode: "parallel",
            path: ["defaults", "executionMode"],
        });
        assert.deepEqual(modeOf("executionMode: superseded", "executionMode: parallel"), {
            mode: "superseded",
            path: ["services", "orders", "executionMode"],
        });
    });
});

describe("variables", () => {
    it("are as the service declares them, and none where it does not", () => {
        assert.deepEqual(orders("").variables, {});
        assert.deepEqual(orders("variables: { TARGET: { default: blue, description: Which side } }").variables, {
            TARGET: { default: "blue", description: "Which side" },
        });
    });
});
