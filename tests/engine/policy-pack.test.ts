import * as assert from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "../../cli/options";
import { needsEngine, Sandbox, succeeded, type Outcome } from "./support/stack";

const pack = join(projectFolder, "policy-pack");
const settings = "policies.json";
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** Rules that refused, with how often, as the CLI prints them. */
function refusals({ stdout }: Outcome): Readonly<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const [, rule] of stdout.matchAll(/- \[mandatory\] (?:\[severity: \w+\])?\s+([a-z0-9-]+)/g)) {
        found[rule] = (found[rule] ?? 0) + 1;
    }
    return found;
}

describe("the policy pack on the engine", function () {
    needsEngine(this);

    describe("on a committed stack", () => {
        let sandbox: Sandbox;
        before(() => (sandbox = Sandbox.open()));
        after(() => sandbox?.close());

        /** Previews with exceptions for builds that run as root. */
        const previewed = (...resources: readonly string[]) => {
            const exceptions = resources.map(resource => ({ resource, reason: "builds images", until: tomorrow }));
            sandbox.write(settings, JSON.stringify({ "build-not-privileged": { exceptions } }));
            return sandbox.preview("dev", "--policy-pack", pack, "--policy-pack-config", settings);
        };

        it("passes, with an exception for the builds that run as root, and says what it has not looked at", async () => {
            const outcome = succeeded(await previewed("orders--build-project", "catalog--build-project"));
            assert.deepEqual(refusals(outcome), {});
            assert.match(
                outcome.stdout,
                /topic-encrypted looks at this once it is deployed: tell-developers kmsMasterKeyId/,
            );
        });

        it("has nothing left to look at once all is deployed", async () => {
            const { code, stdout } = await sandbox.run(
                "dev",
                ...["up", "--yes", "--skip-preview", "--policy-pack", pack, "--policy-pack-config", settings],
            );
            assert.equal(code, 0, stdout);
            assert.match(stdout, /✅ service-pipelines@v/);
            assert.doesNotMatch(stdout, /looks at this once it is deployed/);
        });

        it("fails without one", async () => {
            const outcome = await previewed("orders--build-project");
            assert.notEqual(outcome.code, 0);
            assert.deepEqual(refusals(outcome), { "build-not-privileged": 1 });
        });

        it("fails on an exception that lets nothing pass", async () => {
            const outcome = await previewed("orders--build-project", "catalog--build-project", "web--*");
            assert.notEqual(outcome.code, 0);
            assert.match(outcome.stdout, /the exception for "web--\*" lets nothing pass: remove it/);
        });
    });

    it("fails on a stack of somebody else's, before anything is made of it", async () => {
        const sandbox = Sandbox.open(join(__dirname, "fixtures/unsafe"));
        try {
            sandbox.write(
                "Pulumi.any.yaml",
                'config:\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ["111111111111"]\n',
            );
            const outcome = await sandbox.preview("any", "--policy-pack", pack);
            assert.notEqual(outcome.code, 0);
            assert.deepEqual(refusals(outcome), {
                "bucket-encrypted": 1,
                "bucket-not-public": 1,
                "bucket-tls": 1,
                "bucket-versioned": 1,
                "log-encrypted": 1,
                "log-retention": 1,
                "no-wildcard-action": 1,
                "queue-encrypted": 1,
            });
        } finally {
            sandbox.close();
        }
    });
});
