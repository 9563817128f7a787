import { isEverybody, statementsOf, textsOf, type Statement } from "./documents";
import { below, found, isOwnKey, listed, unknown, unseen, type Resource, type Result, type Rule } from "./rule";

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** What says something of a bucket, by the end of its type; AWS's provider has had two names for each. */
const companionType = (noun: string) => new RegExp(`^aws:s3/bucket${noun}(V2)?:Bucket${noun}(V2)?$`);

/** Whether `companion` is of `bucket`; {@link unknown} where neither a name nor a reference tells. */
function isOf(companion: Resource, bucket: Resource): boolean | typeof unknown {
    const named = companion.props.bucket;
    if (companion.references.bucket?.includes(bucket.urn)) {
        return true;
    }
    if (companion.references.bucket !== undefined && companion.references.bucket.length > 0) {
        return false;
    }
    return named === unknown || bucket.props.bucket === unknown ? unknown : named === bucket.props.bucket;
}

/**
 * A rule that each bucket has `noun` that `holds`, as a resource of its own or in `inline`, a property of the bucket.
 */
function each(
    noun: string,
    holds: (value: Resource["props"], bucket: Resource) => boolean | typeof unknown,
    expected: string,
    remedy: string,
    inline: (bucket: Resource) => Resource["props"] | undefined = () => undefined,
): (resources: readonly Resource[]) => readonly Result[] {
    return resources => {
        const companions = resources.filter(({ type }) => companionType(noun).test(type));
        return resources
            .filter(({ type }) => bucketTypes.includes(type))
            .flatMap((bucket): readonly Result[] => {
                const own = companions.filter(companion => isOf(companion, bucket) === true);
                const perhaps = companions.some(companion => isOf(companion, bucket) === unknown);
                const within = inline(bucket);
                const all = [...own.map(({ props }) => props), ...(within === undefined ? [] : [within])];
                const answers = all.map(value => holds(value, bucket));
                if (answers.includes(true)) {
                    return [];
                }
                return answers.includes(unknown) || (own.length === 0 && perhaps)
                    ? [unseen(bucket, noun)]
                    : [found(bucket, noun, expected, all.length === 0 ? "nothing" : "something else", remedy)];
            });
    };
}

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** Whether all of `values` are what they should be, or may be once they are known. */
const all = (values: readonly unknown[], holds: (value: unknown) => boolean): boolean | typeof unknown =>
    values.some(value => value !== unknown && !holds(value)) ? false : values.includes(unknown) ? unknown : true;

/** Whether rules of encryption name a key of KMS that is the account's own. */
function encrypts(rules: unknown): boolean | typeof unknown {
    const defaults = listed(rules).map(rule => below(rule, "applyServerSideEncryptionByDefault"));
    const answers = [
        all(
            defaults.map(one => below(one, "sseAlgorithm")),
            value => value === "aws:kms" || value === "aws:kms:dsse",
        ),
        all(
            defaults.map(one => below(one, "kmsMasterKeyId")),
            isOwnKey,
        ),
    ];
    return rules === unknown ? unknown : defaults.length > 0 && all(answers, value => value === true);
}

/** Whether a statement refuses plain HTTP to everybody, for all that is done with the bucket and its objects. */
function refusesPlainHttp(statement: Statement): boolean {
    const { Effect, Action, Resource, Condition } = statement;
    const secure = below(Condition, "Bool", "aws:SecureTransport");
    const resources = listed(Resource).map(one => (typeof one === "string" ? one : "?"));
    return (
        Effect === "Deny" &&
        isEverybody(statement) &&
        textsOf(Action).some(action => action === "*" || action === "s3:*") &&
        listed(secure).some(value => value === "false" || value === false) &&
        (resources.includes("*") || resources.length > 1 || resources.includes("?"))
    );
}

/** Whether a policy refuses plain HTTP; `{}` where the bucket has none. */
function tls(document: unknown): boolean | typeof unknown {
    const statements = statementsOf(document);
    return statements === unknown ? unknown : statements.some(refusesPlainHttp);
}

/** What is asked of buckets. */
export const storageRules: readonly Rule[] = [
    {
        name: "bucket-not-public",
        description: "Buckets block everything public",
        level: "mandatory",
        severity: "critical",
        checkStack: each(
            "PublicAccessBlock",
            props =>
                all(
                    blocks.map(key => props[key]),
                    value => value === true,
                ),
            `${blocks.join(", ")} all true`,
            "add a BucketPublicAccessBlock with all four",
        ),
    },
    {
        name: "bucket-encrypted",
        description: "Buckets are encrypted with a key of KMS of the account's own",
        level: "mandatory",
        severity: "high",
        checkStack: each(
            "ServerSideEncryptionConfiguration",
            props => encrypts(props.rules),
            "aws:kms with a key of your own",
            "add a BucketServerSideEncryptionConfiguration that names your key",
            ({ props }) => {
                const rule = below(props.serverSideEncryptionConfiguration, "rule");
                return rule === undefined ? undefined : { rules: [rule] };
            },
        ),
    },
    {
        name: "bucket-versioned",
        description: "Buckets keep what is written over",
        level: "mandatory",
        severity: "medium",
        checkStack: each(
            "Versioning",
            props => all([below(props.versioningConfiguration, "status")], value => value === "Enabled"),
            "versions that are kept",
            "add a BucketVersioning that is Enabled",
            ({ props }) => {
                const enabled = below(props.versioning, "enabled");
                return enabled === undefined
                    ? undefined
                    : { versioningConfiguration: { status: enabled === true ? "Enabled" : "Suspended" } };
            },
        ),
    },
    {
        name: "bucket-tls",
        description: "Buckets refuse plain HTTP",
        level: "mandatory",
        severity: "high",
        checkStack: each(
            "Policy",
            props => tls(props.policy),
            "a statement that denies s3:* on the bucket and its objects where aws:SecureTransport is false",
            "add it to the bucket's policy",
            ({ props }) => (props.policy === undefined ? undefined : { policy: props.policy }),
        ),
    },
];
