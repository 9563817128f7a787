import * as assert from "node:assert/strict";
import { committed, reference, type Values } from "./support/plans";
import { compared, counted, run } from "./support/program";
import { noun, type Recording } from "./support/recordings";

/** The development shop with the three environments and two approvals of the reference service. */
const shop: Values = {
    ...committed("dev"),
    environments: [
        { name: "dev" },
        { name: "staging", approval: { notify: ["release@shop.example"] } },
        { name: "prod", approval: { notify: ["release@shop.example"] } },
    ],
};
const services = (values: Values) => values.services as Values;
const added = (name: string, service: unknown): Values => ({
    ...shop,
    services: { ...services(shop), [name]: service },
});

const dropped = {
    source: { type: "s3", bucket: "shop-dev-drops", key: "more/release.zip" },
    build: { type: "none" },
    deploy: { type: "s3", bucket: "shop-more-{environment}" },
};

/** What a pipeline, its role and so many build projects come to. */
const project = { BuildProject: 1, Project: 1, Role: 1, RolePolicy: 1 };
const referenceCounts = { BuildProject: 2, Pipeline: 1, Project: 2, Role: 3, RolePolicy: 3, ServicePipeline: 1 };

describe("the program, when the stack file changes", () => {
    let before_: Recording;
    before(async () => (before_ = await run(shop)));

    for (const [title, name, service, counts] of [
        ["the reference service", "zebra", reference, referenceCounts],
        ["a service in the middle of the alphabet", "invoices", reference, referenceCounts],
        ["a service whose name begins another's", "order", reference, referenceCounts],
        [
            "a service that another CI builds",
            "more",
            dropped,
            { EventRule: 1, EventTarget: 1, EventTrigger: 1, Pipeline: 1, Role: 2, RolePolicy: 2, ServicePipeline: 1 },
        ],
    ] as const) {
        it(`adds ${title}, and changes nothing else`, async () => {
            const change = compared(before_, await run(added(name, service)));
            assert.deepEqual(counted(change.added), counts);
            assert.ok(change.added.length <= 12, `${change.added.length} registrations`);
            assert.deepEqual(
                change.added.filter(one => one.name !== name && !new RegExp(`^${name}-`).test(one.name)),
                [],
            );
            assert.deepEqual([change.removed, change.changed], [[], []]);
        });
    }

    it("removes a service, and changes nothing else", async () => {
        const { orders, ...others } = services(shop);
        assert.ok(orders);
        const change = compared(before_, await run({ ...shop, services: others }));
        assert.deepEqual(counted(change.removed), referenceCounts);
        assert.deepEqual([change.added, change.changed], [[], []]);
    });

    it("adds a test suite in place, and moves none of the others", async () => {
        const web = services(shop).web as Values;
        const suites = { ...(web.suites as Values), links: { commands: ["make links"] } };
        const change = compared(before_, await run(added("web", { ...web, suites })));
        assert.deepEqual(counted(change.added), project);
        assert.deepEqual(
            change.added.map(({ name }) => name),
            ["web--links", "web--links-policy", "web--links-project", "web--links-role"],
        );
        assert.deepEqual(
            [change.removed, change.changed.map(({ name }) => name)],
            [[], ["web-pipeline", "web-policy"]],
        );
    });

    for (const [title, words, counts, changed] of [
        [
            "a schedule",
            { trigger: { schedule: { cron: "0 6 ? * MON-FRI *" } } },
            { Role: 1, RolePolicy: 1, Schedule: 1, ScheduleTrigger: 1 },
            // It waits for the schedule's role; its definition stays.
            ["orders-pipeline"],
        ],
        [
            "the success of another service",
            { trigger: { after: ["catalog"] } },
            { EventRule: 1, EventTarget: 1, EventTrigger: 1, Role: 1, RolePolicy: 1 },
            ["orders-pipeline"],
        ],
        [
            "pull requests",
            { pullRequests: {} },
            { ...project, Pipeline: 1, Role: 2, RolePolicy: 2, ServicePipeline: 1 },
            [],
        ],
    ] as const) {
        it(`adds ${title} to a service, and changes nothing of any other`, async () => {
            const orders = services(shop).orders as Values;
            const change = compared(before_, await run(added("orders", { ...orders, ...words })));
            assert.deepEqual(counted(change.added), counts);
            assert.ok(change.added.every(({ name }) => name.startsWith("orders--")));
            assert.deepEqual([change.removed, change.changed.map(({ name }) => name)], [[], changed]);
            for (const { urn, inputs } of change.changed) {
                assert.deepEqual(inputs, before_.registrations.find(one => one.urn === urn)?.inputs);
            }
        });
    }

    it("tells the pipeline that checks pull requests beside the service's own", async () => {
        const orders = services(shop).orders as Values;
        const { outputs } = await run(added("orders", { ...orders, pullRequests: {} }));
        const names = Object.entries(outputs.pipelines as Record<string, { name: string }>).map(([key, { name }]) => [
            key,
            name,
        ]);
        assert.deepEqual(names.slice(1, 3), [
            ["orders", "shop-dev--orders"],
            ["orders--check", "shop-dev--06d039f9--orders--check"],
        ]);
    });

    it("puts an environment in the middle by changing pipelines, their policies and projects in place", async () => {
        const [dev, ...rest] = shop.environments as object[];
        const after = await run({ ...shop, environments: [dev, { name: "uat" }, ...rest] });
        const change = compared(before_, after);
        assert.deepEqual(change.removed, []);
        assert.deepEqual(
            change.added.map(({ name }) => name),
            ["settlement--deploy--uat", "-policy", "-project", "-role"].map((name, index) =>
                index === 0 ? name : `settlement--deploy--uat${name}`,
            ),
        );
        const nouns = new Set(change.changed.map(noun));
        assert.deepEqual(
            [...nouns].filter(one => !["Pipeline", "RolePolicy", "Project"].includes(one)),
            // Which environments there are, the functions that tell and measure know.
            ["Function"],
        );
        assert.equal(change.changed.filter(one => noun(one) === "Pipeline").length, Object.keys(services(shop)).length);
        for (const one of change.changed) {
            const old = before_.registrations.find(({ urn }) => urn === one.urn);
            assert.deepEqual([one.inputs.name, one.parent], [old?.inputs.name, old?.parent]);
        }
    });

    it("changes a default in place, in every project that takes it", async () => {
        const { build, ...defaults } = shop.defaults as Values;
        const after = await run({
            ...shop,
            defaults: { ...defaults, build: { ...(build as object), compute: "large" } },
        });
        const { changed, ...rest } = compared(before_, after);
        assert.deepEqual(rest, { added: [], removed: [] });
        assert.deepEqual(new Set(changed.map(noun)), new Set(["Project"]));
        assert.equal(changed.length, after.registrations.filter(one => noun(one) === "Project").length);
    });

    it("does not mind the order of services, nor that of a service's suites", async () => {
        const turned = (map: Values) => Object.fromEntries(Object.entries(map).reverse());
        const web = services(shop).web as Values;
        const reversed = { ...turned(services(shop)), web: { ...web, suites: turned(web.suites as Values) } };
        assert.deepEqual((await run({ ...shop, services: reversed })).registrations, before_.registrations);
    });
});
