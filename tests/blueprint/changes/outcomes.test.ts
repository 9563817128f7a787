import * as assert from "node:assert/strict";
import { outcomes } from "../../../blueprint/changes/outcomes";
import type { FleetPlan, StagePlan } from "../../../blueprint/plan";
import { planOf, stackFile } from "../../support/plans";

const fleet = (name: string, prefix = "shop") =>
    planOf(
        stackFile(`
prefix: ${prefix}
services: { ${name}: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: site } } }`),
    );

const kinds = (was: FleetPlan, now: FleetPlan, beside?: boolean) =>
    outcomes(was, now, beside).map(({ key, kind, before }) => [key, kind, ...(before === undefined ? [] : [before])]);

describe("what becomes of pipelines", () => {
    it("is a replacement where one has another name, and comes from and goes to the same", () => {
        assert.deepEqual(kinds(fleet("web"), fleet("site")), [["site", "replaced", "shop--web"]]);
        assert.deepEqual(kinds(fleet("web"), fleet("web", "mall")), [["web", "replaced", "shop--web"]]);
    });

    it("is none between two stacks side by side: each has its own", () => {
        assert.deepEqual(kinds(fleet("web"), fleet("site"), true), [
            ["site", "added"],
            ["web", "removed"],
        ]);
        assert.deepEqual(kinds(fleet("web"), fleet("web", "mall"), true), []);
    });

    it("is told also where no setting tells what AWS is told", () => {
        const was = fleet("web");
        const edited = (stage: StagePlan): StagePlan => ({
            ...stage,
            actions: stage.actions.map(one => ({ ...one, action: { ...one.action, version: "9" } })),
        });
        const now = {
            ...was,
            pipelines: was.pipelines.map(one => ({
                ...one,
                stages: one.stages.map(stage => (stage.name === "dev" ? edited(stage) : stage)),
            })),
        };
        assert.deepEqual(
            outcomes(was, now).map(({ kind, stages, settings }) => [kind, stages, settings.map(({ what }) => what)]),
            [["changed", ["dev"], ["what CodePipeline is told"]]],
        );
    });
});
