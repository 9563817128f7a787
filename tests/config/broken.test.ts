import * as assert from "node:assert/strict";
import { planStack } from "../../blueprint/stack";
import { problemLines, readFleet } from "../../config/read";
import { accounts } from "./broken/accounts";
import { approvals } from "./broken/approvals";
import { cascades } from "./broken/cascades";
import { connections } from "./broken/connections";
import { customActions } from "./broken/custom-actions";
import { gates } from "./broken/gates";
import { kinds } from "./broken/kinds";
import { names } from "./broken/names";
import { needs } from "./broken/needs";
import { network } from "./broken/network";
import { operations } from "./broken/operations";
import { parts } from "./broken/parts";
import { pullRequests } from "./broken/pull-requests";
import { roles } from "./broken/roles";
import { rollbacks } from "./broken/rollbacks";
import { secrets } from "./broken/secrets";
import { steps } from "./broken/steps";
import { suites } from "./broken/suites";
import { targets } from "./broken/targets";
import { triggers } from "./broken/triggers";
import { types } from "./broken/types";
import { yaml } from "./broken/yaml";
import { base } from "./support/base";
import { breakBase, deployTypes } from "./support/broken";
import { linesOf, sourceOf, throughEngine } from "./support/source";

const tables = {
    accounts,
    approvals,
    cascades,
    connections,
    customActions,
    gates,
    kinds,
    names,
    needs,
    network,
    operations,
    parts,
    pullRequests,
    roles,
    rollbacks,
    secrets,
    steps,
    suites,
    targets,
    triggers,
    types,
    yaml,
};

describe("a broken stack file", () => {
    it("is broken by its edit alone: the base has no problem", () => {
        const source = sourceOf(base);
        assert.deepEqual(problemLines(planStack(source).problems), []);
        assert.deepEqual(
            readFleet(source).fleet?.services.map(({ name }) => name),
            ["drop", "orders", "web"],
        );
    });

    for (const [topic, rows] of Object.entries(tables)) {
        describe(topic, () => {
            for (const row of rows) {
                it(`fails on ${row.title}`, () => {
                    const { text, place } = breakBase(row);
                    const source = sourceOf(text);
                    const { plan, problems } = planStack(source);
                    const lines = problemLines(problems);
                    const path = row.path === "" ? "" : `${row.path}: `;
                    // One cause, one problem: no cascade, and none for each service or environment.
                    assert.deepEqual(lines, [`Pulumi.t.yaml:${place.line}:${place.column} ${path}${row.message}`]);
                    assert.equal(plan, undefined);
                    assert.ok(!lines[0].includes("\n") && lines[0].length < 420, `one readable line: ${lines[0]}`);
                    if (row.hidden !== undefined) {
                        assert.ok(
                            text.includes(row.hidden) && !lines[0].includes(row.hidden),
                            "never the secret itself",
                        );
                    }
                    if (source.problems.length === 0) {
                        assert.deepEqual(
                            problemLines(planStack(throughEngine(source)).problems),
                            lines,
                            "on the engine",
                        );
                    }
                });
            }
        });
    }

    it("tells all its problems at once, in the order of the file", () => {
        const text = [
            ["natGateways: Single", "natGateways: Double"],
            ["logDays: 30", "logDays: 31"],
            ["onFailure: rollback", "onFailure: rolback"],
            ["compute: small", "compute: smal"],
            ["type: ecs", "type: esc"],
            ['paths: ["web/**"]', 'path: ["web/**"]'],
            ['stack: "drop-{environment}"', 'stack: "drop-{env}"'],
        ].reduce((whole, [old, now]) => whole.replace(old, now), base);
        assert.deepEqual(
            linesOf(text).map(line => line.replace(/: .*/, "").replace("Pulumi.t.yaml:", "")),
            [
                "8:40 network.create.natGateways",
                "9:52 retention.logDays",
                "23:7 environments[2].onFailure",
                "26:14 defaults.build.compute",
                "43:9 services.orders.deploy.type",
                "50:39 services.web.source.path",
                "60:9 services.drop.deploy.stack",
            ],
        );
    });

    it("tells other problems beside a duplicate key", () => {
        const text = base
            .replace("type: ecs", "type: esc")
            .replace("    - name: dev\n", "    - name: dev\n      name: dev\n");
        assert.deepEqual(
            linesOf(text).map(line => line.replace(/[^:]*:(\d+):\d+ /, "$1 ")),
            [
                '14 duplicate key "name": it stands in line 13 already',
                `44 services.orders.deploy.type: ${deployTypes}, found "esc"; did you mean "ecs"?`,
            ],
        );
    });

    it("tells of a service's deploys also where another service is broken", () => {
        const text = base
            .replace("repository: acme/orders", "repo: acme/orders")
            .replace('bucket: "shop-site-{environment}"', "bucket: shop-site");
        const lines = problemLines(planStack(sourceOf(text)).problems);
        assert.ok(lines.some(line => line.includes("services.orders.source.repo")));
        assert.ok(lines.some(line => line.includes("services.web.deploys.site: web in staging writes")));
    });
});
