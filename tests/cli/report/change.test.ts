import * as assert from "node:assert/strict";
import { base } from "../../config/support/base";
import { compared } from "./support/reports";

/** What the comparison of a file with `from` in place of `to` says. */
function change(from: string | RegExp, to: string) {
    const text = base.replace(from, to);
    assert.notEqual(text, base);
    const found = compared(base, text).change;
    assert.ok(found);
    return found;
}

describe("the comparison in a report", () => {
    it("is nothing where nothing changes", () => {
        assert.deepEqual(compared(base, base).change, {
            since: "before",
            comparable: true,
            pipelines: [],
            settings: [],
            notes: [],
            holders: [],
            fleet: [],
        });
    });

    it("says so where the other file has problems", () => {
        assert.equal(compared(base.replace("cluster:", "clutser:"), base).change?.comparable, false);
    });

    it("says what was, and what is, of an action", () => {
        const { pipelines } = change('cluster: "shop-{environment}"', 'cluster: "mall-{environment}"');
        assert.deepEqual(
            pipelines.map(({ key, kind, stages }) => [key, kind, stages]),
            [["orders", "changed", ["dev", "staging", "prod"]]],
        );
        assert.deepEqual(
            pipelines[0].differences.filter(({ where }) => where === "dev"),
            [
                {
                    where: "dev",
                    what: "deploy: ClusterName",
                    kind: "changed",
                    before: "shop-dev",
                    after: "mall-dev",
                    weaker: false,
                },
            ],
        );
        assert.match(pipelines[0].consequences.join(), /stops its running executions.*nothing to roll back to/);
    });

    it("has services that come and go, with their permissions", () => {
        const added = compared(base.replace(/ {4}web:\n(?: {6}.*\n)+/, ""), base).change;
        const removed = compared(base, base.replace(/ {4}web:\n(?: {6}.*\n)+/, "")).change;
        const roles = (found: typeof added) =>
            found?.pipelines.map(({ key, kind, holders }) => [
                key,
                kind,
                holders.filter(({ key: name }) => name.startsWith("role shop--web")).length > 0,
            ]);
        assert.deepEqual(roles(added), [["web", "added", true]]);
        assert.deepEqual(roles(removed), [["web", "removed", true]]);
        assert.deepEqual(
            added?.fleet.map(({ what }) => what).filter(what => what === "resources"),
            ["resources"],
        );
    });

    it("takes another name for a replacement, and one for another source for a service that goes and one that comes", () => {
        const renamed = change("    orders:\n", "    sales:\n");
        assert.deepEqual(
            renamed.pipelines.map(({ key, kind, before }) => [key, kind, before]),
            [["sales", "replaced", "shop--orders"]],
        );
        const names = renamed.pipelines[0].holders.map(({ key, kind }) => `${kind} ${key}`);
        assert.ok(names.includes("added role shop--sales--pipeline"));
        assert.ok(names.includes("removed role shop--orders--pipeline"));
        const other = compared(
            base,
            base.replace("    orders:\n", "    sales:\n").replace("acme/orders", "acme/sales-api"),
        ).change;
        assert.deepEqual(
            other?.pipelines.map(({ key, kind }) => [key, kind]),
            [
                ["sales", "added"],
                ["orders", "removed"],
            ],
        );
    });

    it("takes another prefix for a replacement of every pipeline", () => {
        const { pipelines, settings } = change("prefix: shop", "prefix: mall");
        assert.deepEqual(
            pipelines.map(({ key, kind, before }) => [key, kind, before]),
            ["drop", "orders", "web"].map(key => [key, "replaced", `shop--${key}`]),
        );
        assert.deepEqual(settings, [
            {
                where: "stack",
                what: "prefix",
                kind: "changed",
                before: "shop",
                after: "mall",
                weaker: false,
                pipelines: [],
            },
        ]);
    });

    it("marks what is broader, and what is not", () => {
        const grant = (resource: string) =>
            base.replace(
                "        timeoutMinutes: 30\n",
                `        permissions: [{ actions: [sqs:SendMessage], resources: ["arn:aws:sqs:{region}:{account}:${resource}"], reason: It asks. }]\n`,
            );
        const holders = (before: string, after: string) =>
            compared(before, after).change?.pipelines.flatMap(({ holders: all }) =>
                all.map(({ key, broader }) => [key, broader]),
            );
        assert.deepEqual(holders(grant("a"), grant("*")), [["role shop--orders--build", true]]);
        assert.deepEqual(holders(grant("*"), grant("a")), [["role shop--orders--build", false]]);
        const [broader] = compared(grant("a"), grant("*")).change?.pipelines[0].holders[0].differences ?? [];
        assert.deepEqual(
            [broader.statement, ...broader.was].map(({ resources }) => resources.map(arn => arn.split(":").at(-1))),
            [["*"], ["a"]],
        );
    });

    it("tells what is only beside a pipeline", () => {
        const { pipelines } = change("timeoutMinutes: 30", "timeoutMinutes: 45");
        assert.deepEqual(
            pipelines.map(({ key, kind, differences }) => [
                key,
                kind,
                differences.map(({ where, what, before, after }) => [where, what, before, after]),
            ]),
            [["orders", "beside", [["Build", "longest time", "30 min", "45 min"]]]],
        );
    });
});
