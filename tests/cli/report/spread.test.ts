import * as assert from "node:assert/strict";
import { join } from "node:path";
import { planStack } from "../../../blueprint/stack";
import { reportOf } from "../../../cli/report/data";
import type { Report } from "../../../cli/report/model";
import { fromFile } from "../../../config/from-file";
import { fleet, standing, type Stacks } from "../../blueprint/stacks/support";
import { inFolder } from "../../support/stack-files";

/** The plan of `stack` among `stacks`. */
const planned = (stacks: Stacks, stack: string) =>
    inFolder(stacks, folder => {
        const file = join(folder, `Pulumi.${stack}.yaml`);
        const source = fromFile(file, stack);
        return { stack, file, source, ...planStack(source) };
    });

const report = (stack: string, stacks = fleet): Report => reportOf(planned(stacks, stack));

const keys = ({ pipelines }: Report) => pipelines.map(({ key }) => key);

describe("the report of a fleet in several stacks", () => {
    it("has of each stack the pipelines that it makes, and of the platform what all share", () => {
        assert.deepEqual(
            [keys(report("base")), keys(report("team-a")), keys(report("team-b"))],
            [[], ["cart"], ["mail", "web"]],
        );
        const holders = (stack: string) => report(stack).fleet?.holders.length;
        assert.ok((holders("base") ?? 0) > 0);
        assert.equal(holders("team-a"), 0);
        assert.equal(report("base").fleet?.part, "platform of 3 services in 2 stacks");
        assert.equal(report("team-b").fleet?.part, "2 services on the platform base");
    });

    it("lists the stacks that stand on a platform, with their services, and of no other stack any", () => {
        assert.deepEqual(report("base").fleet?.standing, [
            { stack: "team-a", services: ["cart"] },
            { stack: "team-b", services: ["mail", "web"] },
        ]);
        const { base } = fleet;
        assert.deepEqual(report("base", { base }).fleet?.standing, []);
        assert.equal(report("team-a").fleet?.standing, undefined);
    });

    it("calls the stack a team where no tag names one", () => {
        assert.deepEqual(
            report("team-b").pipelines.map(({ team }) => team),
            ["team-b", "team-b"],
        );
    });

    it("compares the pipelines that the stack makes, and no others", () => {
        const before = { ...fleet, "team-b": standing(["mail"]) };
        const change = (stack: string) => {
            const { plan: was } = planned(before, stack);
            const now = planned(fleet, stack);
            return reportOf({ ...now, previous: { since: "before", ...(was && { plan: was }) } }).change?.pipelines.map(
                ({ key, kind }) => [key, kind],
            );
        };
        assert.deepEqual([change("base"), change("team-a"), change("team-b")], [[], [], [["web", "added"]]]);
    });
});
