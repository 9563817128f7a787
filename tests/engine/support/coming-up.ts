import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertToldOffline } from "./offline";
import { changesByUrn, edited, type Config } from "./scenarios";
import { Sandbox, succeeded, unordered } from "./stack";

/** One of the stacks of the fixtures, in a sandbox that is opened before the tests of a suite and closed after them. */
export interface Coming {
    readonly sandbox: () => Sandbox;

    /** Brings the stack up as `change` makes it, and says what that came to. */
    readonly up: (change?: (config: Config) => void) => Promise<readonly string[]>;
}

/**
 * Tests that the stack `stack` comes up, is what the offline preview tells, and stays as it is; for more tests, how it is brought up.
 *
 * @param prepare - puts there what is there before the stack
 */
export function comesUp(stack: string, prepare: (sandbox: Sandbox) => unknown = () => undefined): Coming {
    const file = `Pulumi.${stack}.yaml`;
    const words = readFileSync(join(__dirname, "../fixtures/stacks", file), "utf8");
    let sandbox: Sandbox;
    before(() => {
        sandbox = Sandbox.open();
        sandbox.write(file, words);
        prepare(sandbox);
    });
    after(() => sandbox?.close());

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

    return { sandbox: () => sandbox, up };
}
