import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertToldOffline } from "./support/offline";
import { changesByUrn, each, edited, referenceService, serviceResources, type Config } from "./support/scenarios";
import { needsEngine, Sandbox, succeeded, unordered } from "./support/stack";

const stack = "operations";
const file = `Pulumi.${stack}.yaml`;
const words = readFileSync(join(__dirname, "fixtures/stacks", file), "utf8");

describe("a stack with everything on that tells, measures, audits and rolls back", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    before(() => {
        sandbox = Sandbox.open();
        sandbox.write(file, words);
    });
    after(() => sandbox?.close());

    /** Brings the stack up as `change` makes it, and says what that came to. */
    const up = async (change: (config: Config) => void = () => undefined) => {
        sandbox.write(file, edited(words, change));
        return changesByUrn(succeeded(await sandbox.up(stack)));
    };

    it("comes up at the first attempt, in an order that does not depend on luck", async () => {
        const made = await up();
        assert.deepEqual(new Set(made.map(change => change.split(" ")[0])), new Set(["create"]));
        assert.deepEqual(unordered(await sandbox.export(stack)), []);
    });

    it("is what the offline preview tells", () => assertToldOffline(sandbox, stack));

    it("changes nothing when it comes up again", async () => assert.deepEqual(await up(), []));

    it("tells functions where tokens are", async () => {
        const functions = sandbox.cloud.list("aws:lambda/function:Function");
        assert.equal(functions.length, 6);
        const { resources = [] } = await sandbox.export(stack);
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
