import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Cloud, type Entry } from "./support/provider/cloud";
import { StandIn } from "./support/provider/stand-in";
import { make } from "./support/provider/state";
import { plainProperties, secret, unknown, type Properties } from "./support/provider/values";

const here = { account: "111111111111", region: "eu-west-1" };
const arn = (rest: string) => `arn:aws:${rest.replace("#", `${here.region}:${here.account}`)}`;
const roleArn = `arn:aws:iam::${here.account}:role/build`;
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const trust = (service: string) => document({ Principal: { Service: `${service}.amazonaws.com` } });

const bucket = "aws:s3/bucket:Bucket";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const topic = "aws:sns/topic:Topic";
const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const project = "aws:codebuild/project:Project";
const pipeline = "aws:codepipeline/pipeline:Pipeline";
const vpc = "aws:ec2/vpc:Vpc";
const packageRepository = "aws:codeartifact/repository:Repository";
const subnet = "aws:ec2/subnet:Subnet";

describe("the stand-in provider, by itself", () => {
    let folder: string;
    let cloud: Cloud;
    let standIn: StandIn;
    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "stand-in-"));
        cloud = new Cloud(folder);
        standIn = configured({});
    });
    afterEach(() => fs.rmSync(folder, { recursive: true }));

    function configured(config: Properties): StandIn {
        const provider = new StandIn(cloud);
        provider.configure({ region: here.region, allowedAccountIds: JSON.stringify([here.account]), ...config });
        return provider;
    }

    function exists(type: string, inputs: Properties, seeded = true): Entry {
        const entry = { ...make(type, here, inputs, {}).entry, seeded };
        cloud.add(entry);
        return entry;
    }

    const create = (type: string, inputs: Properties) => standIn.create({ type, name: "it" }, inputs, false);

    for (const [title, type, inputs, message] of [
        ["a role that is not there", rolePolicy, { role: "nobody" }, /role: there is no .*"nobody"/],
        ["a bucket that is not there", "aws:s3/bucketPolicy:BucketPolicy", { bucket: "no" }, /no .*Bucket "no"/],
        [
            "a logged bucket that is not there",
            "aws:s3/bucketLogging:BucketLogging",
            { bucket: "no" },
            /no .*Bucket "no"/,
        ],
        ["a topic that is not there", "aws:sns/topicSubscription:TopicSubscription", { topic: "no" }, /no .*Topic/],
        [
            "a domain of packages that is not there",
            packageRepository,
            { domain: "acme", domainOwner: here.account, repository: "libraries" },
            /domain: there is no .*Domain "acme"/,
        ],
        ["a rule that is not there", "aws:cloudwatch/eventTarget:EventTarget", { rule: "no" }, /rule: there is no/],
        ["a network that is not there", project, { vpcConfig: { vpcId: "vpc-1", subnets: ["s"] } }, /vpcId: .*subnets/],
        [
            "a log group that is not there",
            project,
            { logsConfig: { cloudwatchLogs: { groupName: "no" } } },
            /groupName/,
        ],
        [
            "what an action names and is not there",
            pipeline,
            { stages: [{ actions: [{ configuration: { ConnectionArn: arn("codeconnections:#:connection/1") } }] }] },
            /stages\[0\]\.actions\[0\]\.configuration\.ConnectionArn: there is no/,
        ],
        [
            "a project that an action runs and that is not there",
            pipeline,
            { stages: [{ actions: [{ provider: "CodeBuild", configuration: { ProjectName: "no" } }] }] },
            /stages\[0\]\.actions\[0\]\.configuration\.ProjectName: there is no aws:codebuild/,
        ],
        [
            "a custom action that is not there",
            pipeline,
            { stages: [{ actions: [{ owner: "Custom", category: "Build", provider: "J", version: "1" }] }] },
            /stages\[0\]\.actions\[0\]\.provider: there is no .*CustomActionType "Build:J:1"/,
        ],
        [
            "a principal that is not there",
            "aws:kms/key:Key",
            { policy: document({ Principal: { AWS: roleArn } }) },
            /policy: there is no aws:iam\/role:Role/,
        ],
        ["a pipeline of one stage", pipeline, { stages: [{ name: "source" }] }, /at least two/],
        [
            "two stages of one name",
            pipeline,
            { stages: [{ name: "a" }, { name: "b" }, { name: "a" }] },
            /two have the same name/,
        ],
        ["a region for the only artifact store", pipeline, { artifactStores: [{ region: "r" }] }, /none for one/],
        ["a document that is none", topic, { name: "t", policy: "{}" }, /malformed policy document/],
    ] as const) {
        it(`fails on ${title}`, () => assert.rejects(create(type, { name: "n", ...inputs }), message));
    }

    it("takes references to other accounts and to keys of AWS on trust", async () => {
        await create(logGroup, { name: "a", kmsKeyId: "arn:aws:kms:eu-west-1:999999999999:key/1" });
        await create(topic, { name: "a", kmsMasterKeyId: "alias/aws/sns" });
        await create("aws:kms/key:Key", {
            policy: document({ Principal: { AWS: roleArn.replace("role/build", "root") } }),
        });
        assert.equal(cloud.all().length, 3);
    });

    it("takes a domain of packages that is there, or that another account has", async () => {
        const libraries = { domain: "acme", repository: "libraries" };
        await create(packageRepository, { ...libraries, domainOwner: "222222222222" });
        exists("aws:codeartifact/domain:Domain", { domain: "acme" });
        await create(packageRepository, { ...libraries, repository: "npm", domainOwner: here.account });
    });

    it("takes a custom action that is there, with a project that is none of CodeBuild's", async () => {
        exists("aws:codepipeline/customActionType:CustomActionType", {
            category: "Build",
            providerName: "J",
            version: "1",
        });
        const action = { owner: "Custom", category: "Build", provider: "J", version: "1" };
        await create(pipeline, {
            name: "n",
            stages: [
                { name: "Source", actions: [] },
                { name: "Build", actions: [{ ...action, configuration: { ProjectName: "orders" } }] },
            ],
        });
        assert.equal(cloud.list(pipeline).length, 1);
    });

    it("lets a service use a role only if it trusts the service and has a policy", async () => {
        const inputs = { name: "build", serviceRole: roleArn };
        const made = exists(role, { name: "build", assumeRolePolicy: trust("codepipeline") }, false);
        await assert.rejects(create(project, inputs), /does not trust codebuild\.amazonaws\.com/);
        cloud.put({ ...made, properties: { ...made.properties, assumeRolePolicy: trust("codebuild") } });
        await assert.rejects(create(project, inputs), /has no policy yet/);
        exists(rolePolicy, { role: "build", name: "use" });
        await create(project, inputs);
    });

    it("has a name once: a bucket in the world, a role in the account, a topic in the region", async () => {
        exists(bucket, { bucket: "taken" });
        exists(role, { name: "taken" });
        exists(topic, { name: "taken" });
        const elsewhere = { region: "us-east-1" };
        await assert.rejects(create(bucket, { bucket: "taken", ...elsewhere }), /exists already/);
        await assert.rejects(create(role, { name: "TAKEN" }), /exists already/);
        await assert.rejects(create(topic, { name: "taken" }), /exists already/);
        await create(topic, { name: "taken", ...elsewhere });
        standIn = configured({ allowedAccountIds: '["222222222222"]' });
        await create(role, { name: "taken" });
        await assert.rejects(create(bucket, { bucket: "taken" }), /exists already/);
    });

    it("refuses to delete what is still used", () => {
        exists(role, { name: "build" });
        const policy = exists(rolePolicy, { role: "build", name: "use" });
        const remove = () => standIn.delete({ type: role, name: "it" }, "build", {});
        assert.throws(remove, /"build:use" still uses it/);
        cloud.remove(policy);
        remove();
        remove(); // gone already: no error

        const network = exists(vpc, {});
        exists(subnet, { vpcId: network.id });
        assert.throws(() => standIn.delete({ type: vpc, name: "it" }, network.id, {}), /Subnet .* still uses it/);
    });

    it("invents a name and keeps it, and refuses one that AWS would", () => {
        const check = (before: Properties, after: Properties, seed: string) =>
            standIn.check({ type: logGroup, name: "it" }, before, after, seed);
        const [first] = check({}, {}, "1");
        assert.match(String(first.name), /^it-[0-9a-f]{7}$/);
        assert.equal(check(first, {}, "2")[0].name, first.name);
        assert.notEqual(check({}, {}, "2")[0].name, first.name);
        assert.deepEqual(
            check({}, { name: "no spaces" }, "1")[1].map(({ property }) => property),
            ["name"],
        );
    });

    it("compares deeply, and knows what forces a new resource", () => {
        const stages = (image: unknown) => [{ name: "a" }, { name: "b", actions: [{ image, "a.b": 1 }] }];
        const diff = (before: Properties, after: Properties) =>
            standIn.diff({ type: pipeline, name: "it" }, before, before, after);
        const nested = diff({ name: "n", stages: stages(1) }, { name: "n", stages: stages(2) });
        assert.deepEqual(nested.differences, [{ path: "stages[1].actions[0].image", kind: "update" }]);
        assert.deepEqual([nested.replaces, nested.deleteFirst], [[], false]);
        assert.deepEqual(diff({ stages: stages(1) }, { stages: stages(secret(1)) }).differences, []);
        assert.equal(diff({ stages: stages(1) }, { stages: stages(unknown) }).differences.length, 1);
        assert.deepEqual(diff({ name: "n" }, { name: "m" }).replaces, ["name"]);
        const moved = diff({ name: "n", region: "a" }, { name: "n", region: "b" });
        assert.deepEqual([moved.replaces, moved.deleteFirst], [["region"], true]);
    });

    it("foresees in a preview what is given, and that the rest will come", async () => {
        const [id, state] = await standIn.create({ type: bucket, name: "it" }, { bucket: "b", tags: secret({}) }, true);
        assert.equal(id, "");
        assert.equal(state.arn, unknown);
        assert.equal(state.bucket, "b");
        assert.deepEqual(state.tags, secret({}));
        assert.deepEqual(cloud.all(), []);
    });

    it("gives documents as JSON, and tags with those of the provider, secret where they are", async () => {
        standIn = configured({ defaultTags: JSON.stringify({ tags: { fleet: "shop" } }) });
        const subject = { type: role, name: "it" };
        const given = { name: "r", assumeRolePolicy: { Statement: [] }, tags: secret({ a: "b" }) };
        const [inputs] = standIn.check(subject, {}, given, "");
        assert.equal(inputs.assumeRolePolicy, '{"Statement":[]}');
        const [id, state] = await standIn.create(subject, inputs, false);
        assert.deepEqual(state.tagsAll, secret({ fleet: "shop", a: "b" }));
        assert.deepEqual(standIn.diff(subject, inputs, state, inputs).differences, []);
        assert.deepEqual(standIn.read(subject, id, state, inputs), { id, state, inputs });
        standIn = configured({ defaultTags: JSON.stringify({ tags: { fleet: "other" } }) });
        const change = standIn.diff(subject, inputs, state, inputs);
        assert.deepEqual(change.differences, [{ path: "tagsAll.fleet", kind: "update" }]);
        const updated = standIn.update(subject, id, state, inputs, false);
        assert.deepEqual(plainProperties(updated).tagsAll, { fleet: "other", a: "b" });
    });
});
