import { unknown } from "../../../policy-pack/rules/rule";
import { casesOf, type Case } from "./case";

const key = "arn:aws:kms:eu-west-1:111111111111:key/k";
const open = (at: string, range: string) =>
    `it ${at}: expected the ranges or groups that come in, found "${range}": builds need nobody to come in; for a load balancer, except it with a reason`;
const rotates = "it enableKeyRotation: expected true, found nothing: let KMS rotate the key each year";

/** What rules say of logs, messages, keys and networks. */
export const otherCases: readonly Case[] = [
    ...casesOf("log-retention", "aws:cloudwatch/logGroup:LogGroup", [
        ["a year", { retentionInDays: 365 }],
        ["for ever", {}, ["it retentionInDays: expected at least 1, found nothing: say for how many days"]],
        [
            "0, which is for ever",
            { retentionInDays: 0 },
            ["it retentionInDays: expected at least 1, found 0: say for how many days"],
        ],
        [
            "fewer days than are wanted",
            { retentionInDays: 30 },
            ["it retentionInDays: expected at least 90, found 30: say for how many days"],
            { minimumDays: 90 },
        ],
    ]),
    ...casesOf("log-encrypted", "aws:cloudwatch/logGroup:LogGroup", [
        ["a key", { kmsKeyId: key }],
        [
            "no key",
            {},
            [
                "it kmsKeyId: expected a key of KMS of your own, found nothing: name your key; its policy has to let CloudWatch Logs use it",
            ],
        ],
    ]),
    ...casesOf("queue-encrypted", "aws:sqs/queue:Queue", [
        ["a key", { kmsMasterKeyId: key }],
        ["SQS's own key", { sqsManagedSseEnabled: true }],
        ["a key that is not known yet", { kmsMasterKeyId: unknown }],
        [
            "no key",
            { sqsManagedSseEnabled: false },
            [
                "it kmsMasterKeyId: expected a key of KMS of your own, or sqsManagedSseEnabled, found nothing: name your key",
            ],
        ],
    ]),
    ...casesOf("topic-encrypted", "aws:sns/topic:Topic", [
        ["a key", { kmsMasterKeyId: key }],
        [
            "AWS's own key, which events and alarms cannot use",
            { kmsMasterKeyId: "alias/aws/sns" },
            [
                'it kmsMasterKeyId: expected a key of KMS of your own, found "alias/aws/sns": name your key; its policy has to let those publish that do',
            ],
        ],
    ]),
    ...casesOf("key-rotation", "aws:kms/key:Key", [
        ["a key that rotates", { enableKeyRotation: true }],
        ["a key that signs", { customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" }],
        ["a key for HMACs", { keyUsage: "GENERATE_VERIFY_MAC" }],
        ["a key in a key store of one's own", { customKeyStoreId: "cks-1" }],
        ["a key that does not", {}, [rotates]],
        ["a symmetric key that does not", { customerMasterKeySpec: "SYMMETRIC_DEFAULT" }, [rotates]],
    ]),
    ...casesOf("no-open-ingress", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", [
        ["a group", { referencedSecurityGroupId: "sg-1" }],
        ["a range", { cidrIpv4: "10.0.0.0/8" }],
        ["everybody", { cidrIpv4: "0.0.0.0/0" }, [open("cidrIpv4", "0.0.0.0/0")]],
        ["everybody in IPv6", { cidrIpv6: "::/0" }, [open("cidrIpv6", "::/0")]],
    ]),
    ...casesOf("no-open-ingress", "aws:ec2/securityGroup:SecurityGroup", [
        ["what goes out", { egress: [{ cidrBlocks: ["0.0.0.0/0"] }] }],
        [
            "everybody in a second rule",
            { ingress: [{ cidrBlocks: ["10.0.0.0/8"] }, { cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }] },
            [open("ingress[1].cidrBlocks", "0.0.0.0/0")],
        ],
    ]),
    ...casesOf("no-open-ingress", "aws:ec2/securityGroupRule:SecurityGroupRule", [
        ["what goes out", { type: "egress", cidrBlocks: ["0.0.0.0/0"] }],
        ["what comes in", { type: "ingress", ipv6CidrBlocks: ["::/0"] }, [open("ipv6CidrBlocks", "::/0")]],
    ]),
];
