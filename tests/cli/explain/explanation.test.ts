import * as assert from "node:assert/strict";
import { join } from "node:path";
import type { FleetPlan, PipelinePlan } from "../../../blueprint/plan";
import { planStack } from "../../../blueprint/stack";
import { environmentsOf, explanationOf } from "../../../cli/explain/explanation";
import { explanationText } from "../../../cli/explain/text";
import { projectFolder } from "../../../cli/options";
import { paintFor } from "../../../cli/paint";
import { fromFile } from "../../../config/from-file";
import { committed, planOf, stackFile } from "../../support/plans";
import { stackFiles } from "../../support/stacks";

const releaseOf = (plan: FleetPlan, service: string): PipelinePlan => {
    const found = plan.pipelines.find(one => one.service === service && one.purpose === "release");
    assert.ok(found);
    return found;
};
const explained = (plan: FleetPlan, service: string, environment: string) =>
    explanationOf(releaseOf(plan, service), environment, plan);

const prod = planOf(committed("prod"), "prod");
const orders = explained(prod, "orders", "prod");
const plain = paintFor({});

/** A fleet of one service `web` with these keys of an environment. */
const web = (environment: string, more = "") =>
    explained(planOf(stackFile(`environments: [{ name: dev, ${environment} }]\n${more}`)), "web", "dev");

describe("an explanation", () => {
    for (const [file, stack] of Object.entries(stackFiles)) {
        it(`says of each service of ${file} what happens in each stage, and what stops it`, () => {
            const { plan } = planStack(fromFile(join(projectFolder, file), stack));
            assert.ok(plan);
            for (const pipeline of plan.pipelines.filter(({ purpose }) => purpose === "release")) {
                const last = environmentsOf(pipeline).at(-1);
                const all = explanationOf(pipeline, last, plan);
                assert.equal(all.steps.length, pipeline.stages.length);
                const text = all.steps.flatMap(({ says }) => says).join("\n");
                for (const { actions } of pipeline.stages.filter(({ approval }) => approval === undefined)) {
                    actions.forEach(({ name }) => assert.ok(text.includes(`\`${name}\` `), name));
                }
                for (const stage of pipeline.stages) {
                    assert.ok(
                        all.stops.some(line => line.startsWith(`In ${stage.name}: `)),
                        stage.name,
                    );
                }
                const shown = explanationText(all, plain);
                assert.doesNotMatch(shown, /undefined|\[object/);
                assert.equal(shown.includes("deployed nowhere"), last === undefined);
            }
        });
    }

    it("begins with what starts the pipeline, and goes through all stages up to the environment", () => {
        assert.deepEqual(orders.starts[0], "A change of acme/orders, branch main.");
        assert.deepEqual(
            orders.steps.map(({ title }) => title),
            [
                "Source: the change is fetched",
                "Build: it is built",
                "Approve-staging: a person decides",
                "staging: it is deployed to staging",
                "Approve-prod: a person decides",
                "prod: it is deployed to prod",
            ],
        );
        const staging = explained(prod, "orders", "staging");
        assert.deepEqual([staging.steps.length, staging.later], [4, ["prod"]]);
        assert.ok(!JSON.stringify(staging).includes("orders-prod-5xx after"));
        assert.ok(![...staging.stops, ...staging.back].some(line => line.includes("prod:")));
        assert.ok(!staging.told.some(line => line.includes("told of prod")));
        assert.ok(!staging.places.some(line => line.includes("222222222222")));
    });

    it("names the secrets that each action reads, and no value", () => {
        const reading = orders.steps.flatMap(({ says }) => says.filter(line => line.includes("It reads the secret")));
        assert.deepEqual(
            reading.map(line => line.replace(/^.* It reads/, "It reads")),
            [
                "It reads the secret NPM_TOKEN (npm-token:token of Secrets Manager).",
                "It reads the secret API_KEY (orders-test-key-staging of Secrets Manager).",
            ],
        );
    });

    it("says who is asked, for how long, who may answer, and what a silence means", () => {
        assert.deepEqual(orders.steps[4].says, [
            "Asked by e-mail: on-call@shop.example, release@shop.example.",
            "They read: “Check the staging dashboard first.”",
            "They are shown the page https://dashboards.shop.example/orders?environment=staging.",
            "Who may answer: whoever holds the permission shop--fleet--approve--prod.",
            "They have 2 days (48 hours). A no, or no answer in that time, fails this step: nothing is deployed to prod. It can be asked for again: docs/runbook.md#retry-a-stage.",
        ]);
    });

    it("says what can stop it in an environment: window, freeze, changed artifact, deploy, test, alarm", () => {
        assert.deepEqual(
            orders.stops.filter(line => line.startsWith("In prod:")),
            [
                "In prod: a time window: Monday to Thursday, from 8:00 until 16:59 (Europe/Berlin time). Outside of it the release waits.",
                "In prod: it is frozen: somebody has closed prod or orders in prod with `npm run freeze`.",
                "In prod: what is to be deployed is not what was built (verification of artifacts).",
                "In prod: the deploy fails (deploy).",
                "In prod: a test fails (smoke).",
                "In prod: an alarm that must not ring: alarm orders-prod-5xx of account 111111111111, watched for 10 min, after the deploy.",
            ],
        );
    });

    for (const [answer, expected] of [
        ["stop", /^dev: if an action fails, the release stops there\. Nothing goes back/],
        ["rollback", /^dev: if an action fails, it goes back by itself: the last release that succeeded in this stage/],
        ["retry", /^dev: if an action fails, what failed is tried once more\. After that .* nothing goes back/],
        ["retry-all", /^dev: if an action fails, the whole stage is tried once more\. After that .* nothing goes back/],
    ] as const) {
        it(`says what brings it back where it is to ${answer}`, () => {
            const { back } = web(`onFailure: ${answer}`);
            assert.match(back[0], expected);
            assert.equal(
                back.some(line => line.startsWith("There has to be such a release")),
                answer === "rollback",
            );
        });
    }

    it("says which alarm rolls back after a release", () => {
        const { back } = web("rollbackOn: [web-5xx]");
        assert.match(back[1], /^dev: if the alarm web-5xx rings after a release, the stage goes back/);
        assert.ok(back.some(line => line.startsWith("There has to be such a release")));
    });

    it("says when nobody is told, and when a stage is left out instead of stopped", () => {
        assert.deepEqual(web("", "notify: {}").told, [
            "Nobody is told of anything: `notify` of the stack file names no one.",
        ]);
        const { steps, stops } = web(
            `before: [{ type: variable, variable: "#{SourceVariables.BranchName}", value: main, otherwise: skip }]`,
        );
        assert.match(steps.at(-1)?.says[0] ?? "", /^Only with this it is entered, and otherwise left out:/);
        assert.ok(stops.some(line => line.startsWith("In dev: this is not so, and the stage is left out:")));
    });

    it("says what runs at the same time", () => {
        const { steps } = explained(prod, "web", "prod");
        const suites = steps.find(({ title }) => title.startsWith("Suites"));
        assert.match(
            suites?.says.join("|") ?? "",
            /^At the same time, 2 things run:\|- `lint` runs tests: .*\|- `unit` /,
        );
    });

    it("shows hostile text as text, within the width of a line", () => {
        const text = explanationText(
            {
                ...orders,
                service: "\u001b[31mred\u0007",
                told: [`<script>\u202e${"x".repeat(300)}\r\n`],
                steps: [{ title: "a\u0000b", says: ["c\u001b]0;title\u0007"] }],
            },
            plain,
        );
        assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
        assert.ok(text.includes("<script>"));
        assert.ok(text.split("\n").every(line => line.length <= 104));
    });
});
