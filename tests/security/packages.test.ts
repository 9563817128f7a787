import * as assert from "node:assert/strict";
import { noun } from "../support/recordings";
import type { Policy, Principal, Question } from "../support/simulation";
import { others, shopWith, whoMay, type Shop } from "./shop";

const stranger = "999999999999";
const endpoints = ["codeartifact.api", "codeartifact.repositories"] as const;
const owners = { own: "111111111111", foreign: "333333333333" } as const;

const use = (publish: boolean) => ({ codeArtifact: { use: "libraries", tool: "npm", publish } });

/** What the owner of a domain lets another account do in it, as docs/how-to/code-artifact.md asks for. */
const letIn = new Map<string, Policy>([
    [
        `arn:aws:codeartifact:eu-west-1:${owners.foreign}:domain/acme`,
        {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { AWS: `arn:aws:iam::${owners.own}:root` },
                    Action: ["codeartifact:CreateRepository", "codeartifact:GetAuthorizationToken"],
                    Resource: "*",
                },
            ],
        },
    ],
]);

/** The stack with package repositories: the build of orders publishes libraries, that of payments reads them, as its check does. */
const withPackages = (domain: unknown): Promise<Shop> =>
    shopWith(({ network, services }) => {
        const { orders, payments } = services as Record<"orders" | "payments", { build: object }>;
        const create = { ...(network as { create: object }).create, natGateways: "None", endpoints: "auto" };
        return {
            network: { create },
            packages: {
                domain,
                repositories: {
                    npm: { externalConnection: "public:npmjs" },
                    libraries: { upstreams: ["npm"], publishers: ["orders"] },
                },
            },
            services: {
                orders: { ...orders, build: { ...orders.build, ...use(true) } },
                payments: { ...payments, build: { ...payments.build, ...use(false) } },
            },
        };
    }, letIn);

for (const [title, domain, owner] of [
    ["of a domain of the stack", "acme", owners.own],
    ["of a domain of another account", { existing: "acme", owner: owners.foreign }, owners.foreign],
] as const) {
    describe(`least privilege, of package repositories ${title}`, function () {
        this.timeout(60_000);
        let shop: Shop;
        let principals: Readonly<Record<string, Principal>>;
        before(async () => {
            shop = await withPackages(domain);
            principals = {
                "orders pipeline": shop.access.role("shop--orders--pipeline"),
                "orders build": shop.access.role("shop--orders--build"),
                "orders suite": shop.access.role("shop--orders--integration"),
                "payments build": shop.access.role("shop--payments--build"),
                "payments deploy to dev": shop.access.role("shop--payments--deploy--dev"),
                "payments check build": shop.access.role("shop--payments--check--build"),
                "`seal`": shop.access.role("shop--fleet--seal"),
                ...others,
            };
        });

        const arn = (resource: string, account: string = owner) =>
            `arn:aws:codeartifact:eu-west-1:${account}:${resource}`;
        // A repository is of the account that made it, though its ARN names the account of the domain.
        const ask = (action: string, resource: string, account: string = owners.own): Question => ({
            action: `codeartifact:${action}`,
            resource,
            account,
        });
        const mine = owner === owners.own;
        // Administrators read what their account has, and publish nothing.
        const managing = ["administrators"];
        const reading = ["orders build", "payments build", "payments check build", ...managing];

        it("are read by builds that use them and published to by those that are named, nobody else", async () => {
            const left = "package/acme/libraries/npm/shop/left-pad";
            for (const [what, question, who] of [
                ["log in", ask("GetAuthorizationToken", arn("domain/acme"), owner), reading],
                ["read packages", ask("ReadFromRepository", arn("repository/acme/libraries")), reading],
                ["find the repository", ask("GetRepositoryEndpoint", arn("repository/acme/libraries")), reading],
                ["read past the one in front", ask("ReadFromRepository", arn("repository/acme/npm")), managing],
                ["publish libraries", ask("PublishPackageVersion", arn(left)), ["orders build"]],
                ["publish in another format", ask("PublishPackageVersion", arn(left.replace("/npm/", "/pypi/"))), []],
                [
                    "publish to the public one's copy",
                    ask("PublishPackageVersion", arn("package/acme/npm/npm/shop/left-pad")),
                    [],
                ],
                ["copy a package there", ask("CopyPackageVersions", arn(left)), []],
                ["change what a version says of itself", ask("PutPackageMetadata", arn(left)), []],
                ["delete a version", ask("DeletePackageVersions", arn(left)), managing],
                [
                    "open the repository to others",
                    ask("PutRepositoryPermissionsPolicy", arn("repository/acme/libraries")),
                    managing,
                ],
                ["delete the domain", ask("DeleteDomain", arn("domain/acme"), owner), mine ? managing : []],
            ] as const) {
                assert.deepEqual([what, await whoMay(shop.access, principals, [question])], [what, who]);
            }
        });

        it("are reached through their endpoints by roles of the stack's accounts alone", async () => {
            assert.deepEqual(
                shop.plan.shared.network.endpoints
                    .map(({ endpoint }) => endpoint)
                    .filter(one => one.includes("artifact")),
                endpoints,
            );
            const read = ask("ReadFromRepository", arn("repository/acme/libraries"));
            const ofStranger = ask("ReadFromRepository", arn("repository/trap/trap", stranger), stranger);
            for (const through of endpoints) {
                const may = (question: Question) => whoMay(shop.access, principals, [{ ...question, through }]);
                assert.deepEqual(await may(read), reading, through);
                assert.deepEqual(await may(ofStranger), [], through);
            }
        });

        it("lend the artifact key to CodeArtifact where the domain is made, and to nobody else", async () => {
            const grant = (context: Record<string, string>): Question => ({
                action: "kms:CreateGrant",
                resource: shop.around.artifactKey,
                account: owners.own,
                context,
            });
            const via = { "kms:ViaService": "codeartifact.eu-west-1.amazonaws.com" };
            assert.deepEqual(await whoMay(shop.access, principals, [grant(via)]), mine ? managing : []);
            assert.deepEqual(await whoMay(shop.access, principals, [grant({})]), []);
            assert.equal(shop.registrations.filter(one => noun(one) === "Domain").length, mine ? 1 : 0);
        });
    });
}
