import * as assert from "node:assert/strict";
import type { PipelinePlan } from "../../../blueprint/plan";
import { ecsService, fleetOf, pipelineOf, type Words } from "../support/fleet";
import { planned, site, source } from "../support/parts";

const guards = /^(seal|verify)(-|$)/;

/** Of each stage that has some: the actions that seal and verify, when, and what. */
const guardsOf = ({ stages }: PipelinePlan) =>
    stages.flatMap(({ name, actions }) => {
        const found = actions
            .filter(action => guards.test(action.name))
            .map(({ name: action, runOrder, inputs }) => `${action} ${runOrder}: ${inputs.join(" ")}`);
        return found.length === 0 ? [] : [[name, found]];
    });

const build = { commands: ["make"] };
const cloned = { ...source, fullClone: true };
const script = { type: "script", commands: ["make"] };
const stamp = {
    type: "commands",
    when: "before",
    commands: ["make stamp"],
    artifacts: ["stamp.json"],
    outsideNetwork: "It reads nothing.",
    pipelineRole: "It calls nothing.",
};
const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`b${index}`, build] as const));
const siteOf = (name: string) => ({ ...site, bucket: `${name}-{environment}`, artifact: name });
const smoke = { after: "deploy", commands: ["make smoke"] };

describe("what is sealed and verified", () => {
    const table: readonly (readonly [string, Words, ...(readonly [string, readonly string[]])[]])[] = [
        [
            "what was built, in the build's stage after all builds",
            { source, builds: { web: build, late: { ...build, needs: ["web"] } }, deploy: siteOf("late") },
            ["Build", ["seal 3: late_artifact"]],
            ["dev", ["verify 1: late_artifact"]],
            ["prod", ["verify 1: late_artifact"]],
        ],
        [
            "not what no step or deploy takes, whatever suites do",
            { source, builds: { web: build, docs: build }, deploy: siteOf("web"), suites: { smoke, unit: build } },
            ["Build", ["seal 2: web_artifact"]],
            ["dev", ["verify 1: web_artifact"]],
            ["prod", ["verify 1: web_artifact"]],
        ],
        [
            "the source beside the builds, where it is deployed too",
            { source, build, deploys: { web: site, docs: siteOf("source") } },
            ["Build", ["seal-source 1: SourceArtifact", "seal 2: BuildArtifact"]],
            ["dev", ["verify 1: SourceArtifact BuildArtifact"]],
            ["prod", ["verify 1: SourceArtifact BuildArtifact"]],
        ],
        [
            "the source in a stage of its own, where nothing is built",
            { source, build: { type: "none" }, deploy: site, suites: { unit: build } },
            ["Seal", ["seal-source 1: SourceArtifact"]],
            ["dev", ["verify 1: SourceArtifact"]],
            ["prod", ["verify 1: SourceArtifact"]],
        ],
        [
            "what an environment builds for itself, before its suites, and the source before any environment",
            { source, build: { ...build, perEnvironment: true }, deploy: script, suites: { unit: build } },
            ["Seal", ["seal-source 1: SourceArtifact"]],
            ["dev", ["seal 2: BuildArtifact__dev", "verify 4: BuildArtifact__dev SourceArtifact"]],
            ["prod", ["seal 2: BuildArtifact__prod", "verify 4: BuildArtifact__prod SourceArtifact"]],
        ],
        [
            "five artifacts an action, the sixth in one beside it",
            {
                source,
                builds: many(6),
                deploys: Object.fromEntries(Object.keys(many(6)).map(name => [`to-${name}`, siteOf(name)])),
            },
            ["Build", ["seal 2: b0_artifact b1_artifact b2_artifact b3_artifact b4_artifact", "seal-2 2: b5_artifact"]],
            ...["dev", "prod"].map((name): [string, string[]] => [
                name,
                ["verify 1: b0_artifact b1_artifact b2_artifact b3_artifact b4_artifact", "verify-2 1: b5_artifact"],
            ]),
        ],
        [
            "not what a step hands on and nobody takes",
            { source, build, steps: { stamp: { ...stamp, environments: ["prod"] } }, deploy: site },
            ["Build", ["seal 2: BuildArtifact"]],
            ["dev", ["verify 1: BuildArtifact"]],
            ["prod", ["verify 1: BuildArtifact"]],
        ],
        [
            "what a step hands on, before the deploy that takes it",
            { source, build, steps: { stamp }, deploy: { ...site, artifact: "stamp" } },
            ["Build", ["seal 2: BuildArtifact"]],
            ...["dev", "prod"].map((name): [string, string[]] => [
                name,
                [
                    "verify 1: BuildArtifact",
                    `seal-stamp 3: stamp_artifact__${name}`,
                    `verify-stamp 4: stamp_artifact__${name}`,
                ],
            ]),
        ],
        [
            "what a step hands on, before a step beside it that waits for it",
            {
                source,
                build,
                steps: { stamp, probe: { ...script, when: "before", needs: ["stamp"], artifact: "stamp" } },
                deploy: { ...site, artifact: "stamp" },
                environments: { dev: { skip: "Nobody runs it there." } },
            },
            ["Build", ["seal-source 1: SourceArtifact", "seal 2: BuildArtifact"]],
            [
                "prod",
                [
                    "verify 1: BuildArtifact SourceArtifact",
                    "seal-stamp 3: stamp_artifact__prod",
                    "verify-stamp 4: stamp_artifact__prod",
                ],
            ],
        ],
        [
            "not a full clone, which only CodeBuild may take, beside what was built",
            { source: cloned, build, deploy: script },
            ["Build", ["seal 2: BuildArtifact"]],
            ["dev", ["verify 1: BuildArtifact"]],
            ["prod", ["verify 1: BuildArtifact"]],
        ],
        [
            "nothing where a full clone is all that steps and deploys take",
            { source: cloned, build: { type: "none" }, deploy: script, steps: { probe: { ...script, when: "after" } } },
        ],
        [
            "a further source, where the main one is a full clone",
            {
                source: cloned,
                sources: { site: { repository: "acme/site" } },
                build: { type: "none" },
                deploys: { api: script, web: siteOf("site") },
            },
            ["Seal", ["seal-source 1: site_artifact"]],
            ["dev", ["verify 1: site_artifact"]],
            ["prod", ["verify 1: site_artifact"]],
        ],
        [
            "nothing where no step or deploy takes an artifact",
            {
                source,
                build,
                deploy: { type: "none" },
                steps: { tell: { type: "lambda", when: "after", function: "tell" } },
            },
        ],
        [
            "nothing of a service that says why",
            { source, build, deploy: site, skipVerification: "It shows the weather." },
        ],
        [
            "nothing for an environment that says why, and for the others all the same",
            { source, build, deploy: site, environments: { dev: { skipVerification: "A playground." } } },
            ["Build", ["seal 2: BuildArtifact"]],
            ["prod", ["verify 1: BuildArtifact"]],
        ],
        [
            "nothing in the build's stage for the one environment that says why and takes it alone",
            {
                source,
                builds: { web: build, docs: build },
                deploy: siteOf("web"),
                environments: { dev: { skipVerification: "A playground.", deploy: siteOf("docs") } },
            },
            ["Build", ["seal 2: web_artifact"]],
            ["prod", ["verify 1: web_artifact"]],
        ],
    ];
    for (const [title, service, ...wanted] of table) {
        it(`is ${title}`, () => assert.deepEqual(guardsOf(planned(service)), wanted));
    }

    it("is looked at after builds, suites and the check, and once for regions in order", () => {
        const orders = {
            ...ecsService("orders"),
            build: { ...build, perEnvironment: true },
            suites: { unit: build },
        };
        const window = { type: "window", cron: "* * 8-16 ? * MON-THU *" };
        const environment = { freezable: true, before: [window], regions: ["eu-west-1", "us-east-1"] };
        const fleet = fleetOf({
            environments: [{ name: "dev", ...environment, regionsInOrder: true }],
            services: { orders },
        });
        const dev = pipelineOf(fleet).stages[1];
        assert.deepEqual(
            dev.actions.map(({ name, runOrder, region = "" }) => `${runOrder} ${name} ${region}`.trim()),
            ["1 check", "2 build", "3 seal", "4 unit", "5 verify", "6 deploy", "7 deploy--us-east-1 us-east-1"],
        );
    });

    it("is nothing in a pipeline that checks pull requests", () => {
        const orders = { ...ecsService("orders"), build, pullRequests: {} };
        const check = fleetOf({ services: { orders } }).pipelines.find(({ purpose }) => purpose === "check");
        assert.ok(check);
        assert.deepEqual(guardsOf(check), []);
        assert.deepEqual(
            check.role.statements.filter(({ Sid }) => Sid.startsWith("Ask")),
            [],
        );
    });
});
