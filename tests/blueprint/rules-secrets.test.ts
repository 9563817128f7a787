import * as assert from "node:assert/strict";
import { check } from "./support/changed";
import { ecsService, fleetOf } from "./support/fleet";

const rule = "secret-in-configuration";

const planned = (steps: object, environment: object = {}) =>
    fleetOf({
        environments: [{ name: "prod", ...environment }],
        services: { orders: { ...ecsService("orders"), steps } },
    });

const lambda = (parameters: object) =>
    planned({ warm: { type: "lambda", when: "before", function: "warm", parameters } });

const message = (who: string, key: string) =>
    `${who} is given ${key} in plain text, which by its name is a secret: whoever sees the pipeline sees it; give the name of a secret instead`;

describe("rules of secrets", () => {
    for (const key of ["PASSWORD", "dbPassword", "api_key", "accessToken", "token"]) {
        it(`${rule}: warns of ${key} in the parameters of a function`, () => {
            assert.deepEqual(check(rule, lambda({ [key]: "hunter22" })), [
                { path: ["services", "orders", "steps", "warm"], message: message("warm", key) },
            ]);
        });
    }

    it(`${rule}: warns of one in the input of a state machine`, () => {
        const input = { apiKey: "abcdef" };
        const fleet = planned({ warm: { type: "step-functions", when: "before", stateMachine: "warm", input } });
        assert.deepEqual(
            check(rule, fleet).map(problem => problem.message),
            [message("warm", "apiKey")],
        );
    });

    it(`${rule}: warns of one that a gate is given`, () => {
        const after = [{ type: "lambda", function: "budget", parameters: { token: "abcdef" } }];
        assert.deepEqual(
            check(rule, planned({}, { after })).map(({ path }) => path),
            [["services", "orders"]],
        );
    });

    for (const [title, parameters] of [
        ["the name of a secret's ARN", { dbPassword: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:db" }],
        ["a parameter's path", { dbPassword: "/orders/db" }],
        ["a variable", { token: "#{SourceVariables.CommitId}" }],
        ["a dynamic reference", { dbPassword: "{{resolve:secretsmanager:db}}" }],
        ["nothing", { token: "" }],
        [
            "other names, also those that begin like a secret's",
            { stage: "prod", tokenLifetime: "1h", secretName: "db" },
        ],
    ] as const) {
        it(`${rule}: takes ${title}`, () => assert.deepEqual(check(rule, lambda(parameters)), []));
    }
});
