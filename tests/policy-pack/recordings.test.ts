import * as assert from "node:assert/strict";
import type { Registration } from "../support/recordings";
import { allOperations, known, stackFiles } from "../support/stacks";
import { asResources, findings } from "./support/resources";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Inputs = Record<string, any>;

/** What builds images with Docker, and so runs as root: an exception that the stack file names as a risk too. */
const privileged = /^(Pulumi\.(dev|prod)|examples\/builds\/image)\.yaml (orders|catalog)--build-project$/;

/** What is taken away or let in, by the rule that has to say so, and by no other. */
const mutations: readonly (readonly [rule: string, type: string, (inputs: Inputs) => void])[] = [
    ["pipeline-v2", "Pipeline", inputs => (inputs.pipelineType = "V1")],
    ["pipeline-encrypted", "Pipeline", inputs => delete inputs.artifactStores[0].encryptionKey],
    [
        "pipeline-approval",
        "Pipeline",
        inputs => (inputs.stages = (inputs.stages as { name: string }[]).filter(({ name }) => name !== "Approve-prod")),
    ],
    [
        "pipeline-verified",
        "Pipeline",
        inputs => {
            const prod = (inputs.stages as { name: string; actions: { name: string }[] }[]).find(
                ({ name }) => name === "prod",
            );
            assert.ok(prod);
            const { length } = prod.actions;
            prod.actions = prod.actions.filter(({ name }) => name !== "verify");
            assert.equal(prod.actions.length, length - 1);
        },
    ],
    ["build-in-vpc", "Project", inputs => delete inputs.vpcConfig],
    ["build-encrypted", "Project", inputs => delete inputs.encryptionKey],
    ["build-not-privileged", "Project", inputs => (inputs.environment.privilegedMode = true)],
    ["build-logs", "Project", inputs => (inputs.logsConfig.cloudwatchLogs.status = "DISABLED")],
    [
        "no-plain-text-secret",
        "Project",
        inputs => (inputs.environment.environmentVariables = [{ name: "DB_PASSWORD", value: "hunter2" }]),
    ],
    ["no-plain-text-secret", "Function", inputs => (inputs.environment = { variables: { TOKEN: "x" } })],
    ["no-wildcard-action", "RolePolicy", inputs => (inputs.policy.Statement[0].Action = ["s3:*"])],
    [
        "no-wildcard-resource",
        "RolePolicy",
        inputs =>
            void Object.assign(inputs.policy.Statement[0] as object, { Action: ["s3:GetObject"], Resource: ["*"] }),
    ],
    ["no-negated-allow", "RolePolicy", inputs => (inputs.policy.Statement[0].NotResource = ["arn:aws:s3:::a"])],
    [
        "no-administrator",
        "Role",
        inputs => (inputs.managedPolicyArns = ["arn:aws:iam::aws:policy/AdministratorAccess"]),
    ],
    ["not-for-everybody", "Role", inputs => (inputs.assumeRolePolicy.Statement[0].Principal = { AWS: "*" })],
    [
        "not-for-everybody",
        "QueuePolicy",
        inputs => {
            inputs.policy.Statement[0].Principal = "*";
            delete inputs.policy.Statement[0].Condition;
        },
    ],
    ["bucket-not-public", "BucketPublicAccessBlock", inputs => (inputs.blockPublicPolicy = false)],
    [
        "bucket-encrypted",
        "BucketServerSideEncryptionConfiguration",
        inputs => (inputs.rules[0].applyServerSideEncryptionByDefault = { sseAlgorithm: "AES256" }),
    ],
    ["bucket-versioned", "BucketVersioning", inputs => (inputs.versioningConfiguration.status = "Suspended")],
    ["bucket-tls", "BucketPolicy", inputs => (inputs.policy.Statement as unknown[]).shift()],
    ["log-retention", "LogGroup", inputs => delete inputs.retentionInDays],
    ["log-encrypted", "LogGroup", inputs => delete inputs.kmsKeyId],
    ["queue-encrypted", "Queue", inputs => delete inputs.kmsMasterKeyId],
    ["topic-encrypted", "Topic", inputs => delete inputs.kmsMasterKeyId],
    ["key-rotation", "Key", inputs => (inputs.enableKeyRotation = false)],
    ["no-open-ingress", "SecurityGroup", inputs => (inputs.ingress = [{ cidrBlocks: ["0.0.0.0/0"] }])],
];

/** Resources without which a bucket is not safe, by the rule that misses them. */
const companions: readonly (readonly [rule: string, type: string])[] = [
    ["bucket-not-public", "BucketPublicAccessBlock"],
    ["bucket-encrypted", "BucketServerSideEncryptionConfiguration"],
    ["bucket-versioned", "BucketVersioning"],
    ["bucket-tls", "BucketPolicy"],
];

const isA = (noun: string) => (one: Registration) => one.type.startsWith("aws:") && one.type.endsWith(`:${noun}`);

describe("the policy pack over what is registered", function () {
    this.timeout(60_000);

    for (const file of Object.keys(stackFiles)) {
        it(`finds nothing in ${file} but builds that say that they run as root`, async () => {
            const { registrations } = await known(file);
            const left = findings(asResources(registrations)).filter(
                ({ rule, name }) => rule !== "build-not-privileged" || !privileged.test(`${file} ${name}`),
            );
            assert.deepEqual(left, []);
        });
    }

    describe("with one safety less", () => {
        let registrations: readonly Registration[];
        before(async () => ({ registrations } = await known(allOperations)));

        for (const [rule, noun, change] of mutations) {
            it(`fails by ${rule} alone, on a ${noun}`, () => {
                const index = registrations.findIndex(isA(noun));
                assert.ok(index >= 0, `no ${noun}`);
                const inputs = structuredClone(registrations[index].inputs);
                change(inputs);
                const found = findings(asResources(registrations.with(index, { ...registrations[index], inputs })));
                assert.deepEqual([...new Set(found.map(finding => finding.rule))], [rule]);
            });
        }

        for (const [rule, noun] of companions) {
            it(`fails by ${rule} alone, without a ${noun}`, () => {
                const found = findings(asResources(registrations.filter(one => !isA(noun)(one))));
                assert.deepEqual(
                    found.map(finding => [finding.rule, finding.name]),
                    [[rule, "artifacts-bucket"]],
                );
            });
        }
    });
});
