import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { ecsService, stackOf, type Words } from "./support/fleet";

const arn = "arn:aws:codeconnections:eu-west-1:111111111111:connection/x";
const made = { provider: "GitHub" };
const there = { arn };
const token = { provider: "GitHub", statusToken: "github-status:token" };

/** What is said of a service whose pull requests are checked, and whose repository comes through `github`. */
const warned = (connections: Words) =>
    problemLines(
        stackOf({
            connections,
            services: {
                orders: { ...ecsService("orders"), suites: { unit: { commands: ["make"] } }, pullRequests: {} },
            },
        }).warnings,
    ).map(line => line.replace(/^\S+ /, ""));

const unseen =
    "services.orders.pullRequests: nobody sees what the check of a pull request of orders says: give its connection a `statusToken`";

describe("rules of checks", () => {
    for (const [title, connection] of [
        ["made", made],
        ["there already", there],
    ] as const) {
        it(`check-nobody-sees: warns where the connection is ${title} and sets no statuses`, () => {
            const other = { ...token, ...there, arn: `${arn}y` };
            assert.deepEqual(warned({ github: connection, other }), [unseen]);
            assert.deepEqual(warned({ github: { ...connection, ...token } }), []);
        });
    }

    it("check-nobody-sees: says nothing where nothing is checked", () => {
        const services = { orders: ecsService("orders") };
        const { warnings } = stackOf({ connections: { github: made }, services });
        assert.deepEqual(problemLines(warnings), []);
    });
});
