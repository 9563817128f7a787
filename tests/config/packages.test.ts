import * as assert from "node:assert/strict";
import { stackOf } from "../blueprint/support/fleet";

const reference = {
    source: { type: "connection", connection: "github", repository: "acme/orders" },
    deploy: { type: "s3", bucket: "orders-{environment}" },
};

const problems = (packages: unknown, codeArtifact?: unknown, more: object = {}, region?: string) => {
    const build = { commands: ["make"], ...(codeArtifact !== undefined && { codeArtifact }) };
    return stackOf(
        {
            ...(packages !== undefined && { packages }),
            services: { orders: { ...reference, build } },
            ...more,
        },
        region,
    ).problems.map(({ path, message }) => `${path.join(".")}: ${message}`);
};
const many = Object.fromEntries(
    Array.from({ length: 27 }, (_, index) => [`repo${index}`, index < 26 ? { upstreams: [`repo${index + 1}`] } : {}]),
);

describe("packages of a stack file", () => {
    for (const [title, packages, codeArtifact] of [
        ["a domain with one repository", { domain: "acme", repositories: { npm: {} } }, undefined],
        ["use of a repository", { domain: "acme", repositories: { npm: {} } }, { use: "npm", tool: "npm" }],
        [
            "26 repositories in a row",
            { domain: "acme", repositories: { ...many, repo25: {}, repo26: {} } },
            { use: "repo0", tool: "npm" },
        ],
        [
            "publishing by a service that is named",
            { domain: { existing: "acme" }, repositories: { npm: { publishers: ["orders"] } } },
            { use: "npm", tool: "npm", publish: true },
        ],
    ] as const) {
        it(`take ${title}`, () => assert.deepEqual(problems(packages, codeArtifact), []));
    }

    for (const [title, repositories, message] of [
        ["no repository", {}, "packages.repositories: expected at least one repository, found an empty map"],
        [
            "an upstream that is none",
            { npm: {}, all: { upstreams: ["mpn"] } },
            'packages.repositories.all.upstreams.0: unknown repository "mpn"; did you mean "npm"?',
        ],
        [
            "an upstream of its own",
            { npm: { upstreams: ["npm"] } },
            "packages.repositories.npm.upstreams.0: npm is no upstream of its own",
        ],
        [
            "an upstream twice",
            { npm: {}, all: { upstreams: ["npm", "npm"] } },
            "packages.repositories.all.upstreams.1: names npm twice",
        ],
        [
            "upstreams and an external connection",
            { npm: {}, all: { upstreams: ["npm"], externalConnection: "public:pypi" } },
            "packages.repositories.all.externalConnection: expected either `upstreams` or `externalConnection`, as CodeArtifact takes one of the two: give public:pypi a repository of its own, and name that among the upstreams",
        ],
        [
            "a publisher that is no service",
            { npm: { publishers: ["order"] } },
            'packages.repositories.npm.publishers.0: unknown service "order"; did you mean "orders"?',
        ],
        [
            "more repositories in a row than are looked into",
            many,
            "packages.repositories.repo0.upstreams: expected at most 25 repositories with the upstreams of upstreams, which CodeArtifact looks into, found 26",
        ],
    ] as const) {
        it(`fail on ${title}`, () => assert.deepEqual(problems({ domain: "acme", repositories }), [message]));
    }

    it("fail on upstreams in a ring, at each of them", () =>
        assert.deepEqual(
            problems({ domain: "acme", repositories: { a1: { upstreams: ["b1"] }, b1: { upstreams: ["a1"] } } }),
            [
                "packages.repositories.a1.upstreams.0: b1 takes packages from a1 already: each would wait for the other",
                "packages.repositories.b1.upstreams.0: a1 takes packages from b1 already: each would wait for the other",
            ],
        ));

    for (const [title, packages] of [
        [
            "an external connection that AWS does not have",
            { domain: "acme", repositories: { npm: { externalConnection: "public:npm" } } },
        ],
        [
            "eleven upstreams",
            {
                domain: "acme",
                repositories: { npm: { upstreams: Array.from({ length: 11 }, (_, index) => `r${index}`) } },
            },
        ],
        ["a domain in upper case", { domain: "Acme", repositories: { npm: {} } }],
        ["no domain", { repositories: { npm: {} } }],
    ] as const) {
        it(`fail on ${title}`, () => assert.ok(problems(packages).length > 0));
    }

    for (const [title, packages, codeArtifact, message] of [
        [
            "a repository that is none",
            { domain: "acme", repositories: { npm: {} } },
            { use: "mpn", tool: "npm" },
            'services.orders.build.codeArtifact.use: unknown package repository "mpn"; did you mean "npm"?',
        ],
        [
            "a repository where there are none",
            undefined,
            [{ use: "npm", tool: "npm" }],
            'services.orders.build.codeArtifact.0.use: unknown package repository "npm": `packages` has none',
        ],
        [
            "publishing by a service that is not named",
            { domain: "acme", repositories: { npm: {} } },
            { use: "npm", tool: "npm", publish: true },
            "services.orders.build.codeArtifact.publish: orders may not publish to npm: add it to packages.repositories.npm.publishers",
        ],
        [
            "both a key and a name",
            { domain: "acme", repositories: { npm: {} } },
            { use: "npm", domain: "acme", tool: "npm" },
            "services.orders.build.codeArtifact.domain: expected either `use` or `domain` and `repository`, found both: npm has them already",
        ],
        [
            "neither",
            { domain: "acme", repositories: { npm: {} } },
            { tool: "npm" },
            "services.orders.build.codeArtifact.use: missing; expected a key of `packages.repositories`, or `domain` and `repository`",
        ],
        [
            "a domain without a repository",
            undefined,
            { domain: "acme", tool: "npm" },
            "services.orders.build.codeArtifact.repository: missing; expected a name",
        ],
    ] as const) {
        it(`of a build fail on ${title}`, () => assert.deepEqual(problems(packages, codeArtifact), [message]));
    }

    it("of suites, scripts and checks fail on a repository that is none", () => {
        // One for each place: what an anchor repeats is told once.
        const codeArtifact = () => ({ use: "mpn", tool: "npm" });
        const found = problems({ domain: "acme", repositories: { npm: {} } }, undefined, {
            services: {
                orders: {
                    ...reference,
                    build: { commands: ["make"] },
                    suites: { unit: { commands: ["make"], codeArtifact: codeArtifact() } },
                    steps: {
                        warm: { type: "script", when: "after", commands: ["make"], codeArtifact: codeArtifact() },
                    },
                    pullRequests: { build: { codeArtifact: codeArtifact() } },
                },
            },
        });
        assert.deepEqual(
            found.map(line => line.replace(/: .*/, "")).filter(line => line.endsWith(".use")),
            [
                "services.orders.suites.unit.codeArtifact.use",
                "services.orders.steps.warm.codeArtifact.use",
                "services.orders.pullRequests.build.codeArtifact.use",
            ],
        );
    });

    it("fail in a region that has none", () =>
        assert.deepEqual(
            problems({ domain: "acme", repositories: { npm: {} } }, undefined, {}, "us-gov-west-1").map(line =>
                line.slice(0, 45),
            ),
            ["services.orders: CodeBuild has no ARM machine", "packages: us-gov-west-1 has no CodeArtifact; "],
        ));
});
