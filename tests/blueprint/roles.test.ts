import * as assert from "node:assert/strict";
import { rolesOf } from "../../blueprint/roles";
import { terms } from "../support/plans";
import { fleetOf, pipelineOf } from "./support/fleet";

describe("roles of a service", () => {
    it("are the pipeline's, those of its projects, and those of their batches; a repository has none", () => {
        const fleet = fleetOf({
            services: {
                orders: {
                    source: { repository: "acme/orders" },
                    build: { type: "image" },
                    suites: { unit: { buildspec: "ci.yml", batch: true } },
                    deploy: { type: "s3", bucket: "site" },
                },
            },
        });
        const roles = rolesOf(pipelineOf(fleet), { roles: terms });
        assert.deepEqual(
            roles.map(({ name, of, arn }) => [name, of, arn]),
            [
                ["shop--orders--pipeline", "pipeline shop--orders"],
                ["shop--orders--build", "project shop--orders--build"],
                ["shop--orders--unit", "project shop--orders--unit"],
                ["shop--orders--unit--batch", "batches of the project shop--orders--unit"],
            ].map(([name, of]) => [name, of, `arn:aws:iam::111111111111:role/${name}`]),
        );
        assert.deepEqual(
            roles.at(-1)?.statements.map(({ Action }) => Action),
            [["codebuild:RetryBuild", "codebuild:StartBuild", "codebuild:StopBuild"]],
        );
    });
});
