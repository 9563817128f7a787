import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { argumentsOf, commandsOf } from "../support/page-commands";
import { needsEngine } from "./support/stack";

describe("commands of Pulumi in pages", function () {
    needsEngine(this);
    const shown = commandsOf("pulumi").map(command => argumentsOf(command).slice(1));

    it("are found", () => assert.ok(shown.length > 10));

    for (const words of shown) {
        it(`pulumi ${words.join(" ")}`, () => {
            const named = words.findIndex(word => !/^[a-z]+$/.test(word));
            const options = words.filter(word => word.startsWith("--"));
            // What is no command any more, such as the name of a stack, `--help` lets pass.
            const { status, stdout } = spawnSync(
                "pulumi",
                [...(named === -1 ? words : words.slice(0, named)), "--help"],
                {
                    encoding: "utf8",
                },
            );
            assert.equal(status, 0);
            for (const option of options) {
                const [name] = option.split("=");
                assert.match(stdout, new RegExp(`${name}\\b`), `pulumi has no ${name} here`);
            }
        });
    }
});
