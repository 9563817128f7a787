import * as assert from "node:assert/strict";
import { assertToldOffline } from "./support/offline";
import { changesByUrn, each, everything, referenceService, registered, serviceResources } from "./support/scenarios";
import { move, named, shared, writePlatform, writeServices, writeStack } from "./support/spread";
import { needsEngine, Sandbox, succeeded, unordered, type Outcome } from "./support/stack";

/** All that a stack of these services makes. */
const made = (...services: readonly string[]) => [
    "Fleet fleet",
    ...services.flatMap(service => serviceResources(service, "build", "integration")),
];

/** What the engine says of a run that was refused. */
function refusal({ code, errors }: Outcome): string {
    assert.notEqual(code, 0);
    return errors.filter(error => error !== "update failed").join("\n");
}

const project = (service: string) => `Fleet/ServicePipeline/BuildProject/Project ${service}--build-project`;

describe("a fleet that is spread over stacks", function () {
    needsEngine(this);
    const hundred = Array.from({ length: 100 }, (_, index) => `service-${String(index).padStart(4, "0")}`);
    let sandbox: Sandbox;
    before(() => {
        sandbox = Sandbox.open();
        writePlatform(sandbox, "base");
        writeServices(sandbox, "team-a", "base", named("cart", "mail", "web"));
        writeServices(sandbox, "hundred", "base", named(...hundred));
    });
    after(() => sandbox?.close());

    it("makes nothing on a platform that is unknown, or was never brought up", async () => {
        assert.equal(refusal(await sandbox.up("team-a")), 'unknown stack "organization/service-pipelines/base"');
        await sandbox.export("base");
        assert.equal(
            refusal(await sandbox.up("team-a")),
            "the stack base tells nothing of a platform: bring it up with `role: platform` first (pulumi up --stack base)",
        );
        assert.deepEqual(sandbox.cloud.all(), []);
    });

    it("comes up, the platform first, and then a hundred services beside a stack of three", async () => {
        const base = changesByUrn(await sandbox.up("base"));
        assert.deepEqual(new Set(base.map(change => change.split(" ")[0])), new Set(["create"]));
        const [many, few] = await Promise.all([sandbox.up("hundred"), sandbox.up("team-a")]);
        assert.deepEqual(changesByUrn(many), each("create", made(...hundred)));
        assert.deepEqual(changesByUrn(few), each("create", made("cart", "mail", "web")));
        for (const stack of ["base", "team-a"]) {
            assert.deepEqual(unordered(await sandbox.export(stack)), []);
        }
    });

    it("is what the offline preview tells", async () => {
        await Promise.all(["base", "team-a"].map(stack => assertToldOffline(sandbox, stack)));
    });

    it("changes one service where a line of it changes, and nothing where nothing has", async () => {
        const services = named(...hundred);
        services[hundred[7]] = {
            ...referenceService,
            ...services[hundred[7]],
            build: { ...referenceService.build, timeoutMinutes: 47 },
        };
        writeServices(sandbox, "hundred", "base", services);
        const [many, base, few] = await Promise.all(["hundred", "base", "team-a"].map(stack => sandbox.up(stack)));
        assert.deepEqual(changesByUrn(many), [`update ${project(hundred[7])}`]);
        assert.deepEqual([changesByUrn(base), changesByUrn(few)], [[], []]);
    });

    it("hands a platform's change on to services when their own stack comes up, and not before", async () => {
        const build = { ...shared.defaults.build, timeoutMinutes: 33 };
        writePlatform(sandbox, "base", { defaults: { ...shared.defaults, build }, retention: { logDays: 60 } });
        const { resources } = (await everything(sandbox, "team-a")) as { readonly resources: unknown };
        const base = changesByUrn(await sandbox.up("base"));
        assert.ok(base.length > 0);
        assert.deepEqual(
            base.filter(change => !/^update Fleet\/.*LogGroup /.test(change)),
            [],
        );
        assert.deepEqual(registered(await sandbox.export("team-a")), resources);
        assert.deepEqual(
            changesByUrn(await sandbox.up("team-a")),
            each("update", ["cart", "mail", "web"].map(project)),
        );
    });

    it("makes nothing on a platform that is behind its file", async () => {
        const gitlab = { ...referenceService, source: { repository: "acme/wiki", connection: "gitlab" } };
        writePlatform(sandbox, "base", { connections: { ...shared.connections, gitlab: { provider: "GitLab" } } });
        writeServices(sandbox, "team-a", "base", { ...named("cart", "mail", "web"), wiki: gitlab });
        const before = await everything(sandbox, "team-a");
        assert.equal(
            refusal(await sandbox.up("team-a")),
            "the platform base has no connection gitlab yet: its stack file, or a service, asks for more than it was brought up with; bring it up first (pulumi up --stack base)",
        );
        assert.deepEqual(await everything(sandbox, "team-a"), before);
    });

    it("moves a service to a stack that is new, and another to where there is one: nothing is deleted or replaced", async () => {
        const build = { ...shared.defaults.build, timeoutMinutes: 33 };
        writePlatform(sandbox, "base", { defaults: { ...shared.defaults, build }, retention: { logDays: 60 } });
        const before = sandbox.cloud.all();
        const moves = [
            [["mail", "web"], ["cart"], ["create Fleet fleet"]],
            [["web"], ["cart", "mail"], []],
        ];
        for (const [stay, gone, made] of moves) {
            writeServices(sandbox, "team-a", "base", named(...stay));
            writeServices(sandbox, "team-b", "base", named(...gone));
            const service = gone.slice(-1);
            if (made.length === 0) {
                const { code, stderr } = await move(sandbox, "team-a", "team-b", service, "--include-parents");
                assert.notEqual(code, 0);
                assert.match(stderr, /Fleet::fleet already exists in destination stack/);
            }
            const { code, stderr } = await move(sandbox, "team-a", "team-b", service);
            assert.equal(code, 0, stderr);
            const [from, to] = await Promise.all([sandbox.up("team-a"), sandbox.up("team-b")]);
            assert.deepEqual([changesByUrn(from), changesByUrn(to)], [[], made]);
        }
        assert.deepEqual(sandbox.cloud.all(), before);
    });

    it("refuses to destroy a platform before anything of it is deleted", async () => {
        const before = await everything(sandbox, "base");
        assert.match(
            refusal(await sandbox.destroy("base")),
            /Safeguard::safeguard" cannot be deleted\nbecause it is protected/,
        );
        assert.deepEqual(await everything(sandbox, "base"), before);
    });

    it("does not keep a platform without `protect` from destruction: its services stay, and stand on nothing", async () => {
        writePlatform(sandbox, "base", { protect: false, retention: { logDays: 60 } });
        const [many, base] = await Promise.all([sandbox.destroy("hundred"), sandbox.up("base")]);
        assert.deepEqual(changesByUrn(many), each("delete", made(...hundred)));
        assert.deepEqual(changesByUrn(base), []);
        assert.equal(base.warnings.filter(warning => warning.includes("protect:")).length, 1, base.warnings.join("\n"));
        succeeded(await sandbox.destroy("base"));
        assert.match(refusal(await sandbox.preview("team-b")), /^the stack base tells nothing of a platform: /);
        await Promise.all(["team-a", "team-b"].map(async stack => succeeded(await sandbox.destroy(stack))));
        assert.deepEqual(sandbox.cloud.all(), []);
    });
});

describe("a fleet of one stack", function () {
    needsEngine(this);
    const names = ["cart", "mail", "web"];
    let sandbox: Sandbox;
    before(() => (sandbox = Sandbox.open()));
    after(() => sandbox?.close());

    it("becomes a platform and a stack of services, with nothing deleted and nothing replaced", async () => {
        writeStack(sandbox, "live", { ...shared, services: named(...names) });
        succeeded(await sandbox.up("live"));
        const before = sandbox.cloud.all();
        writePlatform(sandbox, "live");
        writeServices(sandbox, "team", "live", named(...names));
        const { code, stderr } = await move(sandbox, "live", "team", names);
        assert.equal(code, 0, stderr);
        assert.deepEqual(changesByUrn(await sandbox.up("live")), ["create Fleet/Safeguard safeguard"]);
        assert.deepEqual(changesByUrn(await sandbox.up("team")), ["create Fleet fleet"]);
        assert.deepEqual(sandbox.cloud.all(), before);
        await assertToldOffline(sandbox, "team");
    });

    it("comes down: its services first, and the platform once it is not protected", async () => {
        assert.deepEqual(changesByUrn(await sandbox.destroy("team")), each("delete", made(...names)));
        writePlatform(sandbox, "live", { protect: false });
        assert.deepEqual(changesByUrn(await sandbox.up("live")), []);
        succeeded(await sandbox.destroy("live"));
        assert.deepEqual(sandbox.cloud.all(), []);
    });
});
