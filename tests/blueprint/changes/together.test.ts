import * as assert from "node:assert/strict";
import type { SettingChange } from "../../../blueprint/changes/fact";
import { together } from "../../../blueprint/changes/together";

const change = (words: Partial<SettingChange>): SettingChange => ({
    where: "prod",
    what: "window",
    kind: "changed",
    before: "8",
    after: "9",
    weaker: false,
    ...words,
});
const of = (key: string, ...changes: readonly Partial<SettingChange>[]) => ({
    key,
    service: key,
    changes: changes.map(change),
});

describe("changes of several pipelines", () => {
    it("are said once where they are the same, and apart where anything of them is not", () => {
        assert.deepEqual(
            together([of("a", {}), of("b", {}), of("c", { after: "10" }), of("d", { where: "dev" })]).map(
                ({ where, after, pipelines }) => [where, after, pipelines],
            ),
            [
                ["prod", "9", ["a", "b"]],
                ["prod", "10", ["c"]],
                ["dev", "9", ["d"]],
            ],
        );
    });

    it("are the same where only the name of the service differs, which is said as the stack file says it", () => {
        const named = (service: string) => of(service, { what: `alarm ${service}-prod-5xx` });
        assert.deepEqual(
            together([named("orders"), named("web")]).map(({ what, pipelines }) => [what, pipelines]),
            [["alarm {service}-prod-5xx", ["orders", "web"]]],
        );
        assert.deepEqual(
            together([named("orders")]).map(({ what }) => what),
            ["alarm orders-prod-5xx"],
        );
        const part = together([of("or", { what: "prior orders" }), of("web", { what: "prior orders" })]);
        assert.deepEqual(
            part.map(({ what, pipelines }) => [what, pipelines]),
            [["prior orders", ["or", "web"]]],
        );
    });

    it("are one for all places of the same pipelines", () => {
        assert.deepEqual(
            together([of("a", { where: "dev" }, { where: "prod" })]).map(({ where }) => where),
            ["dev, prod"],
        );
    });

    it("begin with what is weaker", () => {
        assert.deepEqual(
            together([of("a", { what: "x" }, { what: "y", weaker: true })]).map(({ what }) => what),
            ["y", "x"],
        );
    });
});
