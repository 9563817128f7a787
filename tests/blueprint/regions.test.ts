import * as assert from "node:assert/strict";
import { allResources } from "../../blueprint/counts";
import { costOf } from "../../blueprint/cost";
import type { FleetPlan } from "../../blueprint/plan";
import { shown } from "../../catalog/reference";
import { check } from "./support/changed";
import { deployRole, ecsService, fleetOf, pipelineOf, stageOf, type Words } from "./support/fleet";

const regions = ["eu-west-1", "us-east-1", "ap-southeast-2"];

const service: Words = {
    ...ecsService("orders"),
    deploys: {
        api: ecsService("orders").deploy,
        worker: { ...(ecsService("worker").deploy as Words), needs: ["api"] },
    },
    deploy: undefined,
    steps: { migrate: { type: "script", when: "before", commands: ["make"] } },
    suites: { smoke: { after: "deploy", commands: ["make smoke"] } },
};

const planned = (prod: Words, own: Words = service): FleetPlan =>
    fleetOf({
        environments: [{ name: "dev" }, { name: "prod", ...prod }],
        services: { orders: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) },
    });

const outline = (fleet: FleetPlan) =>
    stageOf(pipelineOf(fleet), "prod").actions.map(({ name, runOrder, region = "" }) => [name, runOrder, region]);

const buckets = (fleet: FleetPlan) =>
    [fleet.shared.store, ...fleet.shared.stores].map(({ region, bucket }) => [region, bucket]);

const grantsOf = (
    statements: readonly { readonly Sid: string; readonly Resource: readonly unknown[] }[],
    sid: string,
) => statements.find(({ Sid }) => Sid === sid)?.Resource.map(resource => shown(resource as string));

describe("an environment in several regions", () => {
    it("is deployed to all of them at once, each with its own order of deploys; the rest runs once", () => {
        assert.deepEqual(outline(planned({ regions })), [
            ["verify", 1, ""],
            ["migrate", 2, ""],
            ["api", 3, ""],
            ["worker", 4, ""],
            ["api--us-east-1", 3, "us-east-1"],
            ["worker--us-east-1", 4, "us-east-1"],
            ["api--ap-southeast-2", 3, "ap-southeast-2"],
            ["worker--ap-southeast-2", 4, "ap-southeast-2"],
            ["smoke", 5, ""],
        ]);
    });

    it("is deployed to one after the other when that is asked for", () => {
        assert.deepEqual(
            outline(planned({ regions, regionsInOrder: true })).map(([name, order]) => [name, order]),
            [
                ["verify", 1],
                ["migrate", 2],
                ["api", 3],
                ["worker", 4],
                ["api--us-east-1", 5],
                ["worker--us-east-1", 6],
                ["api--ap-southeast-2", 7],
                ["worker--ap-southeast-2", 8],
                ["smoke", 9],
            ],
        );
    });

    it("fills {region}, and grants what is there, not here", () => {
        const deploy = { ...(ecsService("orders").deploy as Words), cluster: "shop-{region}" };
        const pipeline = pipelineOf(planned({ regions: ["us-east-1"] }, { ...ecsService("orders"), deploy }));
        const [, action] = stageOf(pipeline, "prod").actions;
        assert.deepEqual([action.name, action.configuration.ClusterName], ["deploy--us-east-1", "shop-us-east-1"]);
        assert.deepEqual(grantsOf(pipeline.role.statements, "UpdateEcsService"), [
            "arn:aws:ecs:eu-west-1:111111111111:service/shop-eu-west-1/orders",
            "arn:aws:ecs:us-east-1:111111111111:service/shop-us-east-1/orders",
        ]);
    });

    it("has a store with a key of its own in each other region, which its pipelines may use", () => {
        const fleet = planned({ regions });
        assert.deepEqual(buckets(fleet), [
            ["eu-west-1", "shop--fleet--artifacts-111111111111-eu-west-1"],
            ["ap-southeast-2", "shop--fleet--artifacts-111111111111-ap-southeast-2"],
            ["us-east-1", "shop--fleet--artifacts-111111111111-us-east-1"],
        ]);
        const { role, regions: abroad } = pipelineOf(fleet);
        assert.deepEqual(abroad, ["ap-southeast-2", "us-east-1"]);
        assert.deepEqual(grantsOf(role.statements, "UseArtifactKey"), [
            "<artifactKey>",
            "<artifactKey:ap-southeast-2>",
            "<artifactKey:us-east-1>",
        ]);
        assert.equal(grantsOf(role.statements, "UseArtifacts")?.length, 3);
    });

    it("lets a key be used only through S3 of its region, and nothing else be encrypted with it", () => {
        const [store] = planned({ regions }).shared.stores;
        assert.deepEqual(
            store.keyPolicy.map(({ Sid }) => Sid),
            ["AdministerByAccount", "UseByRolesOfFleet", "DescribeByRolesOfFleet"],
        );
        assert.deepEqual(store.keyPolicy[1].Condition?.StringEquals, {
            "kms:ViaService": ["s3.ap-southeast-2.amazonaws.com"],
        });
        const refused = store.bucketPolicy.find(({ Sid }) => Sid === "RefuseOtherKeys");
        assert.ok(JSON.stringify(refused).includes("artifactKey:ap-southeast-2"));
    });

    it("asks a deploy role for the artifacts of the regions that it deploys to, and no other", () => {
        const foreign = { account: "222222222222", deployRoleArn: deployRole, regions: ["us-east-1"] };
        const [role] = pipelineOf(planned(foreign)).foreignRoles;
        assert.deepEqual(grantsOf(role.statements, "ReadArtifacts"), [
            "arn:aws:s3:::shop--fleet--artifacts-111111111111-us-east-1/shop--orders/*",
        ]);
        assert.deepEqual(grantsOf(role.statements, "OpenArtifacts"), ["<artifactKey:us-east-1>"]);
    });

    it("costs ten resources and a key for each further region, however many services there are", () => {
        const [one, three] = [planned({}), planned({ regions })];
        assert.equal(allResources(three) - allResources(one), 20);
        assert.equal(costOf(three).monthlyIdle - costOf(one).monthlyIdle, 2);
    });

    it("writes the same thing in each region, which are different things", () => {
        assert.deepEqual(check("one-writer", planned({ regions })), []);
    });

    it("runs builds, suites and scripts in the pipeline's own region, and tells scripts where they deploy", () => {
        const script = { ...ecsService("orders"), deploy: { type: "script", commands: ["make"] } };
        const pipeline = pipelineOf(planned({ regions: ["us-east-1"] }, script));
        const [, action] = stageOf(pipeline, "prod").actions;
        assert.equal(action.region, undefined);
        const project = pipeline.components.find(
            ({ logicalName }) => logicalName === "orders--deploy--us-east-1--prod",
        );
        assert.ok(project?.component === "BuildProject");
        assert.deepEqual(project.variables, [
            { name: "ENVIRONMENT", value: "prod", type: "PLAINTEXT" },
            { name: "ENVIRONMENT_REGION", value: "us-east-1", type: "PLAINTEXT" },
        ]);
    });
});
