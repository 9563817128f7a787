import * as assert from "node:assert/strict";
import { noun, type Registration } from "../support/recordings";
import { known, stackFiles } from "../support/stacks";
import { openFindings } from "./open-findings";

/** Names of what stays without a key of KMS, with its reason in docs/security.md. */
const excepted = (check: string): readonly string[] => openFindings.find(one => one.check === check)?.names ?? [];

type Inputs = Readonly<Record<string, unknown>>;

interface Statement {
    readonly Effect: string;
    readonly Principal: unknown;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: unknown;
}

const json = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : value);

/** What encrypts a bucket by default, and what else is set of it. */
interface Settings {
    readonly encryption: {
        readonly rules: readonly {
            readonly applyServerSideEncryptionByDefault: {
                readonly sseAlgorithm: string;
                readonly kmsMasterKeyId: string;
            };
            readonly bucketKeyEnabled: boolean;
        }[];
    };
    readonly lifecycle: { readonly rules: readonly { readonly status: string }[] };
}

for (const file of Object.keys(stackFiles)) {
    describe(`what ${file} encrypts and closes`, function () {
        this.timeout(60_000);
        let all: readonly Registration[];
        let keys: readonly string[];
        before(async () => {
            const { registrations, plan } = await known(file);
            all = registrations;
            const stores = [plan.shared.store, ...plan.shared.stores];
            assert.equal(stores.length, all.filter(one => noun(one) === "Bucket").length);
            const rules = all
                .filter(one => noun(one) === "BucketServerSideEncryptionConfiguration")
                .map(({ inputs }) => (inputs as unknown as Settings["encryption"]).rules[0]);
            keys = rules.map(rule => rule.applyServerSideEncryptionByDefault.kmsMasterKeyId);
        });

        const ofNoun = (...nouns: string[]) => all.filter(one => nouns.includes(noun(one)));

        /** Names of those among `nouns` whose `key` is none of the stack's. */
        const without = (key: string, ...nouns: string[]) =>
            ofNoun(...nouns)
                .filter(({ inputs }) => !keys.includes(String(inputs[key])))
                .map(({ name }) => name);

        it("are logs, topics and queues, with the stack's own key", () => {
            assert.ok(ofNoun("LogGroup").length > 0);
            assert.deepEqual(without("kmsKeyId", "LogGroup"), []);
            assert.deepEqual(without("kmsMasterKeyId", "Topic"), []);
            const queues = without("kmsMasterKeyId", "Queue");
            assert.deepEqual(
                queues.filter(name => !excepted("CKV_AWS_27").includes(name)),
                [],
            );
            for (const { name, inputs } of ofNoun("Queue").filter(one => queues.includes(one.name))) {
                assert.equal(inputs.sqsManagedSseEnabled, true, name);
            }
        });

        it("are builds, and no variable of a function", () => {
            assert.deepEqual(without("encryptionKey", "Project"), []);
            const said = ofNoun("Function").filter(({ inputs }) => inputs.environment !== undefined);
            assert.deepEqual(
                said.map(({ name }) => name),
                [],
            );
        });

        it("has keys that turn, each with a policy of its own that does not leave all to the account", () => {
            for (const { name, inputs } of ofNoun("Key")) {
                // A key that signs cannot turn.
                assert.equal(inputs.enableKeyRotation, name === "signing-key" ? undefined : true, name);
                const { Statement } = json(inputs.policy) as { Statement: Statement[] };
                assert.ok(Statement.length > 0 && Statement.every(({ Action }) => !Action.includes("kms:*")), name);
            }
        });

        it("has buckets that are encrypted, versioned and tidied up, and that nobody else owns or opens", () => {
            const buckets = ofNoun("Bucket");
            const settings = (type: string, { inputs }: Registration): Inputs => {
                const found = ofNoun(type).filter(one => one.inputs.bucket === inputs.bucket);
                assert.equal(found.length, 1, `${type} of ${String(inputs.bucket)}`);
                return found[0].inputs;
            };
            for (const bucket of buckets) {
                const { rules } = settings(
                    "BucketServerSideEncryptionConfiguration",
                    bucket,
                ) as unknown as Settings["encryption"];
                assert.deepEqual(
                    rules.map(rule => [rule.applyServerSideEncryptionByDefault.sseAlgorithm, rule.bucketKeyEnabled]),
                    [["aws:kms", true]],
                );
                assert.deepEqual(settings("BucketVersioning", bucket).versioningConfiguration, { status: "Enabled" });
                assert.deepEqual(settings("BucketOwnershipControls", bucket).rule, {
                    objectOwnership: "BucketOwnerEnforced",
                });
                const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = settings(
                    "BucketPublicAccessBlock",
                    bucket,
                );
                assert.deepEqual(
                    [blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets],
                    [true, true, true, true],
                );
                const lifecycle = settings("BucketLifecycleConfiguration", bucket) as unknown as Settings["lifecycle"];
                assert.ok(lifecycle.rules.some(({ status }) => status === "Enabled"));
            }
        });

        it("has buckets that refuse plain HTTP, other keys and encryption without KMS", () => {
            for (const { inputs } of ofNoun("BucketPolicy")) {
                const { Statement } = json(inputs.policy) as { Statement: (Statement & { Sid: string })[] };
                const itself = `arn:aws:s3:::${String(inputs.bucket)}`;
                const of = (sid: string) => Statement.find(({ Sid }) => Sid === sid) ?? assert.fail(sid);
                assert.deepEqual(of("RefusePlainHttp"), {
                    Sid: "RefusePlainHttp",
                    Effect: "Deny",
                    Principal: "*",
                    Action: ["s3:*"],
                    Resource: [itself, `${itself}/*`],
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                });
                const others = of("RefuseOtherKeys");
                const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
                const own = (others.Condition as { ArnNotEquals: Record<string, string> }).ArnNotEquals[header];
                assert.ok(keys.includes(own), own);
                for (const sid of ["RefuseOtherEncryption", "RefuseOtherKeys", "RefuseUnnamedKeys"]) {
                    const { Effect, Principal, Action } = of(sid);
                    assert.deepEqual([Effect, Principal, Action], ["Deny", "*", ["s3:PutObject"]], sid);
                }
            }
            assert.equal(ofNoun("BucketPolicy").length, ofNoun("Bucket").length);
        });
    });
}
