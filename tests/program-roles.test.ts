import * as assert from "node:assert/strict";
import { allResources, pipelineResources, sharedResources } from "../blueprint/counts";
import { allRoles } from "../blueprint/roles";
import { planOf, stackFile, type Values } from "./support/plans";
import { counted, run } from "./support/program";
import { noun, type Recording } from "./support/recordings";

/** Roles of every sort: of pipelines, builds, batches, events, schedules, functions and channels; and an approval. */
const shop = (roles: object): Values => ({
    ...stackFile(`
        connections: { github: { arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/1" } }
        targets: { room: { type: chat, slack: { workspaceId: T1, channelId: C1 } } }
        notify: { room: [failed, approval-needed] }
        environments: [{ name: dev }, { name: prod, approval: {}, freezable: true }]
    `),
    services: {
        api: {
            source: { repository: "acme/api" },
            build: { batch: true, buildspec: "ci.yml" },
            trigger: { schedule: { cron: "0 6 * * ? *", timeZone: "Europe/Berlin" } },
            deploy: { type: "s3", bucket: "api-{environment}" },
        },
        drop: {
            source: { type: "s3", bucket: "drops", key: "drop.zip" },
            build: { type: "none" },
            deploy: { type: "s3", bucket: "drop-{environment}" },
        },
    },
    roles,
});

const ofIam = ({ registrations }: Recording) => registrations.filter(({ type }) => type.startsWith("aws:iam/"));

describe("the program, of roles", () => {
    let own: Recording;
    before(async () => (own = await run(shop({}))));

    it("gives all of them the path and the boundary, and no other resource", async () => {
        const boundary = "arn:aws:iam::111111111111:policy/most";
        const bound = await run(shop({ path: "/delivery/", boundary: "arn:aws:iam::{account}:policy/most" }));
        const roles = bound.registrations.filter(one => noun(one) === "Role");
        assert.equal(roles.length, allRoles(planOf(shop({}))).length);
        for (const { name, inputs } of roles) {
            assert.deepEqual([inputs.path, inputs.permissionsBoundary], ["/delivery/", boundary], name);
        }
        assert.deepEqual(counted(bound.registrations), counted(own.registrations));
        assert.doesNotMatch(JSON.stringify(bound.registrations), /role\/shop--/);
        assert.equal(bound.registrations.filter(({ inputs }) => "permissionsBoundary" in inputs).length, roles.length);
    });

    it("makes nothing in IAM where somebody else makes the roles, and everything else as before", async () => {
        const values = shop({ existing: true });
        const plan = planOf(values);
        const left = await run(values);
        assert.deepEqual(ofIam(left), []);
        // That of a channel has no policy; an approval has a policy, and no role.
        assert.equal(ofIam(own).length, 2 * allRoles(plan).length - 1 + 1);
        const others = ({ registrations }: Recording) =>
            registrations.filter(({ type }) => !type.startsWith("aws:iam/")).map(({ urn, inputs }) => [urn, inputs]);
        assert.deepEqual(others(left), others(own));
        assert.equal(left.registrations.length, allResources(plan));
        assert.equal(own.registrations.length, allResources(planOf(shop({}))));
        assert.equal(
            allResources(plan),
            sharedResources(plan.shared, plan.roles) +
                plan.pipelines.reduce((sum, pipeline) => sum + pipelineResources(pipeline, plan.roles), 0),
        );
    });
});
