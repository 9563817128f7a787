import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import type { StagePlan } from "../../blueprint/plan";
import { fleetOf, pipelineOf, stackOf, stageOf, type Words } from "./support/fleet";

const stamp = {
    type: "commands",
    when: "before",
    commands: ["make stamp"],
    artifacts: ["stamp.json"],
    outsideNetwork: "It reads nothing.",
    pipelineRole: "It calls nothing.",
};
const script = { type: "script", when: "before", commands: ["make"] };
const site = { type: "s3", bucket: "site-{environment}" };
const environments = [{ name: "dev" }, { name: "prod" }];

const orders = (service: Words): Words => ({
    source: { repository: "acme/orders" },
    build: { commands: ["make", "make test"] },
    deploy: site,
    ...service,
});

const stage = (service: Words, name = "prod") =>
    stageOf(pipelineOf(fleetOf({ environments, services: { orders: orders(service) } })), name);

const inputs = ({ actions }: StagePlan) => Object.fromEntries(actions.map(action => [action.name, action.inputs]));

const said = (service: Words) =>
    problemLines(stackOf({ environments, services: { orders: orders(service) } }).problems).map(line =>
        line.replace(/^[^ ]* services\.orders\./, ""),
    );

describe("what a step hands on", () => {
    it("is the first artifact of a deploy that names it, in each environment that environment's own", () => {
        const service = { steps: { stamp }, deploy: { ...site, artifact: "stamp" } };
        assert.deepEqual(inputs(stage(service)), {
            verify: ["BuildArtifact"],
            stamp: ["BuildArtifact"],
            "seal-stamp": ["stamp_artifact__prod"],
            "verify-stamp": ["stamp_artifact__prod"],
            deploy: ["stamp_artifact__prod"],
        });
        assert.deepEqual(inputs(stage(service, "dev")).deploy, ["stamp_artifact__dev"]);
    });

    it("holds the files that commands name, and reaches nobody who does not name it", () => {
        const { actions } = stage({ steps: { stamp, late: { ...script, when: "after" } } });
        assert.deepEqual(actions[1].compute?.files, { stamp_artifact__prod: ["stamp.json"] });
        assert.deepEqual(actions[3].inputs, ["BuildArtifact", "SourceArtifact"]);
    });

    it("is there for one environment alone, where the deploy there names it", () => {
        const service = {
            environments: { prod: { steps: { stamp }, deploy: { artifact: "stamp" } } },
        };
        assert.deepEqual(inputs(stage(service)).deploy, ["stamp_artifact__prod"]);
        assert.deepEqual(inputs(stage(service, "dev")), { verify: ["BuildArtifact"], deploy: ["BuildArtifact"] });
    });

    it("reaches steps that wait for it, and suites", () => {
        const service = {
            steps: { stamp, probe: { ...script, needs: ["stamp"], artifact: "stamp" } },
            suites: { smoke: { after: "deploy", commands: ["make smoke"], artifact: "stamp" } },
        };
        const all = inputs(stage(service));
        assert.deepEqual(all.probe, ["stamp_artifact__prod", "BuildArtifact", "SourceArtifact"]);
        assert.deepEqual(all.smoke, ["stamp_artifact__prod", "SourceArtifact", "BuildArtifact"]);
    });

    it("reaches a suite in the environments that both run in, and fails where the suite runs elsewhere too", () => {
        const steps = { stamp: { ...stamp, environments: ["prod"] } };
        const smoke = { after: "deploy", commands: ["make smoke"], artifact: "stamp" };
        assert.deepEqual(said({ steps, suites: { smoke: { ...smoke, environments: ["prod"] } } }), []);
        assert.deepEqual(said({ steps, suites: { smoke } }), [
            "suites.smoke.artifact: stamp does not run in dev, where smoke needs what it hands on",
        ]);
    });

    it("leaves variables that commands of another step of the environment read", () => {
        const { actions } = stage({
            steps: {
                stamp: { ...stamp, outputVariables: ["RELEASE"] },
                tell: {
                    ...stamp,
                    when: "after",
                    artifacts: ["a"],
                    commands: ["echo #{stamp.RELEASE} #{SourceVariables.CommitId}"],
                },
            },
        });
        assert.deepEqual(actions.at(-1)?.compute?.commands, [
            "echo #{stamp__prod.RELEASE} #{SourceVariables.CommitId}",
        ]);
    });

    it("fails where the step does not run in an environment whose deploy needs it, once", () =>
        assert.deepEqual(
            said({ steps: { stamp: { ...stamp, environments: ["prod"] } }, deploy: { ...site, artifact: "stamp" } }),
            ["deploy.artifact: stamp does not run in dev, where deploy needs what it hands on"],
        ));

    it("fails where the step makes none", () =>
        assert.deepEqual(said({ steps: { migrate: script }, deploy: { ...site, artifact: "migrate" } }), [
            "deploy.artifact: the step migrate hands on no artifact",
        ]));

    for (const [title, service, path, remedy] of [
        [
            "after the deploy",
            { steps: { stamp: { ...stamp, when: "after" } }, deploy: { ...site, artifact: "stamp" } },
            "deploy",
            ", but with `when: after`",
        ],
        [
            "after a suite of what was built",
            { steps: { stamp }, suites: { unit: { commands: ["make"], artifact: "stamp" } } },
            "suites.unit",
            ", but with `when: before`",
        ],
        [
            "after a suite of what was deployed",
            {
                steps: { stamp: { ...stamp, when: "end" } },
                suites: { smoke: { after: "deploy", commands: ["make"], artifact: "stamp" } },
            },
            "suites.smoke",
            ", but with `when: end`",
        ],
        [
            "in parallel",
            { steps: { stamp, probe: { ...script, artifact: "stamp" } } },
            "steps.probe",
            ": name it in `needs` of probe",
        ],
    ] as const) {
        it(`fails where the step runs ${title}, once for all environments`, () => {
            const unit = path.split(".").at(-1);
            assert.deepEqual(said(service), [
                `${path}.artifact: ${unit} needs what stamp hands on, and stamp does not run before it${remedy}`,
            ]);
        });
    }

    it("fails where the step would work on it itself", () =>
        assert.deepEqual(said({ steps: { stamp: { ...stamp, artifact: "stamp" } } }), [
            "steps.stamp.artifact: stamp cannot work on what it hands on itself",
        ]));

    it("reaches a step that waits for it by way of another", () => {
        const steps = {
            stamp,
            first: { ...script, needs: ["stamp"] },
            probe: { ...script, needs: ["first"], artifact: "stamp" },
        };
        assert.deepEqual(inputs(stage({ steps })).probe[0], "stamp_artifact__prod");
    });

    it("fails on a misspelt step with the name that was meant", () =>
        assert.deepEqual(said({ steps: { stamp }, deploy: { ...site, artifact: "stmp" } }), [
            'deploy.artifact: unknown artifact "stmp"; did you mean "stamp"?',
        ]));
});
