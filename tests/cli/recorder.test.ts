import * as assert from "node:assert/strict";
import * as codeconnections from "@pulumi/aws/codeconnections";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as lambda from "@pulumi/aws/lambda";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as ssm from "@pulumi/aws/ssm";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { record, type Recording } from "../../cli/recorder";

class Part extends pulumi.ComponentResource {
    constructor(type: string, name: string, opts?: pulumi.ComponentResourceOptions) {
        super(`service-pipelines:index:${type}`, name, {}, opts);
    }
}

/** A component with a part that holds a role, and a policy that takes outputs of the role. */
class Service extends Part {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("Service", name, opts);
        const build = new Part("Build", `${name}-build`, { parent: this });
        const role = new iam.Role(`${name}-role`, { assumeRolePolicy: "{}" }, { parent: build });
        new iam.RolePolicy(`${name}-policy`, { role, policy: role.arn }, { parent: build });
        this.registerOutputs({ role: role.arn });
    }
}

const topic = (name: string, args?: sns.TopicArgs, opts?: pulumi.CustomResourceOptions) =>
    new sns.Topic(name, args, opts);

const inTest = (program: Parameters<typeof record>[0]) => record(program, { stack: "test" });
const start = "urn:pulumi:test::service-pipelines::";
const names = ({ registrations }: Recording) => registrations.map(({ name }) => name);

function named({ registrations }: Recording, name: string) {
    const found = registrations.filter(registration => registration.name === name);
    assert.equal(found.length, 1, `registrations named ${name}`);
    return found[0];
}

describe("record", () => {
    it("names the types of all parents in a URN, as the engine does", async () => {
        const recording = await inTest(() => void new Service("orders", { parent: new Part("Fleet", "fleet") }));
        const [fleet, service, build] = ["Fleet", "Service", "Build"].map(type => `service-pipelines:index:${type}`);
        assert.deepEqual(
            recording.registrations.map(({ urn }) => urn),
            [
                `${start}${fleet}::fleet`,
                `${start}${fleet}$${service}::orders`,
                `${start}${fleet}$${service}$${build}::orders-build`,
                `${start}${fleet}$${service}$${build}$aws:iam/rolePolicy:RolePolicy::orders-policy`,
                `${start}${fleet}$${service}$${build}$aws:iam/role:Role::orders-role`,
            ],
        );
        const [first, second, ...rest] = recording.registrations;
        assert.equal("parent" in first, false);
        assert.equal(second.parent, first.urn);
        assert.deepEqual(new Set(rest.map(({ parent }) => parent)), new Set([second.urn, rest[0].urn]));
    });

    it("keeps type, name, options, dependencies and inputs", async () => {
        const { registrations } = await inTest(() => {
            const parent = new Part("Fleet", "guarded", { protect: true });
            const before = topic("before", {}, { parent });
            topic("then", { displayName: before.name }, { dependsOn: topic("also") });
            topic("open", { tags: { a: "b" }, fifoTopic: true }, { parent, protect: false });
        });
        const type = "aws:sns/topic:Topic";
        const common = { type, custom: true, dependencies: [], inputs: {} };
        const [parent, also, then] = ["service-pipelines:index:Fleet::guarded", `${type}::also`, `${type}::then`].map(
            urn => start + urn,
        );
        const [before, open] = ["before", "open"].map(name => parent.replace("::guarded", `$${type}::${name}`));
        assert.deepEqual(registrations, [
            { ...common, name: "also", urn: also },
            {
                ...common,
                type: "service-pipelines:index:Fleet",
                name: "guarded",
                urn: parent,
                protect: true,
                custom: false,
            },
            { ...common, name: "before", urn: before, parent, protect: true },
            { ...common, name: "open", urn: open, parent, inputs: { fifoTopic: true, tags: { a: "b" } } },
            {
                ...common,
                name: "then",
                urn: then,
                dependencies: [also, before].sort(),
                inputs: { displayName: "before" },
            },
        ]);
    });

    it("gives the same order, parents before children, whichever request comes first", async () => {
        const build = (services: string[]) => () => services.forEach(name => new Service(name));
        const recording = await inTest(build(["b", "a", "a-b"]));
        const parts = ["", "-build", "-policy", "-role"];
        const sorted = ["a", "a-b", "b"].flatMap(service => parts.map(part => service + part));
        assert.deepEqual(names(recording), sorted);
        assert.equal(JSON.stringify(await inTest(build(["a-b", "b", "a"]))), JSON.stringify(recording));
    });

    it("records the same however often it settles", async () => {
        const program = async (settle: () => Promise<void>) => {
            const fleet = new Part("Fleet", "fleet");
            for (let i = 0; i < 120; i++) {
                new Service(`s${i}`, { parent: fleet });
                await settle();
            }
        };
        const each = await inTest(program);
        assert.equal(each.registrations.length, 1 + 120 * 4);
        for (const settleEvery of [1, 50, Infinity]) {
            const other = await record(program, { stack: "test", settleEvery });
            assert.equal(JSON.stringify(other), JSON.stringify(each));
        }
    });

    for (const [settleEvery, order] of [
        [undefined, ["a asked", "a", "b asked", "b", "c asked", "c"]],
        [2, ["a asked", "b asked", "a", "b", "c asked", "c"]],
        [Infinity, ["a asked", "b asked", "c asked", "a", "b", "c"]],
    ] as const) {
        it(`settles at call ${settleEvery ?? 1} of settle, and at the end`, async () => {
            const seen: string[] = [];
            const program = async (settle: () => Promise<void>) => {
                for (const name of ["a", "b", "c"]) {
                    topic(name).arn.apply(() => seen.push(name));
                    seen.push(`${name} asked`);
                    await settle();
                }
            };
            await record(program, { stack: "test", settleEvery });
            assert.deepEqual(seen, order);
        });
    }

    it("waits for late inputs, outputs and registrations", async () => {
        const later = <T>(value: T) => new Promise<T>(resolve => setTimeout(() => resolve(value), 5));
        const recording = await inTest(() => {
            topic("input", { displayName: later("x") });
            return { late: pulumi.output(later("z")).apply(late => (topic("in an output"), late)) };
        });
        assert.deepEqual([names(recording), recording.outputs], [["in an output", "input"], { late: "z" }]);
        const late = (count: number) => {
            const turn = new Promise<string>(resolve => setImmediate(() => resolve("")));
            pulumi.output(turn).apply(() => {
                const { arn } = topic(`late-${count}`, { displayName: later("x") });
                arn.apply(() => (count < 3 ? late(count + 1) : undefined));
            });
        };
        assert.deepEqual(names(await inTest(() => late(1))), ["late-1", "late-2", "late-3"]);
    });

    it("registers the same in a preview, where only computed values are unknown", async () => {
        const program = () => {
            const role = new iam.Role("role", { name: "shop--orders", assumeRolePolicy: "{}" });
            new iam.RolePolicy("policy", { role: role.name, policy: role.arn });
            new iam.RolePolicy("other", { role, policy: "{}" });
            return { arn: role.arn };
        };
        const [up, preview] = [await inTest(program), await record(program, { stack: "test", preview: true })];
        assert.deepEqual(names(preview), names(up));
        assert.deepEqual(named(preview, "policy").inputs, { role: "shop--orders", policy: "[unknown]" });
        assert.deepEqual(named(preview, "other").inputs.role, "[unknown]");
        assert.deepEqual(preview.outputs, { arn: "[unknown]" });
        assert.deepEqual(up.outputs, { arn: "arn:aws:iam::123456789012:role/shop--orders" });
    });

    it("returns the program's outputs, resolved, and nothing of what is no record", async () => {
        const outputs = { arn: topic, list: [pulumi.output(1), { in: Promise.resolve(2) }], yes: true };
        const { outputs: resolved } = await inTest(() => ({ ...outputs, arn: topic("t").arn }));
        assert.deepEqual(resolved, { arn: "arn:aws:sns:us-east-1:123456789012:t", list: [1, { in: 2 }], yes: true });
        assert.deepEqual((await inTest(() => pulumi.output(Promise.resolve({ a: 1 })))).outputs, { a: 1 });
        for (const program of [() => undefined, () => null, () => [1], () => "text", () => new Service("orders")]) {
            assert.deepEqual((await inTest(program)).outputs, {});
        }
    });

    it("invents what AWS would answer, for the account and region of the configuration", async () => {
        const config = { "aws:allowedAccountIds": '["111111111111"]', "aws:region": "eu-west-1" };
        const program = () => ({
            role: new iam.Role("a", { assumeRolePolicy: "{}", path: "/ci/", name: "deploy" }).arn,
            key: new kms.Key("key").arn,
            bucket: new s3.Bucket("artifacts", { bucket: "shop" }).arn,
            id: new s3.Bucket("cache").id,
            connection: new codeconnections.Connection("github", { name: "github" }).arn,
            status: new codeconnections.Connection("gitlab", { name: "gitlab" }).connectionStatus,
            elsewhere: topic("t", { region: "us-gov-west-1" }).arn,
            group: new ec2.SecurityGroup("builds").id,
            other: new ssm.Parameter("p", { type: "String" }).id,
        });
        const { outputs } = await record(program, { stack: "test", config });
        assert.deepEqual(outputs, (await record(program, { stack: "test", config })).outputs);
        const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
        assert.match(String(outputs.key), new RegExp(`^arn:aws:kms:eu-west-1:111111111111:key/${uuid}`));
        assert.match(
            String(outputs.connection),
            new RegExp(`^arn:aws:codeconnections:eu-west-1:111111111111:connection/${uuid}`),
        );
        assert.match(String(outputs.group), /^sg-0[0-9a-f]{16}$/);
        const { key, connection, group, ...rest } = outputs;
        assert.ok(key && connection && group);
        assert.deepEqual(rest, {
            role: "arn:aws:iam::111111111111:role/ci/deploy",
            bucket: "arn:aws:s3:::shop",
            id: "cache",
            status: "PENDING",
            elsewhere: "arn:aws-us-gov:sns:us-gov-west-1:111111111111:t",
            other: "p-id",
        });
    });

    it("gives a network as many subnets as it has zones", async () => {
        const recording = await inTest(() => {
            const vpc = new awsx.Vpc("vpc", { numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } });
            const subnets = vpc.privateSubnetIds.apply(ids => ids.join());
            topic("t", {
                displayName: subnets,
                tags: { table: vpc.routeTables[3].id, second: vpc.privateSubnetIds[1] },
            });
            const three = new awsx.Vpc("three", { subnetSpecs: [{ type: "Isolated" }] });
            const zones = new awsx.Vpc("zones", { availabilityZoneNames: ["eu-west-1a", "eu-west-1b"] });
            return {
                vpcId: vpc.vpcId,
                public: vpc.publicSubnetIds,
                isolated: three.isolatedSubnetIds,
                none: three.publicSubnetIds,
                zones: zones.publicSubnetIds,
            };
        });
        const { custom, remote } = named(recording, "vpc");
        assert.deepEqual({ custom, remote }, { custom: false, remote: true });
        const { displayName, tags } = named(recording, "t").inputs as {
            displayName: string;
            tags: Record<string, string>;
        };
        const ids = displayName.split(",");
        const subnet = /^subnet-0[0-9a-f]{16}$/;
        assert.deepEqual([ids.length, new Set(ids).size, ids.every(id => subnet.test(id))], [2, 2, true]);
        assert.equal(tags.second, ids[1]);
        assert.match(tags.table, /^rtb-0/);
        const { vpcId, public: publicIds, isolated, none, zones } = recording.outputs as Record<string, string[]>;
        assert.match(String(vpcId), /^vpc-0/);
        assert.equal(new Set([...ids, ...publicIds]).size, 4);
        assert.deepEqual([isolated.length, none, zones.length], [3, [], 2]);
    });

    it("never shows a secret, be it input, output or part of one", async () => {
        const seen: string[] = [];
        const recording = await inTest(() => {
            const secret = pulumi.secret("s3cret");
            const given = new ssm.Parameter("given", { type: "SecureString", value: "s3cret" });
            topic("derived", { displayName: pulumi.interpolate`<${given.value}>`, tags: { a: secret, b: "c" } });
            topic("arn", {
                displayName: topic("physical", { name: secret }).arn,
                deliveryPolicy: pulumi.jsonStringify({ secret }),
            });
            given.value.apply(value => seen.push(value));
            const said = topic("said", { displayName: "x" }, { additionalSecretOutputs: ["displayName"] }).displayName;
            return { given: given.value, said, nested: [{ secret }] };
        });
        assert.deepEqual(seen, ["s3cret"]);
        assert.ok(!JSON.stringify(recording).includes("s3cret"));
        assert.deepEqual(named(recording, "derived").inputs, {
            displayName: "[secret]",
            tags: { a: "[secret]", b: "c" },
        });
        assert.deepEqual(recording.outputs, { given: "[secret]", said: "[secret]", nested: [{ secret: "[secret]" }] });
    });

    it("shows a resource as its id, and code as its hash", async () => {
        const recording = await inTest(() => {
            const code = new pulumi.asset.AssetArchive({
                "index.js": new pulumi.asset.StringAsset("exports = {}"),
                "data.json": new pulumi.asset.FileAsset("data.json"),
            });
            const role = new iam.Role("role", { assumeRolePolicy: "{}" }).id;
            const layers = [topic("t"), new Part("Fleet", "fleet")] as never;
            return { role: new lambda.Function("function", { role, code, layers }).role };
        });
        const sha256 = "5e025af73a40224c656f07342c491b4e7da695e47bf0e6e2241f1be6405061fd";
        assert.deepEqual(named(recording, "function").inputs, {
            code: { assets: { "data.json": { path: "data.json" }, "index.js": { bytes: 12, sha256 } } },
            layers: ["arn:aws:sns:us-east-1:123456789012:t", `${start}service-pipelines:index:Fleet::fleet`],
            role: "role",
        });
        assert.deepEqual(recording.outputs, { role: "role" });
    });
});
