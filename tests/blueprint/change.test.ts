import * as assert from "node:assert/strict";
import { changeOf, type FleetChange } from "../../blueprint/change";
import { ecsService, fleetOf, reference, threeEnvironments, type Words } from "./support/fleet";

const services = { orders: reference, payments: ecsService("payments"), web: ecsService("web") };

/** What comes of the fleet when `change` takes the place of some of its words. */
function changed(change: Words): FleetChange {
    const words = { environments: threeEnvironments, services };
    return changeOf(fleetOf(words), fleetOf({ ...words, ...change }));
}

const nothing: FleetChange = { added: [], removed: [], edited: [], beside: [] };

const orders = (change: Words) => changed({ services: { ...services, orders: { ...reference, ...change } } });
const build = reference.build as Words;

describe("a change of the fleet", () => {
    it("is none when nothing is different", () => assert.deepEqual(changed({}), nothing));

    it("tells services that come and go, and touches no other", () => {
        const { web, ...others } = services;
        assert.deepEqual(changed({ services: { ...others, site: web } }), {
            ...nothing,
            added: ["site"],
            removed: ["web"],
        });
    });

    it("tells a pipeline whose definition is edited, and the stages in which", () => {
        assert.deepEqual(orders({ deploy: { ...(reference.deploy as Words), imageDefinitions: "images.json" } }), {
            ...nothing,
            edited: [{ service: "orders", stages: ["Build", "dev", "staging", "prod"], rollsBack: true }],
        });
    });

    it("tells an edited gate, and an answer to failure", () => {
        const environments = threeEnvironments.map(environment =>
            environment.name === "prod" ? { ...environment, after: [], onFailure: "stop" } : environment,
        );
        const all = ["orders", "payments", "web"];
        assert.deepEqual(changed({ environments }), {
            ...nothing,
            edited: all.map(service => ({ service, stages: ["prod"], rollsBack: true })),
        });
    });

    it("tells an environment that is new", () => {
        const environments = [{ name: "dev" }, { name: "canary" }, ...threeEnvironments.slice(1)];
        assert.deepEqual(
            changed({ environments }).edited.map(({ service, stages }) => [service, stages]),
            ["orders", "payments", "web"].map(service => [service, ["canary"]]),
        );
    });

    it("tells what concerns the whole pipeline without a stage", () => {
        const paths = { repository: "acme/orders", paths: ["services/orders/**"] };
        const more = { repository: "acme/orders", paths: ["services/orders/**", "libs/**"] };
        const words = (source: Words) => fleetOf({ services: { orders: { ...ecsService("orders"), source } } });
        assert.deepEqual(changeOf(words(paths), words(more)).edited, [
            { service: "orders", stages: [], rollsBack: false },
        ]);
    });

    for (const [title, change] of [
        ["what its project runs", { build: { ...build, commands: ["make"] } }],
        ["on which machine", { build: { ...build, compute: "large" } }],
        ["what its role may do", { build: { ...build, secrets: { OTHER: "other" } } }],
    ] as const) {
        it(`leaves the pipeline alone where only ${title} is different`, () => {
            assert.deepEqual(orders(change), { ...nothing, beside: ["orders"] });
        });
    }

    it("is none where only words for people are different, or their place in the file", () => {
        const { orders: first, ...others } = services;
        assert.deepEqual(changed({ services: { ...others, orders: first } }), nothing);
    });
});
