import * as assert from "node:assert/strict";
import { sharedResources } from "../../blueprint/counts";
import { costOf } from "../../blueprint/cost";
import { quotasOf } from "../../blueprint/quotas";
import type { FleetPlan } from "../../blueprint/plan";
import { allRoles } from "../../blueprint/roles";
import { shown } from "../../catalog/reference";
import { planOf, stackFile } from "../support/plans";
import { run } from "../support/program";

const reference = {
    source: { type: "connection", connection: "github", repository: "acme/orders" },
    deploy: { type: "s3", bucket: "orders-{environment}" },
};

const repositories = {
    npm: { externalConnection: "public:npmjs" },
    libraries: { upstreams: ["npm"], publishers: ["orders"] },
    all: { upstreams: ["libraries", "npm"] },
};
const packages = { domain: "acme", repositories };
const use = (repository: string, publish = false) => ({ use: repository, tool: "npm", publish });

const plan = (more: object = {}, build: object = {}): FleetPlan =>
    planOf({
        ...stackFile(),
        packages,
        ...more,
        services: {
            orders: { ...reference, build: { commands: ["make"], codeArtifact: use("libraries", true), ...build } },
        },
    });
const role = "arn:aws:iam::111111111111:role/shop--orders--build";
const keyStatements = ({ shared }: FleetPlan) => shared.store.keyPolicy.filter(({ Sid }) => Sid === "LendToPackages");
const refuse = (Condition?: object) => [
    {
        Sid: "RefuseOtherPublishers",
        Effect: "Deny",
        Principal: "*",
        Action: [
            "codeartifact:CopyPackageVersions",
            "codeartifact:PublishPackageVersion",
            "codeartifact:PutPackageMetadata",
        ],
        Resource: ["*"],
        ...Condition,
        reason: "in a repository's own policy * is that repository with its packages",
    },
];
const packageGrants = (fleet: FleetPlan, name: string) =>
    allRoles(fleet)
        .find(one => one.name === name)
        ?.statements.filter(({ Action }) => /^(codeartifact|sts):/.test(Action[0]))
        .map(({ Sid, Resource }) => [Sid, ...Resource.map(shown)]);
const arn = (resource: string, account = "111111111111") => `arn:aws:codeartifact:eu-west-1:${account}:${resource}`;

describe("package repositories", () => {
    it("are planned behind their upstreams, with exactly those who publish", () => {
        const only = { Condition: { ArnNotEquals: { "aws:PrincipalArn": [role] } } };
        assert.deepEqual(plan().shared.packages, {
            domain: "acme",
            domainOwner: "111111111111",
            made: true,
            repositories: [
                { key: "npm", upstreams: [], externalConnection: "public:npmjs", publishers: [], policy: refuse() },
                { key: "libraries", upstreams: ["npm"], publishers: [role], policy: refuse(only) },
                { key: "all", upstreams: ["libraries", "npm"], publishers: [], policy: refuse() },
            ],
        });
    });

    it("let a publisher publish only where its build says so", () => {
        const { packages: planned } = plan({}, { codeArtifact: use("libraries") }).shared;
        assert.deepEqual(
            planned?.repositories.map(({ publishers }) => publishers),
            [[], [], []],
        );
    });

    it("are read and published to by exactly what the build says", () => {
        assert.deepEqual(packageGrants(plan(), "shop--orders--build"), [
            ["LogInToPackages", arn("domain/acme")],
            ["GetPackageToken", "*"],
            ["ReadPackages", arn("repository/acme/libraries")],
            ["PublishPackages", arn("package/acme/libraries/npm/*")],
        ]);
    });

    it("may be in a domain that exists, also in another account", () => {
        const owner = "333333333333";
        const fleet = plan({ packages: { domain: { existing: "group", owner }, repositories } });
        assert.deepEqual(
            [fleet.shared.packages?.domain, fleet.shared.packages?.domainOwner, fleet.shared.packages?.made],
            ["group", owner, false],
        );
        assert.deepEqual(keyStatements(fleet), []);
        assert.deepEqual(packageGrants(fleet, "shop--orders--build")?.slice(-1), [
            ["PublishPackages", arn("package/group/libraries/npm/*", owner)],
        ]);
        assert.deepEqual(fleet.shared.packages?.repositories[1].publishers, [role]);
        assert.ok(fleet.pipelines[0].prerequisites.some(line => line.includes(`domain group of account ${owner}`)));
    });

    it("let CodeArtifact have a grant of the artifact key of the home region, and of no other", () => {
        const fleet = plan({ environments: [{ name: "dev", regions: ["us-east-1"] }] });
        assert.deepEqual(keyStatements(fleet), [
            {
                Sid: "LendToPackages",
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::111111111111:root" },
                Action: ["kms:CreateGrant"],
                Resource: ["*"],
                reason: "in a key's own policy * is that key",
                Condition: { StringEquals: { "kms:ViaService": "codeartifact.eu-west-1.amazonaws.com" } },
            },
        ]);
        assert.deepEqual(
            fleet.shared.stores.flatMap(({ keyPolicy }) => keyPolicy.filter(({ Sid }) => Sid === "LendToPackages")),
            [],
        );
    });

    it("add nothing where there are none, and otherwise what is counted, by each repository two", async () => {
        const { libraries, ...others } = repositories;
        const { publishers, ...quiet } = libraries;
        const values = {
            ...stackFile(),
            packages: { domain: "acme", repositories: { ...others, libraries: quiet } },
        };
        const plain = await run(stackFile());
        const full = await run(values);
        const added = full.registrations.length - plain.registrations.length;
        assert.equal(added, 8);
        assert.equal(sharedResources(planOf(values).shared) - sharedResources(planOf(stackFile()).shared), added);
        assert.deepEqual(
            plain.registrations.filter(({ type }) => type.includes("codeartifact")),
            [],
        );
    });

    it("count into quotas and cost", () => {
        const of = (fleet: FleetPlan) =>
            quotasOf(fleet)
                .filter(({ what }) => what.includes("CodeArtifact"))
                .map(({ what, used, limit }) => [what, used, limit]);
        assert.deepEqual(of(plan()), [
            ["CodeArtifact domains in the region", 1, 10],
            ["repositories in the CodeArtifact domain acme", 3, 1000],
        ]);
        assert.deepEqual(of(planOf(stackFile())), []);
        assert.ok(costOf(plan()).byUse.includes("packages $0.05 a GB and month, and $0.05 for 10,000 requests"));
        assert.ok(!costOf(planOf(stackFile())).byUse.some(line => line.startsWith("packages")));
    });
});

describe("the check of a pull request", () => {
    const checked = (pullRequests: object, codeArtifact: object = use("libraries", true)) =>
        planOf({
            ...stackFile(),
            packages,
            services: { orders: { ...reference, build: { commands: ["make"], codeArtifact }, pullRequests } },
        });
    const check = "shop--orders--check--build";

    it("reads the stack's packages, and publishes none", () => {
        const fleet = checked({});
        assert.deepEqual(packageGrants(fleet, check), [
            ["LogInToPackages", arn("domain/acme")],
            ["GetPackageToken", "*"],
            ["ReadPackages", arn("repository/acme/libraries")],
        ]);
        assert.deepEqual(fleet.shared.packages?.repositories[1].publishers, [role]);
    });

    it("publishes none with all secrets either: the repository refuses it", () =>
        assert.deepEqual(checked({ exposeSecrets: "why" }).shared.packages?.repositories[1].publishers, [role]));

    it("does without the packages of a domain that is not the stack's", () =>
        assert.deepEqual(packageGrants(checked({}, { domain: "other", repository: "libs", tool: "npm" }), check), []));
});
