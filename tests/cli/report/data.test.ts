import * as assert from "node:assert/strict";
import { permissionsOf } from "../../../blueprint/permissions/view";
import { allRoles } from "../../../blueprint/roles";
import { pathText } from "../../../catalog/problem";
import { shown } from "../../../catalog/reference";
import { base } from "../../config/support/base";
import { committedText, reported, stackFiles, stackOfFile, textOf } from "./support/reports";

describe("what a report is given", () => {
    for (const file of stackFiles) {
        it(`has all of ${file}: each action, gate, role, secret and warning`, () => {
            const { plan, warnings, report } = reported(textOf(file), stackOfFile(file));
            assert.ok(plan);
            const { pipelines, fleet } = report;
            assert.deepEqual(
                pipelines.map(({ key, stages }) => [
                    key,
                    stages.map(({ name, before, after, actions }) => [
                        name,
                        before.map(gate => gate.summary),
                        after.map(gate => gate.summary),
                        actions.map(({ name: action, configuration, inputs, outputs, runOrder }) => [
                            action,
                            Object.fromEntries(configuration),
                            inputs,
                            outputs,
                            runOrder,
                        ]),
                    ]),
                ]),
                plan.pipelines.map(({ logicalName, stages }) => [
                    logicalName,
                    stages.map(({ name, before, after, actions }) => [
                        name,
                        before.map(rule => rule.summary),
                        after.map(rule => rule.summary),
                        actions.map(action => [
                            action.name,
                            Object.fromEntries(Object.entries(action.configuration).map(([k, v]) => [k, shown(v)])),
                            action.inputs,
                            action.outputs,
                            action.runOrder,
                        ]),
                    ]),
                ]),
            );
            const holders = [...(fleet?.holders ?? []), ...pipelines.flatMap(({ roles }) => roles)];
            assert.deepEqual(
                [...new Set(holders.map(({ key }) => key))].sort(),
                [...new Set(permissionsOf(plan).map(({ key }) => key))].sort(),
            );
            for (const role of [...allRoles(plan), ...plan.deployRoles]) {
                const found = holders.find(({ arn }) => arn === role.arn);
                assert.deepEqual(
                    found?.statements.map(({ sid, actions, resources }) => [sid, actions, resources]),
                    role.statements.map(({ Sid, Action, Resource }) => [Sid, Action, Resource.map(shown)]),
                );
            }
            assert.deepEqual(
                report.warnings.map(({ path, message }) => [path, message]),
                warnings.map(({ path, message }) => [pathText(path), message]),
            );
            const secrets = plan.pipelines.flatMap(({ stages, components }) => [
                ...components.flatMap(component =>
                    component.component === "BuildProject"
                        ? component.variables.filter(({ type }) => type !== "PLAINTEXT").map(({ value }) => value)
                        : [],
                ),
                ...stages
                    .flatMap(({ actions }) => actions)
                    .flatMap(({ configuration: { EnvironmentVariables = "[]" } }) =>
                        (
                            JSON.parse(shown(EnvironmentVariables)) as {
                                readonly type?: string;
                                readonly value: string;
                            }[]
                        )
                            .filter(({ type = "PLAINTEXT" }) => type !== "PLAINTEXT")
                            .map(({ value }) => value),
                    ),
            ]);
            const told = pipelines.flatMap(({ stages }) =>
                stages.flatMap(({ actions }) => actions.flatMap(action => action.secrets.map(({ name }) => name))),
            );
            assert.deepEqual([...new Set(told)].sort(), [...new Set(secrets)].sort());
        });
    }

    it("says in words when a window is open, and nothing of other gates", () => {
        const gates = reported(committedText("prod"), "prod").report.pipelines.flatMap(({ stages }) =>
            stages.flatMap(({ before, after }) => [...before, ...after]),
        );
        const words = gates.map(({ provider, open }) => `${provider}: ${open ?? "-"}`);
        assert.deepEqual(
            new Set(words),
            new Set([
                "DeploymentWindow: Monday to Thursday, from 8:00 until 16:59 (Europe/Berlin time)",
                "CloudWatchAlarm: -",
            ]),
        );
    });

    it("finds each role that an action works with among the roles of its pipeline, with a reason for each statement", () => {
        for (const stack of ["dev", "prod"] as const) {
            for (const { roles, stages } of reported(committedText(stack), stack).report.pipelines) {
                const arns = roles.map(({ arn }) => arn);
                const actions = stages.flatMap(stage => stage.actions);
                assert.ok(actions.every(action => action.roles.length > 0));
                assert.ok(actions.flatMap(action => action.roles).every(({ arn }) => arns.includes(arn)));
                assert.ok(roles.flatMap(({ statements }) => statements).every(({ reason }) => reason !== ""));
            }
        }
    });

    it("says of a statement whether it is on everything, and why", () => {
        const { report } = reported(committedText("prod"), "prod");
        const role = report.pipelines
            .find(({ key }) => key === "orders")
            ?.roles.find(({ key }) => key === "role shop--orders--build");
        const wide = role?.statements.filter(one => one.wide) ?? [];
        assert.ok(wide.some(({ actions }) => actions.includes("ecr:GetAuthorizationToken")));
        assert.ok(wide.every(({ resources, reason }) => resources.includes("*") && reason.includes("(")));
        assert.ok(role?.statements.some(one => !one.wide));
    });

    it("has of somebody else's role what this pipeline asks of it, and nothing of other pipelines", () => {
        const { report } = reported(base);
        const arn = "arn:aws:iam::222222222222:role/deploy";
        const words = JSON.stringify(
            report.pipelines.find(({ key }) => key === "web")?.roles.filter(one => one.arn === arn),
        );
        assert.match(words, /shop-site-prod/);
        assert.doesNotMatch(words, /orders/);
    });

    it("shows where each action stands in the stack file, and where each warning and problem does", () => {
        const { report } = reported(base);
        const [orders] = report.pipelines.filter(({ key }) => key === "orders");
        const lines = base.split("\n");
        for (const { name, place } of orders.stages.flatMap(({ actions }) => actions)) {
            assert.match(place ?? "", /^Pulumi\.test\.yaml:\d+$/, name);
        }
        const deploy = orders.stages.find(({ name }) => name === "dev")?.actions.find(({ name }) => name === "deploy");
        assert.match(lines[Number(deploy?.place?.split(":")[1]) - 1], /^ {6}deploy:|^ {8}type: ecs/);
        const broken = reported(base.replace("cluster:", "clutser:")).report;
        assert.deepEqual([broken.pipelines, broken.fleet], [[], undefined]);
        const [problem] = broken.problems;
        assert.equal(problem.service, "orders");
        assert.equal(problem.path, "services.orders.deploy.clutser");
        assert.match(problem.place ?? "", /^Pulumi\.test\.yaml:\d+:\d+$/);
    });

    it("is of one service where one is asked for, and of its check of pull requests", () => {
        const { report } = reported(base, "test", { service: "web" });
        assert.deepEqual([report.service, report.pipelines.map(({ key }) => key)], ["web", ["web"]]);
    });

    it("calls a team what a tag does", () => {
        const teams = (tags: string) =>
            reported(base.replace("tags: { fleet: shop }", `tags: { ${tags} }`)).report.pipelines.map(
                ({ team }) => team,
            );
        assert.deepEqual([...new Set(teams("fleet: shop, team: checkout"))], ["checkout"]);
        assert.deepEqual([...new Set(teams("owner: people, team: checkout"))], ["checkout"]);
        assert.deepEqual([...new Set(teams("owner: people"))], ["people"]);
        assert.deepEqual([...new Set(teams("fleet: shop"))], [undefined]);
    });

    it("says what starts a pipeline: changes, unless they do not", () => {
        const starts = (trigger: string) =>
            reported(base.replace("    orders:\n", `    orders:\n      trigger: ${trigger}\n`))
                .report.pipelines.find(({ key }) => key === "orders")
                ?.starts.map(({ kind }) => kind);
        assert.deepEqual(starts("{}"), ["commit"]);
        assert.deepEqual(starts("{ manual: true }"), ["manual"]);
        assert.deepEqual(starts('{ schedule: { cron: "0 6 ? * MON *", timeZone: Europe/Berlin } }'), [
            "commit",
            "schedule",
        ]);
        assert.deepEqual(starts('{ commits: false, schedule: { cron: "0 6 ? * MON *" } }'), ["manual", "schedule"]);
        assert.deepEqual(starts("{ after: [web] }"), ["commit", "release"]);
    });

    it("adds up to what a release costs, but for what is of no one action", () => {
        for (const { stages, cost } of reported(committedText("prod"), "prod").report.pipelines) {
            const sum = stages.flatMap(({ actions }) => actions).reduce((usd, action) => usd + action.cost.usd, 0);
            assert.ok(sum > 0 && sum < cost.usd + 1e-9, `${sum} of ${cost.usd}`);
        }
    });
});
