import * as assert from "node:assert/strict";
import { join } from "node:path";
import { allResources, pipelineResources } from "../../blueprint/counts";
import { planStack } from "../../blueprint/stack";
import { projectFolder } from "../../cli/options";
import { resourcesOf } from "../../cli/resources";
import { engineConfig } from "../../config/source";
import { fromFile } from "../../config/from-file";

describe("resources of a stack", function () {
    // The first one loads Pulumi.
    this.timeout(30_000);

    for (const stack of ["dev", "prod"]) {
        it(`are as many as the ${stack} stack's text says, for the fleet and for each service`, async () => {
            const source = fromFile(join(projectFolder, `Pulumi.${stack}.yaml`), stack);
            const { plan } = planStack(source);
            assert.ok(plan);
            const { registrations: resources } = await resourcesOf(source, plan);
            assert.equal(resources.length, allResources(plan));
            for (const pipeline of plan.pipelines) {
                const own = resources.filter(
                    ({ urn }) =>
                        urn.includes("$service-pipelines:index:ServicePipeline") &&
                        new RegExp(`::${pipeline.service}(--|-(role|policy|pipeline)$|$)`).test(urn),
                );
                assert.equal(own.length, pipelineResources(pipeline), pipeline.service);
            }
        });
    }

    it("are those of the plan that is given, which is not made again", async () => {
        const source = fromFile(join(projectFolder, "Pulumi.dev.yaml"), "dev");
        const { plan } = planStack(source);
        assert.ok(plan);
        const pipelines = plan.pipelines.slice(1);
        const { registrations: resources } = await resourcesOf(source, { ...plan, pipelines });
        assert.equal(resources.length, allResources({ ...plan, pipelines }));
        assert.ok(resources.length < allResources(plan));
    });

    it("come from the values as the engine hands them over", () => {
        assert.deepEqual(
            engineConfig({ "aws:region": "eu-west-1", prefix: "shop", protect: true, services: { a: 1 } }),
            {
                "aws:region": "eu-west-1",
                "service-pipelines:prefix": "shop",
                "service-pipelines:protect": "true",
                "service-pipelines:services": '{"a":1}',
            },
        );
    });
});
