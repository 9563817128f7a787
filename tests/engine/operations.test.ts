import * as assert from "node:assert/strict";
import { comesUp } from "./support/coming-up";
import { each, referenceService, serviceResources } from "./support/scenarios";
import { needsEngine } from "./support/stack";

const stack = "operations";

describe("a stack with everything on that tells, measures, audits and rolls back", function () {
    needsEngine(this);
    const { sandbox, up } = comesUp(stack);

    it("tells functions where tokens are", async () => {
        const functions = sandbox().cloud.list("aws:lambda/function:Function");
        assert.equal(functions.length, 6);
        const { resources = [] } = await sandbox().export(stack);
        const notify = resources.find(({ urn }) => urn.endsWith("::notify-function"));
        assert.match(JSON.stringify(notify?.inputs), /github-status/);
    });

    it("only creates when a service is added, for the reference service its twelve resources", async () => {
        const changes = await up(config => {
            const source = { type: "connection", connection: "github", repository: "acme/checkout", branch: "main" };
            const deploy = { type: "s3", bucket: "checkout-{environment}" };
            config.services.checkout = { ...referenceService, source, deploy };
            // No alarm takes it back, so it needs no rule of its own.
            config.services.checkout.environments = { prod: { rollbackOn: [] } };
        });
        assert.deepEqual(changes, each("create", serviceResources("checkout", "build", "integration")));
        await up();
    });

    it("changes a service's own pipeline alone when it wants to hear of something else", async () => {
        const changes = await up(config => {
            config.services.orders.notify = { releases: ["failed"] };
        });
        assert.deepEqual(changes, ["update Fleet/ServicePipeline/Pipeline orders-pipeline"]);
        await up();
    });

    it("changes what tells, and nothing of the pipelines, when the fleet does", async () => {
        const changes = await up(config => {
            config.notify.site = ["failed", "recovered"];
        });
        assert.deepEqual(changes, ["update Fleet/SharedFunction/Function notify-function"]);
        await up();
    });

    it("deletes what nobody wants any more, and nothing of the pipelines", async () => {
        const changes = await up(config => {
            config.operations = { audit: false, dashboard: false, alarms: { duration: false } };
        });
        assert.ok(changes.includes("delete Fleet/Operations/Audit/LogGroup audit-log"), changes.join("\n"));
        assert.ok(!changes.some(change => change.includes("ServicePipeline")), changes.join("\n"));
    });
});
