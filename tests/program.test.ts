import * as assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { committed, stackFile, type Values } from "./support/plans";
import { counted, isComponent, run } from "./support/program";
import { noun, only, tree, type Recording, type Registration } from "./support/recordings";

const stacks = ["dev", "prod"] as const;

/** What each stack file comes to; the rest is the same in both. */
const counts = {
    dev: {
        BuildProject: 10,
        Function: 4,
        LogGroup: 7,
        MetricAlarm: 8,
        Project: 10,
        Queue: 6,
        Role: 22,
        RolePolicy: 22,
        SecurityGroup: 1,
        SharedFunction: 4,
        Topic: 1,
        TopicSubscription: 1,
        VpcEndpoint: 1,
    },
    prod: {
        BuildProject: 11,
        Function: 5,
        LogGroup: 8,
        MetricAlarm: 10,
        Policy: 2,
        Project: 11,
        Queue: 7,
        Role: 24,
        RolePolicy: 24,
        SecurityGroup: 2,
        SecurityGroupIngressRule: 1,
        SharedFunction: 5,
        Topic: 3,
        TopicSubscription: 4,
        VpcEndpoint: 3,
    },
    both: {
        Alias: 2,
        Approvals: 1,
        ArtifactStore: 1,
        Audit: 1,
        Bucket: 1,
        BucketLifecycleConfiguration: 1,
        BucketLogging: 1,
        BucketOwnershipControls: 1,
        BucketPolicy: 1,
        BucketPublicAccessBlock: 1,
        BucketServerSideEncryptionConfiguration: 1,
        BucketVersioning: 1,
        Connection: 1,
        Connections: 1,
        Dashboard: 1,
        DefaultSecurityGroup: 1,
        EventRule: 7,
        EventSourceMapping: 2,
        EventTarget: 8,
        EventTrigger: 1,
        Fleet: 1,
        FlowLog: 1,
        Key: 2,
        LogResourcePolicy: 1,
        Monitoring: 1,
        Network: 1,
        NotificationTargets: 1,
        Operations: 1,
        Pipeline: 6,
        QueryDefinition: 7,
        QueuePolicy: 2,
        SecurityGroupEgressRule: 1,
        ServicePipeline: 6,
        SigningKey: 1,
        Table: 1,
        TopicPolicy: 1,
        Vpc: 1,
    },
};

const of = ({ registrations }: Recording, type: string) => registrations.filter(one => noun(one) === type);

/** Physical names, each with its noun. */
const physicalNames = ({ registrations }: Recording) =>
    registrations.flatMap(one => {
        const name = one.inputs.name ?? (noun(one) === "Bucket" ? one.inputs.bucket : undefined);
        return typeof name === "string" && noun(one) !== "RolePolicy" ? [`${noun(one)} ${name}`] : [];
    });

for (const stack of stacks) {
    describe(`the program, of the ${stack} stack file`, () => {
        let recording: Recording;
        before(async () => (recording = await run(committed(stack), stack)));

        it("registers so many of each type", () => {
            const expected = Object.entries({ ...counts.both, ...counts[stack] }).sort(([a], [b]) => (a < b ? -1 : 1));
            assert.deepEqual(counted(recording.registrations), Object.fromEntries(expected));
        });

        it("registers one fleet, and all else below it", () => {
            const top = recording.registrations.filter(({ parent }) => parent === undefined);
            assert.deepEqual(tree(top), ["Fleet fleet"]);
        });

        it("gives no two resources one name", () => {
            const names = physicalNames(recording).map(name => name.toLowerCase());
            assert.deepEqual(
                names.filter((name, index) => names.indexOf(name) !== index),
                [],
            );
        });

        it("protects what holds something, where the stack file says so", () => {
            const nouns = new Set(recording.registrations.filter(one => one.protect).map(noun));
            const kept = ["Bucket", "Connection", "Key", "SecurityGroup", "Vpc"];
            assert.deepEqual(
                kept.filter(one => nouns.has(one)),
                stack === "prod" ? kept : [],
            );
        });

        it("tags whatever AWS can tag, with the service where there is one", () => {
            const { tags } = committed(stack);
            const wrong = recording.registrations
                .filter(one => !isComponent(one))
                .filter(one => !carries(one.inputs, tags));
            assert.deepEqual(
                [...new Set(wrong.map(noun))].sort(),
                [
                    "Alias",
                    "BucketLifecycleConfiguration",
                    "BucketLogging",
                    "BucketOwnershipControls",
                    "BucketPolicy",
                    "BucketPublicAccessBlock",
                    "BucketServerSideEncryptionConfiguration",
                    "BucketVersioning",
                    "Dashboard",
                    "EventTarget",
                    "LogResourcePolicy",
                    "QueryDefinition",
                    "QueuePolicy",
                    "RolePolicy",
                    "TopicPolicy",
                    "TopicSubscription",
                ].filter(type => of(recording, type).length > 0),
            );
            const roles = of(recording, "Role").filter(({ urn }) => !/SharedFunction|:Network\$/.test(urn));
            for (const one of [...of(recording, "Project"), ...of(recording, "Pipeline"), ...roles]) {
                const [service] = one.name.replace(/-(role|pipeline|project)$/, "").split("--");
                assert.equal((one.inputs.tags as Record<string, string>).service, service);
            }
        });

        it("builds in the VPC, encrypted, with logs in the shared group", () => {
            const handles = recording.outputs.handles as Record<string, string>;
            const group = only(recording.registrations, "LogGroup", "build-logs");
            const subnets = Object.keys(handles).filter(key => /^subnet:/.test(key));
            const projects = of(recording, "Project");
            for (const { inputs } of projects) {
                assert.deepEqual(inputs.vpcConfig, {
                    vpcId: handles.vpc,
                    subnets: subnets.map(key => handles[key]),
                    securityGroupIds: [handles.buildSecurityGroup],
                });
                assert.equal(inputs.encryptionKey, handles.artifactKey);
                const { cloudwatchLogs, s3Logs } = inputs.logsConfig as Record<string, Record<string, string>>;
                assert.deepEqual([cloudwatchLogs.status, s3Logs.status], ["ENABLED", "DISABLED"]);
                assert.equal(cloudwatchLogs.groupName, group.inputs.name);
            }
            const streams = projects.map(streamOf);
            assert.equal(new Set(streams).size, projects.length);
            assert.ok(subnets.length > 1);
        });

        it("makes V2 pipelines, with the key by its ARN and the bucket by its name", () => {
            const { artifactKey } = recording.outputs.handles as Record<string, string>;
            assert.match(artifactKey, /^arn:aws:kms:eu-west-1:111111111111:key\/[0-9a-f-]{36}$/);
            for (const { inputs } of of(recording, "Pipeline")) {
                assert.equal(inputs.pipelineType, "V2");
                assert.deepEqual(inputs.artifactStores, [
                    {
                        type: "S3",
                        location: of(recording, "Bucket")[0].inputs.bucket,
                        encryptionKey: { type: "KMS", id: artifactKey },
                    },
                ]);
            }
        });

        it("tells pipelines, connections to confirm, policies of approvers and handles", () => {
            const { pipelines, pendingConnections, approverPolicies, handles, ...rest } = recording.outputs;
            const { prefix, services } = committed(stack);
            assert.deepEqual(rest, {});
            assert.deepEqual(Object.keys(pipelines as object), Object.keys(services as object).sort());
            const console = "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines";
            const name = `${String(prefix)}--orders`;
            assert.deepEqual((pipelines as Record<string, unknown>).orders, {
                name,
                arn: `arn:aws:codepipeline:eu-west-1:111111111111:${name}`,
                consoleUrl: `${console}/${name}/view?region=eu-west-1`,
            });
            assert.deepEqual(pendingConnections, [`${String(prefix)}--github`]);
            const policy = (environment: string) =>
                `arn:aws:iam::111111111111:policy/shop--fleet--approve--${environment}`;
            assert.deepEqual(
                approverPolicies,
                stack === "dev" ? {} : { staging: policy("staging"), prod: policy("prod") },
            );
            assert.deepEqual(
                Object.keys(handles as object).filter(key => !key.startsWith("subnet")),
                ["vpc", "buildSecurityGroup", "buildSecurityGroupArn", "artifactKey", "connection:github"],
            );
        });

        it("previews what it deploys", async () => {
            assert.deepEqual(
                tree((await run(committed(stack), stack, true)).registrations),
                tree(recording.registrations),
            );
        });
    });
}

const streamOf = ({ inputs }: Registration) =>
    (inputs.logsConfig as { cloudwatchLogs: { streamName: string } }).cloudwatchLogs.streamName;

const carries = (inputs: Record<string, unknown>, tags: unknown) =>
    Object.entries(tags as object).every(
        ([key, value]) => (inputs.tags as Record<string, unknown> | undefined)?.[key] === value,
    );

describe("the program", () => {
    it("gives two stacks of one account no name in common, nor a pattern that matches the other's", async () => {
        const [dev, prod] = [await run(committed("dev"), "dev"), await run(committed("prod"), "prod")];
        const names = new Set(physicalNames(dev));
        assert.deepEqual(
            physicalNames(prod).filter(name => names.has(name)),
            [],
        );
        assert.deepEqual(
            of(dev, "Role").filter(({ inputs }) => String(inputs.name).startsWith("shop--")),
            [],
        );
    });

    it("registers functions where something asks them, and no more of them for more services", async () => {
        const functions = async (values: Values) =>
            (await run(values)).registrations
                .filter(({ urn }) => urn.includes("SharedFunction"))
                .map(({ name }) => name)
                .filter(name => /^check(-|$)/.test(name));
        const small = stackFile("environments: [{ name: dev, before: [{ type: alarm, name: a }] }]");
        const freezable = { ...small, environments: [{ name: "dev", freezable: true }] };
        const { web } = small.services as { web: object };
        const two = { ...freezable, services: { web, site: { ...web, deploy: { type: "s3", bucket: "other" } } } };
        const all = [
            "check",
            "check-dead-letters",
            "check-dead-letters-alarm",
            "check-function",
            "check-logs",
            "check-policy",
            "check-role",
        ];
        assert.deepEqual([await functions(small), await functions(freezable), await functions(two)], [[], all, all]);
    });

    it("fails on a broken stack file with every problem, and no stack trace", async () => {
        const broken = { ...stackFile("environments: [{ name: dev, aproval: {} }]\nprefix: Shop"), colour: "red" };
        await assert.rejects(run(broken), error => {
            assert.ok(RunError.isInstance(error));
            const [head, ...problems] = error.message.split("\n");
            assert.equal(head, "the stack file has problems:");
            assert.deepEqual(problems.map(line => line.trim().split(":")[0]).sort(), [
                "colour",
                "environments[0].aproval",
                "prefix",
            ]);
            return true;
        });
    });

    it("fails on an encrypted value and does not show it", async () => {
        process.env.PULUMI_CONFIG_SECRET_KEYS = JSON.stringify(["service-pipelines:prefix"]);
        try {
            await assert.rejects(run(stackFile("prefix: hunter2")), error => {
                assert.ok(RunError.isInstance(error));
                assert.match(error.message, /prefix: an encrypted value/);
                assert.doesNotMatch(error.message, /hunter2/);
                return true;
            });
        } finally {
            delete process.env.PULUMI_CONFIG_SECRET_KEYS;
        }
    });
});
