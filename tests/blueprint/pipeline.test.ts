import * as assert from "node:assert/strict";
import { componentStatements, rolesOf } from "../../blueprint/roles";
import { Reference } from "../../catalog/reference";
import {
    deployRole,
    ecsService,
    fleetOf,
    pipelineOf,
    reference,
    roleOf,
    threeEnvironments,
    type Words,
} from "./support/fleet";

const fleetWith = (orders: Words, environments: readonly object[] = threeEnvironments) =>
    fleetOf({ environments, services: { orders } });
const fleet = fleetWith(reference);
const pipeline = pipelineOf(fleet);

describe("a pipeline", () => {
    it("assumes no role where a script deploys: the project does", () => {
        const permissions = [
            {
                actions: ["batch:RegisterJobDefinition"],
                resources: ["arn:aws:batch:{region}:{account}:job-definition/a*"],
                reason: "It does.",
            },
        ];
        const script = { ...ecsService("orders"), deploy: { type: "script", commands: ["./deploy.sh"], permissions } };
        const orders = pipelineOf(fleetWith(script));
        const batch = (account: string) => ({
            Sid: "Permission1",
            Effect: "Allow",
            Action: ["batch:RegisterJobDefinition"],
            Resource: [`arn:aws:batch:eu-west-1:${account}:job-definition/a*`],
            reason: "It does.",
        });
        assert.deepEqual(orders.foreignRoles, [
            {
                arn: deployRole,
                environment: "prod",
                trusts: ["arn:aws:iam::111111111111:role/shop--orders--deploy--prod"],
                statements: [batch("222222222222")],
            },
        ]);
        const own = orders.components.map(component =>
            componentStatements(component).filter(({ Sid }) => Sid === "Permission1" || Sid === "AssumeDeployRole"),
        );
        // The project of another account's environment may assume the role there, and nothing else.
        assert.deepEqual(own, [
            [],
            [batch("111111111111")],
            [batch("111111111111")],
            [{ Sid: "AssumeDeployRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [deployRole] }],
        ]);
        assert.equal(
            orders.role.statements.some(({ Action }) => Action.includes("sts:AssumeRole")),
            false,
        );
        assert.deepEqual(
            orders.components.map(({ logicalName }) => logicalName),
            ["orders--build", "orders--deploy--dev", "orders--deploy--staging", "orders--deploy--prod"],
        );
    });

    it("starts by paths, or by an upload with a role that may start it and no other", () => {
        const source = { repository: "acme/shop", paths: ["orders/**"] };
        assert.deepEqual(pipelineOf(fleetWith({ ...reference, source })).triggers, [
            {
                action: "source",
                pushes: [{ branches: { includes: ["main"] }, paths: { includes: ["orders/**"] } }],
            },
        ]);
        const dropped = fleetWith({
            source: { type: "s3", bucket: "drops", key: "a.zip" },
            build: { type: "none" },
            deploy: { type: "s3", bucket: "site-{environment}" },
        });
        const [trigger, ...none] = pipelineOf(dropped).components;
        assert.deepEqual(none, []);
        assert.deepEqual(componentStatements(trigger), [
            {
                Sid: "StartPipeline",
                Effect: "Allow",
                Action: ["codepipeline:StartPipelineExecution"],
                Resource: ["arn:aws:codepipeline:eu-west-1:111111111111:shop--orders"],
            },
        ]);
        assert.deepEqual(rolesOf(pipelineOf(dropped), dropped)[1].of, "event rule shop--orders--upload");
        assert.deepEqual(pipelineOf(dropped).prerequisites, [
            "bucket drops is versioned and sends its notifications to EventBridge",
            "the alarm orders-prod-5xx is in account 111111111111 and eu-west-1, as no gate reads one of 222222222222 in eu-west-1; there it can watch metrics of 222222222222",
        ]);
    });

    it("lets builds and tests of a full clone use the connection", () => {
        const cloned = fleetWith({ ...reference, source: { repository: "acme/orders", fullClone: true } });
        for (const role of ["shop--orders--build", "shop--orders--integration"]) {
            const use = roleOf(cloned, role).statements.filter(({ Sid }) => Sid === "UseConnection");
            assert.deepEqual(
                use.map(({ Resource }) => Resource),
                [[new Reference("connection:github")]],
            );
        }
    });

    it("says once what it weakens, wherever it does", () => {
        const orders = pipelineOf(
            fleetWith({
                ...reference,
                build: { commands: ["make"], privileged: true },
                environments: { prod: { skipApproval: "Read-only." } },
            }),
        );
        assert.deepEqual(orders.weakens, [
            "build runs privileged: it owns its build machine",
            "no approval before prod: Read-only.",
        ]);
    });

    it("stays as it is when a service is added beside it", () => {
        const services = { a: ecsService("a"), orders: reference, "orders-api": ecsService("orders-api") };
        assert.deepEqual(pipelineOf(fleetOf({ environments: threeEnvironments, services })), pipeline);
    });
});
