import * as assert from "node:assert/strict";
import { check } from "./support/changed";
import { ecsService, fleetOf, type Words } from "./support/fleet";

const two = [{ name: "dev" }, { name: "prod" }];
const customActions = { jenkins: { category: "build", provider: "Jenkins" } };
const planned = (service: Words, environments: readonly object[] = two) =>
    fleetOf({ environments, customActions, services: { orders: { ...ecsService("orders"), ...service } } });

const untested = "nothing-tests-before-the-last-environment";

describe("rules of testing", () => {
    it(`${untested}: warns of a build without tests, and without suites before the last environment`, () => {
        assert.deepEqual(check(untested, planned({ build: { commands: ["make"] } })), [
            {
                path: ["services", "orders"],
                message: "nothing tests orders before it is deployed to prod: add a suite, or run tests in its build",
            },
        ]);
    });

    const late = { after: "deploy", commands: ["make smoke"] };
    for (const [title, service, environments] of [
        ["tests in the build", { build: { commands: ["npm ci", "npm test"] } }, two],
        ["reports of the build", { build: { commands: ["make"], reports: { junit: "a.xml" } } }, two],
        ["a buildspec of its own, which may run tests", { build: { buildspec: "ci/buildspec.yml" } }, two],
        [
            "a build by Jenkins, which may run tests",
            { build: { type: "jenkins", server: "jenkins", project: "x" } },
            two,
        ],
        ["an image whose commands test", { build: { type: "image", commands: ["npm test"] } }, two],
        ["a suite before any deploy", { suites: { unit: { commands: ["make"] } } }, two],
        ["a suite in the environment before the last", { suites: { smoke: { ...late, environments: ["dev"] } } }, two],
        ["one environment alone", {}, [{ name: "prod" }]],
    ] as const) {
        it(`${untested}: takes ${title}`, () => assert.deepEqual(check(untested, planned(service, environments)), []));
    }

    it(`${untested}: warns of an image that nothing tests`, () =>
        assert.equal(check(untested, planned({ build: { type: "image" } })).length, 1));

    it(`${untested}: takes what another CI has built, and has tested`, () => {
        const source = { type: "s3", bucket: "drops", key: "a.zip" };
        assert.deepEqual(check(untested, planned({ source, build: { type: "none" } })), []);
    });

    it(`${untested}: warns when only the last environment is tested`, () => {
        const suites = { smoke: { ...late, environments: ["prod"] } };
        assert.equal(check(untested, planned({ suites })).length, 1);
    });

    const shared = "suite-with-a-deploy-secret";
    const script = (secret: string) => ({ type: "script", commands: ["make"], secrets: { DB: secret } });
    const suite = (secret: string) => ({ smoke: { ...late, secrets: { DB: secret } } });

    it(`${shared}: warns of a suite that reads what a deploy or a step deploys with`, () => {
        const problem = {
            path: ["services", "orders", "suites", "smoke"],
            message:
                "smoke of orders reads secret:orders-db-??????, which deploy deploys with: give the suite a secret of its own",
        };
        assert.deepEqual(check(shared, planned({ deploy: script("orders-db:url"), suites: suite("orders-db:user") })), [
            problem,
        ]);
        const steps = { migrate: { ...script("ssm:/orders/db"), when: "before" } };
        assert.deepEqual(check(shared, planned({ steps, suites: suite("ssm:/orders/db") })), [
            {
                ...problem,
                message:
                    "smoke of orders reads parameter/orders/db, which migrate deploys with: give the suite a secret of its own",
            },
        ]);
    });

    it(`${shared}: takes a suite with a secret of its own`, () => {
        assert.deepEqual(check(shared, planned({ deploy: script("orders-db"), suites: suite("orders-test") })), []);
    });
});
