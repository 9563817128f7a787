import * as assert from "node:assert/strict";
import { needsEngine, Sandbox, succeeded } from "./support/stack";

describe("a preview with --debug", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    before(() => (sandbox = Sandbox.open()));
    after(() => sandbox.close());

    it("shows what the SDK tells of each resource", async () => {
        const { steps } = succeeded(await sandbox.preview("dev"));
        // What another plugin registers, its SDK tells of.
        const types = new Set(
            steps.map(({ type }) => type).filter(type => /^(aws:(?!ec2)|service-pipelines:)/.test(type)),
        );
        assert.ok(types.size > 20, [...types].join());
        const { code, stdout } = await sandbox.run("dev", "preview", "--debug");
        assert.equal(code, 0);
        const registered = stdout.split("\n").filter(line => line.includes("Registering resource: t="));
        assert.ok(
            registered.some(line => !line.includes("debug: ")),
            "each message is a call of its own, as the SDK sends them",
        );
        for (const type of types) {
            for (const message of ["Registering resource: t=", "RegisterResource RPC prepared: t="]) {
                assert.ok(stdout.includes(`${message}${type}, `), `nothing says ${message}${type}`);
            }
        }
    });
});
