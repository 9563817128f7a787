import * as assert from "node:assert/strict";
import { problemLines } from "../../../config/read";
import { ecsService, pipelineOf, stackOf, type Words } from "../support/fleet";
import { planned, site, source } from "../support/parts";

const build = { commands: ["make"] };
const orders: Words = { source, build, deploy: site };
const clonedScript: Words = {
    source: { ...source, fullClone: true },
    build,
    deploy: { type: "script", commands: ["make"] },
};
const image = ecsService("orders");
const why = "It shows the weather.";
const environments = [{ name: "dev" }, { name: "prod" }];

/** What a stack of this one service is told, without the place in the file. */
const said = (service: Words, stack: Words = {}) =>
    problemLines(stackOf({ environments, services: { orders: service }, ...stack }).problems).map(line =>
        line.replace(/^[^ ]* /, ""),
    );

describe("what takes the verification away", () => {
    for (const [title, service, stack, weakens] of [
        [
            "the service",
            { ...orders, skipVerification: why },
            {},
            [`nobody verifies what is deployed to dev, prod: ${why}`],
        ],
        [
            "an environment of it",
            { ...orders, environments: { prod: { skipVerification: why } } },
            {},
            [`nobody verifies what is deployed to prod: ${why}`],
        ],
        ["the stack", orders, { skipVerification: why }, [`nobody verifies what is deployed to dev, prod: ${why}`]],
        [
            "images that the service may move",
            { ...image, mutableImages: why },
            {},
            [`images of dev, prod may be named by tags, which can be moved: ${why}`],
        ],
        [
            "images that an environment may move, each for its own reason",
            { ...image, environments: { dev: { mutableImages: why }, prod: { mutableImages: "So far." } } },
            {},
            [
                `images of dev may be named by tags, which can be moved: ${why}`,
                "images of prod may be named by tags, which can be moved: So far.",
            ],
        ],
        [
            "both, each in its environment",
            { ...image, environments: { dev: { skipVerification: why }, prod: { mutableImages: why } } },
            {},
            [
                `nobody verifies what is deployed to dev: ${why}`,
                `images of prod may be named by tags, which can be moved: ${why}`,
            ],
        ],
    ] as const) {
        it(`is told as what it weakens: ${title}`, () => {
            const { plan, problems } = stackOf({ environments, services: { orders: service }, ...stack });
            assert.deepEqual(problemLines(problems), []);
            assert.ok(plan);
            assert.deepEqual(pipelineOf(plan).weakens, weakens);
        });
    }

    const unsealed = (environments: string, clone = "source") =>
        `what steps and deploys of ${environments} take of ${clone} is not sealed: only CodeBuild may take a full clone, and it fetches the commit from the host`;
    for (const [title, service, ...weakens] of [
        ["once for all environments", { ...clonedScript }, unsealed("dev, prod")],
        [
            "each by its name",
            { ...clonedScript, sources: { tools: { repository: "acme/tools", fullClone: true } } },
            unsealed("dev, prod"),
            unsealed("dev, prod", "tools"),
        ],
        [
            "not where nothing is verified anyway",
            { ...clonedScript, environments: { dev: { skipVerification: why } } },
            `nobody verifies what is deployed to dev: ${why}`,
            unsealed("prod"),
        ],
        ["not where builds alone take it", { ...orders, source: { ...source, fullClone: true } }],
    ] as const) {
        it(`is told of full clones that a step or deploy takes, ${title}`, () =>
            assert.deepEqual(planned(service, environments).weakens, weakens));
    }

    it("is told by nobody who says nothing", () => assert.deepEqual(planned(orders).weakens, []));

    it("leaves no function, no key and nothing in the bucket's policy where the stack says why", () => {
        const { plan } = stackOf({ services: { orders }, skipVerification: why });
        assert.ok(plan);
        assert.deepEqual(
            plan.shared.functions.map(({ key }) => key),
            ["notify", "metrics"],
        );
        assert.equal(plan.shared.signingKey, undefined);
        assert.deepEqual(
            plan.shared.store.bucketPolicy.map(({ Sid }) => Sid).filter(sid => sid.includes("Seals")),
            [],
        );
    });

    const nothing =
        "there is nothing to skip: no step or deploy here takes an artifact that would be verified; leave it out";
    const noImages = "there is nothing to allow: no verified artifact here has a file that names images; leave it out";
    const library = { source, build, deploy: { type: "none" } };
    for (const [title, service, stack, ...problems] of [
        [
            "a service that deploys nothing",
            { ...library, skipVerification: why },
            {},
            `services.orders.skipVerification: ${nothing}`,
        ],
        [
            "a stack that deploys nothing",
            library,
            { skipVerification: why },
            "skipVerification: there is nothing to skip: no step or deploy of the stack takes an artifact that would be verified; leave it out",
        ],
        [
            "a service of a stack that skips it already",
            { ...orders, skipVerification: why },
            { skipVerification: why },
            `services.orders.skipVerification: ${nothing}`,
        ],
        [
            "an environment of a service that skips it already",
            { ...orders, skipVerification: why, environments: { dev: { skipVerification: why } } },
            {},
            `services.orders.environments.dev.skipVerification: ${nothing}`,
        ],
        [
            "an environment that the service is without",
            { ...orders, environments: { dev: { skip: "Not there.", skipVerification: why, mutableImages: why } } },
            {},
            "services.orders.environments.dev.skipVerification: there is nothing to skip: orders is not deployed to dev; leave it out",
            "services.orders.environments.dev.mutableImages: there is nothing to skip: orders is not deployed to dev; leave it out",
        ],
        [
            "images of a service without any",
            { ...orders, mutableImages: why },
            {},
            `services.orders.mutableImages: ${noImages}`,
        ],
        [
            "images of what nobody verifies",
            { ...image, skipVerification: why, mutableImages: why },
            {},
            `services.orders.mutableImages: ${noImages}`,
        ],
        [
            "images of an environment, where the service says it of all",
            { ...image, mutableImages: why, environments: { dev: { mutableImages: why } } },
            {},
            `services.orders.environments.dev.mutableImages: ${noImages}`,
        ],
        [
            "a service whose deploys take a full clone alone, which nobody could verify",
            { ...clonedScript, build: { type: "none" }, skipVerification: why },
            {},
            `services.orders.skipVerification: ${nothing}`,
        ],
        [
            "no reason",
            { ...orders, skipVerification: true },
            {},
            "services.orders.skipVerification: expected why, as a text, found true",
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(said(service, stack), problems));
    }
});

describe("names of what seals and verifies", () => {
    const message = (name: string, word: string) =>
        `expected another name, found "${name}": actions that hold artifacts to what was built are called "${word}" and "${word}-…"`;
    for (const [title, service, path, name, word] of [
        ["a deploy", { ...orders, deploy: undefined, deploys: { seal: site } }, "deploys.seal", "seal", "seal"],
        [
            "a suite",
            { ...orders, suites: { "verify-all": { commands: ["make"] } } },
            "suites.verify-all",
            "verify-all",
            "verify",
        ],
        [
            "a step",
            { ...orders, steps: { verify: { type: "script", when: "after", commands: ["make"] } } },
            "steps.verify",
            "verify",
            "verify",
        ],
        ["a build", { ...orders, build: undefined, builds: { "seal-it": build } }, "builds.seal-it", "seal-it", "seal"],
    ] as const) {
        it(`fail as that of ${title}`, () => {
            const words = JSON.parse(JSON.stringify(service)) as Words;
            assert.deepEqual(said(words), [`services.orders.${path}: ${message(name, word)}`]);
        });
    }

    it("leave words that begin like them", () =>
        assert.deepEqual(said({ ...orders, suites: { verification: { commands: ["make"] }, sealant: build } }), []));
});
