import * as assert from "node:assert/strict";
import { assertToldOffline } from "./support/offline";
import { changesByUrn, edited, referenceService, type Config } from "./support/scenarios";
import { needsEngine, Sandbox, succeeded, type Outcome } from "./support/stack";

/** A stack file with these values; keys of this project stand without their namespace. */
const file = (config: Config) => edited("config: {}", all => Object.assign(all, config));

const place = { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["111111111111"] };

const platform: Config = {
    ...place,
    role: "platform",
    prefix: "shop",
    connections: { github: { provider: "GitHub" } },
    network: { create: { cidrBlock: "10.20.0.0/16", availabilityZones: 2, natGateways: "Single", endpoints: ["s3"] } },
    environments: [{ name: "dev" }, { name: "prod", approval: { notify: ["release@shop.example"] } }],
    defaults: { source: { type: "connection", connection: "github", branch: "main" } },
    targets: { people: { type: "sns", emails: ["people@shop.example"] } },
    notify: { people: ["failed", "recovered", "alarm"] },
};

/** A stack on {@link platform} with these services. */
const standing = (services: Config): Config => ({ ...place, role: "services", platform: "base", services });

const named = (names: readonly string[]): Config =>
    Object.fromEntries(names.map(name => [name, { ...referenceService, source: { repository: `acme/${name}` } }]));

/** Fails unless the run failed with a message of this form, and neither made nor deleted anything. */
function assertRefused({ code, errors }: Outcome, message: RegExp, before: number, sandbox: Sandbox): void {
    assert.notEqual(code, 0);
    assert.match(errors.join("\n"), message);
    assert.equal(sandbox.cloud.all().length, before);
}

describe("a platform and a stack of a hundred services", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    const services = named(Array.from({ length: 100 }, (_, index) => `service-${String(index).padStart(3, "0")}`));
    before(() => {
        sandbox = Sandbox.open();
        sandbox.write("Pulumi.base.yaml", file(platform));
        sandbox.write("Pulumi.team.yaml", file(standing(services)));
    });
    after(() => sandbox?.close());

    it("go up, the platform first: without it nothing is made", async () => {
        assertRefused(await sandbox.up("team"), /unknown stack "organization\/service-pipelines\/base"/, 0, sandbox);
        succeeded(await sandbox.up("base"));
        const made = changesByUrn(await sandbox.up("team"));
        assert.ok(made.every(change => /^(create|read) /.test(change)));
        assert.equal(made.filter(change => / Fleet\/ServicePipeline service-/.test(change)).length, 100);
    });

    it("have what the offline preview tells", async () => {
        await assertToldOffline(sandbox, "base");
        await assertToldOffline(sandbox, "team");
    });

    it("change what is changed, and are left alone by one another", async () => {
        const changed = { ...services, "service-042": { ...referenceService, source: { repository: "acme/moved" } } };
        sandbox.write("Pulumi.team.yaml", file(standing(changed)));
        assert.deepEqual(
            changesByUrn(await sandbox.up("team")).filter(change => !change.startsWith("read ")),
            ["update Fleet/ServicePipeline/Pipeline service-042-pipeline"],
        );
        assert.deepEqual(changesByUrn(await sandbox.up("base")), []);
    });

    it("wait for a platform that has less than its file says", async () => {
        const connections = { ...platform.connections, lab: { provider: "GitLab" } };
        sandbox.write("Pulumi.base.yaml", file({ ...platform, connections }));
        const before = sandbox.cloud.all().length;
        const refusal =
            /^the platform base has no connection lab yet: .* bring it up first \(pulumi up --stack base\)$/;
        assertRefused(await sandbox.up("team"), refusal, before, sandbox);
        assert.deepEqual(changesByUrn(await sandbox.up("base")), [
            "create Fleet/Connections/Connection connection-lab",
        ]);
        assert.deepEqual(
            changesByUrn(await sandbox.up("team")).filter(change => !change.startsWith("read ")),
            [],
        );
    });

    it("come down, the services first: till then the platform refuses, and keeps all that it has", async () => {
        const before = sandbox.cloud.all().length;
        const refusal = /safeguard" cannot be deleted\s+because it is protected/;
        assertRefused(await sandbox.destroy("base"), refusal, before, sandbox);
        succeeded(await sandbox.destroy("team"));
        assertRefused(await sandbox.destroy("base"), refusal, sandbox.cloud.all().length, sandbox);
        sandbox.write("Pulumi.base.yaml", file({ ...platform, protect: false }));
        succeeded(await sandbox.up("base"));
        succeeded(await sandbox.destroy("base"));
        assert.deepEqual(sandbox.cloud.all(), []);
    });
});

describe("a live fleet in one stack", function () {
    needsEngine(this);
    let sandbox: Sandbox;
    const services = named(["cart", "mail", "pay"]);
    const { role: _, ...shared } = platform;
    const write = (stack: string, config: Config) => sandbox.write(`Pulumi.${stack}.yaml`, file(config));
    before(async () => {
        sandbox = Sandbox.open();
        write("base", { ...shared, services });
        succeeded(await sandbox.up("base"));
    });
    after(() => sandbox?.close());

    /** Moves a service from stack to stack; the files say so already. */
    async function moved(service: string, source: string, dest: string): Promise<void> {
        const { resources = [] } = await sandbox.export(source);
        const urns = resources.map(({ urn }) => urn).filter(urn => urn.endsWith(`:ServicePipeline::${service}`));
        assert.equal(urns.length, 1);
        const { code, stderr } = await sandbox.move(source, dest, ...urns);
        assert.equal(code, 0, stderr);
    }

    const ofAws = () =>
        sandbox.cloud
            .all()
            .map(({ type, id }) => `${type} ${id}`)
            .sort();

    /** What a run does beside reading the platform and making components, which are nothing in AWS. */
    const done = async (stack: string) =>
        changesByUrn(await sandbox.up(stack)).filter(change => !/^read |^create Fleet( |\/Safeguard )/.test(change));

    it("is split into a platform and stacks of services, and nothing of it is made, changed or deleted", async () => {
        const before = ofAws();
        write("base", platform);
        write("team-a", standing({ cart: services.cart, mail: services.mail }));
        write("team-b", standing({ pay: services.pay }));
        await moved("cart", "base", "team-a");
        await moved("mail", "base", "team-a");
        await moved("pay", "base", "team-b");
        for (const stack of ["base", "team-a", "team-b"]) {
            assert.deepEqual(await done(stack), [], stack);
        }
        assert.deepEqual(ofAws(), before);
    });

    it("has services that move from stack to stack, as they are", async () => {
        const before = ofAws();
        write("team-a", standing({ cart: services.cart }));
        write("team-b", standing({ mail: services.mail, pay: services.pay }));
        await moved("mail", "team-a", "team-b");
        for (const stack of ["team-b", "team-a", "base"]) {
            assert.deepEqual(await done(stack), [], stack);
        }
        assert.deepEqual(ofAws(), before);
        await assertToldOffline(sandbox, "team-b");
    });
});
