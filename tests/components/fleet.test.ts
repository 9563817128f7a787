import * as assert from "node:assert/strict";
import { allResources } from "../../blueprint/counts";
import { Fleet } from "../../components/fleet";
import { planOf, reference, stackFile, type Values } from "../support/plans";
import {
    assertFails,
    assertPreviewedAsDeployed,
    inputsOf,
    noun,
    recorded,
    registered,
    tree,
} from "../support/recordings";

const values = stackFile(`
    protect: true
    retention: { logDays: 30 }
    network: { create: { cidrBlock: 10.20.0.0/16, natGateways: Single, endpoints: [s3] } }
    environments: [{ name: dev }, { name: staging }, { name: prod, approval: { notify: [a@shop.example] } }]
    services:
        web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "web-{environment}" } }
`);

const made = (values: Values) => () => {
    const plan = planOf(values);
    const fleet = new Fleet("fleet", { plan });
    plan.pipelines.forEach(pipeline => fleet.add(pipeline));
    return { ...fleet.outputs };
};
const build = made(values);

describe("Fleet", () => {
    it("registers exactly what services share, protects what cannot be made again, and makes services wait", async () => {
        const lines = tree(await registered(build));
        // What these are made of, their own tests say.
        const opaque = /^ {2}(Monitoring|Operations|SharedFunction) /;
        const heads = lines.map((_, index) => lines.slice(0, index + 1).findLast(line => /^ {0,2}\S/.test(line)) ?? "");
        assert.deepEqual(
            lines.filter((line, index) => line === heads[index] || !opaque.test(heads[index])),
            [
                "Fleet fleet",
                "  Approvals approve",
                "    Topic approve-prod < Key artifacts-key",
                "    TopicSubscription approve-prod--a@shop.example < Topic approve-prod",
                "    Policy approve-prod-answer",
                "  ArtifactStore artifacts protected",
                "    Alias artifacts-alias protected < Key artifacts-key",
                "    Bucket artifacts-bucket protected",
                "    BucketServerSideEncryptionConfiguration artifacts-encryption protected < Bucket artifacts-bucket, Key artifacts-key",
                "    Key artifacts-key protected",
                "    BucketLifecycleConfiguration artifacts-lifecycle protected < Bucket artifacts-bucket, BucketVersioning artifacts-versioning",
                "    BucketOwnershipControls artifacts-ownership protected < Bucket artifacts-bucket, BucketPolicy artifacts-policy",
                "    BucketPolicy artifacts-policy protected < Bucket artifacts-bucket, BucketPublicAccessBlock artifacts-public-access, Key artifacts-key",
                "    BucketPublicAccessBlock artifacts-public-access protected < Bucket artifacts-bucket",
                "    BucketVersioning artifacts-versioning protected < Bucket artifacts-bucket",
                "  LogGroup build-logs protected < Key artifacts-key",
                "  Connections connection protected",
                "    Connection connection-github protected",
                "  SharedFunction metrics",
                "  Monitoring monitoring",
                "  Network network protected",
                "    SecurityGroup network-builds protected < Vpc network-vpc",
                "    DefaultSecurityGroup network-default < Vpc network-vpc",
                "    FlowLog network-flow-log < LogGroup network-flow-logs, Role network-flow-log-role, RolePolicy network-flow-log-policy, Vpc network-vpc",
                "    RolePolicy network-flow-log-policy < Role network-flow-log-role",
                "    Role network-flow-log-role",
                "    LogGroup network-flow-logs protected < Key artifacts-key",
                "    SecurityGroupEgressRule network-out-443-0.0.0.0/0 < SecurityGroup network-builds",
                "    VpcEndpoint network-s3 < Vpc network-vpc",
                "    Vpc network-vpc protected",
                "  SharedFunction notify",
                "  Operations operations",
                "  SharedFunction seal",
                "  SigningKey signing protected",
                "    Alias signing-alias protected < Key signing-key",
                "    Key signing-key protected",
                "  SharedFunction verify",
                // Whom its pipeline asks comes before it.
                "  ServicePipeline web < DefaultSecurityGroup network-default, FlowLog network-flow-log, Function seal-function, Function verify-function, LogGroup build-logs, LogGroup network-flow-logs, LogGroup seal-logs, LogGroup verify-logs, MetricAlarm seal-dead-letters-alarm, MetricAlarm verify-dead-letters-alarm, Queue seal-dead-letters, Queue verify-dead-letters, Role network-flow-log-role, Role seal-role, Role verify-role, RolePolicy network-flow-log-policy, RolePolicy seal-policy, RolePolicy verify-policy, SecurityGroup network-builds, SecurityGroupEgressRule network-out-443-0.0.0.0/0, Topic approve-prod, Vpc network-vpc, VpcEndpoint network-s3",
                "    Pipeline web-pipeline < Bucket artifacts-bucket, BucketPolicy artifacts-policy, Connection connection-github, Key artifacts-key, Role web-role, RolePolicy web-policy",
                "    RolePolicy web-policy < Connection connection-github, Key artifacts-key, Role web-role",
                "    Role web-role",
            ],
        );
    });

    it("protects nothing unless the stack file says so", async () => {
        const all = await registered(made({ ...values, protect: false }));
        assert.deepEqual(
            all.filter(one => one.protect),
            [],
        );
        const names = async (program: () => unknown) => (await registered(program)).map(({ urn }) => urn);
        assert.deepEqual(await names(made({ ...values, protect: false })), await names(build));
    });

    it("takes the options of any component", async () => {
        const all = await registered(() => new Fleet("fleet", { plan: planOf(values) }, { protect: true }));
        assert.equal(tree(all)[0], "Fleet fleet protected");
    });

    it("keeps the logs of all builds in one group, encrypted, for a while", async () => {
        const { registrations, outputs } = await recorded(build);
        assert.deepEqual(inputsOf(registrations, "LogGroup", "build-logs"), {
            name: "/service-pipelines/shop",
            retentionInDays: 30,
            kmsKeyId: (outputs.handles as Values).artifactKey,
            tags: { fleet: "shop" },
        });
    });

    it("makes the functions that pipelines ask, under the key, and makes pipelines wait for them", async () => {
        const all = await registered(made({ ...values, environments: [{ name: "dev", freezable: true }] }));
        const before = tree(all).find(line => line.includes("ServicePipeline web")) ?? "";
        assert.deepEqual(
            tree(all).filter(line => / check(-|$)/.test(line) && !line.includes("ServicePipeline")),
            [
                "  SharedFunction check",
                "    Queue check-dead-letters < Key artifacts-key",
                "    MetricAlarm check-dead-letters-alarm < Queue check-dead-letters",
                "    Function check-function < LogGroup check-logs, Queue check-dead-letters, Role check-role, RolePolicy check-policy",
                "    LogGroup check-logs < Key artifacts-key",
                "    RolePolicy check-policy < Key artifacts-key, Role check-role",
                "    Role check-role",
            ],
        );
        assert.match(before, /Function check-function, /);
        assert.deepEqual(inputsOf(all, "Function", "check-function").tags, { fleet: "shop" });
    });

    it("makes the function that rolls back, and makes the pipelines that its alarms roll back wait for it", async () => {
        const services = {
            web: { environments: { dev: { rollbackOn: [] } } },
            orders: {},
        };
        const service = (name: string, words: object) => ({
            source: { repository: `acme/${name}` },
            build: { type: "none" },
            deploy: { type: "s3", bucket: `${name}-site` },
            ...words,
        });
        const rolledBack = {
            ...values,
            environments: [{ name: "dev", rollbackOn: ["{service}-5xx"] }],
            services: Object.fromEntries(Object.entries(services).map(([name, words]) => [name, service(name, words)])),
        };
        const all = await registered(made(rolledBack));
        assert.equal(all.length, allResources(planOf(rolledBack)));
        const lines = tree(all);
        assert.deepEqual(
            lines
                .filter(line => /^ {4}.* rollback-/.test(line))
                .map(line => line.trim().split(" ").slice(0, 2).join(" ")),
            [
                "Queue rollback-dead-letters",
                "MetricAlarm rollback-dead-letters-alarm",
                "Function rollback-function",
                "LogGroup rollback-logs",
                "EventSourceMapping rollback-messages",
                "RolePolicy rollback-policy",
                "Queue rollback-queue",
                "QueuePolicy rollback-queue-policy",
                "Role rollback-role",
            ],
        );
        const waits = (name: string) =>
            lines
                .find(line => line.startsWith(`  ServicePipeline ${name} `))
                ?.includes("QueuePolicy rollback-queue-policy");
        assert.deepEqual([waits("orders"), waits("web")], [true, false]);
    });

    it("registers nothing that watches where everything of it is off", async () => {
        const alarms = { approval: false, functionErrors: false, lateMessages: false };
        const all = await registered(made({ ...values, operations: { metrics: "none", dashboard: false, alarms } }));
        assert.deepEqual(
            all.filter(one => noun(one) === "Monitoring" || noun(one) === "Dashboard"),
            [],
        );
    });

    it("hands the tags, the key and the bucket to what it is made of", async () => {
        const { registrations: all, outputs } = await recorded(build);
        const { artifactKey } = outputs.handles as Values;
        for (const [type, name] of [
            ["Key", "artifacts-key"],
            ["Topic", "approve-prod"],
            ["Connection", "connection-github"],
            ["SecurityGroup", "network-builds"],
        ]) {
            assert.equal(inputsOf(all, type, name).tags.fleet, "shop", name);
        }
        assert.equal(inputsOf(all, "Topic").kmsMasterKeyId, artifactKey);
        assert.deepEqual(inputsOf(all, "Pipeline").artifactStores, [
            {
                type: "S3",
                location: "shop--fleet--artifacts-111111111111-eu-west-1",
                encryptionKey: { type: "KMS", id: artifactKey },
            },
        ]);
        assert.deepEqual(inputsOf(all, "Pipeline").tags, { fleet: "shop", service: "web" });
    });

    it("tells all that plans refer to, what waits for confirmation, and who may approve", async () => {
        const { handles, ...outputs } = (await recorded(build)).outputs;
        assert.deepEqual(Object.keys(handles as object).sort(), [
            "artifactKey",
            "buildSecurityGroup",
            "buildSecurityGroupArn",
            "connection:github",
            "subnet:0",
            "subnet:1",
            "subnetArn:0",
            "subnetArn:1",
            "vpc",
        ]);
        assert.deepEqual(outputs, {
            pendingConnections: ["shop--github"],
            approverPolicies: { prod: "arn:aws:iam::111111111111:policy/shop--fleet--approve--prod" },
        });
    });

    it("gives two services resources that never meet", async () => {
        const pair = { orders: reference, "orders-build": reference };
        const all = await registered(made({ ...values, services: pair }));
        const physical = all.flatMap(one =>
            one.inputs.name === undefined ? [] : [`${noun(one)} ${one.inputs.name as string}`],
        );
        assert.equal(new Set(physical).size, physical.length);
        assert.equal(all.filter(one => noun(one) === "Pipeline").length, 2);
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on one service twice", () =>
        assertFails(() => {
            const plan = planOf(values);
            const fleet = new Fleet("fleet", { plan });
            return [fleet.add(plan.pipelines[0]), fleet.add(plan.pipelines[0])];
        }, /duplicate URN .*ServicePipeline::web: /));
});
