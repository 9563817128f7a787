import {
    found,
    isMissing,
    isOwnKey,
    listed,
    below,
    ofTypes,
    ownKey,
    property,
    shown,
    unknown,
    unseen,
    type Resource,
    type Result,
    type Rule,
} from "./rule";

const logGroup = ["aws:cloudwatch/logGroup:LogGroup"];

/** Everybody, in IPv4 and IPv6. */
const everywhere = ["0.0.0.0/0", "::/0"];

/** Ranges that may come in, with where they stand; by type. */
function ingress({ type, props }: Resource): readonly (readonly [string, unknown])[] {
    switch (type) {
        case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
            return [
                ["cidrIpv4", props.cidrIpv4],
                ["cidrIpv6", props.cidrIpv6],
            ];
        case "aws:ec2/securityGroupRule:SecurityGroupRule":
            return props.type === "ingress" ? ranges(props, "") : [];
        case "aws:ec2/securityGroup:SecurityGroup":
        case "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":
            return props.ingress === unknown
                ? [["ingress", unknown]]
                : listed(props.ingress).flatMap((rule, index) => ranges(rule, `ingress[${index}].`));
        default:
            return [];
    }
}

const ranges = (rule: unknown, at: string): readonly (readonly [string, unknown])[] =>
    ["cidrBlocks", "ipv6CidrBlocks"].flatMap(key => {
        const value = below(rule, key);
        return value === unknown
            ? [[`${at}${key}`, unknown] as const]
            : listed(value).map(one => [`${at}${key}`, one] as const);
    });

/** Of a queue: a key of its own, or SQS's. */
function queue(resource: Resource): readonly Result[] {
    const { kmsMasterKeyId, sqsManagedSseEnabled } = resource.props;
    return [kmsMasterKeyId, sqsManagedSseEnabled].includes(unknown) && sqsManagedSseEnabled !== true
        ? [unseen(resource, "kmsMasterKeyId")]
        : isOwnKey(kmsMasterKeyId) || sqsManagedSseEnabled === true
          ? []
          : [
                found(
                    resource,
                    "kmsMasterKeyId",
                    "a key of KMS of your own, or sqsManagedSseEnabled",
                    shown(kmsMasterKeyId),
                    "name your key",
                ),
            ];
}

/** Of a key that encrypts by itself: KMS rotates none that signs or makes HMACs, nor one in a key store of one's own. */
function rotation(resource: Resource): readonly Result[] {
    const { customerMasterKeySpec: spec, keyUsage, customKeyStoreId } = resource.props;
    const symmetric = [undefined, "", "SYMMETRIC_DEFAULT"].includes(spec as string | undefined);
    const encrypts = [undefined, "", "ENCRYPT_DECRYPT"].includes(keyUsage as string | undefined);
    return symmetric && encrypts && isMissing(customKeyStoreId)
        ? property(["enableKeyRotation"], "true", "let KMS rotate the key each year", value => value === true)(resource)
        : [];
}

/** What is asked of logs, messages, keys and networks. */
export const otherRules: readonly Rule[] = [
    {
        name: "log-retention",
        description: "Logs are kept for a time that somebody has chosen",
        level: "mandatory",
        severity: "low",
        settings: {
            minimumDays: { type: "number", description: "The least number of days that logs are kept", default: 1 },
        },
        check: ofTypes(logGroup, (resource, { minimumDays }) =>
            property(
                ["retentionInDays"],
                `at least ${String(minimumDays)}`,
                "say for how many days",
                value => typeof value === "number" && value >= Number(minimumDays) && value > 0,
            )(resource),
        ),
    },
    {
        name: "log-encrypted",
        description: "Logs are encrypted with a key of KMS of the account's own",
        level: "mandatory",
        severity: "medium",
        check: ofTypes(logGroup, ownKey(["kmsKeyId"], "name your key; its policy has to let CloudWatch Logs use it")),
    },
    {
        name: "queue-encrypted",
        description: "Queues are encrypted",
        level: "mandatory",
        severity: "high",
        check: ofTypes(["aws:sqs/queue:Queue"], queue),
    },
    {
        name: "topic-encrypted",
        description: "Topics are encrypted with a key of KMS of the account's own",
        level: "mandatory",
        severity: "high",
        check: ofTypes(
            ["aws:sns/topic:Topic"],
            ownKey(["kmsMasterKeyId"], "name your key; its policy has to let those publish that do"),
        ),
    },
    {
        name: "key-rotation",
        description: "Keys that encrypt are rotated each year",
        level: "mandatory",
        severity: "medium",
        check: ofTypes(["aws:kms/key:Key"], rotation),
    },
    {
        name: "no-open-ingress",
        description: "No security group lets everybody in",
        level: "mandatory",
        severity: "critical",
        check: resource =>
            ingress(resource).flatMap(([at, range]): readonly Result[] =>
                range === unknown
                    ? [unseen(resource, at)]
                    : everywhere.includes(range as string)
                      ? [
                            found(
                                resource,
                                at,
                                "the ranges or groups that come in",
                                shown(range),
                                "builds need nobody to come in; for a load balancer, except it with a reason",
                            ),
                        ]
                      : [],
            ),
    },
];
