import * as assert from "node:assert/strict";
import { stringify } from "yaml";
import { assertToldOffline } from "./support/offline";
import {
    both,
    changesByUrn,
    each,
    edited,
    isRegistered,
    projectResources,
    referenceService,
    registered,
    reversed,
    serviceResources,
    short,
    stacks,
    type Config,
    type Stack,
} from "./support/scenarios";
import { needsEngine, Sandbox, succeeded, unordered } from "./support/stack";

/** The services of the committed files that have a build, and all of them. */
const built = ["catalog", "orders", "payments", "settlement", "web"];
const services = [...built, "reports"];

const pipelines = (names: readonly string[]) => names.map(name => `Fleet/ServicePipeline/Pipeline ${name}-pipeline`);
const policies = (names: readonly string[]) => names.map(name => `Fleet/ServicePipeline/RolePolicy ${name}-policy`);

/** What gives all stacks the same defaults, in Pulumi.yaml. */
const projectDefaults = (value: object) => stringify({ config: { "service-pipelines:defaults": { value } } });

describe("the committed stacks, side by side in one account", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    let files: Readonly<Record<Stack, string>>;
    before(() => {
        sandbox = Sandbox.open();
        files = { dev: sandbox.read("Pulumi.dev.yaml"), prod: sandbox.read("Pulumi.prod.yaml") };
    });
    after(() => sandbox?.close());

    /** Writes both files as committed, with these changes. */
    function write(change: (config: Config, stack: Stack) => void): void {
        for (const stack of stacks) {
            sandbox.write(
                `Pulumi.${stack}.yaml`,
                edited(files[stack], config => change(config, stack)),
            );
        }
    }

    const up = () => both(stack => sandbox.up(stack));

    it("come up at the first attempt, in an order that does not depend on luck, all below the fleet", async () => {
        for (const [stack, outcome] of Object.entries(await up())) {
            assert.deepEqual(new Set(changesByUrn(outcome).map(change => change.split(" ")[0])), new Set(["create"]));
            const state = await sandbox.export(stack);
            assert.deepEqual(unordered(state), []);
            const top = registered(state).filter(({ parent }) => parent?.includes("::pulumi:pulumi:Stack::"));
            assert.deepEqual(
                top.map(({ urn }) => short(urn)),
                ["Fleet fleet"],
            );
        }
    });

    it("are what the offline preview tells", () => both(stack => assertToldOffline(sandbox, stack)));

    it("change nothing when they come up again", async () => {
        const { dev, prod } = await up();
        assert.deepEqual([changesByUrn(dev), changesByUrn(prod)], [[], []]);
    });

    it("preview no change, even with all services, suites and keys of the file in another order", async () => {
        write(config => {
            for (const key of Object.keys(config).reverse()) {
                const value = reversed(config[key]);
                delete config[key];
                config[key] = value;
            }
        });
        const { dev, prod } = await both(stack => sandbox.preview(stack));
        assert.deepEqual([changesByUrn(dev), changesByUrn(prod)], [[], []]);
    });

    /** Services whose names, and whose suites' names, differ only at the end and pass AWS's limits. */
    const long = ["recommendations-for-returning-eu", "recommendations-for-returning-us"];
    const longSuites = ["integration-with-everything-one", "integration-with-everything-two"];
    const added = (config: Config) => {
        const { integration } = referenceService.suites as Config;
        const suites = Object.fromEntries(longSuites.map(suite => [suite, integration]));
        config.services.checkout = referenceService;
        long.forEach(name => (config.services[name] = { ...referenceService, suites }));
    };

    it("only create when services are added, for the reference service its twelve resources", async () => {
        write(added);
        const own = serviceResources("checkout", "build", "integration");
        assert.equal(own.length, 12);
        const longOnes = long.flatMap(name => serviceResources(name, "build", ...longSuites));
        const { dev, prod } = await up();
        assert.deepEqual(changesByUrn(dev), each("create", [...own, ...longOnes]));
        assert.deepEqual(changesByUrn(prod), each("create", [...own, ...longOnes]));
        const names = sandbox.cloud.list("aws:codepipeline/pipeline:Pipeline").map(({ id }) => id.slice(0, 20));
        assert.equal(new Set(names).size, 2 * (services.length + 3), "pipelines share a folder of the artifact bucket");
    });

    it("renew only a suite that is renamed, and its pipeline", async () => {
        write(config => {
            added(config);
            const { integration } = referenceService.suites as Config;
            config.services.checkout = { ...referenceService, suites: { contract: integration } };
        });
        const expected = [
            ...each("create", projectResources("checkout", "contract")),
            ...each("delete", projectResources("checkout", "integration")),
            ...each("update", [...pipelines(["checkout"]), ...policies(["checkout"])]),
        ];
        const { dev, prod } = await up();
        assert.deepEqual(changesByUrn(dev), expected);
        assert.deepEqual(changesByUrn(prod), expected);
    });

    it("only delete when the services are removed", async () => {
        write(() => undefined);
        const expected = each("delete", [
            ...serviceResources("checkout", "build", "contract"),
            ...long.flatMap(name => serviceResources(name, "build", ...longSuites)),
        ]);
        const { dev, prod } = await up();
        assert.deepEqual(changesByUrn(dev), expected);
        assert.deepEqual(changesByUrn(prod), expected);
    });

    const approval = [
        "Policy approve-canary-answer",
        "Topic approve-canary",
        "TopicSubscription approve-canary--a@b.example",
    ];
    const ofEnvironment = {
        dev: projectResources("settlement", "deploy--canary"),
        prod: [
            ...projectResources("settlement", "deploy--canary"),
            ...approval.map(resource => `Fleet/Approvals/${resource}`),
        ],
    };

    for (const [title, op, change] of [
        [
            "an environment is added in the middle",
            "create",
            (config: Config, stack: Stack) => {
                const asks = stack === "prod" ? { approval: { notify: ["a@b.example"] } } : {};
                (config.environments as object[]).splice(1, 0, { name: "canary", ...asks });
            },
        ],
        ["it is removed", "delete", () => undefined],
    ] as const) {
        it(`update every pipeline in place when ${title}, and ${op} only what is the environment's own`, async () => {
            write(change);
            const outcomes = await up();
            for (const stack of stacks) {
                // Which environments there are, the functions that tell and measure know.
                const functions = ["metrics", "notify"].map(key => `Fleet/SharedFunction/Function ${key}-function`);
                const updated = each("update", [...pipelines(services), ...policies(services), ...functions]);
                assert.deepEqual(changesByUrn(outcomes[stack]), [...each(op, ofEnvironment[stack]), ...updated]);
            }
        });
    }

    const defaults = {
        source: { type: "connection", connection: "github", branch: "release" },
        build: {
            image: "aws/codebuild/amazonlinux-aarch64-standard:2.0",
            compute: "large",
            timeoutMinutes: 45,
        },
    };

    it("update every service in place when defaults change: image, compute, timeout and branch", async () => {
        write(config => (config.defaults = defaults));
        const outcomes = await up();
        for (const stack of stacks) {
            const projects = registered(await sandbox.export(stack))
                .filter(({ type }) => type === "aws:codebuild/project:Project")
                .map(({ urn }) => short(urn));
            const { steps } = succeeded(outcomes[stack]);
            assert.deepEqual(changesByUrn(outcomes[stack]), each("update", [...pipelines(built), ...projects]));
            for (const [type, differing] of [
                ["Project", ["buildTimeout", "environment.computeType", "environment.image"]],
                [
                    "Pipeline",
                    [
                        "stages[0].actions[0].configuration.BranchName",
                        "triggers[0].gitConfiguration.pushes[0].branches.includes[0]",
                    ],
                ],
            ] as const) {
                const found = steps.filter(step => step.type.endsWith(`:${type}`)).flatMap(({ diff }) => diff);
                assert.deepEqual([...new Set(found)].sort(), differing);
            }
        }
    });

    it("take defaults from Pulumi.yaml where the stack file has none, as the offline preview tells", async () => {
        const value = { ...defaults, build: { ...defaults.build, timeoutMinutes: 50 } };
        sandbox.write("Pulumi.yaml", `${sandbox.read("Pulumi.yaml")}\n${projectDefaults(value)}`);
        write((config, stack) => {
            // The stack's own defaults take the place of the project's as a whole: nothing is merged.
            config.defaults = defaults;
            if (stack === "prod") {
                delete config.defaults;
            }
        });
        const { dev, prod } = await up();
        assert.deepEqual(changesByUrn(dev), []);
        const projects = built.map(service => projectResources(service, "build")[3]);
        assert.deepEqual(changesByUrn(prod), each("update", projects));
        assert.deepEqual([...new Set(prod.steps.flatMap(({ diff }) => diff))], ["buildTimeout"]);
        await both(stack => assertToldOffline(sandbox, stack));
    });

    it("change their tags in place, everywhere", async () => {
        write((config, stack) => {
            config.tags = { fleet: "shop", owner: "platform" };
            config.defaults = { ...defaults, build: { ...defaults.build, timeoutMinutes: stack === "prod" ? 50 : 45 } };
        });
        const outcomes = await up();
        for (const stack of stacks) {
            const state = await sandbox.export(stack);
            const tagged = registered(state).filter(({ inputs }) => inputs?.tags !== undefined);
            const { steps } = succeeded(outcomes[stack]);
            const changed = steps.filter(({ op }) => op !== "same");
            assert.ok(tagged.length > 40);
            assert.deepEqual(
                changed
                    .filter(({ urn }) => isRegistered(urn))
                    .map(({ urn }) => short(urn))
                    .sort(),
                tagged.map(({ urn }) => short(urn)).sort(),
            );
            assert.deepEqual(new Set(changed.map(({ op }) => op)), new Set(["update"]));
            assert.deepEqual(new Set(changed.flatMap(({ diff }) => diff)), new Set(["tags.owner", "tags.stage"]));
        }
    });
});
