import * as assert from "node:assert/strict";
import { planStack } from "../../blueprint/stack";
import { fleetWord } from "../../blueprint/names";
import { readFleet } from "../../config/read";
import { reservedService } from "../../config/schema";
import type { FleetConfig } from "../../config/fleet-config";
import { base } from "./support/base";
import { environment, exception, fleetOf, service } from "./support/fleet";
import { sourceOf } from "./support/source";

describe("a fleet", () => {
    it("is read whole", () => {
        const { services, environments, ...fleet } = fleetOf();
        assert.deepEqual(fleet, {
            account: "111111111111",
            region: "eu-west-1",
            stack: "t",
            spread: { role: "both" },
            prefix: "shop",
            connections: { github: { provider: "GitHub" } },
            customActions: {},
            network: {
                create: {
                    cidrBlock: "10.20.0.0/16",
                    availabilityZones: 2,
                    natGateways: "Single",
                    endpoints: ["s3"],
                    flowLogs: "all",
                },
                extraEgress: [],
            },
            targets: {},
            notify: {},
            retention: { artifactDays: 30, logDays: 30, rollbackDays: 30 },
            roles: { path: "/", existing: false, sessionTags: false },
            operations: {
                metrics: "basic",
                approvalReminderHours: 4,
                stuckHours: 12,
                audit: { days: 365 },
                dashboard: true,
                alarms: {
                    failedDeploy: { failures: 1, minutes: 60 },
                    duration: { minutes: 120 },
                    approval: { hours: 24 },
                    functionErrors: { errors: 1, minutes: 15 },
                    lateMessages: { minutes: 30 },
                },
            },
            accessLogs: {},
            protect: true,
            tags: { fleet: "shop" },
            allowedPlainText: [],
            secretKeys: [],
        });
        assert.deepEqual(
            environments.map(({ name, account, deployRoleArn }) => [name, account, deployRoleArn]),
            [
                ["dev", "111111111111", undefined],
                ["staging", "111111111111", undefined],
                ["prod", "222222222222", "arn:aws:iam::222222222222:role/deploy"],
            ],
        );
        assert.deepEqual(
            services.map(({ name }) => name),
            ["drop", "orders", "web"],
        );
    });

    it("has defaults for what may be left out", () => {
        const { protect, tags, retention } = fleetOf(
            ["  service-pipelines:protect: true\n", ""],
            ["  service-pipelines:tags: { fleet: shop }\n", ""],
            ["  service-pipelines:retention: { artifactDays: 30, logDays: 30 }\n", ""],
        );
        assert.deepEqual(
            { protect, tags, retention },
            { protect: false, tags: {}, retention: { artifactDays: 90, logDays: 365, rollbackDays: 30 } },
        );
    });

    it("reserves the word that stands for what services share", () => assert.equal(reservedService, fleetWord));

    it("leaves a broken service out, and all where the ground is broken", () => {
        const read = (old: string, now: string) => readFleet(sourceOf(base.replace(old, now))).fleet;
        assert.deepEqual(
            read("type: ecs", "type: esc")?.services.map(({ name }) => name),
            ["drop", "web"],
        );
        assert.equal(read("timeoutHours: 48", "timeoutHours: 0"), undefined);
        assert.equal(read("logDays: 30", "logDays: 31")?.services.length, 3);
    });

    it("takes names that every object has", () => {
        const fleet = fleetOf(
            ["    - name: dev\n", "    - name: constructor\n"],
            ["    web:\n", "    constructor:\n"],
            ["        smoke: {", "        constructor: {"],
        );
        assert.equal(environment(fleet, "constructor", "constructor").deploys.api.settings.type, "s3");
        assert.deepEqual(Object.keys(service(fleet, "orders").suites), ["constructor", "integration"]);
        assert.deepEqual(environment(fleet, "orders", "constructor").weakens, []);
    });
});

describe("a service's parts", () => {
    it("take the defaults below their own words", () => {
        assert.deepEqual(service(fleetOf(), "web").source.settings, {
            type: "connection",
            connection: "github",
            repository: "acme/web",
            branch: "main",
            paths: ["web/**"],
            fullClone: false,
        });
        assert.deepEqual(service(fleetOf(), "drop").source.settings, {
            type: "s3",
            bucket: "shop-drops",
            key: "drop/release.zip",
        });
    });

    it("know where each word was written", () => {
        const { origin } = service(fleetOf(), "web").source;
        assert.deepEqual(
            [origin(["branch"]), origin(["paths", 0])],
            [
                ["defaults", "source", "branch"],
                ["services", "web", "source", "paths", 0],
            ],
        );
    });

    it("have no build where none is asked for", () => {
        assert.deepEqual(service(fleetOf(), "drop").builds, {});
        assert.deepEqual(service(fleetOf(["      build: { type: none }\n", ""]), "drop").builds, {});
        const fleet = fleetOf(["      build: { type: none }\n", ""], ["{ compute: small }", "{ commands: [make] }"]);
        assert.deepEqual(service(fleet, "drop").builds.build?.settings.type, "codebuild");
    });

    it("run their suites and scripts on the build's machine unless they say otherwise", () => {
        const image = `ubuntu@sha256:${"0123456789abcdef".repeat(4)}`;
        const fleet = fleetOf(
            ["{ compute: small }", `{ compute: large, image: "${image}", privileged: true }`],
            ["timeoutMinutes: 30", "architecture: x86_64"],
            ["smoke: {", "smoke: { compute: medium, "],
            [
                '        api: { type: s3, bucket: "shop-api-{environment}" }',
                "        api: { type: script, commands: [x] }",
            ],
        );
        const machine = (settings: object) => {
            const all = settings as Record<string, unknown>;
            return [all.image, all.compute, all.architecture, all.privileged];
        };
        const { suites } = service(fleet, "orders");
        assert.deepEqual(machine(suites.smoke.settings), [image, "medium", "x86_64", false]);
        assert.deepEqual(machine(suites.integration.settings), [image, "large", "x86_64", false]);
        assert.deepEqual(machine(environment(fleet, "web", "dev").deploys.api.settings), [
            image,
            "large",
            undefined,
            false,
        ]);
        assert.deepEqual(suites.integration.origin(["compute"]), ["defaults", "build", "compute"]);
    });

    it("take the reason for a mutable image with that image, and not for another", () => {
        const reason = (smoke: string) => {
            const fleet = fleetOf(
                ["{ compute: small }", "{ image: ubuntu, mutableImage: It is rebuilt every night. }"],
                ["smoke: {", `smoke: { ${smoke} `],
            );
            const { image, mutableImage } = service(fleet, "orders").suites.smoke.settings as Record<string, unknown>;
            return [image, mutableImage];
        };
        assert.deepEqual(reason(""), ["ubuntu", "It is rebuilt every night."]);
        assert.deepEqual(reason("image: aws/codebuild/standard:8.0,"), ["aws/codebuild/standard:8.0", undefined]);
        assert.deepEqual(reason("image: debian, mutableImage: Ours alone.,"), ["debian", "Ours alone."]);
        assert.deepEqual(reason("mutableImage: Ours alone.,"), ["ubuntu", "Ours alone."]);
    });

    it("keep what differs between the environments of a suite for its actions", () => {
        const permission =
            '{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::{service}-{environment}/*"], reason: y }';
        const words = `environment: { URL: "https://{service}.{environment}.x" }, permissions: [${permission}], needs: []`;
        const source = sourceOf(base.replace("needs: []", words));
        const { fleet, problems } = readFleet(source);
        assert.deepEqual(problems, []);
        const { settings } = service(fleet as FleetConfig, "orders").suites.smoke;
        assert.ok(settings.type === "codebuild");
        assert.deepEqual(settings.environment, { URL: "https://orders.{environment}.x" });
        assert.deepEqual(settings.permissions[0].resources, ["arn:aws:s3:::orders-{environment}/*"]);
        const orders = planStack(source).plan?.pipelines.find(pipeline => pipeline.service === "orders");
        const smoke = orders?.components.find(({ logicalName }) => logicalName === "orders--smoke");
        assert.ok(smoke?.component === "BuildProject");
        assert.deepEqual(
            smoke.grants.filter(({ sid }) => sid === "Permission1").flatMap(({ resources }) => resources),
            ["dev", "staging", "prod"].map(name => `arn:aws:s3:::orders-${name}/*`),
        );
    });
});

describe("deploys", () => {
    it("are filled for each environment", () => {
        const clusters = service(fleetOf(), "orders").environments.map(({ deploys: { deploy } }) =>
            deploy.settings.type === "ecs" ? [deploy.settings.cluster, deploy.settings.taskRoles] : [],
        );
        assert.deepEqual(clusters, [
            ["shop-dev", ["arn:aws:iam::111111111111:role/orders-task"]],
            ["shop-staging", ["arn:aws:iam::111111111111:role/orders-task"]],
            ["shop-prod", ["arn:aws:iam::222222222222:role/orders-task"]],
        ]);
    });

    it("are several by name, and wait for what they need", () => {
        const { deploys } = environment(fleetOf(), "web", "dev");
        assert.deepEqual(
            Object.entries(deploys).map(([name, { settings }]) => [name, settings.needs]),
            [
                ["api", []],
                ["site", ["api"]],
            ],
        );
    });

    it("differ in one environment by its exception alone", () => {
        const fleet = fleetOf(exception("prod: { deploy: { cluster: main } }"));
        const cluster = (stage: string) => {
            const { settings, origin } = environment(fleet, "orders", stage).deploys.deploy;
            return settings.type === "ecs" ? [settings.cluster, origin(["cluster"]).join(".")] : [];
        };
        assert.deepEqual(cluster("staging"), ["shop-staging", "services.orders.deploy.cluster"]);
        assert.deepEqual(cluster("prod"), ["main", "services.orders.environments.prod.deploy.cluster"]);
    });

    it("are of another type where the exception says so, with none of the old keys", () => {
        const fleet = fleetOf(exception("prod: { deploy: { type: s3, bucket: abc } }"));
        assert.deepEqual(environment(fleet, "orders", "prod").deploys.deploy.settings, {
            type: "s3",
            bucket: "abc",
            extract: true,
            needs: [],
        });
    });

    it("come from the defaults alone when these say how", () => {
        const fleet = fleetOf(
            [
                "    build: { compute: small }",
                '    build: { compute: small }\n    deploy: { type: s3, bucket: "x-{service}-{environment}" }',
            ],
            [base.slice(base.indexOf("      deploys:"), base.indexOf("    drop:")), ""],
        );
        assert.deepEqual(environment(fleet, "web", "dev").deploys.deploy.settings, {
            type: "s3",
            bucket: "x-web-dev",
            extract: true,
            needs: [],
        });
    });

    it("stand in one environment only where only its exception names them", () => {
        const whole = base.slice(base.indexOf("      deploys:"), base.indexOf("    drop:"));
        const fleet = fleetOf([
            whole,
            "      environments: { prod: { deploys: { site: { type: s3, bucket: abc } } } }\n",
        ]);
        assert.deepEqual(
            service(fleet, "web").environments.map(({ name }) => name),
            ["prod"],
        );
    });
});
