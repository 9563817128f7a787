import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Reference } from "../../catalog/reference";
import { planOf, type Values } from "../support/plans";
import { project } from "../../config/source";
import { ecsService, fleetOf, pipelineOf, stackOf, stageOf, type Words } from "./support/fleet";
import { problemLines } from "../../config/read";

const created = { name: "prod", account: "222222222222", deployRoles: "create" };
const arn = "arn:aws:iam::222222222222:role/shop--orders--deploy-prod";
const pattern = "arn:aws:iam::222222222222:role/shop--*--deploy-prod";
const pipelineRole = "arn:aws:iam::111111111111:role/shop--orders--pipeline";
const bucket = "arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1";

const script: Words = {
    ...ecsService("batch"),
    deploy: {
        type: "script",
        commands: ["make"],
        permissions: [
            { actions: ["batch:Do"], resources: ["arn:aws:batch:{region}:{account}:job/b"], reason: "Because." },
        ],
    },
};

const planned = (prod: Words = {}, words: Words = {}) =>
    fleetOf({ environments: [{ name: "dev" }, { ...created, ...prod }], ...words });

const principals = (fleet: ReturnType<typeof fleetOf>) => [
    ...new Set(
        [...fleet.shared.store.keyPolicy, ...fleet.shared.store.bucketPolicy]
            .filter(({ Sid }) => Sid.endsWith("ByDeployRoles"))
            .map(({ Principal, Condition }) => JSON.stringify([Principal, Condition?.ArnLike])),
    ),
];

describe("deploy roles that are made", () => {
    it("are one for each service and environment, which the pipeline's own plan names", () => {
        const fleet = planned({}, { services: { orders: ecsService("orders"), batch: script } });
        assert.deepEqual(
            fleet.deployRoles.map(({ arn: role, service, environment, account }) => [
                role,
                service,
                environment,
                account,
            ]),
            [
                ["arn:aws:iam::222222222222:role/shop--batch--deploy-prod", "batch", "prod", "222222222222"],
                [arn, "orders", "prod", "222222222222"],
            ],
        );
        const pipeline = pipelineOf(fleet);
        const performedBy = (environment: string) =>
            stageOf(pipeline, environment).actions.flatMap(({ roleArn }) => roleArn ?? []);
        assert.deepEqual([performedBy("dev"), performedBy("prod")], [[], [arn]]);
        assert.deepEqual(pipeline.role.statements.find(({ Sid }) => Sid === "AssumeDeployRoles")?.Resource, [arn]);
    });

    it("are trusted by name, in the account of the pipelines, so that they can be made before and again", () => {
        const [role] = planned().deployRoles;
        assert.deepEqual(role.trust, {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "DeployByPipeline",
                    Effect: "Allow",
                    Principal: { AWS: "arn:aws:iam::111111111111:root" },
                    Action: ["sts:AssumeRole"],
                    Condition: { ArnEquals: { "aws:PrincipalArn": [pipelineRole] } },
                },
            ],
        });
    });

    it("trust only who is of the organization, where the stack file names it", () => {
        const [role] = planned({}, { roles: { organization: "o-a1b2c3d4e5" } }).deployRoles;
        assert.deepEqual(role.trust.Statement[0].Condition, {
            ArnEquals: { "aws:PrincipalArn": [pipelineRole] },
            StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        });
        const { problems } = stackOf({ roles: { organization: "acme" } });
        assert.match(
            problemLines(problems).join(),
            /roles\.organization: expected the id of an organization, such as "o-a1b2c3d4e5", found "acme"/,
        );
    });

    it("let builds tag their sessions, where the stack file says that they do", () => {
        const [role] = planned({}, { roles: { sessionTags: true } }).deployRoles;
        assert.deepEqual(role.trust.Statement[0].Action, ["sts:AssumeRole", "sts:TagSession"]);
    });

    it("have the path of all roles, wherever they are named, and the boundary in their own account", () => {
        const fleet = planned({}, { roles: { path: "/delivery/", boundary: "arn:aws:iam::{account}:policy/most" } });
        const [role] = fleet.deployRoles;
        const made = arn.replace("role/", "role/delivery/");
        assert.deepEqual([role.arn, role.name], [made, "shop--orders--deploy-prod"]);
        assert.deepEqual(role.terms, { path: "/delivery/", boundary: "arn:aws:iam::222222222222:policy/most" });
        assert.deepEqual(role.trusts, [pipelineRole.replace("role/", "role/delivery/")]);
        assert.deepEqual(pipelineOf(fleet).role.statements.find(({ Sid }) => Sid === "AssumeDeployRoles")?.Resource, [
            made,
        ]);
        assert.deepEqual(principals(fleet), [
            JSON.stringify([
                { AWS: ["arn:aws:iam::222222222222:root"] },
                { "aws:PrincipalArn": [pattern.replace("role/", "role/delivery/")] },
            ]),
        ]);
        assert.deepEqual(planned().deployRoles[0].terms, { path: "/" });
    });

    for (const [boundary, account, refused] of [
        ["arn:aws:iam::111111111111:policy/most", "222222222222", true],
        ["arn:aws:iam::111111111111:policy/most", undefined, false],
        ["arn:aws:iam::{account}:policy/most", "222222222222", false],
        ["arn:aws:iam::aws:policy/PowerUserAccess", "222222222222", false],
    ] as const) {
        it(`${refused ? "fail" : "do"} with the boundary ${boundary} in account ${account ?? "111111111111"}`, () =>
            assert.deepEqual(
                stackOf({
                    environments: [{ name: "dev" }, { ...created, account }],
                    roles: { boundary },
                }).problems.map(({ path, message }) => `${path.join(".")}: ${message}`),
                refused
                    ? [
                          `roles.boundary: expected a policy of {account}, or AWS's own, found "${boundary}": the role shop--orders--deploy-prod is made in account ${account}`,
                      ]
                    : [],
            ));
    }

    it("are assumed by the builds that deploy, and not by the pipeline, where builds do", () => {
        const [role] = planned({}, { services: { batch: script } }).deployRoles;
        assert.deepEqual(role.trusts, ["arn:aws:iam::111111111111:role/shop--batch--deploy--prod"]);
        assert.deepEqual(role.statements, [
            {
                Sid: "Permission1",
                Effect: "Allow",
                Action: ["batch:Do"],
                Resource: ["arn:aws:batch:eu-west-1:222222222222:job/b"],
                reason: "Because.",
            },
        ]);
    });

    it("open the artifacts of their own service alone, of each region, with a key whose ARN nobody knows yet", () => {
        const [{ statements }] = planned({ regions: ["eu-west-1", "us-east-1"] }).deployRoles;
        const abroad = bucket.replace("eu-west-1", "us-east-1");
        const keys = ["eu-west-1", "us-east-1"].map(region => `arn:aws:kms:${region}:111111111111:key/*`);
        assert.deepEqual(statements.slice(0, 4), [
            {
                Sid: "ReadArtifacts",
                Effect: "Allow",
                Action: ["s3:GetObject", "s3:GetObjectVersion"],
                Resource: [`${bucket}/shop--orders/*`, `${abroad}/shop--orders/*`],
            },
            {
                Sid: "FindBucket",
                Effect: "Allow",
                Action: ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
                Resource: [bucket, abroad],
            },
            {
                Sid: "OpenArtifacts",
                Effect: "Allow",
                Action: ["kms:Decrypt"],
                Resource: keys,
                Condition: {
                    StringEquals: { "kms:ViaService": ["s3.eu-west-1.amazonaws.com", "s3.us-east-1.amazonaws.com"] },
                    ArnLike: {
                        "kms:EncryptionContext:aws:s3:arn": [
                            bucket,
                            `${bucket}/shop--orders/*`,
                            abroad,
                            `${abroad}/shop--orders/*`,
                        ],
                    },
                },
            },
            { Sid: "DescribeArtifactKey", Effect: "Allow", Action: ["kms:DescribeKey"], Resource: keys },
        ]);
    });

    it("are known to key and bucket by the pattern of their names: a new service changes neither", () => {
        const one = planned();
        const two = planned({}, { services: { orders: ecsService("orders"), more: ecsService("more") } });
        assert.deepEqual(principals(one), [
            JSON.stringify([{ AWS: ["arn:aws:iam::222222222222:root"] }, { "aws:PrincipalArn": [pattern] }]),
        ]);
        assert.deepEqual(two.shared.store, one.shared.store);
    });

    it("are not made of a service that nothing deploys there, nor of one without the environment", () => {
        const none = { ...ecsService("a"), deploy: { type: "none" }, suites: { unit: { commands: ["make"] } } };
        const skipping = { ...ecsService("b"), environments: { prod: { skip: "It is not there." } } };
        assert.deepEqual(planned({}, { services: { a: none, b: skipping } }).deployRoles, []);
    });

    it("can be made in the pipelines' own account, where key and bucket need no word of them", () => {
        const fleet = planned({ account: undefined });
        assert.deepEqual(
            fleet.deployRoles.map(({ arn: role }) => role),
            ["arn:aws:iam::111111111111:role/shop--orders--deploy-prod"],
        );
        assert.deepEqual(principals(fleet), []);
    });

    it("fail where a suite's role has the same name in the same account", () => {
        const service = { ...ecsService("orders"), suites: { "deploy-prod": { commands: ["make"] } } };
        const words = (account?: string) => ({
            environments: [{ name: "dev" }, { ...created, account }],
            services: { orders: service },
        });
        assert.match(
            problemLines(stackOf(words()).problems).join(),
            /role shop--orders--deploy-prod of .* would be that of .* too: choose another name/,
        );
        assert.deepEqual(stackOf(words("222222222222")).problems, []);
    });

    it("need nothing of any kind that only the pipelines' stack knows", () => {
        const folder = join(__dirname, "../../examples");
        const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(file => file.endsWith(".yaml"));
        const made = files.map(file => {
            const { config } = parse(readFileSync(join(folder, file), "utf8"), { merge: true }) as { config: Values };
            const own = Object.fromEntries(
                Object.entries(config).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
            );
            const environments = (own.environments as Words[]).map(({ deployRoleArn, ...environment }) => ({
                ...environment,
                ...created,
                name: environment.name,
            }));
            const { deployRoles } = planOf({ ...own, environments });
            const references = deployRoles.flatMap(({ statements }) =>
                statements.flatMap(({ Resource }) => Resource.filter(resource => resource instanceof Reference)),
            );
            assert.deepEqual(references, [], file);
            return deployRoles.length;
        });
        assert.ok(made.filter(count => count > 0).length > 40);
    });
});

describe("a deploy role that is there already", () => {
    it("may be one for each service, and is known to key and bucket by its pattern", () => {
        const each = {
            ...created,
            deployRoles: undefined,
            deployRoleArn: "arn:aws:iam::{account}:role/{service}-{environment}",
        };
        const fleet = fleetOf({ environments: [{ name: "dev" }, each] });
        assert.equal(pipelineOf(fleet).foreignRoles[0].arn, "arn:aws:iam::222222222222:role/orders-prod");
        assert.equal(pipelineOf(fleet).foreignRoles[0].made, undefined);
        assert.deepEqual(principals(fleet), [
            JSON.stringify([
                { AWS: ["arn:aws:iam::222222222222:root"] },
                { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/*-prod"] },
            ]),
        ]);
        assert.deepEqual(fleet.deployRoles, []);
    });
});
