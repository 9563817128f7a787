import * as assert from "node:assert/strict";
import { back, calm, noWay, pipeline, reader, run, third } from "./support/orders";
import { ago } from "./support/world";

describe("the status of a service", () => {
    const { mock, read, status } = reader();

    it("is the whole of what AWS says, where nothing goes on", async () => {
        assert.deepEqual(await status(calm), {
            service: "orders",
            pipeline: "shop--orders",
            url: pipeline.consoleUrl,
            state: "read",
            version: 7,
            executionMode: "QUEUED",
            environments: [
                {
                    environment: "staging",
                    stage: "staging",
                    exists: true,
                    frozen: [],
                    deployed: { ...run(2), passed: true, since: ago(90) },
                    rollbackTarget: back(1, 200),
                },
                {
                    environment: "prod",
                    stage: "prod",
                    exists: true,
                    frozen: [],
                    rollbackTarget: noWay("nothing is deployed"),
                },
            ],
            waiting: [],
            running: [],
            failed: [],
            disabled: [],
        });
    });

    it("names the freezes of the environment and of the service in it, and no others", async () => {
        const freezes = ["prod", "prod/orders", "prod/web", "production", "staging/web"].map(name => ({
            parameter: `/service-pipelines/shop/freeze/${name}`,
            reason: `because of ${name}`,
            ...(name === "prod" && { since: ago(60) }),
        }));
        const { environments } = await read(calm, freezes);
        assert.deepEqual(
            environments.map(({ frozen }) => frozen),
            [
                [],
                [
                    { what: "prod", reason: "because of prod", since: ago(60) },
                    { what: "orders in prod", reason: "because of prod/orders" },
                ],
            ],
        );
    });

    it("is that the pipeline does not exist", async () => {
        const { service, name, consoleUrl } = pipeline;
        assert.deepEqual(await status(undefined), { service, pipeline: name, url: consoleUrl, state: "absent" });
    });

    it("asks each question once, and nothing that changes anything", async () => {
        await read(third("InProgress", [["staging", "api", "InProgress", 3, 3]]));
        const asked = mock
            .calls()
            .map(call => `${call.args[0].constructor.name} ${JSON.stringify(call.args[0].input)}`);
        assert.deepEqual([...new Set(asked)], asked);
        assert.ok(asked.every(question => /^(Get|List)/.test(question)));
    });
});
