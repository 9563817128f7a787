import * as assert from "node:assert/strict";
import { z } from "zod";
import type { Problem } from "../../catalog/problem";
import type { CheckConfig } from "../../config/fleet-config";
import type { Sort } from "../../config/part";
import { trusted } from "../../config/pull-requests";
import { fleetOf, service } from "./support/fleet";

const source = "source: { repository: acme/orders }";

type Edit = readonly [string, string];

/** How pull requests of orders are checked where it says `words`. */
function checkOf(words: string, ...edits: readonly Edit[]): CheckConfig {
    const { check } = service(fleetOf([source, `${source}\n      pullRequests: ${words}`], ...edits), "orders");
    assert.ok(check);
    return check;
}

const paths: Edit = [
    "connection: github, branch: main }",
    'connection: github, branch: main, paths: ["services/**"], excludePaths: ["**/*.md"] }',
];

const suites: Edit = [
    "      suites:\n",
    "      suites:\n        unit: { commands: [make unit], secrets: { API_KEY: api-key } }\n        lint: { commands: [make lint] }\n",
];

describe("a service", () => {
    it("checks no pull request unless it says so", () => {
        assert.equal(service(fleetOf(), "orders").check, undefined);
    });

    it("checks those into its branch when they are opened and updated", () => {
        assert.deepEqual(checkOf("{}").pullRequests, {
            branches: { includes: ["main"] },
            events: ["OPEN", "UPDATED"],
        });
    });

    it("checks those that change its own files, as its commits have to", () => {
        assert.deepEqual(checkOf("{}", paths).pullRequests.paths, {
            includes: ["services/**"],
            excludes: ["**/*.md"],
        });
        assert.deepEqual(checkOf("{ excludePaths: [docs/**] }", paths).pullRequests.paths, { excludes: ["docs/**"] });
    });

    it("checks those that it names", () => {
        const words = '{ branches: ["release/*"], excludeBranches: [release/1], paths: [web/**], events: [closed] }';
        assert.deepEqual(checkOf(words).pullRequests, {
            branches: { includes: ["release/*"], excludes: ["release/1"] },
            paths: { includes: ["web/**"] },
            events: ["CLOSED"],
        });
    });
});

describe("the check of pull requests", () => {
    it("builds as the service does, with what is different for it", () => {
        const { builds } = checkOf("{ build: { commands: [npm test], environment: { CHECK: yes-it-is } } }");
        assert.deepEqual(Object.keys(builds), ["build"]);
        const { settings } = builds.build;
        assert.ok(settings.type === "codebuild");
        assert.deepEqual(settings.commands, ["npm test"]);
        assert.deepEqual(settings.environment, { LOG_LEVEL: "info", CHECK: "yes-it-is" });
        assert.equal(settings.timeoutMinutes, 30);
    });

    it("has neither secrets nor permissions, and says which it misses", () => {
        const permissions: Edit = [
            "timeoutMinutes: 30",
            'timeoutMinutes: 30\n        permissions: [{ actions: [s3:GetObject, s3:PutObject], resources: ["arn:aws:s3:::libs/*"], reason: libraries }]',
        ];
        const clone: Edit = [
            "connection: github, branch: main }",
            "connection: github, branch: main, fullClone: true }",
        ];
        const check = checkOf("{}", suites, permissions, clone);
        assert.deepEqual(check.withheld, [
            "the clone and the connection that fetches it",
            "the secret NPM_TOKEN",
            "the permissions s3:GetObject, s3:PutObject",
            "the secret API_KEY",
        ]);
        for (const { settings } of [check.builds.build, check.suites.unit]) {
            assert.ok(settings.type === "codebuild");
            assert.deepEqual([settings.secrets, settings.permissions], [{}, []]);
        }
        assert.equal("fullClone" in check.source.settings && check.source.settings.fullClone, false);
        assert.equal(check.exposed, undefined);
    });

    it("has them by a key that says why", () => {
        const check = checkOf('{ exposeSecrets: all of us may, build: { secrets: { OTHER: "other" } } }', suites);
        const { settings } = check.builds.build;
        assert.ok(settings.type === "codebuild");
        assert.deepEqual(settings.secrets, { NPM_TOKEN: "npm-token:token", OTHER: "other" });
        assert.equal(check.exposed, "all of us may");
        assert.deepEqual(check.withheld, ["the secret NPM_TOKEN", "the secret OTHER", "the secret API_KEY"]);
    });

    it("leaves the pipeline that releases what it was", () => {
        const { builds } = service(
            fleetOf([source, `${source}\n      pullRequests: { build: { commands: [x] } }`]),
            "orders",
        );
        const { settings } = builds.build;
        assert.ok(settings.type === "codebuild");
        assert.deepEqual(settings.secrets, { NPM_TOKEN: "npm-token:token" });
        assert.deepEqual(settings.commands, ["npm ci", "npm test"]);
    });

    it("runs the suites before any deploy, or those of them that are named", () => {
        assert.deepEqual(Object.keys(checkOf("{}", suites).suites), ["lint", "unit"]);
        assert.deepEqual(Object.keys(checkOf("{ suites: [unit] }", suites).suites), ["unit"]);
        assert.deepEqual(checkOf("{ suites: [] }", suites).suites, {});
    });

    it("reads no further source but those that are named", () => {
        const further = (words: string) =>
            checkOf(words, [
                "      build:\n        commands: [npm ci, npm test]",
                "      sources: { config: { repository: acme/config }, base: { type: ecr, repository: base } }\n      build:\n        commands: [npm ci, npm test]",
            ]);
        assert.deepEqual(further("{}").sources, {});
        assert.deepEqual(Object.keys(further("{ sources: [base] }").sources), ["base"]);
    });

    it("runs each of several builds that are made once, and none that is made for each environment", () => {
        const several: Edit = [
            "build: { commands: [npm run build], artifacts: [dist/**] }",
            "builds: { lib: { commands: [make lib] }, app: { commands: [make app], needs: [lib] }, late: { commands: [make late], perEnvironment: true } }\n      pullRequests: { builds: { lib: { commands: [make check] } } }",
        ];
        const { check } = service(fleetOf(several), "web");
        const commands = Object.entries(check?.builds ?? {}).map(([name, { settings }]) => [
            name,
            settings.type === "codebuild" && settings.commands,
        ]);
        assert.deepEqual(commands, [
            ["app", ["make app"]],
            ["lib", ["make check"]],
        ]);
    });

    it("may have a build where the service has none", () => {
        const none: Edit = [
            "build: { commands: [npm run build], artifacts: [dist/**] }",
            "build: { type: none }\n      pullRequests: { build: { type: codebuild, commands: [make check] } }",
        ];
        assert.deepEqual(Object.keys(service(fleetOf(none), "web").check?.builds ?? {}), ["build"]);
    });
});

describe("a part that is to run unmerged code", () => {
    const settings = z.strictObject({});
    const sort: Sort<{ type: string }> = {
        kinds: [{ type: "image", settings }],
        schema: z.object({ type: z.string() }),
    };
    const part = { settings: { type: "image" }, origin: () => [] };

    for (const exposed of [false, true]) {
        it(`fails where its kind does not say how${exposed ? ", whatever is exposed" : ""}`, () => {
            const problems: Problem[] = [];
            const of = { name: "build", exposed, path: ["services", "orders", "pullRequests"] };
            assert.equal(
                trusted(sort, part, of, problem => problems.push(problem)),
                undefined,
            );
            assert.deepEqual(problems, [
                {
                    path: ["services", "orders", "pullRequests"],
                    message:
                        'build cannot run the code of a pull request: the type "image" has rights that only merged code may have; give the check a build of another type, or name other suites',
                },
            ]);
        });
    }
});
