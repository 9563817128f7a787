import * as assert from "node:assert/strict";
import { PackageRepositories } from "../../components/package-repositories";
import type { PackagesPlan } from "../../blueprint/plan";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const plan = (domain = "acme") =>
    planOf(
        stackFile(`packages:
            domain: ${domain}
            repositories: { npm: { externalConnection: "public:npmjs" }, libraries: { upstreams: [npm] } }`),
    ).shared.packages as PackagesPlan;
const tags = { fleet: "shop" };
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k";
const build = () => new PackageRepositories("packages", { plan: plan(), keyArn, tags });

describe("PackageRepositories", () => {
    it("registers exactly a domain, its repositories and their policies", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "PackageRepositories packages",
            "  Domain packages-domain",
            "  Repository packages-libraries < Domain packages-domain, Repository packages-npm",
            "  RepositoryPermissionsPolicy packages-libraries-policy < Domain packages-domain, Repository packages-libraries",
            "  Repository packages-npm < Domain packages-domain",
            "  RepositoryPermissionsPolicy packages-npm-policy < Domain packages-domain, Repository packages-npm",
        ]);
    });

    it("makes no domain that exists", async () => {
        const all = await registered(
            () =>
                new PackageRepositories("packages", {
                    plan: plan('{ existing: acme, owner: "333333333333" }'),
                    keyArn,
                    tags,
                }),
        );
        assert.deepEqual(
            tree(all).filter(line => line.includes("Domain")),
            [],
        );
        assert.deepEqual(inputsOf(all, "Repository", "packages-npm"), {
            domain: "acme",
            domainOwner: "333333333333",
            repository: "npm",
            externalConnections: { externalConnectionName: "public:npmjs" },
            tags,
        });
    });

    it("encrypts the domain with the key, and looks for packages in the upstreams", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "Domain"), { domain: "acme", encryptionKey: keyArn, tags });
        assert.deepEqual(inputsOf(all, "Repository", "packages-libraries"), {
            domain: "acme",
            domainOwner: "111111111111",
            repository: "libraries",
            upstreams: [{ repositoryName: "npm" }],
            tags,
        });
    });

    it("refuses others to publish, and grants nothing", async () => {
        const { policyDocument, ...where } = inputsOf(
            await registered(build),
            "RepositoryPermissionsPolicy",
            "packages-npm-policy",
        ) as Record<string, string>;
        assert.deepEqual(where, { domain: "acme", domainOwner: "111111111111", repository: "npm" });
        assert.deepEqual(JSON.parse(policyDocument), {
            Version: "2012-10-17",
            Statement: [
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
                },
            ],
        });
    });

    it("tells the ARNs by key", async () => {
        const { outputs } = await recorded(() => build().arns);
        assert.deepEqual(outputs, {
            npm: "arn:aws:codeartifact:eu-west-1:111111111111:repository/acme/npm",
            libraries: "arn:aws:codeartifact:eu-west-1:111111111111:repository/acme/libraries",
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on a key that stands for two repositories", () => {
        const { repositories, ...domain } = plan();
        return assertFails(
            () =>
                new PackageRepositories("packages", {
                    plan: { ...domain, repositories: [repositories[0], repositories[0]] },
                    keyArn,
                    tags,
                }),
            /duplicate URN .*::packages-npm: a child of /,
        );
    });
});
